//! Each figure as one statement, to read, to run elsewhere, and for the tests to hold the program's own count against.

mod judged;
mod packages;

use super::ISSUES;
use crate::{Result, Store, error::Doing};

/// Which group is which tier, and what makes a ticket one of engineering's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SqlTiers {
    /// Of every group: `l1`, `l2` or `l3`. Groups that are not named are at the first tier.
    pub of: Vec<(String, &'static str)>,
    /// Of whoever has a ticket, and of its tags, which go before that and before its group.
    pub agents: Vec<(String, &'static str)>,
    pub tags: Vec<(String, &'static str)>,
    pub issue: bool,
    pub group: bool,
    pub engineer: bool,
    /// Hours at work: see `insights::Opening`, of which these are the numbers.
    pub open: Vec<(i64, i64)>,
    pub shifts: Vec<(i64, i64)>,
    /// From how sure on what the exam found counts as an answer.
    pub seen: f64,
    /// From how many tickets on an error counts as one that support handles, and within how many days.
    pub handled: (u32, u32),
    /// Only of these tickets.
    pub part: SqlPart,
}

/// Tickets that have something in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SqlPart {
    #[default]
    All,
    Product(Option<String>),
    Version(Option<String>),
    /// The highest that had it.
    Tier(&'static str),
    Within(i64, i64),
    Escalated(bool),
    Used(bool),
    Reopened(bool),
}

impl SqlPart {
    fn condition(&self) -> String {
        let same = |column: &str, value: &Option<String>| match value {
            Some(value) => format!("{column} = {}", quoted(value)),
            None => format!("{column} IS NULL"),
        };
        match self {
            Self::All => "1".into(),
            Self::Product(product) => same("product", product),
            Self::Version(version) => same("version", version),
            Self::Tier(tier) => format!("id IN (SELECT id FROM visit GROUP BY id HAVING max(tier) = '{tier}')"),
            Self::Within(from, until) => format!("created_at >= {from} AND created_at < {until}"),
            Self::Escalated(was) => format!("(id IN (SELECT id FROM raised)) = {was}"),
            Self::Used(was) => format!(
                "(key IN (SELECT question FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL)) = {was}"
            ),
            Self::Reopened(was) => format!("(solved_at IS NOT NULL AND (NOT done OR reopened)) = {was}"),
        }
    }
}

/// What a figure counts, as `SELECT counted, base, value, median, p90, value at work, median at work, p90 at work`; `None` of
/// a name that is no figure. The period is `:from` and `:until`, in milliseconds.
pub fn figure_sql(name: &str, tiers: &SqlTiers) -> Option<String> {
    let part = |base: &str, counts: &str| {
        format!(
            "SELECT count(*) FILTER (WHERE {counts}), count(*), NULL, NULL, NULL, NULL, NULL, NULL\nFROM cohort WHERE {base}"
        )
    };
    let spread = |base: &str, value: &str| {
        format!(
            ", measured AS (SELECT {value} AS value FROM cohort WHERE {base})\nSELECT count(*), count(*), {}, NULL, NULL, NULL\nFROM measured",
            three("value")
        )
    };
    let hours = |base: &str| {
        timed(&format!("SELECT created_at AS begun, max(solved_at, created_at) AS ended FROM cohort WHERE {base}"))
    };
    let (least, days) = tiers.handled;
    let of_all = tiers.part == SqlPart::All;
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
        "reopened" => part("solved_at IS NOT NULL", "NOT done OR reopened"),
        "csat" => part("csat IS NOT NULL", "csat"),
        "recontact" => part(
            solved,
            "id IN (SELECT a.id FROM one a JOIN problem p ON p.id = a.id JOIN problem q ON q.problem = p.problem AND q.id <> p.id
     JOIN one b ON b.id = q.id WHERE b.requester = a.requester AND b.created_at BETWEEN a.solved_at AND a.solved_at + 7 * 86400000)",
        ),
        "linked" => part(
            solved,
            "key IN (SELECT key FROM tie)",
        ),
        "hours_all" => hours(solved),
        "hours_escalated" => hours(&format!("{solved} AND {escalated}")),
        "hours_alone" => hours(&format!("{solved} AND NOT {escalated}")),
        "bounces" => spread(
            escalated,
            "(SELECT count(*) FROM step WHERE step.id = cohort.id AND was = 'l3' AND became = 'l3') * 1.0",
        ),
        "types_handled" => format!(
            "SELECT count(*) FILTER (WHERE alone >= {least} AND open = 0), count(*), NULL, NULL, NULL, NULL, NULL, NULL FROM (
  SELECT problem, count(*) FILTER (WHERE done AND NOT one.{escalated}) AS alone, count(*) FILTER (WHERE NOT done) AS open
  FROM problem JOIN one ON one.id = problem.id
  WHERE one.id IN (SELECT id FROM part) AND solved_at >= :until - {days} * 86400000 AND solved_at < :until AND :from IS NOT NULL GROUP BY problem)"
        ),
        "known" => part(
            "key IN (SELECT key FROM tie)",
            "key IN (SELECT tie.key FROM tie JOIN one ON one.key = tie.key JOIN thing ON thing.key = tie.other WHERE thing.at < one.created_at)",
        ),
        "link_accuracy" => part(
            &format!("{solved} AND key IN (SELECT ticket FROM looked_at WHERE kind = 'tie')"),
            "key NOT IN (SELECT ticket FROM looked_at WHERE kind = 'tie' AND NOT fits)",
        ),
        "avoidable" => judged::avoidable(tiers.seen),
        "answer_accuracy" => judged::accuracy(tiers.seen),
        "deflection" => packages::SAVED.into(),
        "found_before" => packages::found_before(of_all),
        "acknowledge" => timed(&packages::taken(of_all)),
        "question_back" => packages::asked(of_all),
        "completeness" => packages::complete(of_all),
        _ => return None,
    };
    let glue = if select.starts_with(',') { "" } else { "\n" };
    Some(format!("{}{glue}{select}", with(tiers)))
}

/// Mean, median and the value that nine of ten stay within.
fn three(column: &str) -> String {
    let at = |tenths: u8| {
        format!(
            "(SELECT {column} FROM measured ORDER BY {column} LIMIT 1 OFFSET max(((SELECT count(*) FROM measured) * {tenths} + 9) / 10 - 1, 0))"
        )
    };
    format!("avg({column}),\n  {},\n  {}", at(5), at(9))
}

/// Hours on the calendar and at work of what begun and ended, which `spans` selects.
fn timed(spans: &str) -> String {
    // Weeks that are over, and how much of this one is: on the clock of the wall, from Monday on.
    let worked = |at: &str| {
        format!(
            "({at} / 604800000 * (SELECT coalesce(sum(closes - opens), 0) FROM open)
     + (SELECT coalesce(sum(min(max({at} % 604800000 - opens, 0), closes - opens)), 0) FROM open))"
        )
    };
    let wall = |at: &str| {
        format!(
            "{at} + 259200000 + coalesce((SELECT ahead FROM shift WHERE since <= {at} ORDER BY since DESC LIMIT 1), 0)"
        )
    };
    format!(
        ", span AS ({spans}),
wall AS (SELECT ended - begun AS took, {} AS begun, {} AS ended FROM span),
measured AS (SELECT max(took, 0) / 3600000.0 AS value, max({} - {}, 0) / 3600000.0 AS worked FROM wall)
SELECT count(*), count(*), {},\n  {}\nFROM measured",
        wall("begun"),
        wall("ended"),
        worked("ended"),
        worked("begun"),
        three("value"),
        three("worked")
    )
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

fn pairs(of: &[(i64, i64)]) -> String {
    let rows: Vec<String> = of.iter().map(|(a, b)| format!("({a}, {b})")).collect();
    if rows.is_empty() { "SELECT 0, 0".into() } else { format!("VALUES {}", rows.join(", ")) }
}

/// A step to what a tag or an agent says, after those of the groups; nothing where none is told apart. Written flat: names that
/// are used in names are read as often as both, and SQLite gives up on too many.
fn marked(tiers: &SqlTiers) -> [String; 2] {
    let of = |kind: &'static str, said: &[(String, &'static str)]| -> Vec<String> {
        said.iter().map(|(name, tier)| format!("('{kind}', {}, '{tier}')", quoted(name))).collect()
    };
    let said = [of("tag", &tiers.tags), of("agent", &tiers.agents)].concat();
    if said.is_empty() {
        return [String::new(), String::new()];
    }
    let names = format!("\nsaid(kind, name, tier) AS (VALUES {}),", said.join(", "));
    let step = " UNION ALL
  SELECT * FROM (
    SELECT ticket.id, coalesce((SELECT max(at) FROM hop WHERE ticket_id = ticket.id), created_at), 9223372036854775807,
      coalesce((SELECT tier.tier FROM tier WHERE tier.name = coalesce(
        (SELECT coalesce(to_group, '') FROM hop WHERE ticket_id = ticket.id ORDER BY at DESC, hop.id DESC LIMIT 1),
        group_name, '')), 'l1') AS had,
      (SELECT said.tier FROM said WHERE (kind = 'tag' AND name IN (SELECT value FROM json_each(tags))) OR (kind = 'agent' AND name = assignee)
        ORDER BY kind DESC, said.tier DESC LIMIT 1) AS own
    FROM ticket WHERE deleted = 0 AND merged_into IS NULL) WHERE own <> had";
    [names, step.into()]
}

fn with(tiers: &SqlTiers) -> String {
    let values: Vec<String> = tiers.of.iter().map(|(name, tier)| format!("({}, '{tier}')", quoted(name))).collect();
    let map = if values.is_empty() { "SELECT '', 'l1'".to_owned() } else { format!("VALUES {}", values.join(", ")) };
    let (group, engineer, issue) = (tiers.group, tiers.engineer, tiers.issue);
    let [said, step] = marked(tiers);
    let (open, shift, part) = (pairs(&tiers.open), pairs(&tiers.shifts), tiers.part.condition());
    format!(
        "WITH tier(name, tier) AS ({map}),{said}
open(opens, closes) AS ({open}),
shift(since, ahead) AS ({shift}),
one AS (
  SELECT ticket.id, source.name || ':' || ext_id AS key, ticket.created_at, solved_at, status IN ('solved', 'closed') AS done,
    coalesce(group_name, '') AS held_by, requester, product, json_extract(affected_versions, '$[0]') AS version,
    source.kind IN ('sentry', 'datadog') AS inside, csat, coalesce(json_extract(service, '$.reopens'), 0) > 0 AS reopened
  FROM ticket JOIN source ON source.id = source_id WHERE deleted = 0 AND merged_into IS NULL),
step AS (
  SELECT hop.ticket_id AS id, hop.at, hop.id AS nth, coalesce(a.tier, 'l1') AS was, coalesce(b.tier, 'l1') AS became
  FROM hop LEFT JOIN tier a ON a.name = coalesce(from_group, '') LEFT JOIN tier b ON b.name = coalesce(to_group, ''){step}),
visit AS (
  SELECT id, iif(side = 0, was, became) AS tier FROM step, (SELECT 0 AS side UNION ALL SELECT 1) UNION
  SELECT one.id, coalesce(tier.tier, 'l1') FROM one LEFT JOIN tier ON tier.name = held_by
  WHERE one.id NOT IN (SELECT ticket_id FROM hop)),
spoke AS (SELECT ticket_id AS id, min(created_at) AS at FROM comment WHERE author_role = 'engineer' GROUP BY ticket_id),
led AS (SELECT DISTINCT from_key AS key FROM link WHERE polarity > 0 AND kind IN {ISSUES}),
raised AS (
  SELECT * FROM (
    SELECT one.id, CASE
      WHEN {group} AND one.id IN (SELECT id FROM visit WHERE tier = 'l3') THEN CASE
        WHEN (SELECT was FROM step WHERE step.id = one.id ORDER BY at, nth LIMIT 1) = 'l3' THEN one.created_at
        ELSE coalesce((SELECT min(at) FROM step WHERE step.id = one.id AND was <> 'l3' AND became = 'l3'), one.created_at) END
      WHEN {engineer} AND spoke.at IS NOT NULL THEN spoke.at
      WHEN {issue} AND one.key IN (SELECT key FROM led) THEN one.created_at END AS at
    FROM one LEFT JOIN spoke ON spoke.id = one.id)
  WHERE at IS NOT NULL),
problem AS (
  SELECT doc_signature.row AS id, signature_id * 2 AS problem FROM doc_signature JOIN issue_signature ON issue_signature.id = signature_id
  WHERE doc_signature.kind = 1 AND issue_signature.kind <> 'error_code' UNION
  SELECT one.id, known_error_id * 2 + 1 FROM known_error_ticket JOIN one ON one.key = ticket_key),
tie(key, other) AS (
  SELECT from_key, to_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
  SELECT to_key, from_key FROM link WHERE polarity > 0 AND kind <> 'mentions' UNION
  SELECT question, hit FROM suggestion_event WHERE verdict = 'used' AND undone_at IS NULL UNION
  SELECT ticket_key, source.name || ':' || ext_id FROM known_error_ticket
    JOIN known_error ON known_error.id = known_error_id JOIN source ON source.id = source_id),
thing(key, at) AS (
  SELECT source.name || ':' || ext_id, ticket.created_at FROM ticket JOIN source ON source.id = source_id WHERE deleted = 0 UNION
  SELECT source.name || ':' || ext_id, known_error.created_at FROM known_error JOIN source ON source.id = source_id UNION
  SELECT source.name || ':' || ext_id, article.created_at FROM article JOIN source ON source.id = source_id),
part AS (SELECT * FROM one WHERE {part}),
cohort AS (SELECT * FROM part WHERE created_at >= :from AND created_at < :until)"
    )
}

/// What a figure's statement says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counted {
    pub count: u64,
    pub of: u64,
    pub value: Option<f64>,
    pub median: Option<f64>,
    pub p90: Option<f64>,
    /// Mean, median and p90 in hours at work; of what is at least so much, the first is the most.
    pub at_work: [Option<f64>; 3],
}

impl Store {
    /// `None` of a name that is no figure.
    pub fn figure_by_sql(&self, name: &str, tiers: &SqlTiers, from: i64, until: i64) -> Result<Option<Counted>> {
        let Some(sql) = figure_sql(name, tiers) else { return Ok(None) };
        self.read(|reader| {
            let mut statement = reader.prepare(&sql).doing("count a figure")?;
            let counted = statement.query_row(rusqlite::named_params! { ":from": from, ":until": until }, |row| {
                let count = |at| row.get::<_, i64>(at).map(|count| count as u64);
                let (value, median, p90) = (row.get(2)?, row.get(3)?, row.get(4)?);
                let at_work = [row.get(5)?, row.get(6)?, row.get(7)?];
                Ok(Counted { count: count(0)?, of: count(1)?, value, median, p90, at_work })
            });
            counted.map(Some).doing("count a figure")
        })
    }
}
