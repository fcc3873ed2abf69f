import type { ReleaseDocument } from "./release.ts";

/** Who made a change, and when (milliseconds since 1970 UTC). */
export interface Made {
	readonly by: string;
	readonly at: number;
}

/** A new release, ready to be committed. */
export interface NewRelease {
	readonly document: ReleaseDocument;
	/** The key under which the document is kept. */
	readonly key: string;
	readonly fingerprint: string;
	/** A twin posted after this moment makes it a duplicate. */
	readonly twinsSince: number;
	/** When it goes public; null for now. */
	readonly publishAt: number | null;
	readonly made: Made;
}

/** A later revision of a release, ready to be committed. */
export interface LaterRevision {
	readonly document: ReleaseDocument;
	readonly key: string;
	readonly fingerprint: string;
	/** Its new time under embargo; null publishes it now. Of no effect once it is public. */
	readonly publishAt: number | null;
	readonly note: string | null;
	readonly made: Made;
}

/** What committing came to. */
export type CommitOutcome = "committed" | "refused" | "slug-taken" | "story-taken" | "id-taken";

const NEXT_SEQUENCE = "(SELECT COALESCE(MAX(sequence), 0) + 1 FROM releases)";

export type ChangeStore = ReturnType<typeof createChangeStore>;

/** Writes releases: documents to KV, and the commits in D1 that make them count. */
export function createChangeStore(ledger: D1Database, kv: KVNamespace) {
	/** One transaction: the change, and where it took place its entry among the revisions. */
	const commit = async (
		change: D1PreparedStatement,
		revision: { release: string; number: number; change: string; key: string; note: string | null },
		made: Made,
	): Promise<CommitOutcome> => {
		const record = ledger
			.prepare(
				`INSERT INTO revisions (release, revision, change, document, kind, note, made_by, made_at,
					sequence)
				SELECT id, revision, ?3, document, kind, ?4, ?5, ?6, sequence FROM releases
				WHERE id = ?1 AND revision = ?2 AND document = ?7
				ON CONFLICT DO NOTHING`,
			)
			.bind(
				revision.release,
				revision.number,
				revision.change,
				revision.note,
				made.by,
				made.at,
				revision.key,
			);
		try {
			const [changed] = await ledger.batch([change, record]);
			return changed?.results.length === 1 ? "committed" : "refused";
		} catch (fault) {
			return outcomeOf(fault);
		}
	};

	return {
		/** Keeps a revision's document. Harmless until the catalogue names it. */
		async keepDocument(key: string, document: ReleaseDocument): Promise<void> {
			await kv.put(key, JSON.stringify(document));
		},

		/**
		 * Commits a new release: public at once, taking the next sequence, or under embargo. Refused
		 * where the same fingerprint stands since `twinsSince`.
		 */
		async insert(release: NewRelease): Promise<CommitOutcome> {
			const { document, key, made, publishAt } = release;
			const isNow = publishAt === null;
			const sequence = isNow ? NEXT_SEQUENCE : "NULL";
			const insert = ledger
				.prepare(
					`INSERT INTO releases (id, slug, story, kind, language, title, summary, issued,
						event_starts, event_ends, event_place, event_time_zone, attachments, status, revision,
						document, first_sequence, sequence, fingerprint, posted_by, posted_at, publish_at, published_at,
						changed_at)
					SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 1, ?15, ${sequence},
						${sequence}, ?16, ?17, ?18, ?19, ?20, ?18
					WHERE NOT EXISTS (SELECT 1 FROM releases WHERE fingerprint = ?16 AND posted_at > ?21
						AND status IN ('scheduled', 'published'))
					RETURNING id`,
				)
				.bind(
					...columnsOf(document),
					isNow ? "published" : "scheduled",
					key,
					release.fingerprint,
					made.by,
					made.at,
					publishAt,
					isNow ? made.at : null,
					release.twinsSince,
				);
			const revision = { release: document.id, number: 1, change: "first", key, note: null };
			return commit(insert, revision, made);
		},

		/**
		 * Replaces the text of a release that is still at the revision before. A public one takes the
		 * next sequence, as does one whose embargo is lifted.
		 */
		async replace(later: LaterRevision, isPublic: boolean): Promise<CommitOutcome> {
			const { document, key, made, publishAt } = later;
			const goesPublic = !isPublic && publishAt === null;
			const sequence = isPublic || goesPublic ? NEXT_SEQUENCE : "NULL";
			const update = ledger
				.prepare(
					`UPDATE releases SET slug = ?2, story = ?3, kind = ?4, language = ?5, title = ?6,
						summary = ?7, issued = ?8, event_starts = ?9, event_ends = ?10, event_place = ?11,
						event_time_zone = ?12, attachments = ?13, revision = ?14, document = ?15,
						fingerprint = ?16, changed_at = ?17, sequence = ${sequence}, publish_at = ?18
						${goesPublic ? `, first_sequence = ${sequence}, published_at = ?17, status = 'published'` : ""}
					WHERE id = ?1 AND revision = ?14 - 1 AND status = ?19
					RETURNING id`,
				)
				.bind(
					...columnsOf(document),
					document.revision,
					key,
					later.fingerprint,
					made.at,
					publishAt,
					isPublic ? "published" : "scheduled",
				);
			const change = isPublic ? "correction" : "edit";
			const revision = {
				release: document.id,
				number: document.revision,
				change,
				key,
				note: later.note,
			};
			return commit(update, revision, made);
		},

		/** Takes back a release that is still at `revision - 1`: withdrawn if it was public. */
		async takeBack(
			taken: { id: string; revision: number; key: string; reason: string; isPublic: boolean },
			made: Made,
		): Promise<CommitOutcome> {
			const { id, revision, key, reason, isPublic } = taken;
			const update = ledger
				.prepare(
					`UPDATE releases SET status = ?3, reason = ?4, revision = ?2, changed_at = ?5
						${isPublic ? `, sequence = ${NEXT_SEQUENCE}` : ""}
					WHERE id = ?1 AND revision = ?2 - 1 AND status = ?6 RETURNING id`,
				)
				.bind(
					id,
					revision,
					isPublic ? "withdrawn" : "cancelled",
					reason,
					made.at,
					isPublic ? "published" : "scheduled",
				);
			const entry = { release: id, number: revision, change: "withdrawal", key, note: reason };
			return commit(update, entry, made);
		},

		/**
		 * Makes the release public whose embargo was the first to end, at `now` or before.
		 *
		 * @returns whether there was one.
		 */
		async publishDue(now: number): Promise<boolean> {
			const row = await ledger
				.prepare(
					`UPDATE releases SET status = 'published', published_at = ?1,
						first_sequence = ${NEXT_SEQUENCE}, sequence = ${NEXT_SEQUENCE}
					WHERE id = (SELECT id FROM releases WHERE status = 'scheduled' AND publish_at <= ?1
						ORDER BY publish_at, id LIMIT 1)
					RETURNING id`,
				)
				.bind(now)
				.first();
			return row !== null;
		},
	};
}

function columnsOf(document: ReleaseDocument) {
	return [
		document.id,
		document.slug,
		document.story,
		document.kind,
		document.language,
		document.title,
		document.summary,
		document.issued,
		document.event?.starts ?? null,
		document.event?.ends ?? null,
		document.event?.place ?? null,
		document.event?.timeZone ?? null,
		JSON.stringify(document.attachments),
	];
}

function outcomeOf(fault: unknown): CommitOutcome {
	const words = String(fault);
	if (words.includes("UNIQUE constraint failed: releases.slug")) return "slug-taken";
	if (words.includes("UNIQUE constraint failed: releases.story")) return "story-taken";
	if (words.includes("UNIQUE constraint failed: releases.id")) return "id-taken";
	throw fault;
}
