//! How rules did since they were tested: what they said, and what people said of it.

use super::{scan::scan, share};
use crate::{Engine, Result, api::view::RuleScore, knowledge};
use ::knowledge::{Rule, RuleState};
use domain::Millis;

/// Rules that are enabled, or were and are muted now.
pub(crate) fn scores(engine: &Engine) -> Result<Vec<RuleScore>> {
    let store = &engine.core.store;
    let rules = knowledge::shelf(engine)?.read()?.rules.into_iter();
    let since = |rule: &Rule| rule.backtest.as_ref().and_then(|told| Millis::parse(&told.at).ok());
    let rules: Vec<(Rule, Millis)> = rules
        .filter(|rule| rule.state != RuleState::Draft)
        .filter_map(|rule| since(&rule).map(|at| (rule, at)))
        .collect();
    let Some(oldest) = rules.iter().map(|(_, at)| *at).min() else { return Ok(Vec::new()) };
    let mut tickets = store.past_tickets()?;
    tickets.retain(|ticket| ticket.created_at >= oldest);
    let (rules, sinces): (Vec<Rule>, Vec<Millis>) = rules.into_iter().unzip();
    let scanned = scan(engine, &rules, &tickets)?;
    let mut scores = Vec::with_capacity(rules.len());
    let sorted = store.said_of_rules(None)?;
    for ((rule, since), scanned) in rules.iter().zip(sinces).zip(scanned) {
        let mut targets = Vec::new();
        for row in rule.known_error.as_deref().map(|id| store.find_known_error(id)).transpose()?.unwrap_or_default() {
            targets.extend(store.known_error(row)?.map(|stored| stored.key));
        }
        let rows = rule.ticket.as_deref().map(|id| store.find_ticket(id)).transpose()?.unwrap_or_default();
        targets.extend(store.ticket_rows(&rows)?.into_iter().map(|row| row.key));
        let (mut confirmed, mut wrong, mut ids) = (0, 0, Vec::new());
        for (at, _) in scanned.hits {
            let Some(ticket) = tickets.get(at).filter(|ticket| ticket.created_at >= since) else { continue };
            let said = store.said(&ticket.key.to_string())?;
            let said = |verdict: &str| said.iter().any(|said| said.verdict == verdict && targets.contains(&said.hit));
            confirmed += u64::from(said("used"));
            wrong += u64::from(said("not_same"));
            let key = ticket.key.to_string();
            let said = sorted.iter().filter(|said| said.rule == rule.id && said.ticket == key);
            for said in said {
                confirmed += u64::from(said.taken);
                wrong += u64::from(!said.taken);
            }
            ids.push(ticket.key.to_string());
        }
        ids.reverse();
        scores.push(RuleScore {
            id: rule.id.clone(),
            since: since.0,
            hits: ids.len() as u64,
            confirmed,
            wrong,
            precision: share(confirmed, confirmed + wrong),
            tickets: ids,
        });
    }
    Ok(scores)
}
