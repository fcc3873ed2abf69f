-- What became of messages after they were submitted, and readers whose mail fails again and again.

-- How many messages have failed in a row, and when the first and the last of them did; 0 and NULL where
-- none has since the last success.
ALTER TABLE subscribers ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscribers ADD COLUMN first_failed_at INTEGER;
ALTER TABLE subscribers ADD COLUMN last_failed_at INTEGER;
-- When an operator undid the end that a bounce brought: reports of before do not count.
ALTER TABLE subscribers ADD COLUMN reinstated_at INTEGER;
-- Id of the report that changed the row last.
ALTER TABLE subscribers ADD COLUMN last_report TEXT;

-- What was said of messages to a subscriber.
CREATE TABLE delivery_reports (
	-- The same however often it is said.
	id TEXT PRIMARY KEY,
	subscriber TEXT NOT NULL,
	-- Who said it: a transport, or `mail`.
	transport TEXT NOT NULL,
	verdict TEXT NOT NULL CHECK (
		verdict IN ('permanent', 'temporary', 'ours', 'none', 'complaint', 'delivered')),
	-- In the words of the server or the provider, without addresses.
	words TEXT NOT NULL,
	reported_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_reports_of_subscriber ON delivery_reports (subscriber, reported_at);
CREATE INDEX delivery_reports_by_age ON delivery_reports (verdict, reported_at);
