//! The known errors: what was understood of an issue, and the tickets that were tied to it.

use super::{
    accounts,
    case::HELPDESK,
    facts::Facts,
    issues::{Issue, Known},
    plan::seed,
    random::Random,
};
use domain::{KnownError, KnownErrorState, Millis, Ticket};

/// Of each issue that is a known error, from its tickets, oldest first. Ids follow the time at which they were found.
pub(super) fn errors(cases: &[(&'static Issue, Vec<&Ticket>)], now: Millis) -> Vec<KnownError> {
    let mut errors: Vec<KnownError> =
        cases.iter().filter_map(|(issue, tickets)| Some(describe(issue, &issue.known?, tickets, now))).collect();
    errors.sort_by(|a, b| (a.created_at, &a.title).cmp(&(b.created_at, &b.title)));
    for (number, error) in errors.iter_mut().enumerate() {
        error.id = format!("KE-{}", 101 + number);
        error.url = Some(format!("{HELPDESK}/known-errors/{}", error.id));
    }
    errors
}

fn describe(issue: &Issue, known: &Known, tickets: &[&Ticket], now: Millis) -> KnownError {
    let mut random = Random::new(seed(known.title));
    // Nobody sees a pattern in the first two.
    let seen = tickets.get(2).or(tickets.last()).map_or(now, |ticket| ticket.created_at);
    let created_at =
        Millis((seen.0 + random.between(3, 40) * 60 * Millis::MINUTE).min(now.0 - 26 * 60 * Millis::MINUTE));
    let shipped = issue.fixed_in.first().and_then(|version| issue.product.age_of(version));
    let is_fixed =
        matches!(known.state, KnownErrorState::FixReleased | KnownErrorState::FixVerified | KnownErrorState::Closed);
    let updated_at = match shipped.filter(|_| is_fixed) {
        Some(age) => Millis(now.0 - age * Millis::DAY + random.between(2, 200) * 60 * Millis::MINUTE),
        None => Millis(now.0 - random.between(1, 70) * 60 * Millis::MINUTE),
    };
    let updated_at = updated_at.min(Millis(now.0 - 20 * Millis::MINUTE)).max(created_at);
    KnownError {
        title: known.title.into(),
        state: known.state,
        cause: Some(known.cause.into()),
        product: Some(issue.product.name().into()),
        components: issue.components.iter().map(|&name| name.into()).collect(),
        affected_versions: range(issue).into_iter().collect(),
        fix_versions: issue.fixed_in.iter().map(|&version| version.into()).collect(),
        workaround: known.workaround.iter().map(|&step| step.into()).collect(),
        workaround_worked: known.worked,
        workaround_tried: known.tried,
        eta_at: known.eta.map(|(days, _)| Millis(now.0 + days * Millis::DAY)),
        eta_by: known.eta.map(|(_, by)| by.into()),
        owner: Some(known.owner.into()),
        tickets: tied(tickets, now, &mut random),
        error_text: issue.error.map(|error| typical(issue, error, seen)),
        created_at,
        updated_at,
        ..KnownError::default()
    }
}

/// `>=5.4.0 <5.4.2`.
fn range(issue: &Issue) -> Option<String> {
    match (issue.since, issue.fixed_in.first()) {
        (Some(since), Some(fixed)) => Some(format!(">={since} <{fixed}")),
        (Some(since), None) => Some(format!(">={since}")),
        (None, Some(fixed)) => Some(format!("<{fixed}")),
        (None, None) => None,
    }
}

/// People tie most tickets, some are forgotten, and those of today have not been looked at.
fn tied(tickets: &[&Ticket], now: Millis, random: &mut Random) -> Vec<String> {
    let yesterday = now.minus_days(1);
    let old = tickets.iter().filter(|ticket| ticket.created_at < yesterday);
    old.filter(|_| random.chance(88)).map(|ticket| ticket.id.clone()).collect()
}

fn typical(issue: &Issue, error: &str, at: Millis) -> String {
    let version = issue.since.unwrap_or_else(|| issue.product.running(90, 0));
    Facts::new(seed(issue.key), at, version, 0, &accounts::person(0, 0)).fill(error)
}
