INSERT INTO escalation_state (escalation, at, state, filled, needed) VALUES (1, 1767607300000, 'closed', 14, 15);
