INSERT INTO release VALUES (1, 1, 'releases 44344', 'acme/pump', 'v5.4.1', NULL, NULL, 1767600000000, 'https://forge.example/acme/pump/releases/v5.4.1');
INSERT INTO release VALUES (2, 1, 'tags v5.4.1', 'acme/pump', 'v5.4.1', '99d03678b90d914dbb1b109132516d71a4a03ea8', NULL, NULL, NULL);
INSERT INTO release VALUES (3, 1, 'deployments 41', 'acme/pump', 'v5.4.1', NULL, 'production', 1767700000000, NULL);
UPDATE comment SET links = '[{"kind":"duplicate_of","to":"9"}]' WHERE id = (SELECT min(id) FROM comment);
