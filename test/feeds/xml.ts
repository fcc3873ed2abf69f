/** An element of an XML document. */
export interface Element {
	readonly name: string;
	readonly attributes: ReadonlyMap<string, string>;
	readonly children: Element[];
	/** The text right in it, entities decoded and CDATA sections opened. */
	text: string;
}

const TOKEN =
	/<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>|<(\/?)([\w:]+)((?:\s+[\w:]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gsy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, section 2.2 forbids them
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const ENTITIES: Readonly<Record<string, string>> = {
	lt: "<",
	gt: ">",
	amp: "&",
	quot: '"',
	apos: "'",
};

/** Reads as much of XML 1.0 as a feed needs, and throws where that is not well-formed. */
export function parseXml(xml: string): Element {
	if (FORBIDDEN.test(xml) || !xml.isWellFormed()) throw new Error("a character XML has not");
	const document = element("", "");
	const open = [document];
	let end = 0;
	for (const match of xml.matchAll(TOKEN)) {
		const [token, cdata, close, name, attributes = "", selfClosing, text] = match;
		const parent = open.at(-1) ?? document;
		end = match.index + token.length;
		if (cdata !== undefined) parent.text += cdata;
		else if (text !== undefined) parent.text += decode(text);
		else if (close) {
			if (open.pop()?.name !== name) throw new Error(`closed out of turn: ${name}`);
		} else if (name !== undefined) {
			const child = element(name, attributes);
			parent.children.push(child);
			if (!selfClosing) open.push(child);
		}
	}
	if (end !== xml.length) throw new Error(`no markup: ${xml.slice(end, end + 80)}`);
	const [root, ...others] = document.children;
	if (!root || others.length > 0 || open.length !== 1) throw new Error("not one whole element");
	return root;
}

function element(name: string, attributes: string): Element {
	const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)].map(
		([, key = "", value = ""]): [string, string] => [key, decode(value)],
	);
	return { name, attributes: new Map(pairs), children: [], text: "" };
}

function decode(text: string): string {
	if (text.includes("]]>")) throw new Error("]]> in text");
	return text.replaceAll(/&(#x?)?(\w*);?/g, (reference, numeric, name) => {
		const code = numeric === "#x" ? Number.parseInt(name, 16) : Number(name);
		const character = numeric ? String.fromCodePoint(code) : ENTITIES[name];
		if (character === undefined || !reference.endsWith(";")) throw new Error(reference);
		return character;
	});
}
