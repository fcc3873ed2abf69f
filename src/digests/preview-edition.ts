import type { Clock } from "../shared/clock.ts";
import { civilDateAt } from "../shared/dates.ts";
import type { Fault } from "../shared/fault.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { EditionStore } from "./edition-store.ts";
import { showMail } from "./mail-answer.ts";
import { type Made, type Making, readOrMake } from "./making.ts";
import type { MailShown } from "./operator-answers.ts";
import type { OperatorLedger, OverseenEdition, OverseenRun } from "./operator-ledger.ts";
import { keyOf } from "./operator-view.ts";
import { zoneOf } from "./schedule.ts";

export interface EditionPreviewing extends Making {
	readonly editions: EditionStore;
	readonly settings: {
		/** Origin of the publication, without a slash at its end. */
		readonly url: string;
		readonly timeZone: string;
	};
	readonly overseen: Pick<OperatorLedger, "read" | "listEditions">;
	readonly clock: Clock;
}

/** An edition, and the run that it is of. */
export interface EditionOfRun {
	readonly run: OverseenRun;
	readonly edition: OverseenEdition;
}

export const UNKNOWN_RUN: Fault = { kind: "not-found", detail: "There is no run with this id." };
const UNKNOWN_EDITION: Fault = {
	kind: "not-found",
	detail: "The run has no edition with this id.",
};
const TAKEN_BACK: Fault = {
	kind: "gone",
	detail: "All that it told was taken back: nobody is mailed it any more.",
};
const KEPT_NO_LONGER: Fault = {
	kind: "gone",
	detail: "A mail is kept for 14 days, and this one is gone. What it told stands on the pages.",
};

/** Finds an edition by what it is called in addresses. */
export async function findEdition(
	{ overseen }: Pick<EditionPreviewing, "overseen">,
	id: string,
	key: string,
): Promise<Result<EditionOfRun, Fault>> {
	const run = await overseen.read(id);
	if (!run) return err(UNKNOWN_RUN);
	for (const edition of await overseen.listEditions(run.id))
		if ((await keyOf(edition)) === key) return ok({ run, edition });
	return err(UNKNOWN_EDITION);
}

/**
 * The mail of an edition: before its run is let go as it would be handed over now, later as it was
 * rendered last for handing it over.
 */
export async function previewEdition(
	previewing: EditionPreviewing,
	{ run, edition }: EditionOfRun,
): Promise<Result<MailShown, Fault>> {
	if (run.state === "submitting" || run.state === "closed") return readMailed(previewing, edition);
	const { settings, clock, editions } = previewing;
	// A held run is mailed on the day on which it is let go.
	const today = civilDateAt(clock(), zoneOf(settings, run));
	const day = run.state === "held" ? today : run.day;
	// Looking at a mail must not change which one is kept.
	const making = { ...previewing, editions: { ...editions, keep: async () => {} } };
	return showMade(previewing, await readOrMake(making, { ...run, day }, edition));
}

/** What was made, as a mail; or why nobody is mailed it. */
export function showMade(
	{ settings }: { readonly settings: { readonly url: string } },
	made: Made,
): Result<MailShown, Fault> {
	if (made.kind === "nothing") return err(TAKEN_BACK);
	if (made.kind === "faulty") return err(faulty(made.fault));
	return ok(showMail(settings.url, made.rendered));
}

async function readMailed(
	{ settings, editions }: EditionPreviewing,
	{ id, fault }: OverseenEdition,
): Promise<Result<MailShown, Fault>> {
	const kept = await editions.read(id);
	if (kept) return ok(showMail(settings.url, kept.rendered));
	return err(fault === null ? KEPT_NO_LONGER : faulty(fault));
}

/** That a mail cannot be shown, because it has a fault that must be mended. */
function faulty(fault: string): Fault {
	return { kind: "conflict", detail: `The mail has a fault, so nobody is mailed it: ${fault}` };
}
