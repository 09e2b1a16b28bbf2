-- Version 20: for whom a known error is meant, where its source says so.

ALTER TABLE known_error ADD COLUMN audience TEXT;
