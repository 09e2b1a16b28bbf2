//! Statements of figures that rest on the newest exam and on what people said of it.

use super::super::said::NAMES;

/// What the exam asked, of what engineering had by the rule and does not always need to have.
fn asked(seen: f64) -> String {
    // A bar that nothing reaches is no number in SQL.
    let seen = if seen.is_finite() { format!("{seen:?}") } else { "9e999".into() };
    format!(
        ", exam AS (SELECT report FROM replay ORDER BY id DESC LIMIT 1),
asked AS (
  SELECT json_extract(value, '$.ticket') AS key, json_extract(value, '$.answer') AS answer,
    coalesce(json_extract(value, '$.sure') >= {seen}, 0) AS found
  FROM exam, json_each(report, '$.escalated') WHERE json_extract(report, '$.adaptation') IS NOT NULL),
always AS (SELECT id FROM problem WHERE problem IN (
  SELECT problem FROM ({NAMES}) WHERE name IN (SELECT name FROM always_engineering))),
looked AS (SELECT ticket, other, fits FROM looked_at WHERE kind = 'answer'),
judged AS (
  SELECT asked.found, looked.fits FROM cohort JOIN asked ON asked.key = cohort.key
    LEFT JOIN looked ON looked.ticket = asked.key AND looked.other = asked.answer
  WHERE cohort.id IN (SELECT id FROM raised) AND cohort.id NOT IN (SELECT id FROM always))"
    )
}

pub(super) fn avoidable(seen: f64) -> String {
    format!(
        "{}
SELECT count(*) FILTER (WHERE found AND coalesce(fits, 1)), count(*), NULL, NULL, NULL, NULL, NULL, NULL FROM judged",
        asked(seen)
    )
}

pub(super) fn accuracy(seen: f64) -> String {
    format!(
        "{}
SELECT count(*) FILTER (WHERE fits), count(*), NULL, NULL, NULL, NULL, NULL, NULL FROM judged WHERE found AND fits IS NOT NULL",
        asked(seen)
    )
}
