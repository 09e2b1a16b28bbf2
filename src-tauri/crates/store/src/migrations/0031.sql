-- What somebody began to hand over, before it is: one of each ticket. `body` is JSON. Precious: it was typed.
CREATE TABLE escalation_draft (
  ticket TEXT NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
