// npm run crash [-- --crashes 10 --subscribers 5000 --seed N]: kills a local Worker at random moments while a
// digest is made, and judges by what an SMTP server of its own has accepted. Ends with 1 where a promise is
// broken.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { isWell, runJourney } from "./crash/journey.ts";
import { tellBreaches, toLastLine, toTable } from "./crash/telling.ts";
import { endWhenAsked } from "./local/endings.ts";

function readNumber(name: string, text: string): number {
	if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
	throw new Error(`--${name} is ${text}; give a whole number from 1 on.`);
}

/** Returns whether every promise was kept. */
async function run(): Promise<boolean> {
	const { values } = parseArgs({
		options: {
			crashes: { type: "string", default: "10" },
			subscribers: { type: "string", default: "5000" },
			seed: { type: "string", default: String(randomInt(1, 1_000_000)) },
		},
	});
	const began = performance.now();
	const seed = readNumber("seed", values.seed);
	console.log(`Seed ${seed}`);
	const end = await runJourney({
		crashes: readNumber("crashes", values.crashes),
		subscribers: readNumber("subscribers", values.subscribers),
		seed,
		tell(line) {
			const seconds = ((performance.now() - began) / 1000).toFixed(1);
			console.log(`${seconds.padStart(6)} s  ${line}`);
		},
	});
	console.log(`\n${toTable(end)}\n`);
	console.log(`${end.accepted} messages accepted`);
	console.log(`${end.verdict.toldAgain.length} readers told again in the next digest`);
	console.log(`${end.verdict.inHand.length} messages in hand when their unsubscribe was answered`);
	for (const line of tellBreaches(end.verdict)) console.log(line);
	console.log(toLastLine(end, seed));
	return isWell(end);
}

endWhenAsked();
try {
	process.exitCode = (await run()) ? 0 : 1;
} catch (fault) {
	console.error(fault instanceof Error ? fault.message : fault);
	process.exitCode = 1;
}
