INSERT INTO always_engineering (name, at) VALUES ('known_error:files:KE-1', 1767605400000);
INSERT INTO looked_at (kind, ticket, other, fits, at) VALUES ('tie', 'files:T-1', 'files:T-2', 0, 1767605400000);
