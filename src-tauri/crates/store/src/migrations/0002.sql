-- Version 2: how long tickets stay. A ticket goes when any rule covers it.

CREATE TABLE retention (
  id INTEGER PRIMARY KEY,
  -- Since the ticket's last change.
  days INTEGER NOT NULL CHECK (days > 0),
  -- Any group or product where it is NULL.
  group_name TEXT,
  product TEXT
) STRICT;
