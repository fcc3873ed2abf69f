import { env } from "cloudflare:workers";

/** Puts so many active readers of daily digests into the table, with each choice as many; their ids rise. */
export async function addReaders(count: number, of = { kinds: ["meeting"], languages: ["en"] }) {
	await env.LEDGER.prepare(
		`WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?1)
		INSERT INTO subscribers (id, address, address_key, status, kinds, languages, frequency,
			heard_through, signed_up_at)
		SELECT printf('00000000-0000-4000-8000-%012d', n), 'r' || n || '@journal.test', 'r' || n || '@journal.test', 'active',
			?2 ->> (n % json_array_length(?2)), ?3 ->> (n / json_array_length(?2) % json_array_length(?3)),
			'daily', 0, 0 FROM numbers`,
	)
		.bind(count, JSON.stringify(of.kinds), JSON.stringify(of.languages))
		.run();
}
