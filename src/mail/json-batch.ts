import { joinBytes } from "./bytes.ts";
import type { CutText } from "./personal.ts";
import type { Message } from "./transport.ts";

/** What a provider calls the parts of a message. */
export interface PartNames {
	readonly html: string;
	readonly text: string;
}

const encoder = new TextEncoder();
const BETWEEN_MESSAGES = encoder.encode(",");
const escaped = new WeakMap<CutText<string>, readonly Uint8Array[]>();

/**
 * Messages as a JSON array (RFC 8259) in UTF-8: of each its fields and its parts. The parts of an
 * edition are escaped and encoded for the first of its messages, and for each only what is their own.
 *
 * @param fieldsOf all of a message but its parts.
 */
export function encodeBatch(
	messages: readonly Message[],
	names: PartNames,
	fieldsOf: (message: Message) => object,
): Uint8Array<ArrayBuffer> {
	const items = messages.map((message) => encodeMessage(message, names, fieldsOf(message)));
	return joinBytes([
		encoder.encode("["),
		...items.flatMap((item, index) => (index === 0 ? item : [BETWEEN_MESSAGES, ...item])),
		encoder.encode("]"),
	]);
}

function encodeMessage(message: Message, names: PartNames, fields: object): Uint8Array[] {
	const begun = JSON.stringify(fields).slice(0, -1);
	return [
		encoder.encode(`${begun},${JSON.stringify(names.html)}:"`),
		...encodePart(message, "html"),
		encoder.encode(`",${JSON.stringify(names.text)}:"`),
		...encodePart(message, "text"),
		encoder.encode('"}'),
	];
}

/** A part as it stands between quotation marks. */
function encodePart(message: Message, name: "html" | "text"): Uint8Array[] {
	const { common } = message;
	if (!common) return [escapeText(message[name])];
	const { places } = common[name];
	return piecesOf(common[name]).flatMap((piece, index) => {
		const place = places[index];
		return place === undefined ? [piece] : [piece, escapeText(`${common.values[place]}`)];
	});
}

function piecesOf(text: CutText<string>): readonly Uint8Array[] {
	const known = escaped.get(text);
	if (known) return known;
	const pieces = text.pieces.map(escapeText);
	escaped.set(text, pieces);
	return pieces;
}

/** As JSON has it in a string, without the quotation marks. */
function escapeText(text: string): Uint8Array {
	return encoder.encode(JSON.stringify(text).slice(1, -1));
}
