/** White space folded to single spaces, none at the ends. */
export function foldSpace(text: string): string {
	return text.replaceAll(/\s+/g, " ").trim();
}

/** Escapes text for an HTML or XML text node or a quoted attribute. */
export function escapeMarkup(text: string): string {
	return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** `text` as UTF-8, hashed with SHA-256, in lower-case hexadecimal. */
export async function sha256Hex(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
