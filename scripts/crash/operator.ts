/** Somebody with a key of the scope `operate`. */
export interface Operator {
	/** Brings in subscribers, as CSV. @returns how many came in. */
	bringIn(csv: string): Promise<number>;
	/** Ends the subscription of an address. */
	end(address: string): Promise<void>;
	/** Lets a held run go. */
	release(run: string): Promise<void>;
}

export function createOperator(origin: string, key: string): Operator {
	/** @throws Error with what was answered, where it is no success. */
	const ask = async (path: string, init: RequestInit = {}) => {
		const headers = { Authorization: `Bearer ${key}`, ...init.headers };
		const answer = await fetch(new URL(path, origin), { ...init, headers });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${text}`);
		return { etag: answer.headers.get("ETag") ?? "", text };
	};
	const post = (path: string, headers: Record<string, string>, body?: string) =>
		ask(path, { method: "POST", headers, ...(body === undefined ? {} : { body }) });
	return {
		async bringIn(csv) {
			const report = await post("/api/subscribers/import", { "Content-Type": "text/csv" }, csv);
			const last = JSON.parse(report.text.trim().split("\n").at(-1) ?? "{}");
			return (last as { sum?: { imported: number } }).sum?.imported ?? 0;
		},
		async end(address) {
			const found = await ask(`/api/subscribers?${new URLSearchParams({ email: address })}`);
			const { id } = (JSON.parse(found.text) as { subscriber: { id: string } }).subscriber;
			const reason = JSON.stringify({ reason: "Asked for it" });
			await post(`/api/subscribers/${id}/end`, { "Content-Type": "application/json" }, reason);
		},
		async release(run) {
			const path = `/api/runs/${encodeURIComponent(run)}`;
			const { etag } = await ask(path);
			await post(`${path}/release`, { "If-Match": etag });
		},
	};
}
