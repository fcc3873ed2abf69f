-- Digests by time zone that can be held, what they cost, what readers have heard by which preferences,
-- and messages that could not be worked on.
PRAGMA defer_foreign_keys = true;

-- One schedule's digest for one period; made once.
CREATE TABLE runs_new (
	id TEXT PRIMARY KEY,
	frequency TEXT NOT NULL,
	-- IANA name of the zone whose readers it is for; '' for the publication's.
	time_zone TEXT NOT NULL,
	-- The civil date it was due on; for immediate runs, before it the highest sequence it tells of.
	period TEXT NOT NULL,
	-- The civil date, in its zone, on which it is made: who is paused then is left out.
	day TEXT NOT NULL,
	-- Nothing above this sequence is in the run, whatever is published while it is made.
	upper_sequence INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('planning', 'held', 'submitting', 'closed')),
	-- The last subscriber that planning has walked past.
	planned_through TEXT NOT NULL DEFAULT '',
	created_at INTEGER NOT NULL,
	-- When the run last moved on: tells one whose message was lost.
	touched_at INTEGER NOT NULL,
	-- When planning had walked past everybody.
	planned_at INTEGER,
	-- Why it was held, as a JSON array; what for, in words.
	holds TEXT NOT NULL DEFAULT '[]',
	-- When the operator was told that it is held.
	told_at INTEGER,
	released_at INTEGER,
	-- The name of the key that released it.
	released_by TEXT,
	-- Readers who would get the edition again that they were told last.
	repeats INTEGER NOT NULL DEFAULT 0,
	closed_at INTEGER,
	-- The receipt, as JSON, when closed.
	receipt TEXT,
	-- What its steps have cost.
	rows_read INTEGER NOT NULL DEFAULT 0,
	rows_written INTEGER NOT NULL DEFAULT 0,
	kv_operations INTEGER NOT NULL DEFAULT 0,
	queue_operations INTEGER NOT NULL DEFAULT 0,
	UNIQUE (frequency, time_zone, period)
) STRICT;
INSERT INTO runs_new (id, frequency, time_zone, period, day, upper_sequence, state, planned_through,
		created_at, touched_at, planned_at, closed_at, receipt)
	SELECT id, frequency, '', period, substr(period, -10), upper_sequence, state, planned_through,
		created_at, touched_at, CASE WHEN state <> 'planning' THEN touched_at END, closed_at, receipt
	FROM runs;
DROP TABLE runs;
ALTER TABLE runs_new RENAME TO runs;
CREATE INDEX runs_by_state ON runs (state);
CREATE INDEX runs_by_creation ON runs (created_at, id);

-- One rendered digest of a run and whom it assumes; its text is in KV.
CREATE TABLE editions_new (
	id TEXT PRIMARY KEY,
	run TEXT NOT NULL REFERENCES runs (id),
	kinds TEXT NOT NULL,
	languages TEXT NOT NULL,
	heard_through INTEGER NOT NULL,
	-- JSON array of the first sequences of what its readers have heard of before, as far as it matters.
	heard TEXT NOT NULL,
	-- Those of them that its readers were told as they stand now.
	heard_as_it_stands TEXT NOT NULL,
	-- SHA-256 of what it tells: tells the same edition made twice.
	told TEXT NOT NULL,
	-- Why it must not be mailed, where it was found faulty.
	fault TEXT
) STRICT;
INSERT INTO editions_new SELECT id, run, kinds, languages, heard_through, '[]', '[]', '', NULL
	FROM editions;
DROP TABLE editions;
ALTER TABLE editions_new RENAME TO editions;
CREATE INDEX editions_of_run ON editions (run);

-- Batches are found by their run: each index is written three times a batch.
DROP INDEX batches_by_state;
DROP INDEX batches_by_run;
CREATE INDEX batches_by_run ON batches (run, state, id);

-- The highest sequence there was when what it tells was looked up: it tells what stood then.
ALTER TABLE batches ADD COLUMN as_of INTEGER;

-- Which preferences they have had: JSON array of [through, kinds, languages], each good for the
-- sequences after the one before and up to `through`. First, what was before they subscribed.
ALTER TABLE subscribers ADD COLUMN earlier TEXT NOT NULL DEFAULT '[]';
UPDATE subscribers SET earlier = json_array(json_array((
	SELECT COALESCE(MAX(first_sequence), 0) FROM releases WHERE published_at <= confirmed_at), '', ''))
	WHERE confirmed_at IS NOT NULL;
CREATE INDEX subscribers_by_zone ON subscribers (frequency, status, time_zone, id);

-- When the clock last struck: a store that was put away for days is known by it.
CREATE TABLE clock (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	ticked_at INTEGER NOT NULL
) STRICT;

-- Queue messages that were given up.
CREATE TABLE dead_letters (
	id TEXT PRIMARY KEY,
	-- As JSON: a type and an id.
	message TEXT NOT NULL,
	since INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_letters_by_age ON dead_letters (since);
