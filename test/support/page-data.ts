/**
 * A page without the one `script` that it may have: data that describes it to programs and runs
 * nowhere. Data with a `<` in it could break out of its element, and is left in.
 */
export function withoutData(html: string): string {
	return html.replace(/<script type="application\/ld\+json">[^<]*<\/script>/, "");
}
