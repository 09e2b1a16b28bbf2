INSERT INTO programme_tick (step, at) VALUES ('Document known issues and workarounds', 1767605400000);
INSERT INTO interview_note (id, at, role, pain, often, tools, quote)
VALUES (1, 1767605400000, 'l2', 'No logs', 'weekly', 'Zendesk, Kibana', 'I ask engineering for every log.');
UPDATE case_file SET removed_at = 1767605400000 WHERE id = 1;
