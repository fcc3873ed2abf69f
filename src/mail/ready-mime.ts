import { composeMime, composeOf, unsubscribeHeader, withLineFeeds } from "./message.ts";
import type { CutText } from "./personal.ts";
import { isPlainAddress, plainHeader, plainText } from "./plain-mime.ts";
import type { Message } from "./transport.ts";

type Common = NonNullable<Message["common"]>;
type EditionMessage = Message & { readonly common: Common };

/** Headers with a recipient's own value; the others are the same for all of an edition. */
const OWN_HEADERS = ["To", "Message-ID", "Date", "List-Unsubscribe"] as const;
type OwnHeader = (typeof OWN_HEADERS)[number];
type HeaderValue = string | Date | { readonly name: string; readonly address: string };

/** What stands between two pieces: the recipient's own headers, or one of their values in a part. */
type Place = typeof OWN_HEADERS | { readonly value: string };

/** Encodes what is put into a place. */
interface Encoder {
	/** The lines of a recipient's own headers, each with its end. */
	headers(message: Message): string;
	/** In quoted-printable, its last line closed by a soft line break. */
	closed(text: string): string;
	/** In quoted-printable, its last line open. */
	open(text: string): string;
}

/** An edition's MIME but for what is a recipient's own. */
interface ReadyMime {
	/** The message that it was made of. */
	readonly of: EditionMessage;
	/** One more than there are places. */
	readonly pieces: readonly Uint8Array[];
	readonly places: readonly Place[];
	readonly encoder: Encoder;
}

/** A recipient's part or a line stands where these are; nothing else of a message's body is theirs. */
const [TEXT_MARKER, HTML_MARKER] = ["text-goes-here", "html-goes-here"];

/** So long at most is a line of quoted-printable (RFC 2045, section 6.7), its `=` included. */
const LONGEST_LINE = 76;

const bytesOf = new TextEncoder();
const ready = new WeakMap<CutText<string>, ReadyMime>();

/**
 * A message as MIME, in pieces one after the other: they may be other messages' too, and nobody is to
 * change them. To join those of a large message takes longer than to make them.
 */
export type Mime = readonly Uint8Array[];

/**
 * The message as MIME, as {@link composeMime} makes it. What it has in common with the other messages
 * of its edition is composed and encoded for the first of them, and for each only what is their own.
 */
export async function mimeOf(message: Message): Promise<Mime> {
	if (isOfEdition(message)) return complete(await readyFor(message), message);
	return [await composeMime(message)];
}

function isOfEdition(message: Message): message is EditionMessage {
	return message.common !== undefined;
}

async function readyFor(message: EditionMessage): Promise<ReadyMime> {
	const known = ready.get(message.common.html);
	if (known && isAlike(known.of, message)) return known;
	const made = await makeReady(message);
	ready.set(message.common.html, made);
	return made;
}

/** Whether all is the same that is not a recipient's own. */
function isAlike(one: EditionMessage, other: EditionMessage): boolean {
	return (
		one.common.text === other.common.text &&
		one.subject === other.subject &&
		one.language === other.language &&
		one.from.name === other.from.name &&
		one.from.address === other.from.address &&
		one.list?.id === other.list?.id &&
		one.list?.feedbackId === other.list?.feedbackId
	);
}

async function makeReady(message: EditionMessage): Promise<ReadyMime> {
	const encoder = await loadEncoder();
	const part = (content: string) =>
		({ content, contentTransferEncoding: "quoted-printable" }) as const;
	const mime = await composeOf(message, { text: part(TEXT_MARKER), html: part(HTML_MARKER) });
	const source = new TextDecoder().decode(mime);
	const headEnd = source.indexOf("\r\n\r\n") + 2;
	// What precedes the markers in the body is the composer's own.
	const textAt = source.indexOf(TEXT_MARKER, headEnd);
	const htmlAt = source.indexOf(HTML_MARKER, textAt);
	const layout = new Layout();
	addHead(layout, source.slice(0, headEnd));
	layout.add(source.slice(headEnd, textAt));
	addPart(layout, message.common.text, encoder);
	layout.add(source.slice(textAt + TEXT_MARKER.length, htmlAt));
	addPart(layout, message.common.html, encoder);
	layout.add(source.slice(htmlAt + HTML_MARKER.length));
	return { of: message, encoder, ...layout.end() };
}

/** Pieces and places in the making. */
class Layout {
	readonly #pieces: Uint8Array[] = [];
	readonly #places: Place[] = [];
	#piece = "";

	add(text: string): void {
		this.#piece += text;
	}

	addPlace(place: Place): void {
		this.#pieces.push(bytesOf.encode(this.#piece));
		this.#places.push(place);
		this.#piece = "";
	}

	end(): Pick<ReadyMime, "pieces" | "places"> {
		return { pieces: [...this.#pieces, bytesOf.encode(this.#piece)], places: this.#places };
	}
}

/** @param head the headers, each with its line end. */
function addHead(layout: Layout, head: string): void {
	layout.addPlace(OWN_HEADERS);
	// A header's further lines begin with white space (RFC 5322, section 2.2.3).
	for (const header of head.split(/(?<=\r\n)(?![ \t])/)) {
		const name = header.slice(0, header.indexOf(":"));
		if (!OWN_HEADERS.some((own) => own === name)) layout.add(header);
	}
}

function addPart(layout: Layout, { pieces, places }: CutText<string>, encoder: Encoder): void {
	for (const [index, piece] of pieces.entries()) {
		const value = places[index];
		if (value === undefined) layout.add(encoder.open(piece));
		else {
			layout.add(encoder.closed(piece));
			layout.addPlace({ value });
		}
	}
}

function complete({ pieces, places, encoder }: ReadyMime, message: EditionMessage): Mime {
	const encoded = new Map<string, Uint8Array>();
	const fill = (place: Place): Uint8Array => {
		if (!("value" in place)) return bytesOf.encode(encoder.headers(message));
		const known = encoded.get(place.value);
		if (known) return known;
		const value = message.common.values[place.value];
		if (value === undefined) throw new Error(`the message has no value for ${place.value}`);
		const made = bytesOf.encode(encoder.closed(value));
		encoded.set(place.value, made);
		return made;
	};
	return pieces.flatMap((piece, index) => {
		const place = places[index];
		return place === undefined ? [piece] : [piece, fill(place)];
	});
}

/** The mail library's own encodings, but for what they would leave as it is: that is found much faster. */
async function loadEncoder(): Promise<Encoder> {
	const [{ default: MimeNode }, { foldLines }, { encode, wrap }] = await Promise.all([
		import("nodemailer/lib/mime-node"),
		import("nodemailer/lib/mime-funcs"),
		import("nodemailer/lib/qp"),
	]);
	const node = new MimeNode("text/plain");
	const encodeHeader = (name: OwnHeader, value: HeaderValue) =>
		`${foldLines(`${name}: ${node.encodeHeaderValue(name, value)}`, LONGEST_LINE)}\r\n`;
	// One shorter, so that there is room for the `=` behind the last line.
	const open = (text: string) =>
		wrap(encode(withLineFeeds(text).replaceAll("\n", "\r\n")), LONGEST_LINE - 1);
	const close = (lines: string) =>
		lines === "" || lines.endsWith("\r\n") ? lines : `${lines}=\r\n`;
	const dateHeader = rememberLast((date: number) => encodeHeader("Date", new Date(date)));
	return {
		headers({ to, messageId, date, list }) {
			const id = `<${messageId}>`;
			const unsubscribe = list && unsubscribeHeader(list);
			return [
				(isPlainAddress(to) && plainHeader("To", to)) ||
					encodeHeader("To", { name: "", address: to }),
				plainHeader("Message-ID", id) ?? encodeHeader("Message-ID", id),
				// Many are made in the same millisecond.
				dateHeader(date),
				unsubscribe === undefined
					? ""
					: (plainHeader("List-Unsubscribe", unsubscribe) ??
						encodeHeader("List-Unsubscribe", unsubscribe)),
			].join("");
		},
		open,
		closed: (text) => plainText(text) ?? close(open(text)),
	};
}

function rememberLast<Given, Made>(make: (given: Given) => Made): (given: Given) => Made {
	let last: { readonly given: Given; readonly made: Made } | undefined;
	return (given) => {
		if (last?.given !== given) last = { given, made: make(given) };
		return last.made;
	};
}
