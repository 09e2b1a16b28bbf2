-- Rows as version 0.1.0 leaves them.
INSERT INTO source VALUES (1, 'helpdesk', 'files', 1767607200000, 1767607200001);
INSERT INTO sync_cursor VALUES (1, 'helpdesk.jsonl:812:0011223344556677', 'helpdesk.jsonl:812:0011223344556677:2', 0, 1767607200001);
INSERT INTO ticket VALUES (1, 1, 'T-1', 'Gauge shows zero', 'Since Monday. ünïcödé 漢字', 'text', 'solved', 'high', 'Pump', '["Gauge"]', '["2.1"]', '["2.2"]', 'Linux', 'Ines', 'Acme', 'L2', 'Omar', '["gauge"]', 1767600000000, 1767603600000, 1767603600000, 'Restarted', 'workaround', NULL, 'https://example.com/T-1', '{"mood":"calm"}', x'00112233445566778899aabbccddeeff', 0);
INSERT INTO ticket VALUES (2, 1, 'T-2', '', '', 'text', 'open', NULL, NULL, '[]', '[]', '[]', NULL, NULL, NULL, NULL, NULL, '[]', 1767600000000, 1767600000000, NULL, NULL, NULL, NULL, NULL, NULL, x'ff112233445566778899aabbccddeeff', 1);
INSERT INTO comment VALUES (1, 1, 'c1', 'Omar', 'agent', 0, 'Looks like the bus.', 'markdown', 1767601000000, x'aa112233445566778899aabbccddeeff');
INSERT INTO hop VALUES (1, 1, 1767602000000, NULL, 'L2', 'Omar');
INSERT INTO pending VALUES (1, 1, 'T-9', 'comment', 'c9', '{"ticket":"T-9"}');
INSERT INTO link VALUES (1, 'helpdesk:T-1', 'same_as', 'helpdesk:T-2', 'human', 1, 1767603000000);
INSERT INTO link VALUES (2, 'helpdesk:T-1', 'caused_by', 'helpdesk:T-8', 'import', 1, 1767603000000);
INSERT INTO known_error VALUES (1, 1, 'KE-1', 'Bus drops frames', 'workaround_available', 'A race', 'Pump', '["Bus"]', '[">=2.0"]', '["2.2"]', '["Turn it off.","Turn it on."]', 9, 11, NULL, NULL, 'Core', 'E_BUS', NULL, 1767600000000, 1767600000000, x'bb112233445566778899aabbccddeeff');
INSERT INTO known_error_ticket VALUES (1, 'helpdesk:T-1');
INSERT INTO issue_signature VALUES (1, '7F3K-9Q2M', 'java', 'IllegalStateException', 'com.a.B.c');
INSERT INTO doc_signature VALUES (1, 1, 1);
INSERT INTO suggestion_event VALUES (1, 1767603100000, 'helpdesk:T-1', 'helpdesk:T-2', 'used', NULL);
INSERT INTO suggestion_event VALUES (2, 1767603200000, 'text:abc', 'helpdesk:T-2', 'not_same', 1767603300000);
INSERT INTO preference VALUES ('theme', 'dark');
INSERT INTO change VALUES (1, 1, 3), (1, 2, 2), (2, 1, 1);
UPDATE sequence SET value = 3;
