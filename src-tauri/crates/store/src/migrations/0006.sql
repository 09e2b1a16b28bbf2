-- Version 6: product repositories, read where they lie.

CREATE TABLE repo (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- On this machine.
  path TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  read_at INTEGER,
  -- Branches and tags as they were then, packed.
  refs BLOB,
  -- Whether everything could be read.
  whole INTEGER NOT NULL DEFAULT 1,
  turn INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What happened in a repository, in the order in which it was read, packed. It can be read again at any time.
CREATE TABLE repo_piece (
  id INTEGER PRIMARY KEY,
  repo_id INTEGER NOT NULL REFERENCES repo (id) ON DELETE CASCADE,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX repo_piece_repo ON repo_piece (repo_id);
