INSERT INTO evidence VALUES (1, 1, 'bisect', '{"repo":"shop","good":"v1.0.0","bad":"v1.1.0","said":[]}', 1767700000000);
