-- Version 10: what people did with what is written: steps that were tried, flags that were raised, and what they set aside.

CREATE TABLE step_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  -- `source:id` of the ticket it was tried on, and of what was tried.
  ticket TEXT NOT NULL,
  entry TEXT NOT NULL,
  -- Which step, from 1; 0 is the whole of it.
  step INTEGER NOT NULL,
  -- The step's words as they stood there.
  said TEXT NOT NULL,
  -- done, worked, did_not_work
  outcome TEXT NOT NULL,
  -- What the customer ran.
  version TEXT,
  undone_at INTEGER
) STRICT;

CREATE INDEX step_log_entry ON step_log (entry);
CREATE INDEX step_log_ticket ON step_log (ticket);

CREATE TABLE flag (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  entry TEXT NOT NULL,
  said TEXT NOT NULL,
  -- Where it was noticed.
  ticket TEXT,
  settled_at INTEGER
) STRICT;

CREATE INDEX flag_entry ON flag (entry);

-- What somebody need not be shown again, and why.
CREATE TABLE set_aside (
  item TEXT PRIMARY KEY,
  why TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
