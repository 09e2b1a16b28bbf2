INSERT INTO article VALUES (2, 1, 'articles/360001', '360001', 'Seal a ledger', 'Seal it under Periods.', '', NULL, '[]', 'validated', 'customer',
  1767700000000, 1767700000000, x'dd112233445566778899aabbccddeeff', 'https://help.example/articles/360001');
