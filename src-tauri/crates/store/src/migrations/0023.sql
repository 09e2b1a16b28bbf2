-- Version 23: the programme by which a team changes how it works, and files that are taken away and may come back.

-- A step that somebody ticked, where no knowledge folder keeps it.
CREATE TABLE programme_tick (
  step TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody told of their work. No name: it is about the work.
CREATE TABLE interview_note (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  role TEXT NOT NULL,
  pain TEXT NOT NULL,
  often TEXT NOT NULL,
  -- Names, with a comma between two.
  tools TEXT NOT NULL,
  quote TEXT NOT NULL
) STRICT;

-- Taken away, and not gone yet.
ALTER TABLE case_file ADD COLUMN removed_at INTEGER;
