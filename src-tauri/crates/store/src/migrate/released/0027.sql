INSERT INTO ticket_reason (ticket, reason, at) VALUES ('files:T-1', 'no_access', 1767605400000);
