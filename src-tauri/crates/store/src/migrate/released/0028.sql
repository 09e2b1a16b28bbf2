INSERT INTO name (source_id, number, name) VALUES (1, 'user 7', 'user 7');
INSERT INTO attachment (ticket_id, comment, place, name, size) VALUES (1, 'c1', 0, 'trace.log', 12034);
