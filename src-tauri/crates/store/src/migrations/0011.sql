-- Version 11: articles and concepts of the team's folder, as they were when it was last read.

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  -- Of its file, below the folder.
  ext_id TEXT NOT NULL,
  display_id TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  resolution TEXT NOT NULL,
  product TEXT,
  components TEXT NOT NULL,
  confidence TEXT NOT NULL,
  -- internal, partner, customer or public
  audience TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (ext_id, source_id)
) STRICT;
