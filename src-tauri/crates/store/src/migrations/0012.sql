-- Version 12: figures over the whole history read times, groups and ids, and no text.

CREATE INDEX ticket_history ON ticket (created_at, id, source_id, ext_id, solved_at, status, group_name, product, requester)
  WHERE deleted = 0 AND merged_into IS NULL;
CREATE INDEX comment_of_engineer ON comment (ticket_id, created_at) WHERE author_role = 'engineer';
