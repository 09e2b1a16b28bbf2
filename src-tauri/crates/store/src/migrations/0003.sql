-- Version 3: sources that are asked over the network, and every request that was ever made for them.

-- Where a source is asked; NULL for one that was only ever imported into. No secret is ever stored here.
ALTER TABLE source ADD COLUMN url TEXT;
-- A JSON object of what the person chose when adding it.
ALTER TABLE source ADD COLUMN options TEXT;
-- Whether a token was given, which lies where the workspace's key lies.
ALTER TABLE source ADD COLUMN has_token INTEGER NOT NULL DEFAULT 0;
-- Why the last run ended early: an error's code and its words. NULL after a good run.
ALTER TABLE source ADD COLUMN failed_code TEXT;
ALTER TABLE source ADD COLUMN failed_words TEXT;
ALTER TABLE source ADD COLUMN failed_at INTEGER;
-- It is left alone until somebody looks: nothing else would help.
ALTER TABLE source ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
-- The server asked to be left alone until then.
ALTER TABLE source ADD COLUMN not_before INTEGER;

-- One line for each request. The source is a name and no reference: the line outlives it.
CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  host TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- NULL until there is an answer, and for ever where there was none.
  status INTEGER,
  failed TEXT,
  bytes_out INTEGER NOT NULL DEFAULT 0,
  bytes_in INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX request_at ON request (at);
CREATE INDEX request_source ON request (source, at);
