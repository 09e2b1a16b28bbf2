-- Version 22: how tickets were served, as their source measured it, and names of what sources tell by number.

-- JSON: replies, times it was opened again, what the customer thought of it.
ALTER TABLE ticket ADD COLUMN service TEXT;
-- 1 of a customer who was satisfied, 0 of one who was not; NULL where nobody said.
ALTER TABLE ticket ADD COLUMN csat INTEGER;

-- A promise about time, and what became of it. Times are UTC milliseconds.
CREATE TABLE promise (
  ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
  measure TEXT NOT NULL,
  -- Which time round.
  round INTEGER NOT NULL,
  policy TEXT,
  goal INTEGER,
  -- The goal is in hours at work.
  at_work INTEGER,
  started_at INTEGER,
  due_at INTEGER,
  met_at INTEGER,
  broken_at INTEGER,
  -- Its clock stands still, with so much of the goal left. NULL: it never did.
  paused INTEGER,
  remaining INTEGER,
  PRIMARY KEY (ticket_id, measure, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE name (
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  number TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;

-- Figures tell what customers thought, and still read no text.
DROP INDEX ticket_history;
CREATE INDEX ticket_history ON ticket
  (created_at, id, source_id, ext_id, solved_at, status, group_name, product, requester, affected_versions, csat)
  WHERE deleted = 0 AND merged_into IS NULL;
