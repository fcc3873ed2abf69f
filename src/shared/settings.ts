import { z } from "zod";

/** A setting that is missing or wrong: its name, and what to do about it (never its value). */
export interface SettingFault {
	readonly setting: string;
	readonly detail: string;
}

/** A setting that must be there. */
export function needed(what: string) {
	return z
		.string({ error: `is missing: give ${what}` })
		.trim()
		.min(1, { error: `is missing: give ${what}`, abort: true });
}

/** A setting that may be left out, or left empty, which is the same. */
export function optional<Checked extends z.ZodType<string | null>>(
	check: (text: z.ZodString) => Checked,
) {
	return z.preprocess(
		(text) => (typeof text === "string" ? text.trim() : "") || null,
		// Not a union with null, which says "Invalid input" in place of what is wrong.
		check(z.string()).nullable(),
	);
}

/** What is wrong with a setting, of what its schema says. */
export function toSettingFault(issue: z.core.$ZodIssue): SettingFault {
	return { setting: String(issue.path[0] ?? "settings"), detail: issue.message };
}
