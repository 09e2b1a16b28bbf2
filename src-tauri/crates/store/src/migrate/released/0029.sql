-- An index only: it is filled from what is there.
UPDATE ticket SET resolution_class = 'workaround' WHERE id = 1;
