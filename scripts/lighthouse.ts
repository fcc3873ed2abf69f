// Lighthouse on the archive and on a release, as a phone sees them, on a throw-away store and without a
// network: prints the scores, and ends with 1 where one of them is under 98.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import lighthouse, { type Config, defaultConfig, type Result } from "lighthouse";
import RobotsTxt from "lighthouse/core/gather/gatherers/seo/robots-txt.js";
import { launchChromium } from "./local/chromium.ts";
import { endWhenAsked } from "./local/endings.ts";
import { freePort } from "./local/ports.ts";
import { readVariables } from "./local/settings.ts";
import { createVisitor } from "./local/visitor.ts";
import { startLocalWorker } from "./local/worker.ts";
import { publishShowcase } from "./showcase/publish.ts";

const GOOD_ENOUGH = 98;

/**
 * Reads robots.txt as a crawler does. Lighthouse's own reader asks from within the page, and the page's
 * policy lets nothing be asked from there.
 */
class AsCrawler extends RobotsTxt {
	override async getArtifact({ baseArtifacts }: Parameters<RobotsTxt["getArtifact"]>[0]) {
		const answer = await fetch(new URL("/robots.txt", baseArtifacts.URL.finalDisplayedUrl));
		return { status: answer.status, content: await answer.text() };
	}
}

const CONFIG: Config = {
	...defaultConfig,
	settings: { onlyCategories: ["performance", "accessibility", "best-practices", "seo"] },
	artifacts: (defaultConfig.artifacts ?? []).map((artifact) =>
		artifact.id === "RobotsTxt"
			? { ...artifact, gatherer: { instance: new AsCrawler() } }
			: artifact,
	),
};

/** What costs points in a category: the name and the score of each audit that has not all of its own. */
function costs(result: Result, category: string): string[] {
	const audits = result.categories[category]?.auditRefs ?? [];
	return audits
		.filter(({ weight }) => weight > 0)
		.map(({ id }) => result.audits[id])
		.filter((audit) => audit !== undefined && audit.score !== null && audit.score < 1)
		.map((audit) => `${audit?.title} (${audit?.displayValue ?? audit?.score})`);
}

/** Prints the scores of a page, and what keeps one under 100; says whether all are good enough. */
async function judge(url: string, port: number): Promise<boolean> {
	const run = await lighthouse(url, { port, logLevel: "error" }, CONFIG);
	if (run === undefined || run.lhr.runtimeError)
		throw new Error(`Lighthouse did not judge ${url}: ${run?.lhr.runtimeError?.message}`);
	console.log(new URL(url).pathname);
	const scores = Object.entries(run.lhr.categories).map(([name, { title, score }]) => {
		const points = Math.round((score ?? 0) * 100);
		console.log(`  ${String(points).padStart(3)}  ${[title, ...costs(run.lhr, name)].join("; ")}`);
		return points;
	});
	return scores.every((points) => points >= GOOD_ENOUGH);
}

endWhenAsked();
const stateDir = mkdtempSync(path.join(tmpdir(), "communique-lighthouse-"));
process.once("exit", () => rmSync(stateDir, { recursive: true, force: true }));
const port = await freePort();
const variables = readVariables("example", port, {});
const worker = await startLocalWorker({ port, stateDir, variables, output: "collect" });
const debugging = await freePort();
const browser = await launchChromium(`--remote-debugging-port=${debugging}`);
try {
	const visitor = createVisitor(worker.url, "dev-publisher-key");
	const { release } = await publishShowcase(visitor, Date.now());
	// One after the other: they would take the processor from each other.
	const isGood = [
		await judge(`${worker.url}/en/releases`, debugging),
		await judge(worker.url + release.en, debugging),
	];
	if (isGood.includes(false)) process.exitCode = 1;
} finally {
	await browser.close();
	await worker.stop();
}
