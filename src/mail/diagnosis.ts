import { withoutAddresses } from "../shared/log.ts";
import { foldSpace } from "../shared/text.ts";

/**
 * What a refusal says of the recipient.
 * - `permanent`: the address itself is dead.
 * - `temporary`: the mailbox, its server or its domain could not take the message; another may get in.
 * - `ours`: a block, a policy, a rate or the content: it says nothing of the reader.
 * - `none`: no failure at all: delayed, relayed, or an answer of a program.
 */
export const VERDICTS = ["permanent", "temporary", "ours", "none"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a server said, as far as it is known. */
export interface Refusal {
	/** Its words, whole; the codes are taken out of them where they are not given. */
	readonly words: string;
	/** Reply code (RFC 5321, section 4.2). */
	readonly code?: number | undefined;
	/** Enhanced status code (RFC 3463), such as 5.1.1. */
	readonly enhanced?: string | undefined;
	/** `Action` of a delivery status (RFC 3464, section 2.3.3), in lower case. */
	readonly action?: string | undefined;
}

/** Words beyond this are not looked at. */
const LONGEST_WORDS = 2000;

/**
 * Diagnoses a refusal. Servers misuse codes, so what their words say clearly goes first: of us, then of
 * a passing state, then of the address. Where words and codes disagree the milder one holds, since a
 * reader who is ended wrongly hears nothing any more. A domain that is not found is `temporary`: its
 * name servers may be down, and where it is gone for good that repeats.
 */
export function diagnose(refusal: Refusal): Verdict {
	if (refusal.action !== undefined && refusal.action !== "failed") return "none";
	const words = plainWords(refusal.words);
	const code = refusal.code ?? codeIn(words);
	const enhanced = refusal.enhanced ?? enhancedIn(words);
	const verdict = byWords(words, enhanced) ?? byEnhanced(enhanced) ?? byCode(code, words);
	return verdict === "permanent" && isPassing(code, enhanced) ? "temporary" : verdict;
}

/** The milder of two verdicts: it does less to the reader. */
export function milder(one: Verdict, other: Verdict): Verdict {
	return VERDICTS.indexOf(one) > VERDICTS.indexOf(other) ? one : other;
}

/** In lower case; without addresses of mailboxes and of pages, which have words of their own. */
function plainWords(words: string): string {
	const cut = words.slice(0, LONGEST_WORDS).replaceAll(/https?:\/\/\S+/gi, " ");
	// Each line of a reply repeats its codes (RFC 5321, section 4.2.1).
	const joined = cut.replaceAll(/[\r\n]+\s*\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3}\s)?/g, " ");
	return foldSpace(withoutAddresses(joined)).toLowerCase();
}

function codeIn(words: string): number | undefined {
	const found = /(?:^|[^\d.])([245]\d\d)(?=[ \-#]|$)/.exec(words);
	return found ? Number(found[1]) : undefined;
}

function enhancedIn(words: string): string | undefined {
	return /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(words)?.[1];
}

/** 4xx and 4.x.x: the server itself says that it may pass. */
function isPassing(code = 0, enhanced = ""): boolean {
	return enhanced.startsWith("4.") || (Math.floor(code / 100) === 4 && !enhanced.startsWith("5."));
}

const anyOf = (...patterns: readonly RegExp[]) =>
	new RegExp(patterns.map(({ source }) => source).join("|"));

/** A block, a policy, a rate, the content, or the sender. */
const OURS = anyOf(
	/\bspam(?!d\b)|unsolicited|\bjunk\b|\bbulk\b|virus|malware|phish|suspicious|malicious/,
	/black ?-?list|block ?-?list|deny ?-?list|\brbl\b|dnsbl|spamhaus|spamcop|sorbs|barracuda|proofpoint|cloudmark|senderscore/,
	/\bblocked\b|\bbanned\b|reputation|(?:poor|bad|low) score|not whitelisted/,
	/\bcertificate\b|\btls\b|\bssl\b/,
	/\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|authenticat|\barc\b validation|\bsrs\b/,
	/reverse dns|\bptr\b|\brdns\b|\bhelo\b|\behlo\b|generic hostname|dynamic (?:ip|address)/,
	/rate ?-?limit|too many|too fast|throttl|sending limit|limit exceeded|at a rate|frequency limit|\[tss\d+\]/,
	/relay(?:ing)? (?:access )?(?:denied|not)|not permitted to relay|unable to relay|open relay/,
	/sender (?:address )?(?:rejected|denied|not|verif|unknown|invalid|domain)|invalid sender|sender's|your (?:ip|server|domain|host)\b|bad sender|sender (?:mailbox|user|account|e-?mail)|return-?path|\bfrom address|mail from .{0,80}(?:refused|rejected|not)|domain of sender/,
	/polic(?:y|ies)|prohibit|not (?:authori[sz]ed|allowed|permitted)|content (?:rejected|denied|filter)|message (?:content )?(?:rejected|refused|denied|was not accepted due)/,
	/message (?:size|too|is too|length)|too (?:large|big)|size (?:limit|exceed)|exceeds (?:the )?(?:maximum|size)/,
);

/** The mailbox is full. */
const FULL = anyOf(
	/(?:mail ?-?box|inbox|account|user|recipient|folder).{0,40}\b(?:full|over ?-?quota|out of (?:storage|space)|size limit|storage limit)|over ?-?quota|quota (?:exceed|is|full)/,
	/exceed(?:s|ed|ing)? (?:.{0,20} )?(?:quota|storage)|\b(?:quota|storage) .{0,20}exceeded|insufficient (?:system )?(?:storage|disk)|not enough (?:storage|space)|no space left|disk full/,
);

/** The server or the domain, for now. */
const PASSING = anyOf(
	/grey ?-?list|gray ?-?list|try (?:again|later|after)|temporar|deferred|(?:come|call) back|currently unavailable/,
	/timed? ?-?out|connection (?:refused|reset|lost|closed|dropped)|could not connect|network (?:is )?unreachable|no route|no answer|host (?:unreachable|is down)/,
	/(?:host|domain|nxdomain|dns)\b.{0,60}(?:not found|unknown|error|fail|does not exist|doesn't exist|no such|nxdomain)|unknown (?:host|domain)|no (?:mx|such domain)|name service error|unrout(?:e)?able (?:mail )?domain|all relevant mx/,
	/service (?:is )?(?:not available|unavailable)|system (?:not|is)|resources|lookup fail|internal (?:server )?error|delivery time expired|retry time|message expired|queue too long|\bloop/,
);

/** Said of nothing but an address that is not there, whatever the code. */
const NO_SUCH_USER = anyOf(
	/no such (?:user|recipient|mailbox|person|account|address|local|e?-?mail)|no mailbox (?:here )?(?:by|with|found|for)|no account (?:by|with|found)|no user (?:by|with|found)/,
	/(?:user|recipient|mailbox|account|address|e-?mail|username) (?:is )?unknown|unknown (?:user|recipient|mailbox|account|local (?:part|user|recipient)|address|e-?mail)/,
	/(?:user|recipient|mailbox|account|address|inbox|reached|reach|person)[^.;]{0,80} (?:does not|doesn't|doesn’t|did not|do not) exist/,
	/(?:user|recipient|mailbox|account|address|addressee)[^.;]{0,40} (?:not found|could not be found|cannot be found|wasn't found|couldn't be found)|recipientnotfound/,
	/doesn't have an? .{0,60}account|does not have an? .{0,60}account|invalid (?:mailbox|recipient|user(?! ?name)|address)|not a valid (?:mailbox|recipient|user|address)|not our customer|unrout(?:e)?able address|not listed in (?:the )?(?:domino|public|address|directory)|nosuchuser/,
	/нет такого (?:пользователя|адреса|ящика)|пользователь не найден/,
);

/** Said of an address that is dead: no enhanced code may say something else. */
const GONE = anyOf(
	/(?:mail ?-?box|account|user|recipient|address)[^.;]{0,60}(?:disabled|inactive|deactivated|closed|expired|terminated|discontinued|cancelled|deleted|removed|no longer|not active)/,
	/(?:disabled|inactive|deactivated|closed) (?:mail ?-?box|account|user|recipient|address)|no longer (?:available|in use|valid|active|accept(?!.{0,60} from\b)|with|work)|has left/,
	/mail ?-?box (?:is )?(?:unavailable|not available|not found)|null mx|does not accept mail(?! from\b)/,
);

/** Said of a dead address, and of policies: an enhanced code must say that it is the address. */
const REFUSED = /address rejected|recipient rejected|user (?:is )?rejected/;

/** Enhanced codes that speak of the address, or of nothing. */
const OF_ADDRESS = /^5\.(?:1\.(?:0|1|3|6|10)|2\.[01]|4\.1)$/;
const OF_NOTHING = /^5\.(?:0\.0|5\.0)$/;
/** The sender, too large, no host: codes that are seldom wrong. */
const NOT_OF_ADDRESS = /^5\.(?:1\.[78]|2\.[23]|3\.[14]|4\.[47])$/;
/** Exchange Online says so of an address that is not in its directory, with this code alone. */
const NOT_IN_DIRECTORY = "5.4.1";

function byWords(words: string, enhanced = ""): Verdict | null {
	if (FULL.test(words)) return "temporary";
	if (OURS.test(words)) return "ours";
	if (words.includes("access denied") && enhanced !== NOT_IN_DIRECTORY) return "ours";
	if (PASSING.test(words)) return "temporary";
	if (NOT_OF_ADDRESS.test(enhanced)) return null;
	if (NO_SUCH_USER.test(words)) return "permanent";
	if (OF_ADDRESS.test(enhanced))
		return REFUSED.test(words) || GONE.test(words) ? "permanent" : null;
	const isSilent = enhanced === "" || OF_NOTHING.test(enhanced);
	return isSilent && GONE.test(words) ? "permanent" : null;
}

/** Enhanced codes (RFC 3463, RFC 7505) whose meaning servers keep to. */
const BY_ENHANCED: Readonly<Record<string, Verdict>> = {
	"1.1": "permanent",
	"1.3": "permanent",
	"1.6": "permanent",
	"1.10": "permanent",
	"1.5": "none",
	"1.7": "ours",
	"1.8": "ours",
	"1.9": "none",
	"2.1": "permanent",
	"2.3": "ours",
	"3.4": "ours",
	"4.5": "ours",
};
/** By their subject, where the detail says no more. */
const BY_SUBJECT: Readonly<Record<string, Verdict>> = {
	1: "temporary",
	2: "temporary",
	3: "temporary",
	4: "temporary",
	5: "ours",
	6: "ours",
	7: "ours",
};

function byEnhanced(enhanced: string | undefined): Verdict | null {
	const [status, subject = "", detail = ""] = enhanced?.split(".") ?? [];
	if (status === undefined || subject === "0") return null;
	if (status === "2") return "none";
	return BY_ENHANCED[`${subject}.${detail}`] ?? BY_SUBJECT[subject] ?? null;
}

/** Replies that speak of the mailbox (RFC 5321, section 4.2.3). */
const ABOUT_MAILBOX = [550, 551, 553];

/**
 * By the reply code alone. Words that nobody knows may be a block in a language that nobody here
 * reads: a 550 is the mailbox's fault beyond doubt only where nothing else is said.
 */
function byCode(code: number | undefined, words: string): Verdict {
	if (code === undefined) return "temporary";
	if (code < 400) return "none";
	if (ABOUT_MAILBOX.includes(code)) return saysMore(words) ? "temporary" : "permanent";
	return code === 554 || code === 571 ? "ours" : "temporary";
}

function saysMore(words: string): boolean {
	return /\p{L}{2}/u.test(words.replaceAll("(address)", " "));
}
