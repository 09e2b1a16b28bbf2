-- A number that nobody named yet has a row under its own name, so that a name that comes first costs no search through
-- everything. What was stored before gets its row here. A word and digits, as name.rs tells them.
INSERT OR IGNORE INTO name (source_id, number, name)
SELECT source_id, told, told FROM (
  SELECT source_id, group_name AS told FROM ticket UNION SELECT source_id, assignee FROM ticket
  UNION SELECT source_id, account FROM ticket UNION SELECT source_id, requester FROM ticket
  UNION SELECT source_id, from_group FROM hop JOIN ticket ON ticket.id = ticket_id
  UNION SELECT source_id, to_group FROM hop JOIN ticket ON ticket.id = ticket_id
  UNION SELECT source_id, by_whom FROM hop JOIN ticket ON ticket.id = ticket_id
  UNION SELECT source_id, author FROM comment JOIN ticket ON ticket.id = ticket_id)
WHERE instr(told, ' ') > 0 AND substr(told, instr(told, ' ') + 1) NOT GLOB '*[^0-9a-fA-F]*'
  AND substr(told, instr(told, ' ') + 1) GLOB '*[0-9]*';

-- Names and sizes of files, never the files. `comment` is the id of the one that brought it; empty: it came with the ticket.
CREATE TABLE attachment (
  ticket_id INTEGER NOT NULL REFERENCES ticket(id) ON DELETE CASCADE,
  comment TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  size INTEGER,
  PRIMARY KEY (ticket_id, comment, place)
) STRICT, WITHOUT ROWID;
