import type { Kind } from "../releases/kinds.ts";
import type { Language } from "../shared/language.ts";

/** Whose news a subscriber has been given, and by which preferences. */
export interface Hearing {
	readonly kinds: readonly Kind[];
	readonly languages: readonly Language[];
	readonly heardThrough: number;
	readonly earlier: readonly EarlierPreferences[];
}

/**
 * Preferences that were good for the sequences after those of the one before, up to `through`. The
 * first ones are empty: what was before they subscribed.
 */
export interface EarlierPreferences {
	readonly through: number;
	readonly kinds: readonly Kind[];
	readonly languages: readonly Language[];
}

/** As the database keeps them of somebody who becomes a subscriber now, in SQL. */
export const HEARD_NOTHING =
	"json_array(json_array((SELECT COALESCE(MAX(sequence), 0) FROM releases), '', ''))";

/** In SQL: whether the batch that told them last is still being handed over. Their cursor may go back yet. */
export const IS_IN_FLIGHT = `EXISTS (SELECT 1 FROM batches AS telling
	WHERE telling.id = subscribers.batch AND telling.state = 'claimed')`;

/** As the database keeps them: a JSON array of `[through, kinds, languages]`. */
export function parseEarlier(json: string): EarlierPreferences[] {
	return (JSON.parse(json) as [number, string, string][]).map(([through, kinds, languages]) => ({
		through,
		kinds: kinds.split(",") as Kind[],
		languages: languages.split(",") as Language[],
	}));
}

/** What tells whether somebody has heard of a release. */
export interface Heard {
	readonly language: Language;
	/** What went public of it when, and of which kind it was then. */
	readonly publications: readonly { readonly sequence: number; readonly kind: Kind }[];
}

/**
 * Whether a subscriber has been told of a release: when it was published, or when it was corrected,
 * by what they wanted when that was told.
 */
export function hasHeard({ earlier, ...now }: Hearing, { language, publications }: Heard): boolean {
	return publications.some(({ sequence, kind }) => {
		if (sequence > now.heardThrough) return false;
		const then = earlier.find(({ through }) => sequence <= through) ?? now;
		return then.kinds.includes(kind) && then.languages.includes(language);
	});
}
