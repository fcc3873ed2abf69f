const NAMED: Readonly<Record<string, string>> = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	apos: "'",
	nbsp: " ",
};

/** The text that a reader of an HTML document sees, white space folded: no tags, no comments. */
export async function readableText(html: string): Promise<string> {
	let text = "";
	let hidden = 0;
	const rewriter = new HTMLRewriter()
		.on("style, title, script", {
			element(element) {
				hidden += 1;
				element.onEndTag(() => {
					hidden -= 1;
				});
			},
		})
		.onDocument({
			text(chunk) {
				if (hidden === 0) text += chunk.text;
			},
		});
	await rewriter.transform(new Response(html)).text();
	return decodeEntities(text).replaceAll(/\s+/g, " ").trim();
}

function decodeEntities(text: string): string {
	return text.replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
		if (decimal) return String.fromCodePoint(Number(decimal));
		if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
		return NAMED[name] ?? whole;
	});
}
