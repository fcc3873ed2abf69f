/** Fields by their names in lower case; of those that stand several times the first. */
export type Fields = ReadonlyMap<string, string>;

/** Groups that are looked at, and characters of each field: a status has few, and they are short. */
const MOST_GROUPS = 20;
const LONGEST_FIELD = 2000;

/**
 * The groups of fields in a machine-readable report (RFC 3464, section 2.1; RFC 5965, section 3): lines
 * as in a mail's head, with blank lines between the groups.
 */
export function readFields(text: string): Fields[] {
	const groups = text.split(/\r?\n[ \t]*\r?\n/).slice(0, MOST_GROUPS);
	return groups.map(readGroup).filter(({ size }) => size > 0);
}

function readGroup(text: string): Fields {
	const unfolded = text.replaceAll(/\r?\n[ \t]+/g, " ");
	const fields = new Map<string, string>();
	for (const line of unfolded.split(/\r?\n/)) {
		const [, name, value = ""] = /^([\w-]{1,64}):(.*)$/.exec(line) ?? [];
		const key = name?.toLowerCase();
		if (key && !fields.has(key)) fields.set(key, value.trim().slice(0, LONGEST_FIELD));
	}
	return fields;
}
