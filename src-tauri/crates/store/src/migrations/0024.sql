-- Version 24: what explains a known error.

-- Ids of concept notes, JSON.
ALTER TABLE known_error ADD COLUMN concepts TEXT NOT NULL DEFAULT '[]';
