-- Facts that must be exact. Times are milliseconds since 1970 UTC; civil dates are YYYY-MM-DD.

-- One row a release; its full text is in KV under release/<id>/<revision>.
CREATE TABLE releases (
	id TEXT PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('consultation', 'meeting', 'announcement')),
	language TEXT NOT NULL,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	issued TEXT NOT NULL,
	event_starts TEXT,
	event_ends TEXT,
	event_place TEXT,
	revision INTEGER NOT NULL,
	-- What the first revision and the current one got when they went public.
	first_sequence INTEGER NOT NULL UNIQUE,
	sequence INTEGER NOT NULL UNIQUE,
	-- SHA-256 of the words of title and body: tells the same text posted twice.
	fingerprint TEXT NOT NULL,
	posted_by TEXT NOT NULL,
	published_at INTEGER NOT NULL
) STRICT;
CREATE INDEX releases_by_language ON releases (language, sequence);
CREATE INDEX releases_by_fingerprint ON releases (fingerprint, published_at);

-- How far the ready feeds of a language have come.
CREATE TABLE feeds (
	language TEXT PRIMARY KEY,
	through INTEGER NOT NULL
) STRICT;

CREATE TABLE subscribers (
	id TEXT PRIMARY KEY,
	-- As typed but for the domain's case; address_key is the same without regard to case.
	address TEXT NOT NULL,
	address_key TEXT NOT NULL UNIQUE,
	status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'ended')),
	ended_reason TEXT,
	-- Comma-separated: kinds in their fixed order, languages in order of preference.
	kinds TEXT NOT NULL,
	languages TEXT NOT NULL,
	frequency TEXT NOT NULL CHECK (frequency IN ('immediate', 'daily', 'weekly')),
	-- The cursor of "heard through"; in no index, so that moving it writes one row.
	heard_through INTEGER NOT NULL DEFAULT 0,
	-- The batch that last moved the cursor.
	batch TEXT,
	signed_up_at INTEGER NOT NULL,
	confirmed_at INTEGER,
	ended_at INTEGER
) STRICT;
CREATE INDEX subscribers_by_frequency ON subscribers (frequency, status, id);

-- One frequency's digest for one period; made once.
CREATE TABLE runs (
	id TEXT PRIMARY KEY,
	frequency TEXT NOT NULL,
	-- The civil date it was due on; for immediate runs, before it the highest sequence it tells of.
	period TEXT NOT NULL,
	-- Nothing above this sequence is in the run, whatever is published while it is made.
	upper_sequence INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planning', 'submitting', 'closed')),
	-- The last subscriber that planning has walked past.
	planned_through TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	-- When planning last moved on: tells a run whose message was lost.
	touched_at INTEGER NOT NULL,
	closed_at INTEGER,
	-- The receipt, as JSON, when closed.
	receipt TEXT,
	UNIQUE (frequency, period)
) STRICT;
CREATE INDEX runs_by_state ON runs (state);

-- One rendered digest of a run; its text is in KV under edition/<run>/<edition>.
CREATE TABLE editions (
	id TEXT PRIMARY KEY,
	run TEXT NOT NULL REFERENCES runs (id),
	kinds TEXT NOT NULL,
	languages TEXT NOT NULL,
	heard_through INTEGER NOT NULL,
	UNIQUE (run, kinds, languages, heard_through)
) STRICT;

CREATE TABLE batches (
	id TEXT PRIMARY KEY,
	run TEXT NOT NULL REFERENCES runs (id),
	edition TEXT NOT NULL REFERENCES editions (id),
	-- JSON array of subscribers' ids.
	recipients TEXT NOT NULL,
	attempt INTEGER NOT NULL DEFAULT 1,
	state TEXT NOT NULL CHECK (state IN ('planned', 'claimed', 'settled')),
	-- Since when it is in that state; for a planned one, when its message is due.
	since INTEGER NOT NULL,
	submitted INTEGER NOT NULL DEFAULT 0,
	-- Recipients that were put into a later batch instead.
	postponed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batches_by_state ON batches (state, since);
CREATE INDEX batches_by_run ON batches (run, state);

-- What became of a recipient where it is not "submitted".
CREATE TABLE exceptions (
	batch TEXT NOT NULL REFERENCES batches (id),
	run TEXT NOT NULL REFERENCES runs (id),
	subscriber TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('excluded', 'rejected', 'unknown')),
	reason TEXT NOT NULL,
	PRIMARY KEY (batch, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX exceptions_by_run ON exceptions (run, outcome, reason);
