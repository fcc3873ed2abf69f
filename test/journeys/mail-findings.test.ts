import { describe, expect, it } from "vitest";
import {
	findAll,
	type MailFacts,
	NoAnswer,
	type Records,
} from "../../scripts/mail-check/findings.ts";

const FACTS: MailFacts = {
	transport: "smtp",
	sender: "digest@press.test",
	envelope_domain: "press.test",
	dkim: [{ domain: "press.test", selector: "autumn" }],
	reports: "by mail",
	reports_advice: "Set BOUNCE_ADDRESS.",
	unsubscribe_url: "https://press.test",
	unsubscribe_address: "leave@press.test",
	failing_since: null,
	shut_until: null,
	said: null,
};
const ZONE = {
	"press.test": ["google-site-verification=1", "v=spf1 include:mail.test ~all"],
	"autumn._domainkey.press.test": ["v=DKIM1; k=rsa; p=MIIB"],
	"_dmarc.press.test": ["v=DMARC1; p=quarantine"],
};

const recordsOf = (txt: Record<string, string[]>, mx: string[] = ["mx.press.test"]): Records => ({
	txt: async (name) => txt[name] ?? [],
	mx: async () => mx,
});

/** What is not good, by what was looked at. */
async function faultsOf(
	facts: Partial<MailFacts>,
	zone: Record<string, string[]> = {},
	{ mx = ["mx.press.test"], selectors = [] as string[] } = {},
): Promise<Record<string, string>> {
	const found = await findAll(
		{ ...FACTS, ...facts },
		recordsOf({ ...ZONE, ...zone }, mx),
		selectors,
	);
	for (const { verdict, advice } of found) expect(advice === undefined).toBe(verdict === "good");
	const bad = found.filter(({ verdict }) => verdict !== "good");
	return Object.fromEntries(bad.map(({ what, verdict }) => [what.split(":")[0], verdict]));
}

describe("what mail lacks to be taken", () => {
	it("is nothing, where all is published", async () => {
		expect(await faultsOf({})).toEqual({});
	});

	it.each([
		["none", ["other=1"], "missing"],
		["two", ["v=spf1 -all", "v=spf1 ~all"], "missing"],
		["one that lets everybody", ["v=spf1 +all"], "missing"],
		["one that lets everybody, in short", ["v=spf1 include:mail.test all"], "missing"],
		["one that is open at its end", ["v=spf1 include:mail.test"], "weak"],
	])("is SPF, with %s", async (_, records, verdict) => {
		expect(await faultsOf({}, { "press.test": records })).toEqual({ SPF: verdict });
	});

	it.each([["v=spf1 -all"], ["v=spf1 redirect=_spf.mail.test"], ["V=SPF1 a ?all -all"]])(
		"is not SPF, with %s",
		async (record) => {
			expect(await faultsOf({}, { "press.test": [record] })).toEqual({});
		},
	);

	it("is not our SPF, where the envelope is the provider's", async () => {
		expect(await faultsOf({ envelope_domain: null }, { "press.test": [] })).toEqual({});
	});

	it("is SPF of the envelope's domain, where that is another", async () => {
		expect(await faultsOf({ envelope_domain: "bounce.press.test" })).toEqual({ SPF: "missing" });
	});

	it.each([
		["none", []],
		["a revoked one", ["v=DKIM1; p="]],
		["something else", ["hello"]],
	])("is DKIM, with %s", async (_, records) => {
		const zone = { "autumn._domainkey.press.test": records };
		expect(await faultsOf({}, zone)).toEqual({ DKIM: "missing" });
	});

	it("is to say which key a provider signs with, and that it is there", async () => {
		expect(await faultsOf({ dkim: null })).toEqual({ DKIM: "missing" });
		expect(await faultsOf({ dkim: [] })).toEqual({ DKIM: "missing" });
		expect(await faultsOf({ dkim: null }, {}, { selectors: ["autumn"] })).toEqual({});
		expect(await faultsOf({ dkim: null }, {}, { selectors: ["spring"] })).toEqual({
			DKIM: "missing",
		});
	});

	it("is a key that is named besides those that are known", async () => {
		expect(await faultsOf({}, {}, { selectors: ["spring"] })).toEqual({ DKIM: "missing" });
	});

	it("is DMARC, which may stand at the domain above", async () => {
		expect(await faultsOf({}, { "_dmarc.press.test": [] })).toEqual({ DMARC: "missing" });
		expect(await faultsOf({}, { "_dmarc.press.test": ["v=DMARC1; p=none"] })).toEqual({
			DMARC: "weak",
		});
		const below = { sender: "digest@news.press.test" };
		expect(await faultsOf(below)).toEqual({});
	});

	it("is an MX record; a null MX (RFC 7505) is none", async () => {
		expect(await faultsOf({}, {}, { mx: [] })).toEqual({ MX: "weak" });
		expect(await faultsOf({}, {}, { mx: [""] })).toEqual({ MX: "weak" });
	});

	it("is unsubscribing over https, and by mail", async () => {
		expect(await faultsOf({ unsubscribe_url: "http://press.test" })).toEqual({
			Unsubscribing: "missing",
		});
		expect(await faultsOf({ unsubscribe_address: null })).toEqual({ Unsubscribing: "weak" });
	});

	it("is all that the DNS was not asked for, where it does not answer", async () => {
		const unasked = async () => Promise.reject(new NoAnswer("ETIMEOUT"));
		const found = await findAll(FACTS, { txt: unasked, mx: unasked }, []);
		const missing = found.filter(({ verdict }) => verdict === "missing");
		expect(missing.map(({ what }) => what)).toEqual(
			["SPF", "DKIM", "DMARC", "MX"].map((what) => `${what}: the DNS does not answer (ETIMEOUT)`),
		);
		expect(missing[0]?.advice).toContain("--dns");
		expect(found).toHaveLength(6);
	});

	it("is a transport that hands mail over", async () => {
		expect(await faultsOf({ transport: "mailbox" })).toEqual({ Transport: "missing" });
	});

	it("is a provider that takes mail, with when it is tried next", async () => {
		const failing = { failing_since: "2026-11-22T07:00:00.000Z", said: "421 closing" };
		const [first] = await findAll({ ...FACTS, ...failing }, recordsOf(ZONE), []);
		expect(first).toMatchObject({
			verdict: "missing",
			what: "Transport: mail waits since 2026-11-22T07:00:00.000Z: 421 closing",
			advice: expect.stringContaining("when there is one"),
		});
		const shut = { ...failing, shut_until: "2026-11-22T07:00:30.000Z" };
		const [later] = await findAll({ ...FACTS, ...shut }, recordsOf(ZONE), []);
		expect(later?.advice).toContain("at 2026-11-22T07:00:30.000Z");
	});

	it("is to hear of failures", async () => {
		expect(await faultsOf({ reports: null })).toEqual({ "Failures and complaints": "missing" });
	});
});
