-- Digests by time zone that can be held, what they cost, what readers have heard by which preferences,
-- and messages that could not be worked on.
-- The four tables are made anew together, and the old ones dropped from the last to the first, so that
-- no row ever refers to a table that is gone.

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

-- One rendered digest of a run and whom it assumes; its text is in KV.
CREATE TABLE editions_new (
	id TEXT PRIMARY KEY,
	run TEXT NOT NULL REFERENCES runs_new (id),
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

CREATE TABLE batches_new (
	id TEXT PRIMARY KEY,
	run TEXT NOT NULL REFERENCES runs_new (id),
	edition TEXT NOT NULL REFERENCES editions_new (id),
	-- JSON array of subscribers' ids.
	recipients TEXT NOT NULL,
	attempt INTEGER NOT NULL DEFAULT 1,
	state TEXT NOT NULL CHECK (state IN ('planned', 'claimed', 'settled')),
	-- Since when it is in that state; for a planned one, when its message is due.
	since INTEGER NOT NULL,
	submitted INTEGER NOT NULL DEFAULT 0,
	-- Recipients that were put into a later batch instead.
	postponed INTEGER NOT NULL DEFAULT 0,
	-- The highest sequence there was when what it tells was looked up: it tells what stood then.
	as_of INTEGER
) STRICT;
INSERT INTO batches_new
	SELECT id, run, edition, recipients, attempt, state, since, submitted, postponed, NULL FROM batches;

-- What became of a recipient where it is not "submitted".
CREATE TABLE exceptions_new (
	batch TEXT NOT NULL REFERENCES batches_new (id),
	run TEXT NOT NULL REFERENCES runs_new (id),
	subscriber TEXT NOT NULL,
	outcome TEXT NOT NULL CHECK (outcome IN ('excluded', 'rejected', 'unknown')),
	reason TEXT NOT NULL,
	PRIMARY KEY (batch, subscriber)
) STRICT, WITHOUT ROWID;
INSERT INTO exceptions_new SELECT batch, run, subscriber, outcome, reason FROM exceptions;

DROP TABLE exceptions;
DROP TABLE batches;
DROP TABLE editions;
DROP TABLE runs;
ALTER TABLE runs_new RENAME TO runs;
ALTER TABLE editions_new RENAME TO editions;
ALTER TABLE batches_new RENAME TO batches;
ALTER TABLE exceptions_new RENAME TO exceptions;
CREATE INDEX runs_by_state ON runs (state);
CREATE INDEX runs_by_creation ON runs (created_at, id);
CREATE INDEX editions_of_run ON editions (run);
-- Batches are found by their run alone: each index is written three times a batch.
CREATE INDEX batches_by_run ON batches (run, state, id);
CREATE INDEX exceptions_by_run ON exceptions (run, outcome, reason);
CREATE INDEX exceptions_by_subscriber ON exceptions (subscriber);

-- What the revision got when it went public; NULL under embargo.
ALTER TABLE revisions ADD COLUMN sequence INTEGER;
UPDATE revisions SET sequence = (SELECT CASE
		WHEN revisions.revision = releases.revision THEN releases.sequence
		WHEN change = 'first' THEN releases.first_sequence END
	FROM releases WHERE releases.id = revisions.release);

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
