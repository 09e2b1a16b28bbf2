INSERT INTO article VALUES (1, 1, 'articles/log-in.md', 'log-in', 'Log in', 'Press the button.', 'Press it twice.', 'Pump', '["Bus"]', 'validated', 'public',
  1767600000000, 1767600000000, x'cc112233445566778899aabbccddeeff');
