INSERT INTO event_log (id, at, what, about, undo, undone_at)
VALUES (1, 1767607200000, 'flag_raise', 'knowledge:KE-1', '[["flag_settle",{"id":1,"settled":true}]]', NULL);
