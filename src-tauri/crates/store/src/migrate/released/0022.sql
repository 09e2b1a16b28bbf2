UPDATE ticket SET service = '{"first_reply":5400000,"rating":{"score":"good","satisfied":true}}', csat = 1 WHERE id = 1;
INSERT INTO promise (ticket_id, measure, round, policy, goal, at_work, started_at, due_at, met_at, broken_at, paused, remaining)
VALUES (1, 'first reply', 1, 'Gold', 3600000, 0, 1767600000000, 1767603600000, 1767605400000, 1767603600000, NULL, NULL);
INSERT INTO name (source_id, number, name) VALUES (1, 'group 42', 'Second line');
