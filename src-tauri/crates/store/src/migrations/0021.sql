-- Version 21: files that tell what happened on a ticket, and what somebody says led to what. Figures read no package.

CREATE TABLE case_file (
  id INTEGER PRIMARY KEY,
  ticket TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- JSON: what was found in it.
  found TEXT NOT NULL
) STRICT;
CREATE INDEX case_file_of ON case_file (ticket, id);

CREATE TABLE case_file_piece (
  file INTEGER NOT NULL,
  nth INTEGER NOT NULL,
  -- A megabyte of it, compressed.
  body BLOB NOT NULL,
  PRIMARY KEY (file, nth)
) STRICT;

CREATE TABLE chain_link (
  id INTEGER PRIMARY KEY,
  ticket TEXT NOT NULL,
  -- As the axis of its ticket calls what happened.
  cause TEXT NOT NULL,
  effect TEXT NOT NULL,
  at INTEGER NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX chain_link_of ON chain_link (ticket, id);

CREATE INDEX escalation_why ON escalation (created_at, id, reason);
CREATE INDEX escalation_effort ON escalation (created_at, effort) WHERE effort IS NOT NULL;
