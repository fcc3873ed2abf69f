import { sha256Hex } from "../shared/text.ts";
import { splitKinds, splitLanguages } from "../subscribers/store.ts";
import type { EditionShown, RunShown } from "./operator-answers.ts";
import type { OverseenEdition, OverseenRun } from "./operator-ledger.ts";
import { imbalanceOf } from "./receipt-ledger.ts";

/** How much of the hash of an edition's id names it in addresses, in hexadecimal digits. */
const EDITION_KEY_LENGTH = 16;

/** What an edition is called in addresses. */
export async function keyOf({ id }: Pick<OverseenEdition, "id">): Promise<string> {
	return (await sha256Hex(id)).slice(0, EDITION_KEY_LENGTH);
}

/** Where the API has a run. */
export function runUrl(origin: string, { id }: Pick<OverseenRun, "id">): string {
	return `${origin}/api/runs/${encodeURIComponent(id)}`;
}

/**
 * Names the state of a run, and of what it tells (RFC 9110, section 8.8.3). A run that is held before it
 * is planned and again after it has two states, so that who lets the one go has not let go the other.
 *
 * @param lastChange the sequence of the last correction or withdrawal of anything that it may tell.
 */
export function etagOfRun(
	{ state, plannedAt }: Pick<OverseenRun, "state" | "plannedAt">,
	lastChange: number,
): string {
	const isUnplanned = state === "held" && plannedAt === null;
	return `"${state}-${isUnplanned ? "unplanned-" : ""}${lastChange}"`;
}

export function showRun(run: OverseenRun): RunShown {
	const { spent } = run;
	return {
		id: run.id,
		frequency: run.frequency,
		time_zone: run.timeZone || null,
		period: run.period,
		day: run.day,
		state: run.state,
		upper_sequence: run.upperSequence,
		holds: run.holds.map(({ kind, detail }) => ({ kind, detail })),
		created_at: toTime(run.createdAt),
		planned_at: toTimeOrNull(run.plannedAt),
		released_at: toTimeOrNull(run.releasedAt),
		released_by: run.releasedBy,
		closed_at: toTimeOrNull(run.closedAt),
		seconds: secondsOf(run),
		tally: showTally(run),
		cost: {
			rows_read: spent.rowsRead,
			rows_written: spent.rowsWritten,
			kv_operations: spent.kvOperations,
			queue_operations: spent.queueOperations,
		},
	};
}

export async function showEdition(origin: string, edition: OverseenEdition): Promise<EditionShown> {
	const id = await keyOf(edition);
	return {
		id,
		languages: splitLanguages(edition.languages),
		kinds: splitKinds(edition.kinds),
		heard_through: edition.heardThrough,
		recipients: edition.recipients,
		fault: edition.fault,
		preview: `${runUrl(origin, { id: edition.run })}/editions/${id}`,
	};
}

function showTally({ state, tally }: OverseenRun): RunShown["tally"] {
	const { candidates, submitted, excluded, rejected, unknown } = tally;
	const missing = imbalanceOf(tally);
	const isClosed = state === "closed";
	return {
		candidates,
		submitted,
		excluded,
		excluded_by: tally.excluded_by ?? null,
		rejected,
		unknown,
		open: isClosed ? 0 : Math.max(missing, 0),
		balance: isClosed ? missing : 0,
	};
}

/** How long each part of a run took. One that is let go twice counts the first wait as planning. */
function secondsOf(run: OverseenRun): RunShown["seconds"] {
	const { createdAt, plannedAt, releasedAt, closedAt, state } = run;
	const wasHeldFirst = releasedAt !== null && (plannedAt === null || releasedAt <= plannedAt);
	const begun = wasHeldFirst ? releasedAt : createdAt;
	const heldSince = wasHeldFirst ? createdAt : plannedAt;
	const isHeldNow = state === "held";
	return {
		planning: between(begun, plannedAt),
		held: isHeldNow ? null : between(heldSince, releasedAt),
		submitting: between(wasHeldFirst ? plannedAt : (releasedAt ?? plannedAt), closedAt),
	};
}

function between(start: number | null, end: number | null): number | null {
	return start === null || end === null ? null : (end - start) / 1000;
}

function toTime(at: number): string {
	return new Date(at).toISOString();
}

function toTimeOrNull(at: number | null): string | null {
	return at === null ? null : toTime(at);
}
