/** An address with a token behind a + (RFC 5233): the address without it, and the token, if there is one. */
export interface TokenAddress {
	/** In lower case. */
	readonly address: string;
	/** Empty where there is none. */
	readonly token: string;
}

/** Takes an address apart, in whatever case it comes; null where it is none, or has several tokens. */
export function readTokenAddress(text: string): TokenAddress | null {
	const match = /^([^+@\s]+)(?:\+([^+@\s]+))?@([^@\s]+)$/.exec(text.trim().toLowerCase());
	if (!match) return null;
	const [, name, token = "", domain] = match;
	return { address: `${name}@${domain}`, token };
}
