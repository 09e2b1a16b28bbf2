-- Version 16: the record that something is written on, as it was when that was shown and as it turned out to be since.

-- JSON; none of what is on no record, and of what was written down before this version.
ALTER TABLE outbox ADD COLUMN base TEXT;
-- JSON; only while somebody has to look at it (the state conflict).
ALTER TABLE outbox ADD COLUMN conflict TEXT;
