-- Version 7: what texts mean, as a semantic pack's model makes it.

-- One for each ticket and known error that has been read so far; any can be made again from the text.
CREATE TABLE vector (
  kind INTEGER NOT NULL,
  row INTEGER NOT NULL,
  -- Vectors of different models cannot be compared.
  model TEXT NOT NULL,
  -- Of the text that it was made from: the same text again needs no new one.
  text BLOB NOT NULL,
  -- The document's change that it is abreast of.
  seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (kind, row)
) STRICT;
