import {
	createEngines,
	type Engines,
	MAILS,
	type Mail,
	type MarkupFault,
	toHtml,
} from "../../src/mail/render.ts";
import { type Fault, readTemplates } from "./folder.ts";
import { type Marked, mark, type ReadBack } from "./marking.ts";
import { type Sample, sampleMails } from "./samples.ts";
import { findStrangeAddresses, findStrangers, type Known } from "./strangers.ts";
import { findUnclosed } from "./unclosed.ts";

/** The addresses that are the reader's own, by their names in the templates: each part has to have them. */
const PERSONAL: Readonly<Record<Mail, readonly string[]>> = {
	digest: ["unsubscribe_url", "manage_url"],
	correction: ["unsubscribe_url", "manage_url"],
	confirmation: ["confirm_url"],
	welcome: ["unsubscribe_url", "manage_url"],
	"address-change": ["url"],
	notice: [],
};

/** Where a fault is that no line has. */
const NOWHERE = { file: "", line: 1 };

/** What is wrong with the templates of a folder, found by filling each in with samples. */
export async function checkMails(folder: string): Promise<Fault[]> {
	const templates = readTemplates(folder);
	const missing = MAILS.flatMap((mail) => [`${mail}.mjml`, `${mail}.liquid`])
		.filter((file) => !(file in templates))
		.map((file) => ({ file, line: 1, words: "this file is missing" }));
	if (missing.length > 0) return missing;
	const marked = mark(templates);
	const engines = createEngines(marked.templates);
	const unread = Object.keys(templates).flatMap((file) => parse(engines, marked, file));
	if (unread.length > 0) return unread;
	const checking = { engines, marked, soundPaths: new Set<string>() };
	const faults: Fault[] = [];
	for (const sample of sampleMails()) faults.push(...(await checkSample(checking, sample)));
	if (faults.length > 0) return firstOfEachLine(faults);
	const words = "no sample comes to this place, so nobody knows whether it works";
	return firstOfEachLine(marked.unreached().map(({ file, line }) => ({ file, line, words })));
}

interface Checking {
	readonly engines: Engines;
	readonly marked: Marked;
	/** Paths of MJML in which nothing is wrong. */
	readonly soundPaths: Set<string>;
}

function parse(engines: Engines, marked: Marked, file: string): Fault[] {
	try {
		engines.markup.parse(marked.templates[file] ?? "", file);
		return [];
	} catch (fault) {
		return [toFault(fault, marked, file)];
	}
}

async function checkSample(
	{ engines, marked, soundPaths }: Checking,
	sample: Sample,
): Promise<Fault[]> {
	const { mail, view } = sample;
	const known = knownOf(sample);
	const markup = fill(engines.markup, `${mail}.mjml`, marked, view);
	const text = fill(engines.text, `${mail}.liquid`, marked, view);
	const unfilled = [markup, text].flatMap(({ fault }) => (fault ? [fault] : []));
	if (unfilled.length > 0) return unfilled;
	const found = [
		...[...findUnclosed(markup.text), ...findStrangers(markup.text, known)].map(placeIn(markup)),
		...findStrangeAddresses(text.text, known).map(placeIn(text)),
	];
	if (found.length > 0) return found;
	if (!soundPaths.has(markup.path)) {
		const { faults } = await toHtml(markup.text);
		if (faults.length > 0) return faults.map(placeIn(markup));
		soundPaths.add(markup.path);
	}
	return findLackingLinks(sample, markup.text, text.text);
}

function placeIn({ places }: ReadBack): (found: MarkupFault) => Fault {
	return ({ line, words }) => ({ ...(places[line - 1] ?? NOWHERE), words });
}

interface Filled extends ReadBack {
	readonly fault: Fault | null;
}

function fill(engine: Engines["markup"], file: string, marked: Marked, view: object): Filled {
	try {
		return { ...marked.read(engine.renderFileSync(file, view)), fault: null };
	} catch (fault) {
		return { text: "", places: [], path: "", fault: toFault(fault, marked, file) };
	}
}

/** A fault of LiquidJS's, which knows where it is in which source. */
function toFault(fault: unknown, { templates }: Marked, fallback: string): Fault {
	const { message, token } = fault as LiquidFault;
	const words = message.replace(/, file:.*$|, line:\d+, col:\d+$/s, "");
	const source = token?.input;
	const file =
		Object.keys(templates).find(
			(one) => templates[one] === source || `${templates[one]}` === `${source}\n`,
		) ?? fallback;
	return { file, line: token?.getPosition?.()[0] ?? 1, words };
}

interface LiquidFault extends Error {
	readonly token?: {
		readonly input?: string;
		getPosition?(): readonly [line: number, column: number];
	};
}

function findLackingLinks({ mail, view }: Sample, mjml: string, text: string): Fault[] {
	const lines = text.split("\n").map((line) => line.trim());
	return PERSONAL[mail].flatMap((name) => {
		const address = String(new Map<string, unknown>(Object.entries(view)).get(name));
		return [
			{ file: `${mail}.mjml`, has: mjml.includes(`href="${address}"`) },
			{ file: `${mail}.liquid`, has: lines.includes(address) },
		]
			.filter(({ has }) => !has)
			.map(({ file }) => ({ file, line: 1, words: `has no link to ${name}` }));
	});
}

function knownOf({ view }: Sample): Known {
	return {
		origin: view.publication.url,
		logo: view.publication.logo,
		addresses: new Set(textsIn(view).flatMap((text) => text.match(/https?:\/\/[^\s'"<>]+/g) ?? [])),
	};
}

function textsIn(value: unknown): string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The first fault of each line: those that the same slip brings in other samples say nothing new. */
function firstOfEachLine(faults: readonly Fault[]): Fault[] {
	const places = new Map(faults.toReversed().map((one) => [`${one.file}:${one.line}`, one]));
	return [...places.values()].toReversed();
}
