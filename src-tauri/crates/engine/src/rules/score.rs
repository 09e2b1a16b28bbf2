//! How rules did since they were tested: what they said, what people said of it, and whether asking for more would have
//! been better.

use super::{scan::scan, share};
use crate::{
    Engine, Result,
    api::view::{RuleBar, RuleScore, RuleTally},
    knowledge,
};
use ::knowledge::{Found, Rule, RuleState};
use domain::{Key, Millis};
use store::Store;

const MONTH: i64 = 30 * 24 * 60 * 60 * 1000;

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
    let month = Millis(engine.core.clock.now().0.saturating_sub(MONTH));
    let mut scores = Vec::with_capacity(rules.len());
    let sorted = store.said_of_rules(None)?;
    for ((rule, since), scanned) in rules.iter().zip(sinces).zip(scanned) {
        let targets = targets(store, rule)?;
        let (mut whole, mut lately, mut judged, mut ids) =
            (RuleTally::default(), RuleTally::default(), Vec::new(), Vec::new());
        for (at, found) in scanned.hits {
            let Some(ticket) = tickets.get(at).filter(|ticket| ticket.created_at >= since) else { continue };
            let key = ticket.key.to_string();
            let said = store.said(&key)?;
            let said = |verdict: &str| said.iter().any(|said| said.verdict == verdict && targets.contains(&said.hit));
            let of_it = || sorted.iter().filter(|said| said.rule == rule.id && said.ticket == key);
            let one = RuleTally {
                hits: 1,
                confirmed: u64::from(said("used")) + of_it().filter(|said| said.taken).count() as u64,
                wrong: u64::from(said("not_same")) + of_it().filter(|said| !said.taken).count() as u64,
            };
            whole.add(&one);
            if ticket.created_at >= month {
                lately.add(&one);
            }
            let phrases = found.iter().filter(|found| matches!(found, Found::Phrase(_))).count();
            judged.push((phrases, one));
            ids.push(key);
        }
        ids.reverse();
        let RuleTally { hits, confirmed, wrong } = whole;
        scores.push(RuleScore {
            id: rule.id.clone(),
            since: since.0,
            hits,
            confirmed,
            wrong,
            precision: share(confirmed, confirmed + wrong),
            lately,
            bar: bar(rule, &judged),
            tickets: ids,
        });
    }
    Ok(scores)
}

/// What it stands for: *used* and *not the same* of one of these is said of the rule too.
fn targets(store: &Store, rule: &Rule) -> Result<Vec<Key>> {
    let mut targets = Vec::new();
    for row in rule.known_error.as_deref().map(|id| store.find_known_error(id)).transpose()?.unwrap_or_default() {
        targets.extend(store.known_error(row)?.map(|stored| stored.key));
    }
    let rows = rule.ticket.as_deref().map(|id| store.find_ticket(id)).transpose()?.unwrap_or_default();
    targets.extend(store.ticket_rows(&rows)?.into_iter().map(|row| row.key));
    Ok(targets)
}

/// The fewest phrases that would have left out most of what was wrong and nothing that was confirmed.
fn bar(rule: &Rule, judged: &[(usize, RuleTally)]) -> Option<RuleBar> {
    let [look] = rule.looks.as_slice() else { return None };
    let with = |least: usize| {
        let mut told = RuleTally::default();
        judged.iter().filter(|(phrases, _)| *phrases >= least).for_each(|(_, one)| told.add(one));
        told
    };
    let now = with(look.at_least);
    let better = (look.at_least + 1..=look.phrases.len()).map(|least| (least, with(least)));
    let better = better.filter(|(_, told)| told.confirmed == now.confirmed && told.wrong < now.wrong);
    let (least, told) = better.min_by_key(|(least, told)| (told.wrong, *least)).filter(|_| now.confirmed > 0)?;
    Some(RuleBar {
        at_least: least as u64,
        instead_of: look.at_least as u64,
        confirmed: told.confirmed,
        wrong: told.wrong,
    })
}
