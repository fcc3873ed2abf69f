// No schemas of zod: settings are read before the first answer, and zod takes longer to load than that.
import { err, ok, type Result } from "./result.ts";

/** A setting that is missing or wrong: its name, and what to do about it (never its value). */
export interface SettingFault {
	readonly setting: string;
	readonly detail: string;
}

/** Makes something of a setting's text, or says what is wrong with it. */
export type Check<Value> = (text: string) => Result<Value, string>;

/** The same for whatever the environment has under the setting's name. */
export type Reader<Value> = (given: unknown) => Result<Value, string>;

export const anyText: Check<string> = ok;

/** A text that a pattern describes. */
export function matching(pattern: RegExp, detail: string): Check<string> {
	return (text) => (pattern.test(text) ? ok(text) : err(detail));
}

/** A setting that must be there. */
export function needed<Value>(what: string, check: Check<Value>): Reader<Value> {
	return (given) => {
		const text = textOf(given);
		return text === null ? err(`is missing: give ${what}`) : check(text);
	};
}

/** A setting that may be left out, or left empty, which is the same. */
export function optional<Value>(check: Check<Value>): Reader<Value | null> {
	return (given) => {
		const text = textOf(given);
		return text === null ? ok(null) : check(text);
	};
}

/** One of some words, exactly. */
export function oneOf<Word extends string>(words: readonly Word[], detail: string): Reader<Word> {
	return (given) => {
		const word = words.find((one) => one === given);
		return word === undefined ? err(detail) : ok(word);
	};
}

/** One or more, with commas between them. */
export function listOf<Item>(what: string, item: Reader<Item>): Reader<readonly [Item, ...Item[]]> {
	return needed(what, (text) => {
		const items: Item[] = [];
		for (const part of splitList(text)) {
			const read = item(part);
			if (!read.ok) return read;
			items.push(read.value);
		}
		const [first, ...rest] = items;
		return first === undefined ? err(`is missing: give ${what}`) : ok([first, ...rest]);
	});
}

function splitList(text: string): string[] {
	return text
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
}

/** Nothing but white space is nothing. */
function textOf(given: unknown): string | null {
	return typeof given === "string" ? given.trim() || null : null;
}

type Readers = Readonly<Record<string, Reader<unknown>>>;
type Values<Read extends Readers> = {
	readonly [Name in keyof Read]: Read[Name] extends Reader<infer Value> ? Value : never;
};

/** Reads settings by their names, all of them, so that every fault is told at once. */
export function readSettings<Read extends Readers>(
	readers: Read,
	env: Readonly<Record<string, unknown>>,
): Result<Values<Read>, readonly SettingFault[]> {
	const faults: SettingFault[] = [];
	const values: Record<string, unknown> = {};
	for (const [setting, read] of Object.entries(readers)) {
		const value = read(env[setting]);
		if (value.ok) values[setting] = value.value;
		else faults.push({ setting, detail: value.error });
	}
	return faults.length > 0 ? err(faults) : ok(values as Values<Read>);
}
