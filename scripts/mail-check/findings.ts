import { domainOf } from "../../src/mail/facts.ts";

/** What the Worker says of its mail, of `GET /api/mail`. */
export interface MailFacts {
	readonly transport: string;
	readonly sender: string;
	/** Domain of the envelope's sender; null where the provider puts its own. */
	readonly envelope_domain: string | null;
	/** Where the keys stand that mail is signed with; null where the provider signs. */
	readonly dkim: readonly { readonly domain: string; readonly selector: string }[] | null;
	/** How failures and complaints come back; null where nobody would hear of them. */
	readonly reports: string | null;
	/** Where to have them come back, for the transport that is set. */
	readonly reports_advice: string;
	readonly unsubscribe_url: string;
	readonly unsubscribe_address: string | null;
	/** Since when the provider itself fails (ISO 8601); null while it does not. */
	readonly failing_since: string | null;
	/** Until when it is left alone; null where it is not. */
	readonly shut_until: string | null;
	/** What it said when it failed last. */
	readonly said: string | null;
}

/** What the DNS says; each list is empty where there is nothing. */
export interface Records {
	/** TXT records of a name, each with its strings joined. */
	txt(name: string): Promise<readonly string[]>;
	/** Hosts that take mail for a domain. */
	mx(domain: string): Promise<readonly string[]>;
}

/** The DNS could not be asked. */
export class NoAnswer extends Error {
	override readonly name = "NoAnswer";
	constructor(code: string) {
		super(`the DNS does not answer (${code})`);
	}
}

/** One thing that was looked at. */
export interface Finding {
	/** `missing` has mail go astray or be refused; `weak` can be better. */
	readonly verdict: "good" | "weak" | "missing";
	readonly what: string;
	/** What to do, where it is not good. */
	readonly advice?: string;
}

/**
 * What a domain's DNS lacks for its mail to be taken: SPF (RFC 7208), DKIM (RFC 6376) and DMARC
 * (RFC 7489), as the rules of large mailbox providers for bulk senders want them.
 *
 * @param selectors of DKIM keys that the provider signs with, where the Worker does not know them.
 */
export async function findAll(
	facts: MailFacts,
	records: Records,
	selectors: readonly string[],
): Promise<Finding[]> {
	const domain = domainOf(facts.sender);
	const keys = [...(facts.dkim ?? []), ...selectors.map((selector) => ({ domain, selector }))];
	const inDns = [
		orNoAnswer("SPF", findSpf(facts, records)),
		...keys.map((key) => orNoAnswer("DKIM", findKey(key, records))),
		...(keys.length === 0 ? [NO_KEY] : []),
		orNoAnswer("DMARC", findDmarc(domain, records)),
		orNoAnswer("MX", findMx(domain, records)),
	];
	return [
		...findTransport(facts),
		...(await Promise.all(inDns)),
		findUnsubscription(facts),
		findReports(facts),
	];
}

/** A finding, or that there is none because the DNS could not be asked. */
async function orNoAnswer(what: string, finding: Promise<Finding>): Promise<Finding> {
	return finding.catch((fault: unknown) => {
		if (!(fault instanceof NoAnswer)) throw fault;
		return {
			verdict: "missing",
			what: `${what}: ${fault.message}`,
			advice: "Ask another name server: --dns 1.1.1.1",
		};
	});
}

/** What keeps mail from being handed over at all. */
function findTransport(facts: MailFacts): Finding[] {
	const { transport, failing_since: since, shut_until: until, said } = facts;
	const mailbox: Finding = {
		verdict: "missing",
		what: "Transport: mailbox keeps all mail at /mailbox, and hands none over",
		advice: "Set MAIL_TRANSPORT to what hands mail over.",
	};
	const failing: Finding = {
		verdict: "missing",
		what: `Transport: mail waits since ${since}: ${said}`,
		advice: `It goes on by itself once the provider takes a message; it is tried next ${until === null ? "when there is one" : `at ${until}`}.`,
	};
	return [...(transport === "mailbox" ? [mailbox] : []), ...(since === null ? [] : [failing])];
}

const NO_KEY: Finding = {
	verdict: "missing",
	what: "DKIM: it is not known which key signs",
	advice:
		"Where the provider signs, give the selector that it shows: --selector NAME, once for each. With SMTP, make a key with npm run dkim, or have the server sign.",
};

async function findSpf({ envelope_domain: domain }: MailFacts, records: Records): Promise<Finding> {
	if (domain === null)
		return { verdict: "good", what: "SPF: the provider's envelope, so its own record counts" };
	const found = (await records.txt(domain)).filter((text) => /^v=spf1( |$)/i.test(text));
	const [record = "", ...more] = found;
	if (found.length === 0)
		return {
			verdict: "missing",
			what: `SPF: ${domain} has no record`,
			advice: `Publish a TXT record at ${domain}: "v=spf1 include:… ~all", with what your provider names.`,
		};
	if (more.length > 0)
		return {
			verdict: "missing",
			what: `SPF: ${domain} has ${found.length} records, so none counts (RFC 7208, section 3.2)`,
			advice: "Put all of it into one record.",
		};
	if (/(^| )\+?all( |$)/i.test(record))
		return {
			verdict: "missing",
			what: `SPF: "${record}" lets the whole world send as ${domain}`,
			advice: "End it in ~all or -all.",
		};
	if (!/[~-]all|redirect=/i.test(record))
		return {
			verdict: "weak",
			what: `SPF: "${record}" does not say what to do with others`,
			advice: "End it in ~all or -all.",
		};
	return { verdict: "good", what: `SPF: ${domain}: ${record}` };
}

async function findKey(
	{ domain, selector }: { readonly domain: string; readonly selector: string },
	records: Records,
): Promise<Finding> {
	const name = `${selector}._domainkey.${domain}`;
	const found = (await records.txt(name)).filter((text) => /(^|;)\s*p=/i.test(text));
	const key = /(?:^|;)\s*p=\s*([^;]*)/i.exec(found[0] ?? "")?.[1]?.trim();
	if (key) return { verdict: "good", what: `DKIM: ${name} has a key` };
	return {
		verdict: "missing",
		what: found.length > 0 ? `DKIM: the key at ${name} is revoked` : `DKIM: no key at ${name}`,
		advice: "Publish the TXT record (or the CNAME) that npm run dkim or the provider shows for it.",
	};
}

/** DMARC's record stands at the domain itself, or at one that it is part of. */
async function findDmarc(domain: string, records: Records): Promise<Finding> {
	const parts = domain.split(".");
	const domains = parts.slice(0, -1).map((_, index) => parts.slice(index).join("."));
	for (const one of domains) {
		const record = (await records.txt(`_dmarc.${one}`)).find((text) => /^v=DMARC1\b/i.test(text));
		if (record !== undefined) return judgeDmarc(`DMARC: _dmarc.${one}: ${record}`, record);
	}
	return {
		verdict: "missing",
		what: `DMARC: ${domain} has no record`,
		advice: `Publish a TXT record at _dmarc.${domain}: "v=DMARC1; p=none; rua=mailto:dmarc@${domain}"; once its reports show only your own mail, p=quarantine.`,
	};
}

function judgeDmarc(what: string, record: string): Finding {
	if (/;\s*p\s*=\s*(quarantine|reject)\b/i.test(record)) return { verdict: "good", what };
	return {
		verdict: "weak",
		what,
		advice: "Once its reports show only your own mail, ask for p=quarantine or p=reject.",
	};
}

async function findMx(domain: string, records: Records): Promise<Finding> {
	const hosts = (await records.mx(domain)).filter((host) => host !== "");
	if (hosts.length > 0) return { verdict: "good", what: `MX: ${domain} takes mail` };
	return {
		verdict: "weak",
		what: `MX: ${domain} takes no mail, so nobody can answer ${domain}`,
		advice: "Some servers refuse mail from a domain that takes none: publish an MX record.",
	};
}

function findUnsubscription({
	unsubscribe_url: url,
	unsubscribe_address: address,
}: MailFacts): Finding {
	if (!url.startsWith("https://"))
		return {
			verdict: "missing",
			what: `Unsubscribing: ${url} is not https, so mail programs show no button (RFC 8058)`,
			advice: "Set PUBLICATION_URL to an https address.",
		};
	if (address === null)
		return {
			verdict: "weak",
			what: "Unsubscribing: in one click (RFC 8058), and not by mail",
			advice: "Some mail programs know only mail: set UNSUBSCRIBE_ADDRESS.",
		};
	return { verdict: "good", what: "Unsubscribing: in one click (RFC 8058), and by mail" };
}

function findReports({ reports, reports_advice: advice }: MailFacts): Finding {
	if (reports !== null) return { verdict: "good", what: `Failures and complaints: ${reports}` };
	return {
		verdict: "missing",
		what: "Failures and complaints: nobody hears of them",
		advice,
	};
}
