INSERT INTO escalation (id, ticket_key, state, reason, target, title, package, markdown, filled, needed, signatures, repeat_of,
  repeat_reason, author, epoch, created_at, updated_at, effort, answer, answered_at, answered_by)
VALUES (1, 'files:T-1', 'answered', 'needs_code_fix', 'Commerce', 'Total is wrong', '{"format":1}', '# Total is wrong', 14, 15,
  ' 6RYK-VSSS ', NULL, NULL, NULL, 1, 1767607200000, 1767607260000, 90, '{"cause":"rounding"}', 1767607260000, 'Ines Albrecht'),
  (2, 'other:T-1', 'submitted', 'no_access', '', 'Nobody gets in', '{"format":1}', '# Nobody gets in', 9, 15, '', 'files:T-1',
  'another customer', '00ff', 4, 1767607200000, 1767607200000, NULL, NULL, NULL, NULL);
INSERT INTO bundle_author (key, name, since) VALUES ('00ff', 'Mia Castellani', 1767607200000);
INSERT INTO audit (id, at, what, outcome, detail) VALUES (1, 1767607200000, 'bundle_open', 'bundle_tampered', 'case.bundle');
