-- Version 19: how far each escalation came, and when. Rows are added, never changed.

CREATE TABLE escalation_state (
  id INTEGER PRIMARY KEY,
  escalation INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  -- How complete its package was then.
  filled INTEGER NOT NULL,
  needed INTEGER NOT NULL
) STRICT;
CREATE INDEX escalation_state_of ON escalation_state (escalation, id);
CREATE TRIGGER escalation_state_stays BEFORE UPDATE ON escalation_state
BEGIN
  SELECT RAISE(ABORT, 'what an escalation went through is only added to');
END;

-- Of those that were handed over before, what is known for sure.
INSERT INTO escalation_state (escalation, at, state, filled, needed)
SELECT id, created_at, 'submitted', filled, needed FROM escalation WHERE state <> 'draft';
INSERT INTO escalation_state (escalation, at, state, filled, needed)
SELECT id, answered_at, 'answered', filled, needed FROM escalation WHERE answered_at IS NOT NULL;
INSERT INTO escalation_state (escalation, at, state, filled, needed)
SELECT id, max(updated_at, coalesce(answered_at, created_at)), state, filled, needed FROM escalation
WHERE state NOT IN ('draft', 'submitted', 'answered');

-- Figures tell versions apart, too, and still read no text.
DROP INDEX ticket_history;
CREATE INDEX ticket_history ON ticket
  (created_at, id, source_id, ext_id, solved_at, status, group_name, product, requester, affected_versions)
  WHERE deleted = 0 AND merged_into IS NULL;
