import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWith } from "../support/describe-with.ts";
import { startTestWorker, type TestWorker } from "../support/local.ts";
import { type Passed, startRecordingProxy } from "../support/recording-proxy.ts";
import { meeting, UGLY, ugly } from "./everything.ts";
import { newsboat } from "./newsboat.ts";
import { openPressOffice, type PressOffice, type Release } from "./press-office.ts";
import { makeHome } from "./program.ts";
import type { Reader, Shown } from "./reader.ts";
import { rss2email } from "./rss2email.ts";
import { sfeed } from "./sfeed.ts";

/** A reader, and what it is known to do. */
interface Known {
	readonly name: "newsboat" | "sfeed" | "rss2email";
	readonly reader: Reader;
	/** Whether it asks again with a condition. */
	readonly isCareful: boolean;
	/** Which states it shows of a release whose title was corrected after it had shown it. */
	readonly afterCorrection: (old: Release, mended: Release) => Release[];
	/** Titles that it shows otherwise in RSS, which does not say whether a title is HTML. */
	readonly otherwiseInRss?: Readonly<Record<string, string>>;
}

const READERS: readonly Known[] = [
	{
		name: "newsboat",
		reader: newsboat,
		isCareful: true,
		afterCorrection: (_, mended) => [mended],
	},
	{
		name: "sfeed",
		reader: sfeed,
		isCareful: false,
		// Another title is another item to it.
		afterCorrection: (old, mended) => [old, mended],
	},
	{
		name: "rss2email",
		reader: rss2email,
		isCareful: true,
		// It has mailed that id.
		afterCorrection: (old) => [old],
		otherwiseInRss: { "AT&T &amp; &lt;b&gt; &#60;i&#62; &nbsp;": "AT&T & <b> <i>" },
	},
];

/** What a reader shows after it asked for what is new, and what it asked for. */
interface Looked {
	readonly shown: readonly Shown[];
	readonly requests: readonly Passed[];
}

/** What came of following a feed. */
interface Followed {
	readonly first: Looked & { readonly expected: readonly Shown[] };
	readonly again: Looked;
	readonly later: Looked & { readonly expected: readonly Shown[] };
}

const FILES = ["rss.xml", "atom.xml"];

let worker: TestWorker;
let office: PressOffice;
/** Every release there is, by its id. */
const published = new Map<string, Release>();

beforeAll(async () => {
	worker = await startTestWorker();
	office = openPressOffice(worker.url);
	for (const words of UGLY) await keep(office.publish(ugly(words)));
});

afterAll(async () => {
	await worker?.stop();
});

async function keep(publication: Promise<Release>): Promise<Release> {
	const release = await publication;
	published.set(release.id, release);
	return release;
}

/** Follows a feed in each format while nothing happens, then while one release is corrected and one new. */
async function follow(known: Known): Promise<ReadonlyMap<string, Followed>> {
	const old = await keep(office.publish(meeting({ title: `A metting in ${known.name}` })));
	await office.settle();
	const all = [...published.values()];
	const followers = await Promise.all(FILES.map((file) => startFollowing(known, file)));
	try {
		const first = await Promise.all(followers.map((follower) => follower.look()));
		// newsboat keeps validators from its second request on.
		await Promise.all(followers.map((follower) => follower.look()));
		const again = await Promise.all(followers.map((follower) => follower.look()));

		const mended = meeting({ title: `A meeting in ${known.name}` });
		const corrected = await keep(office.correct(old, mended, "The title was misspelt."));
		const fresh = await keep(office.publish(meeting({ title: `News for ${known.name}` })));
		await office.settle();
		const later = await Promise.all(followers.map((follower) => follower.look()));

		const others = all.filter((release) => release !== old);
		const changed = known.afterCorrection(old, corrected);
		return new Map(
			followers.map(({ file, expected }, index): [string, Followed] => [
				file,
				{
					first: { ...(first[index] as Looked), expected: expected(all) },
					again: again[index] as Looked,
					later: {
						...(later[index] as Looked),
						expected: expected([...others, ...changed, fresh]),
					},
				},
			]),
		);
	} finally {
		for (const follower of followers) await follower.stop();
	}
}

/** Has a reader follow the feed of a format through a proxy. */
async function startFollowing({ reader, otherwiseInRss }: Known, file: string) {
	const titles = file === "rss.xml" ? otherwiseInRss : {};
	const home = makeHome();
	const proxy = await startRecordingProxy(worker.url);
	await reader.subscribe(home, `${proxy.url}/en/${file}`);
	proxy.taken();
	return {
		file,
		/** What it must show of these. */
		expected: (releases: readonly Release[]): Shown[] =>
			byTitle(
				releases.map(({ id, title, url }) => ({
					id: `urn:uuid:${id}`,
					title: titles?.[title] ?? title,
					url,
				})),
			),
		/** Has it ask for what is new. */
		async look(): Promise<Looked> {
			await reader.refresh(home);
			return { shown: byTitle(await reader.shown(home)), requests: proxy.taken() };
		},
		async stop(): Promise<void> {
			await proxy.stop();
			rmSync(home, { recursive: true, force: true });
		},
	};
}

function byTitle(items: readonly Shown[]): Shown[] {
	return items.toSorted((one, other) => (one.title < other.title ? -1 : 1));
}

for (const known of READERS)
	describeWith(known.name)(known.name, () => {
		let byFile: ReadonlyMap<string, Followed>;

		beforeAll(async () => {
			byFile = await follow(known);
		});

		describe.each(FILES)("that follows %s", (file) => {
			let followed: Followed;

			beforeAll(() => {
				followed = byFile.get(file) as Followed;
			});

			it("shows every release once, under its title", () => {
				const { shown, expected } = followed.first;
				expect(expected.length).toBeGreaterThan(UGLY.length);
				expect(shown).toEqual(expected);
			});

			it("shows nothing new where nothing is", () => {
				expect(followed.again.shown).toEqual(followed.first.shown);
			});

			it(`is answered ${known.isCareful ? 304 : 200} when it asks again`, () => {
				expect(followed.again.requests).toEqual([
					{
						path: `/en/${file}`,
						isConditional: known.isCareful,
						status: known.isCareful ? 304 : 200,
					},
				]);
			});

			it("shows what is published later, and a correction in its own way", () => {
				expect(followed.later.shown).toEqual(followed.later.expected);
			});
		});
	});
