-- Version 4: what the exam on a workspace's own history measured.

-- One row for each time it was taken, the newest few. The report names tickets by id and holds no text of theirs.
CREATE TABLE replay (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
