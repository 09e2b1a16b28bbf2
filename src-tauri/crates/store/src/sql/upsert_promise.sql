INSERT INTO promise (ticket_id, measure, round, policy, goal, at_work, started_at, due_at, met_at, broken_at, paused, remaining)
VALUES (:ticket, :measure, :round, :policy, :goal, :at_work, :started, :due, :met, :broken, nullif(:paused, 0), :left)
ON CONFLICT (ticket_id, measure, round) DO UPDATE SET
  policy = coalesce(:policy, policy), goal = coalesce(:goal, goal), at_work = coalesce(:at_work, at_work),
  started_at = coalesce(min(:started, started_at), :started, started_at),
  due_at = coalesce(:due, due_at),
  -- Whose clock runs again has not been kept yet.
  met_at = CASE WHEN :met IS NOT NULL THEN :met WHEN :started > met_at THEN NULL ELSE met_at END,
  broken_at = CASE WHEN :broken IS NOT NULL THEN :broken WHEN :spared THEN NULL ELSE broken_at END,
  -- Nothing means that it never stood still.
  paused = CASE WHEN :paused = 0 AND paused IS NULL THEN NULL ELSE coalesce(:paused, paused) END,
  remaining = CASE WHEN :paused IS NULL THEN remaining ELSE :left END
