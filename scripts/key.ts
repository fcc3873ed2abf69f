// npm run key -- NAME SCOPE [LAST-DAY]: makes a publisher's key and tells what to configure. The key
// is printed once and kept nowhere: the configuration has only its hash.
import { randomBytes } from "node:crypto";
import { SCOPES } from "../src/config.ts";
import { civilDate } from "../src/releases/release.ts";
import { civilDateAt } from "../src/shared/dates.ts";
import { sha256Hex } from "../src/shared/text.ts";

const USAGE = "npm run key -- NAME SCOPE [LAST-DAY], for example: npm run key -- anna publish";

interface Wanted {
	readonly name: string;
	readonly scope: string;
	readonly lastDay: string | undefined;
}

/** What is wrong with the arguments, or null. */
function faultOf({ name, scope, lastDay }: Wanted, more: readonly string[]): string | null {
	if (!/^[\w.-]{1,64}$/.test(name)) return "NAME must have 1 to 64 letters, digits, and _ . -";
	const scopes = scope.split("+");
	const known: readonly string[] = SCOPES;
	if (!scopes.every((one) => known.includes(one)) || new Set(scopes).size < scopes.length)
		return `SCOPE must be ${SCOPES.join(", ")}, or several with + between them`;
	if (more.length > 0) return "there are more than three arguments";
	if (lastDay === undefined) return null;
	if (!civilDate.safeParse(lastDay).success) return "LAST-DAY must be a date, YYYY-MM-DD";
	return lastDay < civilDateAt(Date.now(), "UTC") ? "LAST-DAY is past" : null;
}

async function makeKey({ name, scope, lastDay }: Wanted): Promise<void> {
	const key = randomBytes(32).toString("base64url");
	const parts = [name, scope, await sha256Hex(key), ...(lastDay ? [lastDay] : [])];
	console.log(`The key, shown this once. Keep it in a password store:\n\n  ${key}\n`);
	console.log(`For PUBLISHER_KEYS, behind what is there, with a comma between:\n`);
	console.log(`  ${parts.join(":")}`);
}

const [name = "", scope = "", lastDay, ...more] = process.argv.slice(2);
const fault = faultOf({ name, scope, lastDay }, more);
if (fault === null) await makeKey({ name, scope, lastDay });
else {
	console.error(`No key was made: ${fault}.\n${USAGE}`);
	process.exitCode = 1;
}
