-- Version 25: what each ticket tells figures by itself, kept as it was read, 64 tickets to a piece. Whoever changes one of
-- them takes its piece away in the same transaction, whichever way; it is read anew when nothing else goes on.

CREATE TABLE fact_piece (
  piece INTEGER PRIMARY KEY,
  -- How the body is written; one of another form is read anew.
  form INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE TRIGGER fact_piece_ticket_new AFTER INSERT ON ticket
BEGIN DELETE FROM fact_piece WHERE piece = NEW.id / 64; END;
CREATE TRIGGER fact_piece_ticket_changed AFTER UPDATE ON ticket
BEGIN DELETE FROM fact_piece WHERE piece = NEW.id / 64 OR piece = OLD.id / 64; END;
CREATE TRIGGER fact_piece_ticket_gone AFTER DELETE ON ticket
BEGIN DELETE FROM fact_piece WHERE piece = OLD.id / 64; END;

CREATE TRIGGER fact_piece_hop_new AFTER INSERT ON hop
BEGIN DELETE FROM fact_piece WHERE piece = NEW.ticket_id / 64; END;
CREATE TRIGGER fact_piece_hop_changed AFTER UPDATE ON hop
BEGIN DELETE FROM fact_piece WHERE piece = NEW.ticket_id / 64 OR piece = OLD.ticket_id / 64; END;
CREATE TRIGGER fact_piece_hop_gone AFTER DELETE ON hop
BEGIN DELETE FROM fact_piece WHERE piece = OLD.ticket_id / 64; END;

-- Of replies only an engineer's count.
CREATE TRIGGER fact_piece_comment_new AFTER INSERT ON comment WHEN NEW.author_role = 'engineer'
BEGIN DELETE FROM fact_piece WHERE piece = NEW.ticket_id / 64; END;
CREATE TRIGGER fact_piece_comment_changed AFTER UPDATE ON comment WHEN 'engineer' IN (NEW.author_role, OLD.author_role)
BEGIN DELETE FROM fact_piece WHERE piece = NEW.ticket_id / 64 OR piece = OLD.ticket_id / 64; END;
CREATE TRIGGER fact_piece_comment_gone AFTER DELETE ON comment WHEN OLD.author_role = 'engineer'
BEGIN DELETE FROM fact_piece WHERE piece = OLD.ticket_id / 64; END;

CREATE TRIGGER fact_piece_signature_new AFTER INSERT ON doc_signature WHEN NEW.kind = 1
BEGIN DELETE FROM fact_piece WHERE piece = NEW.row / 64; END;
CREATE TRIGGER fact_piece_signature_changed AFTER UPDATE ON doc_signature WHEN 1 IN (NEW.kind, OLD.kind)
BEGIN DELETE FROM fact_piece WHERE piece = NEW.row / 64 OR piece = OLD.row / 64; END;
CREATE TRIGGER fact_piece_signature_gone AFTER DELETE ON doc_signature WHEN OLD.kind = 1
BEGIN DELETE FROM fact_piece WHERE piece = OLD.row / 64; END;

-- A piece is read by the ids of its tickets; of some it is asked who has them and what their tags are.
DROP INDEX ticket_history;
CREATE INDEX ticket_history ON ticket
  (id, created_at, source_id, ext_id, solved_at, status, group_name, product, requester, affected_versions, csat, assignee, tags)
  WHERE deleted = 0 AND merged_into IS NULL;
