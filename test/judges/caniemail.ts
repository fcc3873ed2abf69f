import { caniemail } from "caniemail";

const CLIENTS = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*"];

/**
 * What some of these clients leave out or do in part, by caniemail's name for it, and what their readers
 * have then. Where nothing is said of margins, sizes and the like: the text is there, set less well.
 */
export const FALLBACKS: Readonly<Record<string, string>> = {
	"<style> element":
		"colours, sizes and spacing are inline; links that look like buttons are links",
	"@media":
		"one column is as wide as the screen anywhere; without dark colours there are light ones",
	"Class selector": "as without the style element",
	"Chaining selectors": "as without the style element",
	"Descendant combinator": "as without the style element",
	"ID selector": "MJML's own, for Outlook.com",
	"Type selector": "MJML's own resets, repeated inline where they matter",
	"!important keyword": "it is in what dark colours are set by: without them there are light ones",
	"color-scheme CSS property": "light colours are inline",
	"color-scheme meta tag": "light colours are inline",
	"<body> element": "the ground is also on the element inside it",
	"aria-label attribute": "MJML names the body by the subject, which the client shows itself",
	"role attribute": "tables that are read as tables still have their cells in reading order",
	"lang attribute": "the client guesses the language",
	"dir attribute": "the text's own characters give its direction",
	direction: "the text's own characters give its direction",
	"align attribute": "text-align says the same",
	"text-align": "lines begin where the language begins them",
	display: "blocks are blocks without it",
	"display:none": "the first line of the inbox's preview is read in the mail too",
	overflow: "as display:none",
	"max-height property": "as display:none",
	background: "text keeps its contrast on white",
	border: "lines are an ornament",
	"border-radius": "corners are square",
	outline: "MJML's own reset of images",
	margin: "paragraphs have the client's own space",
	padding: "the cell around has it",
	"font-size": "text has the client's own size",
	"font-weight": "headings are headings",
	"line-height": "lines have the client's own height",
	"text-decoration": "links are underlined",
	"text-transform": "MJML's own reset of buttons",
	"word-break": "words break where there is room for them",
	"overflow-wrap": "commands of the operator's notice are long lines",
	"word-spacing": "MJML's own reset",
	"width property": "the width attribute says the same",
	"width attribute": "the column is as wide as the screen",
	"height property": "the height attribute says the same",
	"height attribute": "the logo has its own size",
	"max-width": "Outlook gets a table of 600 px in its comments",
	"target attribute": "the client opens links as it does",
	cursor: "MJML's own, on buttons",
	"<ul>, <ol> and <dl>": "the operator's reasons are lines of their own",
};

/** What a mail has that some client does not do, by caniemail's name for it. */
export function unsupported(html: string): string[] {
	const { errors, warnings } = caniemail({ clients: CLIENTS, html }).issues;
	const titles = [...errors.values(), ...warnings.values()].flat().map(({ title }) => title);
	return [...new Set(titles)];
}
