import { describe, expect, it } from "vitest";
import { createPostmarkTransport } from "../../../src/mail/postmark.ts";
import { createResendTransport } from "../../../src/mail/resend.ts";
import { createSesTransport } from "../../../src/mail/ses.ts";
import type { Transport } from "../../../src/mail/transport.ts";
import { PROVIDER_KEYS } from "../../support/provider-keys.ts";
import {
	addressOf,
	IMPATIENT,
	inShort,
	messageTo,
	NOW,
	PROVIDERS,
	type Provider,
	recordOf,
	submitTo,
	transportTo,
	withTls,
} from "./providers.ts";

const AWAY = "retry provider";
const UNKNOWN = "unknown provider";
const TAKEN = "submitted";

const MESSAGES = ["anna", "boris", "clara"].map((name) => messageTo(`${name}@journal.test`));

/** What its words must not bring into an outcome. */
const SECRETS: Record<Provider, readonly string[]> = {
	resend: [PROVIDER_KEYS.resend],
	postmark: [PROVIDER_KEYS.postmark],
	ses: [PROVIDER_KEYS.sesId, PROVIDER_KEYS.ses],
};

interface Row {
	/** What becomes of one request after the other. */
	readonly steps: readonly string[];
	/** What becomes of the messages, in any order where they go one by one. */
	readonly outcomes: Record<Provider, string>;
	readonly afterSeconds?: number;
	/** Requests, where it matters. */
	readonly requests?: Partial<Record<Provider, number>>;
	readonly isSilent?: boolean;
}

const all = (outcome: string): Record<Provider, string> => ({
	resend: outcome,
	postmark: outcome,
	ses: outcome,
});
/** Where only a request that can be repeated tells what came of it. */
const knownTo = (resend: string, others: string) => ({ ...all(others), resend });

/** Each is all that a provider does, or what it does until it does well. */
const ROWS: Record<string, Row> = {
	"does well": { steps: ["good"], outcomes: all(TAKEN) },
	"is slow, but in time": { steps: ["slow"], outcomes: all(TAKEN) },
	"hangs up before it reads": {
		steps: ["cut-early"],
		outcomes: all(UNKNOWN),
		requests: { resend: 3, postmark: 1, ses: 3 },
	},
	"hangs up before it reads, once": {
		steps: ["cut-early", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
	},
	"hangs up after it read": { steps: ["cut-late"], outcomes: all(UNKNOWN) },
	"hangs up after it read, once": {
		steps: ["cut-late", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
		requests: { resend: 2, postmark: 1 },
	},
	"ends its answer short": { steps: ["cut-answer"], outcomes: all(UNKNOWN) },
	"ends its answer short, once": {
		steps: ["cut-answer", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
	},
	"never answers": { steps: ["silent"], outcomes: all(UNKNOWN), isSilent: true },
	"never answers, once": {
		steps: ["silent", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
		isSilent: true,
	},
	"never ends its answer": { steps: ["drip"], outcomes: all(UNKNOWN), isSilent: true },
	"loses the answer, and then refuses": {
		steps: ["cut-late", "busy"],
		outcomes: knownTo(UNKNOWN, UNKNOWN),
		requests: { resend: 2 },
	},
	"asks for two minutes": {
		steps: ["busy"],
		outcomes: all(AWAY),
		afterSeconds: 120,
		requests: { resend: 1, postmark: 1, ses: 3 },
	},
	"asks for patience until a time": {
		steps: ["busy-until"],
		outcomes: all(AWAY),
		afterSeconds: 90,
	},
	"has too many requests for a moment": {
		steps: ["throttled", "throttled", "good"],
		outcomes: { resend: TAKEN, postmark: AWAY, ses: TAKEN },
	},
	"has too many requests for long": { steps: ["throttled"], outcomes: all(AWAY) },
	"is broken (500)": { steps: ["broken"], outcomes: all(UNKNOWN) },
	"is broken once it has taken it (500)": {
		steps: ["broken-late", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
		requests: { resend: 2, postmark: 1 },
	},
	"is away (503)": { steps: ["away"], outcomes: all(AWAY), afterSeconds: 60 },
	"has a gateway that lost the answer (502)": { steps: ["gateway"], outcomes: all(UNKNOWN) },
	"has an edge that did not reach it (523)": { steps: ["unconnected"], outcomes: all(AWAY) },
	"has an edge that waited in vain for what it had taken (522)": {
		steps: ["edge-late", "good"],
		outcomes: knownTo(TAKEN, UNKNOWN),
	},
	"has an edge that knows it cannot reach it": {
		steps: ["edge-alone"],
		outcomes: all(AWAY),
		requests: { resend: 0, postmark: 0, ses: 0 },
	},
	"does not know the key (401)": { steps: ["denied"], outcomes: all(AWAY) },
	"does not let the key do it (403)": { steps: ["forbidden"], outcomes: all(AWAY) },
	"is not where it was (404)": { steps: ["missing"], outcomes: all(AWAY) },
	"answers another success than it should (202)": {
		steps: ["another-success"],
		outcomes: all(UNKNOWN),
	},
	"answers no JSON": { steps: ["not-json"], outcomes: all(UNKNOWN) },
	"answers other JSON": { steps: ["wrong-shape"], outcomes: all(UNKNOWN) },
	"answers less than it was asked": { steps: ["fewer"], outcomes: all(UNKNOWN) },
	"answers far too much": { steps: ["huge"], outcomes: all(UNKNOWN) },
	"sends us elsewhere (302)": { steps: ["moved"], outcomes: all(AWAY) },
	"sends us elsewhere (308)": { steps: ["moved-for-good"], outcomes: all(AWAY) },
	"sends us elsewhere for the result (303)": { steps: ["see-other"], outcomes: all(UNKNOWN) },
};

describe.each(PROVIDERS)("%s, where the provider", (provider) => {
	it.each(Object.entries(ROWS))("%s", async (_, row) => {
		const { steps, outcomes: expected, afterSeconds, requests, isSilent } = row;
		const address = addressOf(provider, ...steps);
		const begun = Date.now();
		const outcomes = await submitTo(
			transportTo(provider, address, ...(isSilent ? [IMPATIENT] : [])),
			MESSAGES,
		);
		const took = Date.now() - begun;

		// One request a message: the first meets the first step, and the others what comes after.
		const isOneByOne = provider === "ses" && steps.length > 1;
		const kinds = outcomes.map(inShort);
		if (isOneByOne) expect(kinds).toContain(expected[provider]);
		else expect(kinds).toEqual(MESSAGES.map(() => expected[provider]));
		if (afterSeconds) expect(outcomes[0]).toMatchObject({ afterSeconds });
		if (isSilent) expect(took).toBeLessThan(3 * IMPATIENT.answerMs + 1_500);

		const record = await recordOf(address);
		const wanted = requests?.[provider];
		if (wanted !== undefined) expect(record.requests).toHaveLength(wanted);
		for (const [index, { to }] of MESSAGES.entries()) {
			const times = record.accepted.filter((accepted) => accepted === to).length;
			const kind = outcomes[index]?.kind;
			// Never twice; and what is accepted is not called anything that is tried again.
			expect(times).toBeLessThanOrEqual(1);
			if (times === 1) expect(["submitted", "unknown"]).toContain(kind);
			else expect(kind).not.toBe("submitted");
		}
		for (const secret of SECRETS[provider]) expect(JSON.stringify(outcomes)).not.toContain(secret);
		await expectServing(provider);
	});

	it("is not there", async () => {
		const outcomes = await submitTo(
			transportTo(provider, new URL("http://127.0.0.1:9/")),
			MESSAGES,
		);
		expect(outcomes.map(inShort)).toEqual([AWAY, AWAY, AWAY]);
		await expectServing(provider);
	});

	it("has no name", async () => {
		const outcomes = await submitTo(
			transportTo(provider, new URL("http://nowhere.invalid/")),
			MESSAGES,
		);
		expect(outcomes.map(inShort)).toEqual([AWAY, AWAY, AWAY]);
	});

	it.each(["wrong-name", "expired", "self-signed"] as const)(
		"shows a certificate that is %s, and is told nothing",
		async (certificate) => {
			const address = addressOf(provider, "good");
			const secured = withTls(address, certificate);
			const outcomes = await submitTo(transportTo(provider, secured), MESSAGES);
			expect(outcomes.map(inShort)).toEqual([AWAY, AWAY, AWAY]);
			expect((await recordOf(address)).requests).toEqual([]);
			await expectServing(provider);
		},
	);

	it("shows a certificate that is good, and takes all", async () => {
		const address = addressOf(provider, "good");
		const outcomes = await submitTo(transportTo(provider, withTls(address, "good")), MESSAGES);
		expect(outcomes.map(inShort)).toEqual([TAKEN, TAKEN, TAKEN]);
		expect((await recordOf(address)).accepted).toHaveLength(3);
	});

	it("refuses one address for good and another for now, and takes the others", async () => {
		const names = ["anna", "refused1", "boris", "later1", "clara"];
		const messages = names.map((name) => messageTo(`${name}@journal.test`));
		const address = addressOf(provider, "good");
		const outcomes = await submitTo(transportTo(provider, address), messages);
		expect(outcomes.map(inShort)).toEqual([TAKEN, "rejected", TAKEN, "retry recipient", TAKEN]);
		const { accepted, requests } = await recordOf(address);
		if (provider !== "ses") expect(requests).toHaveLength(1);
		expect(accepted.toSorted()).toEqual(
			["anna", "boris", "clara"].map((one) => `${one}@journal.test`),
		);
	});

	it("is not asked again once it has failed in a way that all would meet", async () => {
		const address = addressOf(provider, "denied");
		const line = transportTo(provider, address).open();
		const first = await line.submit(MESSAGES.slice(0, 1));
		const second = await line.submit(MESSAGES.slice(1));
		expect([...first, ...second].map(inShort)).toEqual([AWAY, AWAY, AWAY]);
		expect((await recordOf(address)).requests).toHaveLength(1);
	});

	it("goes away after an answer was lost, and is handed over nothing more", async () => {
		const address = addressOf(provider, "cut-late", "unreachable");
		const line = transportTo(provider, address).open();
		const first = await line.submit(MESSAGES.slice(0, 1));
		const second = await line.submit(MESSAGES.slice(1));
		expect([...first, ...second].map(inShort)).toEqual([UNKNOWN, AWAY, AWAY]);
	});

	it("cannot be asked with a key that no header can have, which is not told", async () => {
		const secret = "a-key-with\na-line-end";
		const calling = { clock: () => NOW };
		const api = addressOf(provider, "good");
		const transports: Record<Provider, Transport> = {
			resend: createResendTransport({ api, key: secret }, calling),
			postmark: createPostmarkTransport({ api, token: secret, stream: "s" }, calling),
			ses: createSesTransport(
				{ api, region: "eu", accessKeyId: secret, secretAccessKey: "" },
				calling,
			),
		};
		const outcomes = await submitTo(transports[provider], MESSAGES);
		expect(outcomes.map(({ kind }) => kind)).toEqual(["retry", "retry", "retry"]);
		expect(JSON.stringify(outcomes)).not.toContain("a-line-end");
		expect((await recordOf(api)).requests).toEqual([]);
	});

	it("takes a hundred large mails", async () => {
		const html = `<p>${"Слово ".repeat(10_000)}</p>`;
		const messages = Array.from({ length: 100 }, (_, index) =>
			messageTo(`reader${index}@journal.test`, { html }),
		);
		const address = addressOf(provider, "good");
		const outcomes = await submitTo(
			transportTo(provider, address),
			provider === "ses" ? messages.slice(0, 6) : messages,
		);
		expect(new Set(outcomes.map(inShort))).toEqual(new Set([TAKEN]));
		if (provider !== "ses") expect((await recordOf(address)).requests).toHaveLength(1);
	});

	it("is never asked elsewhere", async () => {
		await submitTo(transportTo(provider, addressOf(provider, "moved-for-good")), MESSAGES);
		const elsewhere = new URL("/elsewhere/good/all/", addressOf(provider, "good"));
		expect((await recordOf(elsewhere)).requests).toEqual([]);
	});
});

/** The isolate goes on. */
async function expectServing(provider: Provider): Promise<void> {
	const [outcome] = await submitTo(
		transportTo(provider, addressOf(provider, "good")),
		MESSAGES.slice(0, 1),
	);
	expect(outcome).toEqual({ kind: "submitted" });
}

describe("resend, where it validates strictly", () => {
	it.each([
		[1, 15],
		[2, 20],
	])("finds %d bad of a hundred, in at most %d requests", async (bad, most) => {
		const names = Array.from({ length: 100 }, (_, index) =>
			index % (97 / bad) < 1 && index > 0 ? `refused${index}` : `reader${index}`,
		);
		const messages = names.map((name) => messageTo(`${name}@journal.test`));
		const address = addressOf("resend", "strict");
		const outcomes = await submitTo(transportTo("resend", address), messages);
		const record = await recordOf(address);
		expect(record.requests.length).toBeLessThanOrEqual(most);
		const expected = (name: string) => (name.startsWith("refused") ? "rejected" : TAKEN);
		const certain = outcomes.filter(({ kind }) => kind !== "retry");
		expect(certain.length).toBeGreaterThan(50);
		for (const [index, outcome] of outcomes.entries())
			if (outcome.kind !== "retry") expect(outcome.kind).toBe(expected(names[index] ?? ""));
		expect(new Set(record.accepted).size).toBe(record.accepted.length);
		expect(record.accepted).toHaveLength(certain.filter(({ kind }) => kind === TAKEN).length);
		if (bad === 1) expect(certain).toHaveLength(100);
	});
});

describe("resend, where it loses an answer in the midst of strict validation", () => {
	it("is handed over no more", async () => {
		const messages = ["refused1", "anna", "boris", "clara"].map((name) =>
			messageTo(`${name}@journal.test`),
		);
		const address = addressOf("resend", "strict", "cut-late");
		const outcomes = await submitTo(transportTo("resend", address), messages);
		expect(outcomes.map(inShort)).toEqual([UNKNOWN, UNKNOWN, AWAY, AWAY]);
		expect((await recordOf(address)).requests).toHaveLength(4);
	});
});

describe("the idempotency key of a batch at Resend", () => {
	it("is the same for the same messages, and another for others", async () => {
		const address = addressOf("resend", "good");
		for (const some of [MESSAGES, MESSAGES, MESSAGES.slice(1)])
			await submitTo(transportTo("resend", address), some);
		const { requests, accepted } = await recordOf(address);
		const [first, second, third] = requests.map(({ headers }) => headers["idempotency-key"]);
		expect(first).toBe(second);
		expect(first).not.toBe(third);
		// The second time nobody was mailed.
		expect(accepted.filter((to) => to.startsWith("anna"))).toHaveLength(1);
	});

	it("that other words had before leaves the outcome unknown", async () => {
		const address = addressOf("resend", "good");
		await submitTo(transportTo("resend", address), MESSAGES);
		const others = MESSAGES.map((message) => ({ ...message, subject: "Another" }));
		const outcomes = await submitTo(transportTo("resend", address), others);
		expect(outcomes.map(inShort)).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
		expect((await recordOf(address)).accepted).toHaveLength(3);
	});
});
