-- Version 1. Immutable once released: later versions add files, they never edit this one.

CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  last_ok_at INTEGER
) STRICT;

-- How far each stream of a source is taken in. Moves in the transaction that stores the rows it covers.
CREATE TABLE sync_cursor (
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  stream TEXT NOT NULL,
  cursor TEXT NOT NULL,
  done INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (source_id, stream)
) STRICT, WITHOUT ROWID;

-- The change sequence: each document's newest change. The index follows it.
CREATE TABLE sequence (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (id, value) VALUES (1, 0);

CREATE TABLE change (
  kind INTEGER NOT NULL,
  row INTEGER NOT NULL,
  seq INTEGER NOT NULL UNIQUE,
  PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  ext_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  body_format TEXT NOT NULL,
  status TEXT NOT NULL,
  priority TEXT,
  product TEXT,
  components TEXT NOT NULL,
  affected_versions TEXT NOT NULL,
  fix_versions TEXT NOT NULL,
  environment TEXT,
  requester TEXT,
  account TEXT,
  group_name TEXT,
  assignee TEXT,
  tags TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  solved_at INTEGER,
  resolution TEXT,
  resolution_class TEXT,
  merged_into TEXT,
  url TEXT,
  extra TEXT,
  -- Of the content as the source sent it: the same content again is no change.
  hash BLOB NOT NULL,
  -- A tombstone keeps its ids and its hash, and no text.
  deleted INTEGER NOT NULL DEFAULT 0,
  UNIQUE (ext_id, source_id)
) STRICT;
CREATE INDEX ticket_all ON ticket (updated_at DESC, id DESC) WHERE deleted = 0;
CREATE INDEX ticket_open ON ticket (updated_at DESC, id DESC) WHERE deleted = 0 AND status NOT IN ('solved', 'closed');
CREATE INDEX ticket_source ON ticket (source_id);

CREATE TABLE comment (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
  ext_id TEXT NOT NULL,
  author TEXT,
  author_role TEXT NOT NULL,
  public INTEGER NOT NULL,
  body TEXT NOT NULL,
  body_format TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (ticket_id, ext_id)
) STRICT;

CREATE TABLE hop (
  id INTEGER PRIMARY KEY,
  ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  from_group TEXT,
  to_group TEXT,
  by_whom TEXT
) STRICT;
CREATE UNIQUE INDEX hop_once ON hop (ticket_id, at, ifnull(from_group, ''), ifnull(to_group, ''), ifnull(by_whom, ''));

-- Comments and handoffs that came before their ticket: adopted when it arrives.
CREATE TABLE pending (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
  ticket_ext TEXT NOT NULL,
  kind TEXT NOT NULL,
  ext_id TEXT NOT NULL,
  payload TEXT NOT NULL,
  UNIQUE (source_id, ticket_ext, kind, ext_id)
) STRICT;

-- Both ends are keys (source:id), not rows: a target may not have arrived yet, and what a person linked outlives a
-- resync. Polarity -1 is "not the same".
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  from_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  to_key TEXT NOT NULL,
  origin TEXT NOT NULL,
  polarity INTEGER NOT NULL DEFAULT 1,
  at INTEGER NOT NULL,
  UNIQUE (from_key, kind, to_key, origin)
) STRICT;
CREATE INDEX link_to ON link (to_key);

CREATE TABLE known_error (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source(id),
  ext_id TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  cause TEXT,
  product TEXT,
  components TEXT NOT NULL,
  affected_versions TEXT NOT NULL,
  fix_versions TEXT NOT NULL,
  workaround TEXT NOT NULL,
  workaround_worked INTEGER NOT NULL,
  workaround_tried INTEGER NOT NULL,
  eta_at INTEGER,
  eta_by TEXT,
  owner TEXT,
  error_text TEXT,
  url TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (ext_id, source_id)
) STRICT;

CREATE TABLE known_error_ticket (
  known_error_id INTEGER NOT NULL REFERENCES known_error(id) ON DELETE CASCADE,
  ticket_key TEXT NOT NULL,
  PRIMARY KEY (known_error_id, ticket_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_error_of ON known_error_ticket (ticket_key);

-- Derived by reading the text: recomputed whenever the reader changes.
CREATE TABLE issue_signature (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  exception TEXT NOT NULL,
  canonical TEXT NOT NULL
) STRICT;
CREATE TABLE doc_signature (
  signature_id INTEGER NOT NULL REFERENCES issue_signature(id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (signature_id, kind, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX signature_of ON doc_signature (kind, row);

-- What people said about suggestions. Append-only; undoing stamps the row.
CREATE TABLE suggestion_event (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  question TEXT NOT NULL,
  hit TEXT NOT NULL,
  verdict TEXT NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX said_of_question ON suggestion_event (question);
CREATE INDEX said_of_hit ON suggestion_event (hit);

CREATE TABLE preference (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
