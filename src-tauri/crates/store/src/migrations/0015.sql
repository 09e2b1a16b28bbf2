-- Version 15: versions that were published or brought somewhere, as sources tell of them.

CREATE TABLE release (
  -- Never given twice: the highest one and the number of rows say together whether anything is another.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  ext_id TEXT NOT NULL,
  product TEXT NOT NULL,
  version TEXT NOT NULL,
  commit_id TEXT,
  -- Where it was brought to; without one it was published.
  environment TEXT,
  at INTEGER,
  url TEXT,
  UNIQUE (source_id, ext_id)
) STRICT;

-- What a comment says of other tickets: `Duplicate of #12`.
ALTER TABLE comment ADD COLUMN links TEXT;
