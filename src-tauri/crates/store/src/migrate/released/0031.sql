INSERT INTO escalation_draft (ticket, body, at) VALUES ('files:T-1', '{"package":{"ticket":"files:T-1","reason":"no_access"}}', 1700000000000);
