INSERT INTO repo (id, name, path, added_at, read_at, refs, whole, turn)
VALUES (1, 'shop', '/src/shop', 1767607200000, 1767607260000, x'010203', 1, 2);
INSERT INTO repo_piece (id, repo_id, bytes) VALUES (1, 1, x'0405');
