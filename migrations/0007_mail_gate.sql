-- What lets messages through to a provider: at the rate that is set, and not while it is down.
CREATE TABLE mail_gates (
	-- The transport's name, as in MAIL_TRANSPORT.
	transport TEXT PRIMARY KEY,
	-- Until when the messages that were let through take the provider, at the rate that is set.
	busy_until INTEGER NOT NULL DEFAULT 0,
	-- When the turn comes of whoever is sent away next because it is busy.
	line_until INTEGER NOT NULL DEFAULT 0,
	-- How often in a row the provider itself has failed; 0 while it does not.
	failures INTEGER NOT NULL DEFAULT 0,
	-- Until when it is left alone.
	shut_until INTEGER NOT NULL DEFAULT 0,
	-- Since when it fails, and what it said last, without addresses.
	failing_since INTEGER,
	said TEXT
) STRICT, WITHOUT ROWID;

-- 1 where it comes of settling another: its recipients were counted there.
ALTER TABLE batches ADD COLUMN later INTEGER NOT NULL DEFAULT 0;
UPDATE batches SET later = attempt > 1;
