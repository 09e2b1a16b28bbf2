-- Version 26: what people say of figures. Precious: written by people.

-- Kinds of issues that always need engineering: `signature:` with its code, or `known_error:` with its key. They outlive the
-- rows that they name.
CREATE TABLE always_engineering (
  name TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of a sample: whether what a ticket is tied to fits it (`tie`), or whether what the exam found for an escalation was its
-- answer (`answer`).
CREATE TABLE looked_at (
  kind TEXT NOT NULL,
  ticket TEXT NOT NULL,
  other TEXT NOT NULL,
  fits INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, ticket, other)
) STRICT, WITHOUT ROWID;
