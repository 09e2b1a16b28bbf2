-- Version 9: what is to be written to other machines, and what became of it.

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  -- By which the text is found again on the other side.
  mark TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- The record that it is for, as its source names it; none for a new issue.
  ext_id TEXT,
  -- The case that it is about.
  about TEXT,
  -- Exactly what leaves: where to, and the body byte for byte.
  host TEXT NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL,
  payload TEXT NOT NULL,
  -- What a person reads of it.
  title TEXT,
  body TEXT NOT NULL,
  -- What was taken out of it, as JSON: kinds and how often.
  redacted TEXT NOT NULL,
  -- draft, pending, sending, sent, failed, unclear, dropped
  state TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  -- Who clicked, and when.
  sent_by TEXT,
  clicked_at INTEGER,
  -- Something of it may have reached the other side, which is asked before anything is sent again.
  may_be_there INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  attempt_at INTEGER,
  not_before INTEGER,
  failed_code TEXT,
  failed_words TEXT,
  done_at INTEGER,
  remote_id TEXT,
  remote_url TEXT
) STRICT;

CREATE INDEX outbox_state ON outbox (state);
