-- Consent, preferences, pauses, changes of address, suppression, and a limit on confirmation mails.

-- IANA name of the reader's time zone; NULL for the publication's.
ALTER TABLE subscribers ADD COLUMN time_zone TEXT;
-- The first civil date on which mail comes again; NULL where it is not paused.
ALTER TABLE subscribers ADD COLUMN paused_until TEXT;
-- Links made for an earlier version are void: it rises when the address changes.
ALTER TABLE subscribers ADD COLUMN link_version INTEGER NOT NULL DEFAULT 0;
-- An address that waits for its confirmation, and since when.
ALTER TABLE subscribers ADD COLUMN new_address TEXT;
ALTER TABLE subscribers ADD COLUMN new_address_at INTEGER;
-- How they asked: form, api or import; of a form its language and revision (ru/1), of an import the
-- evidence that it gave.
ALTER TABLE subscribers ADD COLUMN consent_source TEXT;
ALTER TABLE subscribers ADD COLUMN consent_evidence TEXT;
-- When the welcome mail was taken up, once a confirmation; NULL before.
ALTER TABLE subscribers ADD COLUMN welcomed_at INTEGER;
CREATE INDEX subscribers_pending ON subscribers (signed_up_at) WHERE status = 'pending';
CREATE INDEX subscribers_ended ON subscribers (ended_at) WHERE status = 'ended';

-- Addresses that must not be mailed, as keyed hashes.
CREATE TABLE suppressions (
	-- HMAC-SHA-256 of the address without regard to case, hexadecimal.
	address_hash TEXT PRIMARY KEY,
	reason TEXT NOT NULL CHECK (reason IN ('erased', 'complaint', 'bounced', 'operator')),
	since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Confirmation mails asked for an address on a day (UTC): how many were asked for, how many allowed.
CREATE TABLE confirmation_mails (
	address_hash TEXT NOT NULL,
	day TEXT NOT NULL,
	asked INTEGER NOT NULL,
	allowed INTEGER NOT NULL,
	PRIMARY KEY (address_hash, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX confirmation_mails_by_day ON confirmation_mails (day);

-- Addresses that have waited too long are forgotten; what is held about one is read.
CREATE INDEX subscribers_moving ON subscribers (new_address_at) WHERE new_address_at IS NOT NULL;
CREATE INDEX exceptions_by_subscriber ON exceptions (subscriber);
