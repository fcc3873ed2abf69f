-- Feeds for each language and kind with their archives, search, and events at a time of the day.

-- IANA name of the zone that event_starts and event_ends are in, where they have a time of the day
-- (YYYY-MM-DDTHH:MM); NULL where they are civil dates.
ALTER TABLE releases ADD COLUMN event_time_zone TEXT;
CREATE INDEX releases_by_kind ON releases (kind, first_sequence);
CREATE INDEX releases_by_language_and_kind ON releases (language, kind, first_sequence);
CREATE INDEX releases_by_first_sequence ON releases (language, first_sequence);
CREATE INDEX releases_by_event ON releases (event_starts) WHERE event_starts IS NOT NULL;
CREATE INDEX releases_by_event_end ON releases (event_ends) WHERE event_ends IS NOT NULL;

-- What kind it was of then: the feeds of a kind that a release has left are made anew.
ALTER TABLE revisions ADD COLUMN kind TEXT;
UPDATE revisions SET kind = (SELECT kind FROM releases WHERE id = revisions.release);

-- How far the ready feeds of a scope have come. They are projections: without a row they are made anew.
DROP TABLE feeds;
CREATE TABLE feeds (
	-- <language or all>/<kind or all>
	scope TEXT PRIMARY KEY,
	-- What they were made by: another publication's name or another builder makes them anew.
	made_by TEXT NOT NULL,
	-- They have everything up to this sequence.
	through INTEGER NOT NULL,
	-- The archives have every correction up to this sequence.
	corrected_through INTEGER NOT NULL,
	-- How many archives there are, and the first sequence of the last release in them.
	archives INTEGER NOT NULL,
	archived_through INTEGER NOT NULL,
	-- What Last-Modified says, a whole second; rises with each making.
	modified_at INTEGER NOT NULL,
	-- The hub has been told of everything up to this sequence.
	hub_told_through INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The words of public releases; the rowid is the release's first sequence.
CREATE VIRTUAL TABLE search_words USING fts5(
	title, summary, place, body,
	content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
);
-- How far it has come: everything up to this sequence is in it.
CREATE TABLE search_progress (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	through INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress VALUES (1, 0);
