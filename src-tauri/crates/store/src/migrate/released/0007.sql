INSERT INTO vector (kind, row, model, text, seq, created_at, bytes)
VALUES (1, 1, 'tiny', x'00112233445566778899aabbccddeeff', 1, 1767607200000, x'0000803f7f00');
