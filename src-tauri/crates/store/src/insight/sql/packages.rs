//! Statements of figures that are about more than tickets one by one: what packages went through, what suggestions saved, and
//! which errors were found before a customer met them.

const TOOK_IT: &str = "('acknowledged', 'needs_info', 'in_progress', 'answered')";

/// Packages by when they were first handed over, with what they held then; of a part, those whose ticket is in it.
fn sent(of_all: bool) -> String {
    format!(
        "(SELECT escalation AS id, min(at) AS at, s.filled AS had, s.needed AS wanted FROM escalation_state s
    JOIN escalation e ON e.id = escalation WHERE s.state = 'submitted' AND ({of_all} OR ticket_key IN (SELECT key FROM part))
    GROUP BY escalation HAVING min(at) >= :from AND min(at) < :until) AS sent"
    )
}

/// From when until when each of them waited for engineering.
pub(super) fn taken(of_all: bool) -> String {
    let moves = format!("escalation_state t WHERE t.escalation = sent.id AND t.state IN {TOOK_IT}");
    format!(
        "SELECT sent.at AS begun, (SELECT min(t.at) FROM {moves}) AS ended
  FROM {} WHERE EXISTS (SELECT 1 FROM {moves})",
        sent(of_all)
    )
}

pub(super) fn asked(of_all: bool) -> String {
    format!(
        "SELECT count(*) FILTER (WHERE id IN (SELECT escalation FROM escalation_state WHERE state = 'needs_info')), count(*),
  NULL, NULL, NULL, NULL, NULL, NULL FROM {}",
        sent(of_all)
    )
}

pub(super) fn complete(of_all: bool) -> String {
    format!(
        "SELECT coalesce(sum(had), 0), coalesce(sum(wanted), 0), NULL, NULL, NULL, NULL, NULL, NULL FROM {}",
        sent(of_all)
    )
}

/// The first value is the least that was saved, and the sixth the most.
pub(super) const SAVED: &str = ", used AS (
  SELECT id, done, solved_at, max(solved_at - created_at, 0) / 3600000.0 AS own FROM cohort
  WHERE key IN (SELECT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL)),
kept AS (SELECT * FROM used WHERE done AND solved_at IS NOT NULL AND id NOT IN (SELECT id FROM raised)),
slow AS (
  SELECT one.id, max(solved_at - created_at, 0) / 3600000.0 AS took FROM one JOIN raised ON raised.id = one.id
  WHERE done AND solved_at IS NOT NULL),
peer AS (
  SELECT DISTINCT kept.id, slow.id AS other, took FROM kept JOIN problem p ON p.id = kept.id
  JOIN problem q ON q.problem = p.problem JOIN slow ON slow.id = q.id),
ranked AS (
  SELECT id, took, row_number() OVER (PARTITION BY id ORDER BY took) AS nth, count(*) OVER (PARTITION BY id) AS n FROM peer),
typical AS (SELECT id, took FROM ranked WHERE nth = max((n * 5 + 9) / 10, 1)),
overall AS (SELECT coalesce((SELECT took FROM slow ORDER BY took LIMIT 1
  OFFSET max(((SELECT count(*) FROM slow) * 5 + 9) / 10 - 1, 0)), 0) AS took)
SELECT count(kept.id), (SELECT count(*) FROM used),
  CASE WHEN (SELECT count(*) FROM used) > 0 THEN coalesce(sum(max(coalesce(typical.took, 0) - own, 0)), 0) END, NULL, NULL,
  CASE WHEN (SELECT count(*) FROM used) > 0 THEN coalesce(sum(max(coalesce(typical.took, (SELECT took FROM overall)) - own, 0)), 0) END,
  NULL, NULL
FROM kept LEFT JOIN typical ON typical.id = kept.id";

/// What somebody wrote down belongs to no part of the tickets.
pub(super) fn found_before(of_all: bool) -> String {
    format!(
        ", seen AS (
  SELECT problem, created_at AS at, inside FROM problem JOIN part ON part.id = problem.id
  UNION ALL SELECT id * 2 + 1, created_at, 1 FROM known_error WHERE {of_all}),
first AS (
  SELECT min(at) AS at, min(at) FILTER (WHERE inside) AS within, min(at) FILTER (WHERE NOT inside) AS without
  FROM seen GROUP BY problem)
SELECT count(*) FILTER (WHERE within IS NOT NULL AND (without IS NULL OR within < without)), count(*),
  NULL, NULL, NULL, NULL, NULL, NULL
FROM first WHERE at >= :from AND at < :until"
    )
}
