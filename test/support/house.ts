import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { parseSettings, type Settings } from "../../src/config.ts";
import { makerOf } from "../../src/feeds/maker.ts";
import type { Line, Message, Outcome, Transport } from "../../src/mail/transport.ts";
import { queueMessage } from "../../src/queues.ts";
import { publish } from "../../src/releases/publish.ts";
import type { ReleaseText } from "../../src/releases/release.ts";
import { furnish, type Rooms } from "../../src/rooms.ts";
import type { SignUp } from "../../src/subscribers/subscriber.ts";
import { TEST_SETTINGS } from "./settings.ts";

/** Empties every store. */
export async function emptyStores(): Promise<void> {
	await reset();
	await applyD1Migrations(env.LEDGER, env.MIGRATIONS);
}

export function testSettings(over: Record<string, string> = {}): Settings {
	const settings = parseSettings({ ...TEST_SETTINGS, ...over });
	if (!settings.ok) throw new Error(JSON.stringify(settings.error));
	return settings.value;
}

/** A transport that keeps what it is given, and answers as a test wants. */
export class RecordingTransport implements Transport {
	readonly handover: number;
	readonly messages: Message[] = [];
	/** Called before each hand-over; what it returns are the outcomes. */
	answer: (messages: readonly Message[]) => Promise<Outcome[]> | Outcome[] = (messages) =>
		messages.map(() => ({ kind: "submitted" }));

	readonly parallel: number;

	constructor(handover = 10, parallel = 1) {
		this.handover = handover;
		this.parallel = parallel;
	}

	/** Called while the line is opened, before each hand-over. */
	connect: () => Promise<void> = async () => {};

	/** The addresses of messages that were submitted, in order. */
	readonly submittedTo: string[] = [];

	open(): Line {
		return {
			ready: () => this.connect(),
			submit: async (messages) => {
				const outcomes = await this.answer(messages);
				this.messages.push(...messages);
				for (const [index, message] of messages.entries())
					if (outcomes[index]?.kind === "submitted") this.submittedTo.push(message.to);
				return outcomes;
			},
			close: async () => {},
		};
	}
}

export type TestRooms = Rooms & {
	readonly transport: RecordingTransport;
	/** Queue messages that were asked for, in order; a test delivers them itself. */
	readonly asked: string[];
};

/** The Worker's rooms on the real stores, with a queue and a transport that a test controls. */
export function furnishForTest(over: Partial<Rooms> = {}): TestRooms {
	const asked: string[] = [];
	const rooms = furnish(env, testSettings());
	return {
		...rooms,
		...over,
		transport: (over.transport as RecordingTransport | undefined) ?? new RecordingTransport(),
		asked,
		queues: {
			putBack: async (message) => {
				const parsed = queueMessage.safeParse(message);
				if (parsed.success) asked.push(Object.values(parsed.data).join(" "));
				return parsed.success;
			},
			rebuildFeeds: async () => void asked.push("feeds"),
			tellHub: async () => void asked.push("hub"),
			confirm: async (subscriber) => void asked.push(`confirm ${subscriber}`),
			welcome: async (subscriber) => void asked.push(`welcome ${subscriber}`),
			move: async (subscriber) => void asked.push(`move ${subscriber}`),
			plan: async (run) => void asked.push(`plan ${run}`),
			later: async (message) => void asked.push(Object.values(message).join(" ")),
			start: async (run, after) => void asked.push(`start ${run} ${after}`),
			notice: async (run) => void asked.push(`notice ${run}`),
			submit: async (batches) => void asked.push(...batches.map((batch) => `submit ${batch}`)),
		},
	};
}

/** A release's text with whatever a test does not care about filled in. */
export function someText(over: Partial<ReleaseText> = {}): ReleaseText {
	const title = over.title ?? `A meeting on water ${crypto.randomUUID()}`;
	return {
		kind: "meeting",
		language: "en",
		title,
		summary: `What is new of: ${title}`,
		body: `The parties will meet. ${title}`,
		issued: "2026-11-20",
		dateline: null,
		event: { starts: "2026-12-01", ends: "2026-12-02", timeZone: null, place: "Tashkent" },
		format: "plain",
		story: null,
		attachments: [],
		...over,
	};
}

/** Whether something is public that the feeds do not have. */
export async function areFeedsBehind({ feeds, identity, look }: Rooms): Promise<boolean> {
	return feeds.isBehind(await makerOf(identity, await look()), identity.languages);
}

/** The text of a ready document; empty where there is none. */
export async function feedText(
	{ feeds }: Rooms,
	...document: Parameters<Rooms["feeds"]["read"]>
): Promise<string> {
	return new Response((await feeds.read(...document))?.body).text();
}

export function publishingOf(rooms: Rooms) {
	const { releases, changes, newId } = rooms;
	return { releases, changes, newId, announce: async () => {} };
}

/** Publishes a text straight into the stores. */
export async function publishText(rooms: Rooms, over: Partial<ReleaseText> = {}) {
	const made = { by: "test", at: Date.now() };
	const posting = { made, publishAt: null, id: rooms.newId() };
	const published = await publish(publishingOf(rooms), someText(over), posting);
	if (!published.ok) throw new Error(`not published: ${published.error.kind}`);
	return published.value;
}

/** A sign-up with whatever a test does not care about filled in. */
export function someSignUp(over: Pick<SignUp, "id" | "address"> & Partial<SignUp>): SignUp {
	return {
		kinds: ["consultation", "meeting"],
		languages: ["en"],
		frequency: "daily",
		timeZone: null,
		consentSource: "form",
		consentEvidence: "en/1",
		...over,
	};
}

/** An active subscriber, straight in the stores. */
export async function addSubscriber(
	rooms: Rooms,
	address: string,
	over: Partial<SignUp> = {},
): Promise<string> {
	const wanted = someSignUp({ id: rooms.newId(), address, ...over });
	await rooms.subscribers.signUp(wanted, rooms.clock());
	await confirmNow(rooms, wanted.id);
	return wanted.id;
}

/** Confirms whatever sign-up is pending. */
export async function confirmNow(rooms: Rooms, id: string): Promise<void> {
	const subscriber = await rooms.subscribers.read(id);
	const second = Math.floor((subscriber?.signedUpAt ?? 0) / 1000);
	await rooms.subscribers.confirm(id, second, rooms.clock());
}

/** Asks again and again until there is something, for what a queue brings about. */
export async function until<Value>(
	what: string,
	ready: () => Promise<Value | undefined | false>,
): Promise<Value> {
	const deadline = Date.now() + 10_000;
	while (Date.now() < deadline) {
		const value = await ready();
		if (value !== undefined && value !== false) return value;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`${what}: waited in vain`);
}
