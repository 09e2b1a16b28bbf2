INSERT INTO replay (id, at, report) VALUES (1, 1767607200000, '{"cases":[]}');
