import type { AcceptedMail } from "./mails.ts";

export interface Reader {
	readonly address: string;
	readonly kinds: readonly string[];
}

export interface PublishedRelease {
	readonly slug: string;
	readonly kind: string;
}

/** What a run says that it came to. */
export interface Receipt {
	readonly candidates: number;
	readonly submitted: number;
	readonly excluded: number;
	readonly rejected: number;
	readonly unknown: number;
}

export interface Evidence {
	readonly readers: readonly Reader[];
	readonly releases: readonly PublishedRelease[];
	/** Everything that the SMTP server has accepted, in order. */
	readonly accepted: readonly AcceptedMail[];
	/** Whose unsubscribe was answered, and when, by `performance.now()`. */
	readonly left: ReadonlyMap<string, number>;
	/** Whose outcome is on record as unknown, and in which run. */
	readonly unknown: ReadonlyMap<string, string>;
	readonly receipts: ReadonlyMap<string, Receipt>;
}

/** Each list tells a breach of a promise, but for `toldAgain` and `inHand`. */
export interface Verdict {
	/** Editions of a run that were accepted twice for one reader. */
	readonly twice: readonly string[];
	/** Readers who stayed, and never got a release that they asked for. */
	readonly missed: readonly string[];
	/** Whose messages began to be handed over after their unsubscribe was answered. */
	readonly afterLeaving: readonly string[];
	/** Whose message was in hand when their unsubscribe was answered, and was the next to be handed over. */
	readonly inHand: readonly string[];
	/** Readers whom a later digest told of a release again, the outcome of the first being unknown. */
	readonly toldAgain: readonly string[];
	/** Readers whom a later digest told of a release again, though the first was on record as submitted. */
	readonly toldAgainInVain: readonly string[];
	/** Readers who stayed, whose outcome was unknown, and whom no later digest told all again. */
	readonly leftUnknown: readonly string[];
	/** What receipts say that does not add up, or is not what the SMTP server has seen. */
	readonly wrongReceipts: readonly string[];
}

/** So long at most takes what lies between the look-up of who has left and the server. */
const IN_HAND_MS = 2000;

/** Judges what the SMTP server has accepted against what was promised. */
export function judge(evidence: Evidence): Verdict {
	const { readers, accepted, left, unknown } = evidence;
	const mailsOf = Map.groupBy(accepted, ({ address }) => address);
	const stayed = readers.filter(({ address }) => !left.has(address));
	const again = readers
		.map(({ address }) => address)
		.filter((address) => isToldAgain(mailsOf.get(address) ?? []));
	return {
		twice: findTwice(accepted),
		missed: stayed
			.filter((reader) => !hasAll(mailsOf.get(reader.address) ?? [], wantedBy(reader, evidence)))
			.map(({ address }) => address),
		...findAfterLeaving(accepted, left),
		toldAgain: again.filter((address) => unknown.has(address)),
		toldAgainInVain: again.filter((address) => !unknown.has(address)),
		leftUnknown: stayed
			.filter((reader) => {
				const run = unknown.get(reader.address);
				const others = (mailsOf.get(reader.address) ?? []).filter((mail) => mail.run !== run);
				return run !== undefined && !hasAll(others, wantedBy(reader, evidence));
			})
			.map(({ address }) => address),
		wrongReceipts: [...evidence.receipts].flatMap(([run, receipt]) =>
			faultsOf(run, receipt, accepted),
		),
	};
}

export function isKept({ toldAgain: _, inHand: __, ...breaches }: Verdict): boolean {
	return Object.values(breaches).every(({ length }) => length === 0);
}

function findTwice(accepted: readonly AcceptedMail[]): string[] {
	const editions = Map.groupBy(accepted, ({ run, address }) => `${run} ${address}`);
	return [...editions].filter(([, mails]) => mails.length > 1).map(([edition]) => edition);
}

/**
 * The Worker looks up who has left, makes the message ready, connects where it is the first, and hands it
 * over; one message after the other. So one can be in hand at the moment of an answer: the next that the
 * server sees, and soon.
 */
function findAfterLeaving(
	accepted: readonly AcceptedMail[],
	left: Evidence["left"],
): Pick<Verdict, "afterLeaving" | "inHand"> {
	const found = { afterLeaving: [] as string[], inHand: [] as string[] };
	for (const [address, answeredAt] of left) {
		const since = accepted.filter(({ begunAt }) => begunAt > answeredAt);
		for (const mail of since.filter((one) => one.address === address)) {
			const isInHand = mail === since[0] && mail.begunAt - answeredAt < IN_HAND_MS;
			found[isInHand ? "inHand" : "afterLeaving"].push(address);
		}
	}
	return found;
}

function wantedBy({ kinds }: Reader, { releases }: Evidence): string[] {
	return releases.filter(({ kind }) => kinds.includes(kind)).map(({ slug }) => slug);
}

function hasAll(mails: readonly AcceptedMail[], slugs: readonly string[]): boolean {
	const told = mails.flatMap(({ releases }) => releases);
	return slugs.every((slug) => told.includes(slug));
}

/** Whether mails of different runs tell of the same release. */
function isToldAgain(mails: readonly AcceptedMail[]): boolean {
	const tellings = new Set(
		mails.flatMap(({ run, releases }) => releases.map((slug) => `${run} ${slug}`)),
	);
	return tellings.size > new Set(mails.flatMap(({ releases }) => releases)).size;
}

function faultsOf(run: string, receipt: Receipt, accepted: readonly AcceptedMail[]): string[] {
	const { candidates, submitted, excluded, rejected, unknown } = receipt;
	const sum = submitted + excluded + rejected + unknown;
	const seen = new Set(accepted.filter((mail) => mail.run === run).map(({ address }) => address))
		.size;
	return [
		...(sum === candidates ? [] : [`${run}: ${candidates} candidates, and their outcomes ${sum}`]),
		...(submitted <= seen && seen <= submitted + unknown
			? []
			: [`${run}: ${submitted} submitted and ${unknown} unknown, and ${seen} were accepted`]),
	];
}
