/** No longer is a header's line to be, its line end not counted (RFC 5322, section 2.1.1). */
const LONGEST_HEADER_LINE = 75;

/** Words of printable ASCII, with one space between two; `=?` would begin an encoded word (RFC 2047). */
const PLAIN_WORDS = /^(?!.*=\?)[!-~]+(?: [!-~]+)*$/;

/**
 * An address that stands in a header as it is: a dot-atom and a domain (RFC 5322, section 3.4.1) in lower
 * case, which is not an internationalized one.
 */
const PLAIN_ADDRESS =
	/^(?!.*xn--)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** What quoted-printable has as it is (RFC 2045, section 6.7), but for white space, which not all lines may end in. */
const PLAIN_TEXT = /^[!-<>-~]+$/;
const PLAIN_LINE = /.{1,75}/g;

export function isPlainAddress(address: string): boolean {
	return PLAIN_ADDRESS.test(address);
}

/**
 * A header with its line end, where nothing in its value needs to be encoded: in one line, or where that
 * is too long, with each word in a line of its own.
 *
 * @returns null where something does.
 */
export function plainHeader(name: string, value: string): string | null {
	if (!PLAIN_WORDS.test(value)) return null;
	const line = `${name}: ${value}`;
	if (line.length <= LONGEST_HEADER_LINE) return `${line}\r\n`;
	return `${name}:\r\n ${value.replaceAll(" ", "\r\n ")}\r\n`;
}

/**
 * A text in quoted-printable, each line closed by a soft line break, where it is the same as it was.
 *
 * @returns null where it is not.
 */
export function plainText(text: string): string | null {
	return PLAIN_TEXT.test(text) ? text.replaceAll(PLAIN_LINE, "$&=\r\n") : null;
}
