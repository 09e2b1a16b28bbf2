//! Each figure as one statement, to read, to run elsewhere, and for the tests to hold the program's own count against.

use super::ISSUES;
use crate::{Result, Store, error::Doing};

/// Which group is which tier, and what makes a ticket one of engineering's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SqlTiers {
    /// Of every group: `l1`, `l2` or `l3`. Groups that are not named are at the first tier.
    pub of: Vec<(String, &'static str)>,
    pub issue: bool,
    pub group: bool,
    pub engineer: bool,
}

/// What a figure counts, as `SELECT counted, base, mean, median, p90`; `None` of a name that is no figure. The period is
/// `:from` and `:until`, in milliseconds.
pub fn figure_sql(name: &str, tiers: &SqlTiers) -> Option<String> {
    let part = |base: &str, counts: &str| {
        format!("SELECT count(*) FILTER (WHERE {counts}), count(*), NULL, NULL, NULL\nFROM cohort WHERE {base}")
    };
    let spread = |base: &str, value: &str| {
        let at = |tenths: u8| {
            format!(
                "(SELECT value FROM measured ORDER BY value LIMIT 1 OFFSET max(((SELECT count(*) FROM measured) * {tenths} + 9) / 10 - 1, 0))"
            )
        };
        format!(
            ", measured AS (SELECT {value} AS value FROM cohort WHERE {base})\nSELECT count(*), count(*), avg(value),\n  {},\n  {}\nFROM measured",
            at(5),
            at(9)
        )
    };
    let hours = "(solved_at - created_at) / 3600000.0";
    let escalated = "id IN (SELECT id FROM raised)";
    let solved = "done AND solved_at IS NOT NULL";
    let entered = |tier: &str| format!("id IN (SELECT id FROM visit WHERE tier = '{tier}')");
    let handed =
        |from: &str, to: &str| format!("id IN (SELECT id FROM step WHERE was = '{from}' AND became IN ({to}))");
    let select = match name {
        "l1_l2" => part(&entered("l1"), &handed("l1", "'l2', 'l3'")),
        "l2_l3" => part(&entered("l2"), &handed("l2", "'l3'")),
        "engineering" => part("1", escalated),
        "repeat_l3" => part(
            escalated,
            "id IN (SELECT r.id FROM raised r JOIN problem p ON p.id = r.id JOIN problem q ON q.problem = p.problem AND q.id <> p.id
     JOIN raised e ON e.id = q.id JOIN one o ON o.id = q.id WHERE o.done AND o.solved_at < r.at)",
        ),
        "independent" => part(solved, &format!("NOT {escalated}")),
        "reopened" => part("solved_at IS NOT NULL", "NOT done"),
        "recontact" => part(
            solved,
            "id IN (SELECT a.id FROM one a JOIN problem p ON p.id = a.id JOIN problem q ON q.problem = p.problem AND q.id <> p.id
     JOIN one b ON b.id = q.id WHERE b.requester = a.requester AND b.created_at BETWEEN a.solved_at AND a.solved_at + 7 * 86400000)",
        ),
        "linked" => part(
            solved,
            "key IN (SELECT from_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
     SELECT to_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION SELECT ticket_key FROM known_error_ticket UNION
     SELECT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL)",
        ),
        "hours_all" => spread(solved, &format!("max({hours}, 0)")),
        "hours_escalated" => spread(&format!("{solved} AND {escalated}"), &format!("max({hours}, 0)")),
        "hours_alone" => spread(&format!("{solved} AND NOT {escalated}"), &format!("max({hours}, 0)")),
        "bounces" => spread(
            escalated,
            "(SELECT count(*) FROM step WHERE step.id = cohort.id AND was = 'l3' AND became = 'l3') * 1.0",
        ),
        "types_handled" => format!(
            "SELECT count(*) FILTER (WHERE alone >= 3 AND open = 0), count(*), NULL, NULL, NULL FROM (
  SELECT problem, count(*) FILTER (WHERE done AND NOT one.{escalated}) AS alone, count(*) FILTER (WHERE NOT done) AS open
  FROM problem JOIN one ON one.id = problem.id
  WHERE solved_at >= :until - 90 * 86400000 AND solved_at < :until AND :from IS NOT NULL GROUP BY problem)"
        ),
        _ => return None,
    };
    let glue = if select.starts_with(',') { "" } else { "\n" };
    Some(format!("{}{glue}{select}", with(tiers)))
}

fn with(tiers: &SqlTiers) -> String {
    let quoted = |name: &str| format!("'{}'", name.replace('\'', "''"));
    let values: Vec<String> = tiers.of.iter().map(|(name, tier)| format!("({}, '{tier}')", quoted(name))).collect();
    let map = if values.is_empty() { "SELECT '', 'l1'".to_owned() } else { format!("VALUES {}", values.join(", ")) };
    let (group, engineer, issue) = (tiers.group, tiers.engineer, tiers.issue);
    format!(
        "WITH tier(name, tier) AS ({map}),
one AS (
  SELECT ticket.id, source.name || ':' || ext_id AS key, ticket.created_at, solved_at, status IN ('solved', 'closed') AS done,
    coalesce(group_name, '') AS held_by, requester
  FROM ticket JOIN source ON source.id = source_id WHERE deleted = 0 AND merged_into IS NULL),
step AS (
  SELECT hop.ticket_id AS id, hop.at, hop.id AS nth, coalesce(a.tier, 'l1') AS was, coalesce(b.tier, 'l1') AS became
  FROM hop LEFT JOIN tier a ON a.name = coalesce(from_group, '') LEFT JOIN tier b ON b.name = coalesce(to_group, '')),
visit AS (
  SELECT id, was AS tier FROM step UNION SELECT id, became FROM step UNION
  SELECT one.id, coalesce(tier.tier, 'l1') FROM one LEFT JOIN tier ON tier.name = held_by
  WHERE one.id NOT IN (SELECT ticket_id FROM hop)),
spoke AS (SELECT ticket_id AS id, min(created_at) AS at FROM comment WHERE author_role = 'engineer' GROUP BY ticket_id),
led AS (SELECT DISTINCT from_key AS key FROM link WHERE polarity > 0 AND kind IN {ISSUES}),
raised AS (
  SELECT one.id, CASE
    WHEN {group} AND one.id IN (SELECT id FROM visit WHERE tier = 'l3') THEN CASE
      WHEN (SELECT was FROM step WHERE step.id = one.id ORDER BY at, nth LIMIT 1) = 'l3' THEN one.created_at
      ELSE coalesce((SELECT min(at) FROM step WHERE step.id = one.id AND was <> 'l3' AND became = 'l3'), one.created_at) END
    WHEN {engineer} AND spoke.at IS NOT NULL THEN spoke.at
    ELSE one.created_at END AS at
  FROM one LEFT JOIN spoke ON spoke.id = one.id
  WHERE ({group} AND one.id IN (SELECT id FROM visit WHERE tier = 'l3')) OR ({engineer} AND spoke.at IS NOT NULL)
    OR ({issue} AND one.key IN (SELECT key FROM led))),
problem AS (
  SELECT doc_signature.row AS id, signature_id * 2 AS problem FROM doc_signature JOIN issue_signature ON issue_signature.id = signature_id
  WHERE doc_signature.kind = 1 AND issue_signature.kind <> 'error_code' UNION
  SELECT one.id, known_error_id * 2 + 1 FROM known_error_ticket JOIN one ON one.key = ticket_key),
cohort AS (SELECT * FROM one WHERE created_at >= :from AND created_at < :until)"
    )
}

/// Counted, base, mean, median, p90.
pub type Counted = (u64, u64, Option<f64>, Option<f64>, Option<f64>);

impl Store {
    /// What a figure's statement says; `None` of a name that is no figure.
    pub fn figure_by_sql(&self, name: &str, tiers: &SqlTiers, from: i64, until: i64) -> Result<Option<Counted>> {
        let Some(sql) = figure_sql(name, tiers) else { return Ok(None) };
        self.read(|reader| {
            let mut statement = reader.prepare(&sql).doing("count a figure")?;
            let counted = statement.query_row(rusqlite::named_params! { ":from": from, ":until": until }, |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
                Ok((count(0)?, count(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            });
            counted.map(Some).doing("count a figure")
        })
    }
}
