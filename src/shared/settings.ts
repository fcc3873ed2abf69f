// zod/mini and not zod: settings are read before the first answer, and all of zod takes longer to load than that.
import * as z from "zod/mini";
import type { Result } from "./result.ts";

/** A setting that is missing or wrong: its name, and what to do about it (never its value). */
export interface SettingFault {
	readonly setting: string;
	readonly detail: string;
}

/** A text that a pattern describes. */
export function matching(pattern: RegExp, detail: string) {
	return z.string().check(z.regex(pattern, detail));
}

/** A setting that must be there. */
export function needed(what: string) {
	const error = `is missing: give ${what}`;
	return z.string(error).check(z.trim(), z.minLength(1, { error, abort: true }));
}

/** A setting that may be left out, or left empty, which is the same. */
export function optional<Checked extends z.ZodMiniType<unknown, string>>(check: Checked) {
	return z.pipe(
		z.transform((given: unknown) => (typeof given === "string" ? given.trim() : "") || null),
		// Not a union with null, which says "Invalid input" in place of what is wrong.
		z.nullable(check),
	);
}

/** One or more, with commas between them. */
export function listOf<Item extends z.ZodMiniType<unknown, string>>(what: string, item: Item) {
	return z.pipe(
		z.pipe(needed(what), z.transform(splitList)),
		z.array(item).check(z.minLength(1, `is missing: give ${what}`)),
	);
}

function splitList(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

/** Makes something of a setting's text, or says what is wrong with it. */
export function made<Value>(make: (text: string) => Result<Value, string>) {
	return z.pipe(
		z.string(),
		z.transform((text, { issues }): Value => {
			const result = make(text);
			if (result.ok) return result.value;
			issues.push({ code: "custom", message: result.error, input: text });
			return z.NEVER;
		}),
	);
}

/** What is wrong with settings, of what their schema says: the first fault of each. */
export function toSettingFaults({ issues }: z.core.$ZodError): SettingFault[] {
	const details = new Map<string, string>();
	for (const { path, message } of issues) {
		const setting = String(path[0]);
		if (!details.has(setting)) details.set(setting, message);
	}
	return [...details].map(([setting, detail]) => ({ setting, detail }));
}
