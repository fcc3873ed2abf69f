import { createVisitor } from "../../scripts/local/visitor.ts";

const KEY = "dev-publisher-key";
const JSON_TYPE = "application/json";

/** What the API answers of a release, as far as feeds and calendars tell it. */
export interface Release {
	readonly id: string;
	readonly slug: string;
	readonly story: string;
	readonly url: string;
	readonly title: string;
	readonly summary: string;
	readonly body: string;
	readonly kind: "consultation" | "meeting" | "announcement";
	readonly language: string;
	readonly status: "scheduled" | "published" | "withdrawn" | "cancelled";
	readonly sequence: number;
	readonly published_at: string;
	readonly changed_at: string;
	readonly reason: string | null;
	readonly revision: number;
	readonly event: { readonly starts: string; readonly ends: string; readonly place: string } | null;
	readonly attachments: readonly Attachment[];
}

export interface Attachment {
	readonly url: string;
	readonly type: string;
	readonly length: number;
}

export type PressOffice = ReturnType<typeof openPressOffice>;

/** A press office that publishes through the API of a Worker that runs at `origin`. */
export function openPressOffice(origin: string) {
	const visitor = createVisitor(origin, KEY);

	async function send(method: string, path: string, body: string, type: string): Promise<Release> {
		const headers = { Authorization: `Bearer ${KEY}`, "Content-Type": type, "If-Match": "*" };
		const answer = await fetch(new URL(path, origin), { method, headers, body });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
		return (JSON.parse(text) as { release: Release }).release;
	}

	return {
		publish: (fields: object) => send("POST", "/api/releases", JSON.stringify(fields), JSON_TYPE),
		publishText: (text: string, type: string) => send("POST", "/api/releases", text, type),
		correct: ({ id }: Release, fields: object, note: string) =>
			send(
				"PUT",
				`/api/releases/${id}?note=${encodeURIComponent(note)}`,
				JSON.stringify(fields),
				JSON_TYPE,
			),
		withdraw: ({ id }: Release, reason: string) =>
			send("DELETE", `/api/releases/${id}`, JSON.stringify({ reason }), JSON_TYPE),
		/** Waits until the feeds have everything. */
		settle: () =>
			visitor.until("feeds that have everything", async () => {
				const headers = { Authorization: `Bearer ${KEY}` };
				const answer = await fetch(new URL("/api/feeds", origin), { headers });
				return answer.ok && ((await answer.json()) as { behind: boolean }).behind === false;
			}),
	};
}
