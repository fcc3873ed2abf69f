import type { PlannedEdition } from "./plan-ledger.ts";

/** The columns of an edition's row, in the order of {@link editionValues}. */
export const EDITION_COLUMNS =
	"id, run, kinds, languages, heard_through, heard, heard_as_it_stands, told, fault";

/** An edition as its row has it. */
export function editionValues(edition: PlannedEdition): (string | number | null)[] {
	const { id, run, kinds, languages, heardThrough, heard, heardAsItStands, told, fault } = edition;
	const lists = [heard, heardAsItStands].map((list) => JSON.stringify(list));
	return [id, run, kinds, languages, heardThrough, ...lists, told, fault];
}
