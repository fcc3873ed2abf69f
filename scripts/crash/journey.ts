import { startSmtpServer, type TakenMail } from "../local/smtp-server.ts";
import { type Evidence, isKept, judge, type PublishedRelease, type Verdict } from "./judge.ts";
import { type Crash, tickAndCrash } from "./killing.ts";
import { readMail } from "./mails.ts";
import { BATCH_SIZE, type PlannedCrash, planCrashes } from "./plan.ts";
import { openPress, type Press } from "./press.ts";
import { createRandom } from "./random.ts";
import { makeReaders, toCsv } from "./readers.ts";
import { readReceipts, readUnknown, type UnknownRecord } from "./records.ts";
import { closeRuns, leaveSome, restart, type Scene } from "./scene.ts";

export interface JourneyOptions {
	readonly crashes: number;
	readonly subscribers: number;
	readonly seed: number;
	/** Gets a line for whatever happens. */
	readonly tell: (line: string) => void;
}

export interface JourneyEnd {
	readonly crashes: readonly Crash[];
	readonly unknown: readonly UnknownRecord[];
	/** What `unknown` may come to: whole batches that were claimed at a crash. */
	readonly mostUnknown: number;
	readonly accepted: number;
	readonly verdict: Verdict;
}

/** Whether every promise was kept, and no more is unknown than the crashes explain. */
export function isWell({ verdict, unknown, mostUnknown }: JourneyEnd): boolean {
	return isKept(verdict) && unknown.length <= mostUnknown;
}

/** The digests of this Monday are due at 09:00 in Tashkent. */
const DUE = Date.parse("2027-03-01T04:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

const RELEASES = [
	{
		kind: "consultation",
		language: "en",
		title: "Consultations on the rivers",
		body: "Experts of five countries consulted on who measures the rivers, and who pays for it.",
	},
	{
		kind: "meeting",
		language: "en",
		title: "The Water Council meets in Samarkand",
		body: "The Water Council will hold its first meeting in Samarkand. Ministers will take part.",
	},
];

/**
 * Publishes releases to many readers, kills the Worker again and again while their digest is made,
 * lets the next day's digest be made, and judges all by what an SMTP server has accepted meanwhile.
 * The seed decides when it is killed and who leaves; the machine's pace has a say in what that hits.
 *
 * @throws Error where something does not come about at all, with the Worker's last words.
 */
export async function runJourney(options: JourneyOptions): Promise<JourneyEnd> {
	const random = createRandom(options.seed);
	const plan = planCrashes(options.crashes, options.subscribers, random);
	const taken: TakenMail[] = [];
	const smtp = await startSmtpServer((mail) => taken.push(mail));
	const press = await openPress(smtp.url);
	const readers = makeReaders(options.subscribers);
	const left = new Map<string, number>();
	const scene: Scene = { press, random, readers, taken, left, tell: options.tell };
	try {
		return await play(scene, plan);
	} catch (fault) {
		throw new Error(`${fault}\nThe Worker's last words:\n${press.printed().slice(-3000)}`);
	} finally {
		await press.close();
		await smtp.stop();
	}
}

async function play(scene: Scene, plan: readonly PlannedCrash[]): Promise<JourneyEnd> {
	const { press, readers, tell, taken, left } = scene;
	const imported = await press.operator.bringIn(toCsv(readers));
	if (imported !== readers.length) throw new Error(`Only ${imported} readers were imported.`);
	const releases = await publishAll(press);
	tell(`${imported} readers imported, ${releases.length} releases published`);

	const crashes: Crash[] = [];
	for (const planned of plan) {
		const number = crashes.length + 1;
		crashes.push(await tickAndCrash(scene, planned, { due: DUE, number }));
		await restart(scene, number);
	}
	await Promise.all([closeRuns(scene, DUE), leaveSome(scene)]);
	tell(`the digest is closed, ${taken.length} messages accepted`);
	await closeRuns(scene, DUE + DAY_MS);
	tell(`the next day's digest is closed, ${taken.length} messages accepted`);

	const { stateDir } = press;
	const unknown = readUnknown(stateDir);
	const evidence: Evidence = {
		readers,
		releases,
		accepted: await Promise.all(taken.map(readMail)),
		left,
		unknown: new Map(unknown.map(({ address, run }) => [address, run])),
		receipts: readReceipts(stateDir),
	};
	const claimed = new Set(crashes.flatMap((crash) => crash.claimed));
	return {
		crashes,
		unknown,
		mostUnknown: claimed.size * BATCH_SIZE,
		accepted: taken.length,
		verdict: judge(evidence),
	};
}

async function publishAll({ visitor }: Press): Promise<PublishedRelease[]> {
	const published: PublishedRelease[] = [];
	for (const fields of RELEASES) {
		const answer = await visitor.publish(JSON.stringify(fields), "application/json");
		if (answer.status !== 201) throw new Error(`Publishing answers ${answer.status}.`);
		const { url } = (JSON.parse(answer.text) as { release: { url: string } }).release;
		published.push({ kind: fields.kind, slug: url.slice(url.lastIndexOf("/") + 1) });
	}
	return published;
}
