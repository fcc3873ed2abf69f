import xml, { type XmlObject } from "xml";

/** Namespaces that more than one format uses, by the prefix that they have there. */
export const NAMESPACES = {
	/** Event dates (RSS 1.0 module). */
	ev: "http://purl.org/rss/1.0/modules/event/",
	/** Archives (RFC 5005). */
	fh: "http://purl.org/syndication/history/1.0",
} as const;

/** A whole XML document of one element. */
export function xmlDocument(root: XmlObject): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root)}`;
}

/** A link of Atom: `rel`, `href` and what else is given. */
export function atomLink(
	name: "link" | "atom:link",
	attributes: Readonly<Record<string, string>>,
): XmlObject {
	return { [name]: { _attr: attributes } };
}
