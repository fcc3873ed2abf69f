import { joinBytes } from "./bytes.ts";
import type { CutText } from "./personal.ts";
import type { Message } from "./transport.ts";

/** What a provider calls the parts of a message. */
export interface PartNames {
	readonly html: string;
	readonly text: string;
}

const encoder = new TextEncoder();
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
	const beforeHtml = `${JSON.stringify(names.html)}:"`;
	const beforeText = encoder.encode(`",${JSON.stringify(names.text)}:"`);
	const end = encoder.encode('"}]');
	const endOfItem = end.subarray(0, -1);
	const pieces: Uint8Array[] = [];
	for (const [index, message] of messages.entries()) {
		const fields = JSON.stringify(fieldsOf(message)).slice(0, -1);
		pieces.push(encoder.encode(`${index === 0 ? "[" : ","}${fields},${beforeHtml}`));
		const values = new Map<string, Uint8Array>();
		addPart(pieces, message, "html", values);
		pieces.push(beforeText);
		addPart(pieces, message, "text", values);
		pieces.push(index === messages.length - 1 ? end : endOfItem);
	}
	return joinBytes(pieces);
}

/**
 * Adds a part as it stands between quotation marks.
 *
 * @param values the recipient's own that have been encoded already.
 */
function addPart(
	pieces: Uint8Array[],
	message: Message,
	name: "html" | "text",
	values: Map<string, Uint8Array>,
): void {
	const { common } = message;
	if (!common) {
		pieces.push(encodeText(message[name]));
		return;
	}
	const { places } = common[name];
	for (const [index, piece] of piecesOf(common[name]).entries()) {
		pieces.push(piece);
		const place = places[index];
		if (place === undefined) continue;
		const value = values.get(place) ?? encodeText(`${common.values[place]}`);
		values.set(place, value);
		pieces.push(value);
	}
}

function piecesOf(text: CutText<string>): readonly Uint8Array[] {
	const known = escaped.get(text);
	if (known) return known;
	const pieces = text.pieces.map(encodeText);
	escaped.set(text, pieces);
	return pieces;
}

/** As JSON has it in a string, without the quotation marks. */
function encodeText(text: string): Uint8Array {
	return encoder.encode(JSON.stringify(text).slice(1, -1));
}
