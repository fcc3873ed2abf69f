import { z } from "zod";
import { KINDS } from "../../../src/releases/kinds.ts";
import { civilDate } from "../../../src/releases/release.ts";
import { LANGUAGES } from "../../../src/shared/language.ts";

/** What a reader who knows the language takes from a text; `null` is what the text does not tell. */
const gold = z.strictObject({
	/** The day the text was posted. */
	posted: civilDate,
	/** The date of issue, where the sender gave it. */
	issued: civilDate.optional(),
	title: z.string(),
	/** How many there are below the title. */
	paragraphs: z.int(),
	language: z.enum(LANGUAGES),
	/** `null`: neither a consultation nor a meeting, so that the sender must be asked. */
	kind: z.enum(KINDS).nullable(),
	dateline: z.strictObject({ places: z.array(z.string()), date: civilDate }).nullable(),
	event: z
		.strictObject({ starts: civilDate, ends: civilDate, place: z.string().nullable() })
		.nullable(),
});
export type Gold = z.infer<typeof gold>;

/** The sets of the corpus: the rules were made with the one in view, never with the other. */
export const SETS = ["tuned", "held-out"] as const;
export type SetName = (typeof SETS)[number];

/** A text of the corpus and what it says. */
export interface Sample {
	readonly set: SetName;
	/** `en-01-three-cities-wrapped` */
	readonly name: string;
	readonly text: string;
	readonly gold: Gold;
}

/**
 * The samples in some files. In: what each file holds, by a path that ends in `<set>/<name>.txt` or,
 * for its gold, `<set>/<name>.json`. Out: the samples, by name.
 */
export function samplesIn(files: ReadonlyMap<string, string>): Sample[] {
	const texts = [...files.keys()].filter((path) => path.endsWith(".txt")).sort();
	return texts.map((path) => {
		const [set, name] = path
			.replace(/\.txt$/, "")
			.split("/")
			.slice(-2);
		const beside = files.get(path.replace(/\.txt$/, ".json")) ?? "null";
		return {
			set: z.enum(SETS).parse(set),
			name: z.string().parse(name),
			text: files.get(path) ?? "",
			gold: gold.parse(JSON.parse(beside)),
		};
	});
}
