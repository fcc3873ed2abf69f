-- What a press office does to a release: embargo, correct, withdraw, translate.

CREATE TABLE releases_new (
	id TEXT PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	-- Releases that say the same in several languages have one story.
	story TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('consultation', 'meeting', 'announcement')),
	language TEXT NOT NULL,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	issued TEXT NOT NULL,
	event_starts TEXT,
	event_ends TEXT,
	event_place TEXT,
	-- JSON array of {url, title, type, length}.
	attachments TEXT NOT NULL,
	status TEXT NOT NULL CHECK (status IN ('scheduled', 'published', 'withdrawn', 'cancelled')),
	-- Why it was taken back.
	reason TEXT,
	revision INTEGER NOT NULL,
	-- The key in KV of the current revision's document.
	document TEXT NOT NULL,
	-- What the first revision and the current one got when they went public; NULL before.
	first_sequence INTEGER UNIQUE,
	sequence INTEGER UNIQUE,
	-- SHA-256 of the words of title and body: tells the same text posted twice.
	fingerprint TEXT NOT NULL,
	posted_by TEXT NOT NULL,
	posted_at INTEGER NOT NULL,
	-- When an embargoed release goes public.
	publish_at INTEGER,
	published_at INTEGER,
	-- When its text last changed.
	changed_at INTEGER NOT NULL
) STRICT;
INSERT INTO releases_new
	SELECT id, slug, id, kind, language, title, summary, issued, event_starts, event_ends, event_place,
		'[]', 'published', NULL, revision, 'release/' || id || '/' || revision, first_sequence, sequence,
		fingerprint, posted_by, published_at, NULL, published_at, published_at
	FROM releases;
DROP TABLE releases;
ALTER TABLE releases_new RENAME TO releases;
CREATE INDEX releases_by_language ON releases (language, sequence);
CREATE INDEX releases_by_fingerprint ON releases (fingerprint, posted_at);
CREATE INDEX releases_by_embargo ON releases (publish_at) WHERE status = 'scheduled';
CREATE INDEX releases_by_posting ON releases (posted_at, id);
CREATE INDEX releases_of_story ON releases (story);
CREATE UNIQUE INDEX releases_by_story ON releases (story, language)
	WHERE status IN ('scheduled', 'published');

-- Every state that a release has been in; its text is in KV under `document`.
CREATE TABLE revisions (
	release TEXT NOT NULL REFERENCES releases (id),
	revision INTEGER NOT NULL,
	change TEXT NOT NULL CHECK (change IN ('first', 'edit', 'correction', 'withdrawal')),
	document TEXT NOT NULL,
	-- What was wrong, or why it was taken back.
	note TEXT,
	made_by TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	PRIMARY KEY (release, revision)
) STRICT, WITHOUT ROWID;
INSERT INTO revisions
	SELECT id, revision, 'first', document, NULL, posted_by, posted_at FROM releases;

-- Requests that carried an Idempotency-Key, and what they were answered.
CREATE TABLE idempotency (
	publisher TEXT NOT NULL,
	key TEXT NOT NULL,
	-- SHA-256 of what was asked.
	request TEXT NOT NULL,
	-- The id that the release of this request has, also when the request is made again.
	release TEXT NOT NULL,
	status INTEGER,
	answer TEXT,
	since INTEGER NOT NULL,
	PRIMARY KEY (publisher, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (since);
