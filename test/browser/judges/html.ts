import { type ConfigData, HtmlValidate, StaticConfigLoader } from "html-validate";

const CONFIG: ConfigData = {
	extends: ["html-validate:recommended", "html-validate:standard"],
	rules: {
		// How hono/jsx writes what HTML allows in several ways.
		"attribute-boolean-style": ["error", { style: "empty" }],
		"doctype-style": ["error", { style: "lowercase" }],
		"void-style": ["error", { style: "selfclosing" }],
		// A hidden field may stand for a ticked box, of which a name has several: the rule knows boxes alone.
		"form-dup-name": "off",
		// A title is the release's own, however long.
		"long-title": "off",
	},
};

const validator = new HtmlValidate(new StaticConfigLoader(CONFIG));

/** What is wrong in an HTML document: the rule, where, and why. */
export async function faults(html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	return results.flatMap(({ messages }) =>
		messages.map(({ ruleId, line, column, message }) => `${ruleId}: ${line}:${column}: ${message}`),
	);
}
