/**
 * Stands in for what libraries load and we have no use for: MJML's juice and cheerio, which put styles and
 * attributes into elements by selectors (`scripts/templates/strangers.ts` lets no template ask for that),
 * and the list of media types by which RSS guesses. Together they were a fifth of the Worker.
 */
function notUsed(): never {
	throw new Error("This is left out of the Worker: see src/stubs/not-used.ts.");
}

export { notUsed as default, notUsed as load, notUsed as lookup };
