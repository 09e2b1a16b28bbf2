INSERT INTO step_log (id, at, ticket, entry, step, said, outcome, version, undone_at)
VALUES (1, 1767607200000, 'files:T-1', 'knowledge:KE-1', 1, 'Stop the import', 'done', NULL, NULL),
  (2, 1767607260000, 'files:T-1', 'knowledge:KE-1', 0, '', 'worked', '2.2.0', NULL);
INSERT INTO flag (id, at, entry, said, ticket, settled_at)
VALUES (1, 1767607200000, 'knowledge:KE-1', 'Step 2 is gone in 2.3', 'files:T-1', NULL);
INSERT INTO set_aside (item, why, at) VALUES ('capture:files:T-1', 'A one-off', 1767607200000);
