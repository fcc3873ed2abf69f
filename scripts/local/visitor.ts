/** Somebody at the Worker's public doors: publisher, reader, clock. Knows nothing of its inside. */
export interface Visitor {
	publish(body: string, contentType: string): Promise<Answer>;
	/** Replaces a public release, as it was seen; `note` in its fields says what was wrong. */
	correct(release: SeenRelease, fields: object): Promise<Answer>;
	withdraw(release: SeenRelease, reason: string): Promise<Answer>;
	read(path: string): Promise<Answer>;
	subscribe(fields: Record<string, string | string[]>, as: "form" | "json"): Promise<Answer>;
	press(url: string, body?: string): Promise<Answer>;
	/** Lets the cron trigger come due at a moment (milliseconds since 1970 UTC). */
	tick(at: number): Promise<Answer>;
	mail(): Promise<MailboxLine[]>;
	source(id: string): Promise<string>;
	/** Asks until `ready` gives something, or fails with `what` after some seconds. */
	until<Value>(what: string, ready: () => Promise<Value | undefined | false>): Promise<Value>;
}

/** A release as an answer of the API has shown it. */
export interface SeenRelease {
	readonly id: string;
	readonly revision: number;
	readonly status: string;
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
}

export interface MailboxLine {
	readonly id: string;
	readonly to: string;
	readonly subject: string;
	readonly date: string;
}

const PATIENCE_MS = 20_000;

export function createVisitor(origin: string, publisherKey: string): Visitor {
	const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
		const answer = await fetch(new URL(path, origin), { redirect: "manual", ...init });
		return { status: answer.status, headers: answer.headers, text: await answer.text() };
	};
	const post = (path: string, type: string, body: string, more: Record<string, string> = {}) =>
		ask(path, { method: "POST", headers: { "Content-Type": type, ...more }, body });
	const form = "application/x-www-form-urlencoded";
	const key = { Authorization: `Bearer ${publisherKey}` };
	const asSeen = ({ revision, status }: SeenRelease) => ({
		...key,
		"If-Match": `"${revision}-${status}"`,
	});

	return {
		publish: (body, type) => post("/api/releases", type, body, key),
		correct: (release, fields) =>
			ask(`/api/releases/${release.id}`, {
				method: "PUT",
				headers: { "Content-Type": "application/json", ...asSeen(release) },
				body: JSON.stringify(fields),
			}),
		withdraw: (release, reason) =>
			ask(`/api/releases/${release.id}?${new URLSearchParams({ reason })}`, {
				method: "DELETE",
				headers: asSeen(release),
			}),
		read: (path) => ask(path),
		subscribe: (fields, as) =>
			as === "json"
				? post("/subscriptions", "application/json", JSON.stringify(fields))
				: post("/subscriptions", form, toForm(fields)),
		press: (url, body = "") => post(url, form, body),
		tick: (at) =>
			ask(`/cdn-cgi/handler/scheduled?cron=${encodeURIComponent("* * * * *")}&time=${at}`),
		async mail() {
			const answer = await ask("/mailbox", { headers: { Accept: "application/json" } });
			return (JSON.parse(answer.text) as { messages: MailboxLine[] }).messages;
		},
		source: async (id) => (await ask(`/mailbox/${id}/source`)).text,
		until,
	};
}

function toForm(fields: Record<string, string | string[]>): string {
	const pairs = Object.entries(fields).flatMap(([name, value]) =>
		[value].flat().map((one): [string, string] => [name, one]),
	);
	return new URLSearchParams(pairs).toString();
}

async function until<Value>(
	what: string,
	ready: () => Promise<Value | undefined | false>,
): Promise<Value> {
	const deadline = Date.now() + PATIENCE_MS;
	while (Date.now() < deadline) {
		const value = await ready();
		if (value !== undefined && value !== false) return value;
		await new Promise((resolve) => setTimeout(resolve, 150));
	}
	throw new Error(`${what}: waited ${PATIENCE_MS / 1000} seconds in vain`);
}
