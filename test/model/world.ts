import { env } from "cloudflare:workers";
import { consume } from "../../src/consume.ts";
import type { Message, Outcome, Transport } from "../../src/mail/transport.ts";
import type { QueueMessage } from "../../src/queues.ts";
import { furnish, type Rooms } from "../../src/rooms.ts";
import { tick } from "../../src/tick.ts";
import { MINUTE_MS, SUNDAY, UNLIMITED } from "../support/desk.ts";
import { watch } from "../support/faulty.ts";
import { openFront } from "../support/front.ts";
import { testSettings } from "../support/house.ts";
import { TEST_KEY } from "../support/settings.ts";
import {
	type Answer,
	type Asked,
	type History,
	type Invocation,
	type Moment,
	noteRejection,
	type Run,
} from "./history.ts";
import { linksOf, toldIn } from "./mails.ts";

/**
 * What befalls one invocation of the Worker at one of its steps: a write to D1 or KV, a message sent
 * to a queue, or a hand-over. Counted from 0: all of them, or the hand-overs alone.
 */
export type Mishap = { readonly at: "step" | "hand-over"; readonly count: number } & (
	| { readonly kind: "dies before" | "dies after" }
	| { readonly kind: "meanwhile"; readonly happening: Happening }
);

/** Something that happens in the world. */
export interface Happening {
	happen(world: World): Promise<void>;
	toString(): string;
}

/** What an invocation meets with. */
export interface Fate {
	readonly mishap: Mishap | null;
	/** What the transport answers, one message after the other, and again from the first. */
	readonly answers: readonly Answer[];
}

export const GOOD: Fate = { mishap: null, answers: ["submitted"] };

/** Of the queues, what makes feeds and tells hubs has nothing to do with digests. */
const MAIL = (body: QueueMessage) => body.type !== "feeds" && body.type !== "hub";

/** A press office waits this long before it asks again: a claimed Idempotency-Key is free by then. */
const PATIENCE_MS = 2 * MINUTE_MS;

const SETTINGS = testSettings();

interface Request {
	readonly method: "GET" | "POST" | "PUT" | "DELETE";
	readonly path: string;
	readonly form?: readonly (readonly [string, string])[];
	readonly json?: object;
	readonly headers?: Readonly<Record<string, string>>;
}

/** The Worker among people, with a queue, a clock and a transport of which everything can be expected. */
export class World {
	now = SUNDAY;
	/** Messages that wait, as JSON. */
	readonly waiting: string[] = [];
	readonly history: History;
	/** What happened, for whoever has to understand a failure. */
	readonly log: string[] = [];
	/** The message that was last taken from the queue. */
	#taken: string | null = null;
	readonly #handover: number;
	readonly #met = new Set<Mishap>();

	constructor(history: History, handover: number) {
		this.history = history;
		this.#handover = handover;
	}

	/** Whether a mishap has befallen anybody. */
	hasMet(mishap: Mishap): boolean {
		return this.#met.has(mishap);
	}

	/** The clock strikes; `late` is by how many milliseconds. */
	async tick(fate: Fate, late = 0): Promise<void> {
		const at = this.now - late;
		const { next, releases } = this.history;
		const began = next();
		for (const release of releases)
			if (release.status === "scheduled" && (release.embargo ?? 0) <= at)
				release.publicFrom = Math.min(release.publicFrom, began);
		const { fault } = await this.#invoke(fate, (rooms) => tick(rooms, at));
		if (fault !== null) this.history.accidents.push(`the tick failed: ${fault}`);
	}

	/** Delivers a message that waits; it stays where it was not acknowledged, or is to come twice. */
	async deliver(which: number, fate: Fate, isRepeated = false): Promise<void> {
		const index = which % this.waiting.length;
		const body = isRepeated ? this.waiting[index] : this.waiting.splice(index, 1)[0];
		if (body === undefined) return;
		this.#taken = body;
		this.log.push(`  delivers ${body}`);
		let isDone = false;
		const ack = () => {
			isDone = true;
		};
		const message = { id: body, body: JSON.parse(body), attempts: 1, ack, retry() {} };
		const batch = { queue: "mail", messages: [message] } as never;
		const { invocation, fault } = await this.#invoke(fate, (rooms) => consume(batch, rooms));
		if (!isDone && !isRepeated) this.waiting.push(body);
		const isExcused = /"type":"(confirm|welcome)"/.test(body) && !isDone;
		if (invocation.survived && (fault !== null || (!isDone && !isExcused)))
			this.history.accidents.push(`nobody killed the delivery of ${body}, and it failed`);
	}

	/** The queue has two copies of the message that is being worked on, and delivers the other. */
	async deliverAgain(fate: Fate): Promise<void> {
		if (this.#taken === null) return;
		this.waiting.push(this.#taken);
		await this.deliver(this.waiting.length - 1, fate);
	}

	/** A person asks, and asks once more where there is no answer and they are patient. */
	async ask(
		request: Request,
		fate: Fate = GOOD,
		isPatient = true,
	): Promise<Asked & { body: string }> {
		const from = this.history.next();
		const first = await this.#request(request, fate);
		const isAnswered = first.status !== null || !isPatient;
		if (!isAnswered) this.now += PATIENCE_MS;
		const last = isAnswered ? first : await this.#request(request, GOOD);
		this.log.push(
			`  ${request.method} ${request.path.slice(0, 24)}: ${last.status ?? "no answer"}`,
		);
		return { from, to: this.history.next(), ...last };
	}

	/** The runs, and what each has come to. */
	async runs(): Promise<Run[]> {
		const { results } = await env.LEDGER.prepare("SELECT id, state, receipt FROM runs").all<{
			id: string;
			state: string;
			receipt: string | null;
		}>();
		return results.map((run) => ({ ...run, receipt: run.receipt && JSON.parse(run.receipt) }));
	}

	async #request(request: Request, fate: Fate): Promise<{ status: number | null; body: string }> {
		const { method, path, form, json } = request;
		const headers = new Headers({ Authorization: `Bearer ${TEST_KEY}`, ...request.headers });
		if (json) headers.set("Content-Type", "application/json");
		if (form) headers.set("Content-Type", "application/x-www-form-urlencoded");
		const body = json ? JSON.stringify(json) : form && encode(form);
		const sent = { method, headers, ...(body === undefined ? {} : { body }) };
		const { invocation, value } = await this.#invoke(fate, async (rooms) => {
			const response = await openFront(rooms).request(path, sent);
			return { status: response.status, body: await response.text() };
		});
		if (!value || (!invocation.survived && value.status >= 500)) return { status: null, body: "" };
		if (value.status >= 500)
			this.history.accidents.push(`${method} ${path} was answered ${value.status}`);
		return value;
	}

	/** Calls the Worker: rooms of its own, since the last may have ended in any way. */
	async #invoke<Value>(
		{ mishap, answers }: Fate,
		act: (rooms: Rooms) => Promise<Value>,
	): Promise<{ invocation: Invocation; value: Value | null; fault: string | null }> {
		const invocation: Invocation = { began: this.history.next(), survived: true };
		const done = { step: 0, "hand-over": 0 };
		const die = (): never => {
			invocation.survived = false;
			throw new Error("the Worker was killed");
		};
		const read = <Got>(run: () => Got): Got => (invocation.survived ? run() : die());
		const step = async <Got>(run: () => Got, isHandOver = false): Promise<Awaited<Got>> => {
			if (!invocation.survived) die();
			const isMet =
				mishap?.count === done[mishap?.at ?? "step"] && (isHandOver || mishap.at === "step");
			const met = isMet ? mishap : null;
			done.step += 1;
			if (isHandOver) done["hand-over"] += 1;
			if (met) {
				this.#met.add(met);
				this.log.push(`  ${met.at} ${met.count}: ${met.kind}`);
			}
			if (met?.kind === "meanwhile") await met.happening.happen(this);
			if (met?.kind === "dies before") die();
			const result = await run();
			if (met?.kind === "dies after") die();
			return result;
		};
		const rooms = this.#furnish(step, read, this.#transport(invocation, answers, step));
		try {
			return { invocation, value: await act(rooms), fault: null };
		} catch (fault) {
			return { invocation, value: null, fault: invocation.survived ? String(fault) : null };
		}
	}

	#furnish(step: Step, read: <Got>(run: () => Got) => Got, transport: Transport): Rooms {
		const { documents, ledger } = watch(env, { read, write: (run) => step(run) });
		const send = (bodies: QueueMessage[]) =>
			step(
				() => void this.waiting.push(...bodies.filter(MAIL).map((body) => JSON.stringify(body))),
			);
		/** What puts itself off comes when it is due; what else has a delay may come early. */
		const wait = (body: QueueMessage, seconds = 0) => {
			if (JSON.stringify(body) === this.#taken) this.now += seconds * 1000;
		};
		const queue = {
			send: (body: QueueMessage, { delaySeconds }: QueueSendOptions = {}) => {
				wait(body, delaySeconds);
				return send([body]);
			},
			sendBatch: (messages: MessageSendRequest<QueueMessage>[]) => {
				for (const { body, delaySeconds } of messages) wait(body, delaySeconds);
				return send(messages.map(({ body }) => body));
			},
		} as unknown as Queue<QueueMessage>;
		const bindings = {
			...env,
			DOCUMENTS: documents,
			LEDGER: ledger,
			FEEDS_QUEUE: queue,
			MAIL_QUEUE: queue,
		};
		const rooms = furnish(bindings, SETTINGS);
		return { ...rooms, clock: () => this.now, pause: async () => {}, limits: UNLIMITED, transport };
	}

	#transport(invocation: Invocation, answers: readonly Answer[], step: Step): Transport {
		let answered = 0;
		const nextAnswer = (): Answer => {
			answered += 1;
			return answers[(answered - 1) % answers.length] ?? "submitted";
		};
		return {
			handover: this.#handover,
			// By SMTP messages go one by one; where some go at a time, some batches do too.
			parallel: this.#handover === 1 ? 1 : 3,
			open: () => ({
				ready: async () => {},
				submit: (messages) => {
					// From here on they are being handed over, whatever happens meanwhile.
					const at = this.history.next();
					return step(() => this.#take(messages, { at, invocation, nextAnswer }), true);
				},
				close: async () => {},
			}),
		};
	}

	#take(
		messages: readonly Message[],
		given: { at: Moment; invocation: Invocation; nextAnswer: () => Answer },
	): Outcome[] {
		const first = given.nextAnswer();
		const isThrown = first.startsWith("throws");
		// One call throws or does not; the first message decides.
		const answers = messages.map((_, index): Answer => {
			if (index === 0 || isThrown) return first;
			return given.nextAnswer().replace("throws", "unknown") as Answer;
		});
		for (const [index, message] of messages.entries())
			this.#note(message, answers[index] as Answer, given);
		if (isThrown) throw new Error("the line broke");
		return answers.map(toOutcome);
	}

	#note(
		message: Message,
		answer: Answer,
		{ at, invocation }: { at: Moment; invocation: Invocation },
	): void {
		const [name = ""] = message.messageId.split("@");
		const run = name.slice(0, name.lastIndexOf("."));
		const mail = /^(confirmation|welcome)\./.exec(name)?.[1] as
			| "confirmation"
			| "welcome"
			| undefined;
		const told = mail ? [] : toldIn(message);
		const arrived = answer === "submitted" || answer.endsWith(", arrived");
		this.history.handOvers.push({
			at,
			time: this.now,
			invocation,
			id: message.messageId,
			mail: mail ?? "digest",
			run,
			to: message.to,
			told,
			answer,
			arrived,
		});
		const news = told.map(({ release, text, as }) => `${release}/${text} ${as}`).join(", ");
		this.log.push(`  ${mail ?? run} to ${message.to}: ${answer}${news && `; tells ${news}`}`);
		const reader = this.history.readers.find(({ address }) => address === message.to);
		if (reader && answer === "rejected") noteRejection(reader);
		if (!reader || !arrived) return;
		for (const [purpose, link] of linksOf(message)) reader.links[purpose].push(link);
	}
}

type Step = <Got>(run: () => Got, isHandOver?: boolean) => Promise<Awaited<Got>>;

function toOutcome(answer: Answer): Outcome {
	const detail = "as the test wants";
	switch (answer) {
		case "submitted":
			return { kind: "submitted" };
		case "retry":
			return { kind: "retry", detail };
		case "retry, all":
			return { kind: "retry", detail, scope: "provider" };
		case "rejected":
			return { kind: "rejected", detail };
		case "no outcome, arrived":
			return undefined as never;
		default:
			return { kind: "unknown", detail };
	}
}

function encode(form: readonly (readonly [string, string])[]): string {
	return new URLSearchParams(form.map(([name, value]) => [name, value])).toString();
}
