-- Version 18: what was found out about an escalation: runs of its test, and the search for the commit that brought it.

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  escalation INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- JSON.
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_of ON evidence (escalation, id);
