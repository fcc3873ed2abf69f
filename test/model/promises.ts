import { civilDate } from "./happenings.ts";
import type { HandOver, History, Reader, Receipt, Release, Run, Told } from "./history.ts";

/** The promises that were broken, in words; for a history that has come to rest. */
export function brokenPromises(history: History, runs: readonly Run[]): string[] {
	return [
		...history.accidents,
		...handedOverTwice(history),
		...toldTwice(history),
		...missed(history),
		...toldWrongly(history),
		...disturbed(history),
		...changesMissed(history),
		...runs.flatMap((run) => unproved(history, run)),
	];
}

const digestsOf = ({ handOvers }: History) => handOvers.filter(({ mail }) => mail === "digest");

const digestsTo = (history: History, { address }: Reader) =>
	digestsOf(history).filter(({ to }) => to === address);

/** An edition is handed over again only where the provider has certainly not taken it. */
function handedOverTwice(history: History): string[] {
	const taken = new Map<string, HandOver>();
	const broken: string[] = [];
	for (const handOver of digestsOf(history)) {
		const before = taken.get(handOver.id);
		if (before)
			broken.push(
				`${handOver.run} was handed over again to ${handOver.to} after: ${before.answer}`,
			);
		else if (!handOver.answer.startsWith("retry")) taken.set(handOver.id, handOver);
	}
	return broken;
}

/** What the Worker knows that a reader was told is not told again as if it were new. */
function toldTwice(history: History): string[] {
	return history.readers.flatMap((reader) => {
		const known = new Map<number, HandOver>();
		return digestsTo(history, reader).flatMap((handOver) =>
			handOver.told
				.filter(({ as }) => as === "fresh")
				.flatMap(({ release }) => {
					const before = known.get(release);
					if (handOver.answer === "submitted" && handOver.invocation.survived)
						known.set(release, handOver);
					const isAgain = before && !isAnewBetween(reader, before, handOver);
					return isAgain ? [`${reader.address} was told twice of news ${release}`] : [];
				}),
		);
	});
}

/** Whether another subscription may have begun between two mails. */
function isAnewBetween({ confirmed }: Reader, before: HandOver, after: HandOver): boolean {
	return confirmed.some((moment) => moment > before.at && moment < after.at);
}

/** Everybody who stayed hears of every story of theirs, by any release of it. */
function missed(history: History): string[] {
	return history.readers.flatMap((reader) =>
		history.releases
			.filter((release) => isOwed(reader, release))
			.filter((release) => !hasHeard(history, reader, release))
			.map(({ number }) => `${reader.address} was never told of news ${number}`),
	);
}

/**
 * Whether a reader must have heard of a release in the end. Not where another wish held at some time
 * since it became public: it may have been their turn just then.
 */
function isOwed(reader: Reader, release: Release): boolean {
	if (reader.standing !== "active" || release.status !== "published") return false;
	if (release.publicFrom < reader.activeSince) return false;
	return isWishedSince(reader, release);
}

/** Whether a reader wanted a release at every moment since it became public. */
function isWishedSince({ wishes }: Reader, release: Release): boolean {
	return wishes
		.filter(({ until }) => until >= release.publicFrom)
		.every(({ wish }) => isWished(wish, release));
}

const isWished = (
	{ kinds, languages }: Reader["wishes"][number]["wish"],
	{ kind, language }: Release,
) => kinds.includes(kind) && languages.includes(language);

/** A mail that the provider will never take is all that can be done for it. */
function hasHeard(history: History, reader: Reader, { story }: Release): boolean {
	return digestsTo(history, reader).some(
		({ at, told, arrived, answer }) =>
			(arrived || answer === "rejected") &&
			at > reader.activeSince &&
			told.some((one) => releaseOf(history, one).story === story),
	);
}

const releaseOf = ({ releases }: History, { release }: Told) => releases[release - 1] as Release;

/** No digest is empty, or tells what is not public, not wished for, out of date, or the same twice. */
function toldWrongly(history: History): string[] {
	return history.readers.flatMap((reader) =>
		digestsTo(history, reader).flatMap((handOver) => {
			const words = `${handOver.run} to ${reader.address}`;
			if (handOver.told.length === 0) return [`${words} is empty`];
			const faults = handOver.told.flatMap((told) => faultsOf(history, reader, handOver, told));
			const fresh = handOver.told.filter(({ as }) => as === "fresh");
			const stories = new Set(fresh.map((told) => releaseOf(history, told).story));
			if (stories.size < fresh.length) faults.push("has a story twice");
			return faults.map((fault) => `${words} ${fault}`);
		}),
	);
}

function faultsOf(history: History, reader: Reader, handOver: HandOver, told: Told): string[] {
	const release = releaseOf(history, told);
	const { began } = handOver.invocation;
	const faults: string[] = [];
	if (handOver.at < release.publicFrom) faults.push(`tells news ${told.release} before its time`);
	const standing = release.texts.findLastIndex(({ answered }) => answered < began) + 1;
	const isWithdrawn = release.withdrawn < began && told.as !== "withdrawn";
	if (told.text < standing || isWithdrawn)
		faults.push(`tells news ${told.release} as it stood before`);
	const isWish = reader.wishes.some(
		({ wish, from, until }) => from < handOver.at && until > began && isWished(wish, release),
	);
	if (told.as === "fresh" && !isWish) faults.push(`tells news ${told.release}, not wished for`);
	return faults;
}

/** Nothing but a confirmation goes to who has left; no digest to who pauses. */
function disturbed(history: History): string[] {
	return history.readers.flatMap((reader) =>
		history.handOvers
			.filter(({ to }) => to === reader.address)
			.flatMap((handOver) => [
				...afterLeaving(reader, handOver),
				...(handOver.mail === "digest" && isPaused(reader, handOver)
					? [`${handOver.run} went to ${reader.address}, who pauses`]
					: []),
			]),
	);
}

function afterLeaving(reader: Reader, { mail, run, to, at }: HandOver): string[] {
	const isSilent = reader.silences.some(({ from, until }) => from < at && at < until);
	return isSilent && mail !== "confirmation" ? [`${run || mail} went to ${to}, who has left`] : [];
}

/** The day of a pause begins in the publication's zone or in one of the reader's, whichever is last. */
function isPaused({ pauses, wishes }: Reader, { at, time }: HandOver): boolean {
	const zones = ["Asia/Tashkent", ...wishes.map(({ wish }) => wish.zone).filter(Boolean)];
	return pauses.some(
		({ from, until, day }) =>
			from < at && at < until && zones.every((zone) => civilDate(time, zone) < day),
	);
}

/**
 * Who heard of a release hears how it stands in the end: by its last text, or by its reason. Not where
 * another wish held at some time since it became public: who wants a kind or a language no more is not
 * told of its changes either. And where nobody knows whether a mail arrived, it counts as not heard: its
 * releases are told again as they stand then, if they stand.
 */
function changesMissed(history: History): string[] {
	return history.readers.flatMap((reader) => {
		if (reader.standing !== "active") return [];
		const mails = digestsTo(history, reader).filter(({ at }) => at > reader.activeSince);
		const told = (of: readonly HandOver[]) =>
			of.flatMap((mail) => mail.told.map((one) => ({ ...one, ...releaseOf(history, one) })));
		const numbersOf = (of: readonly HandOver[]) => new Set(told(of).map(({ number }) => number));
		const heard = numbersOf(mails.filter(isKnownAsSubmitted));
		const excused = told(mails.filter(({ arrived, answer }) => arrived || answer === "rejected"));
		return [...heard].flatMap((number) => {
			const release = history.releases[number - 1] as Release;
			if (!isWishedSince(reader, release)) return [];
			const isKnown = excused.some((one) => isAsItStands(release, one));
			return isKnown ? [] : [`${reader.address} was never told how news ${number} has changed`];
		});
	});
}

const isKnownAsSubmitted = ({ answer, invocation }: HandOver) =>
	answer === "submitted" && invocation.survived;

/** Of a story one release is told, so that another's change may stand for it. */
function isAsItStands(release: Release, told: Told & Release): boolean {
	if (told.story !== release.story) return false;
	if (told.number !== release.number) return told.as !== "fresh";
	if (release.status === "withdrawn") return told.as === "withdrawn";
	return told.text === release.texts.length;
}

/** A run closes, with a receipt that adds up and says what the transport knows. */
function unproved(history: History, { id, state, receipt }: Run): string[] {
	if (state !== "closed" || !receipt) return [`${id} is ${state}`];
	const { candidates, submitted, excluded, rejected, unknown } = receipt;
	const mails = digestsOf(history).filter(({ run }) => run === id);
	const counted = (isCounted: (handOver: HandOver) => boolean) => mails.filter(isCounted).length;
	const isTaken = ({ answer }: HandOver) => answer === "submitted";
	const isKnown = ({ invocation }: HandOver) => invocation.survived;
	const is = {
		"sums up": candidates === submitted + excluded + rejected + unknown,
		"knows what was submitted": submitted >= counted((mail) => isTaken(mail) && isKnown(mail)),
		"counts only what was submitted": submitted <= counted(isTaken),
		"knows what was rejected":
			rejected >= counted((mail) => mail.answer === "rejected" && isKnown(mail)),
		"knows of what nobody knows the outcome": unknown >= counted((mail) => isUnclear(mail)),
		"counts nobody twice": candidates <= history.readers.length,
		"has everybody among its candidates": candidates >= new Set(mails.map(({ to }) => to)).size,
	};
	return Object.entries(is)
		.filter(([, holds]) => !holds)
		.map(([claim]) => `not true that the receipt of ${id} ${claim}: ${inWords(receipt)}`);
}

const isUnclear = ({ answer, invocation }: HandOver) =>
	invocation.survived && !["submitted", "retry", "retry, all", "rejected"].includes(answer);

const inWords = (receipt: Receipt) =>
	Object.entries(receipt)
		.map(([name, count]) => `${name} ${count}`)
		.join(", ");
