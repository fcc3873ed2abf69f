import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));

/** What HTML has long left to CSS, and MJML writes for Outlook on Windows, whose CSS is that of Word. */
const FOR_OUTLOOK = [
	'Attribute "align" is deprecated on <table> element',
	'Attribute "align" is deprecated on <td> element',
	'Attribute "bgcolor" is deprecated on <td> element',
	'Attribute "cellpadding" is deprecated on <table> element',
	'Attribute "cellspacing" is deprecated on <table> element',
	'Attribute "valign" is deprecated on <td> element',
	'Attribute "width" is deprecated on <table> element',
];

/** What is wrong in a mail's HTML: the rule, where, and why. */
export async function htmlFaults(html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	return results
		.flatMap(({ messages }) => messages)
		.filter(({ message }) => !FOR_OUTLOOK.includes(message))
		.map(({ ruleId, line, column, message }) => `${ruleId}: ${line}:${column}: ${message}`);
}
