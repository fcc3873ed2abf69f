-- How far the ready pages have come, beside the lists of releases, which are made with the feeds.
-- They are projections: without a row they are made anew.
CREATE TABLE pages (
	-- `releases`: those of releases. `fronts`: the home of each language, what is coming, and the newest page of each list.
	name TEXT PRIMARY KEY,
	-- What they were made by: another look or another publication's name makes them anew; fronts also
	-- another day.
	made_by TEXT NOT NULL,
	-- They have everything up to this sequence.
	through INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
