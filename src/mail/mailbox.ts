import type { Clock } from "../shared/clock.ts";
import { joinBytes } from "./bytes.ts";
import { mimeOf } from "./ready-mime.ts";
import type { Message, Outcome, Transport } from "./transport.ts";

/** A message in the mailbox, as the list shows it. */
export interface MailboxEntry {
	readonly id: string;
	readonly to: string;
	readonly subject: string;
	/** When it was submitted, RFC 3339. */
	readonly date: string;
}

export interface MailboxStore {
	/** The newest messages, newest first, at most 100. */
	list(): Promise<MailboxEntry[]>;
	/** The MIME source of a message, or null. */
	read(id: string): Promise<Uint8Array | null>;
}

const PREFIX = "mailbox/";
const KEPT_SECONDS = 7 * 24 * 60 * 60;
/** KV takes 1024 bytes of metadata, best in ASCII, and a subject can have more. */
const LONGEST_SUBJECT = 100;
/** KV lists keys in order; counting down from here puts the newest first. */
const END_OF_TIME = 9_999_999_999_999;

/** For development only: keeps every message in KV, where `/mailbox` shows it to anybody. */
export function createMailbox(
	kv: KVNamespace,
	{ clock, newId }: { clock: Clock; newId: () => string },
): Transport & MailboxStore {
	const keep = async (message: Message): Promise<Outcome> => {
		const now = clock();
		const key = `${PREFIX}${END_OF_TIME - now}-${newId()}`;
		const { to, subject } = message;
		await kv.put(key, joinBytes(await mimeOf(message)), {
			metadata: {
				to,
				subject: encodeURIComponent(shorten(subject)),
				date: new Date(now).toISOString(),
			},
			expirationTtl: KEPT_SECONDS,
		});
		return { kind: "submitted" };
	};
	const tryToKeep = (message: Message): Promise<Outcome> =>
		keep(message).catch((fault) => ({ kind: "retry", detail: String(fault) }));

	return {
		handover: 10,
		open: () => ({
			ready: async () => {},
			submit: (messages) => Promise.all(messages.map(tryToKeep)),
			close: async () => {},
		}),
		async list() {
			const { keys } = await kv.list<Omit<MailboxEntry, "id">>({ prefix: PREFIX, limit: 100 });
			return keys.flatMap(({ name, metadata }) => (metadata ? [toEntry(name, metadata)] : []));
		},
		async read(id) {
			const source = await kv.get(PREFIX + id, "arrayBuffer");
			return source && new Uint8Array(source);
		},
	};
}

function toEntry(key: string, { to, subject, date }: Omit<MailboxEntry, "id">): MailboxEntry {
	return { id: key.slice(PREFIX.length), to, subject: decodeURIComponent(subject), date };
}

function shorten(subject: string): string {
	if (subject.length <= LONGEST_SUBJECT) return subject;
	return `${subject.slice(0, LONGEST_SUBJECT).toWellFormed()}…`;
}
