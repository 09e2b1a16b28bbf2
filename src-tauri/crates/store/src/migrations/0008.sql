-- Version 8: what was escalated, what was answered, and who may hand cases over.

-- Precious: no resync, rebuild or purge of a source takes a row away. A purge takes the text that was the customer's.
CREATE TABLE escalation (
  id INTEGER PRIMARY KEY,
  -- `source:id`, as whoever made the package calls the ticket.
  ticket_key TEXT NOT NULL,
  -- draft, submitted, acknowledged, needs_info, in_progress, answered, fix_released, closed or withdrawn.
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  target TEXT NOT NULL,
  title TEXT NOT NULL,
  -- As they left, redacted: JSON and Markdown.
  package TEXT NOT NULL,
  markdown TEXT NOT NULL,
  filled INTEGER NOT NULL,
  needed INTEGER NOT NULL,
  -- Codes of its errors, a space before and behind each.
  signatures TEXT NOT NULL,
  -- The case that had the answer, and why it was handed over all the same.
  repeat_of TEXT,
  repeat_reason TEXT,
  -- The key of whoever sent it, in hex; NULL: it was made here.
  author TEXT,
  -- Counts the bundles of a case; of those that came in, the highest.
  epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- Minutes of engineering, as the engineer says.
  effort INTEGER,
  -- JSON: cause, fix, workaround, versions, note.
  answer TEXT,
  answered_at INTEGER,
  answered_by TEXT
) STRICT;
CREATE INDEX escalation_by_ticket ON escalation (ticket_key);

-- Whose bundles are taken: somebody compared the code of their key.
CREATE TABLE bundle_author (
  key TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  since INTEGER NOT NULL
) STRICT;

-- What was refused or let in from outside, and what left in a file.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  -- `done`, or the code of the error that refused it.
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
