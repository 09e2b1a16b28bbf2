INSERT INTO training_attempt (id, at, ticket, choice, correct, said)
VALUES (1, 1767607200000, 'files:T-1', NULL, 0, 'I would ask for the log');
