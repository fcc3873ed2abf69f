import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { fromRoot } from "../../scripts/local/paths.ts";
import type { TestWorker } from "../support/local.ts";
import { readExamples } from "./examples.ts";
import { describeExamples } from "./page-of-examples.ts";

const sections = readFileSync(fromRoot("docs", "operations.md"), "utf8").split(/^(?=## )/m);
/** The sections of docs/operations.md that can be run anywhere. */
const examplesOf = (heading: string) =>
	readExamples(sections.find((part) => part.startsWith(`## ${heading}\n`)) ?? "");

describeExamples("docs/operations.md, Subscribers", examplesOf("Subscribers"), { moreThan: 12 });

const DIGESTS = "Digests that wait, and what digests came to";
describeExamples(`docs/operations.md, ${DIGESTS}`, examplesOf(DIGESTS), {
	moreThan: 7,
	settings: { DIGEST_APPROVAL: "required" },
	prepare: holdADigest,
});

/** Brings a reader in, publishes, and lets the clock strike, so that a digest is held. */
async function holdADigest({ url, visitor }: TestWorker): Promise<void> {
	const imported = await fetch(`${url}/api/subscribers/import`, {
		method: "POST",
		headers: { Authorization: "Bearer dev-publisher-key", "Content-Type": "text/csv" },
		body: "email,languages,consent\nanna@journal.example.org,en,Asked for it\n",
	});
	expect(await imported.text()).toContain('"imported":1');
	const fields = { kind: "meeting", language: "en", title: "A meeting", body: "We meet." };
	const published = await visitor.publish(JSON.stringify(fields), "application/json");
	expect(published.status, published.text).toBe(201);
	await visitor.tick(Date.now());
	await visitor.until("a digest is held", async () => {
		const answer = await fetch(`${url}/api/runs?state=held`, {
			headers: { Authorization: "Bearer dev-publisher-key" },
		});
		return (await answer.text()).includes('"held"');
	});
}
