-- Version 14: what people did, in order, with the way back where there is one. Rows are added and marked, never taken out.

CREATE TABLE event_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  -- The command by which it was done.
  what TEXT NOT NULL,
  -- Ids of what it was done to, no words of theirs.
  about TEXT NOT NULL,
  -- Commands that take it back, as JSON, in their order.
  undo TEXT,
  undone_at INTEGER
) STRICT;
