-- Version 27: why tickets were escalated of which there is no package, as somebody said. Precious: written by people.

CREATE TABLE ticket_reason (
  ticket TEXT PRIMARY KEY,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
