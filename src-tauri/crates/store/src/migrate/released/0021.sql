INSERT INTO case_file (id, ticket, kind, name, size, at, found) VALUES (1, 'files:T-1', 'log', 'app.log', 3, 5000, '{}');
INSERT INTO case_file_piece (file, nth, body) VALUES (1, 0, x'010203');
INSERT INTO chain_link (id, ticket, cause, effect, at, undone_at) VALUES (1, 'files:T-1', 'deploy:2.3.1@prod', 'file:1:77', 5000, NULL);
