//! Why cases were escalated: as packages say, and of tickets that have none, as somebody said. What is only proposed counts
//! for nothing.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::{PeriodArgs, ReasonArgs},
        view::{FactCount, ReasonCount, ReasonLeft, ReasonSaid, ReasonsLeft},
    },
    seen, text, ticket,
};
use ::escalation::{Ended, Reason, propose};
use domain::{AuthorRole, DocId, LinkKind, ResolutionClass};
use insights::{Case, Period, raised};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Proposed in one go.
const LEFT: usize = 20;

/// Most often first; of missing context which facts were missing.
pub(super) fn counted(history: &History, period: Period) -> Vec<ReasonCount> {
    let mut of: BTreeMap<&str, ReasonCount> = BTreeMap::new();
    for one in history.reasons.iter().filter(|one| period.has(one.at)) {
        let counted = entry(&mut of, &one.reason);
        counted.escalations.push(one.escalation);
        for fact in &one.missing {
            match counted.missing.iter_mut().find(|missing| missing.fact == *fact) {
                Some(missing) => missing.count += 1,
                None => counted.missing.push(FactCount { fact: (*fact).into(), count: 1 }),
            }
        }
    }
    if !history.said_why.is_empty() {
        for (_, case) in without(history, period) {
            let key = history.keys.get(&case.row);
            if let (Some(reason), Some(key)) = (history.said_why.get(&case.row), key) {
                entry(&mut of, reason).tickets.push(key.clone());
            }
        }
    }
    let mut reasons: Vec<ReasonCount> = of.into_values().collect();
    for reason in &mut reasons {
        reason.count = (reason.escalations.len() + reason.tickets.len()) as u64;
        reason.missing.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.fact.cmp(&b.fact)));
    }
    reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    reasons
}

fn entry<'a, 'b>(of: &'a mut BTreeMap<&'b str, ReasonCount>, reason: &'b str) -> &'a mut ReasonCount {
    of.entry(reason).or_insert_with(|| ReasonCount {
        reason: reason.to_owned(),
        count: 0,
        escalations: Vec::new(),
        tickets: Vec::new(),
        missing: Vec::new(),
    })
}

/// Tickets that were escalated in that time and have no package, newest first, with when.
fn without(history: &History, period: Period) -> Vec<(i64, &Case)> {
    let packed: HashSet<i64> = history.handed.iter().filter_map(|one| one.case).collect();
    let at = |case| raised(case, &history.tiers).map(|raised| raised.at).filter(|at| period.has(*at));
    let cases = history.cases.iter().filter(|case| !packed.contains(&case.row));
    let mut without: Vec<(i64, &Case)> = cases.filter_map(|case| Some((at(case)?, case))).collect();
    without.sort_by_key(|(at, case)| (-at, case.row));
    without
}

/// Why each was escalated, by its row, of tickets that are here.
pub(super) fn said(engine: &Engine, keys: &HashMap<i64, String>) -> Result<HashMap<i64, String>> {
    let said: HashMap<String, String> = engine.core.store.ticket_reasons()?.into_iter().collect();
    // Nobody said one, no reading of a hundred thousand keys.
    if said.is_empty() {
        return Ok(HashMap::new());
    }
    Ok(keys.iter().filter_map(|(row, key)| Some((*row, said.get(key)?.clone()))).collect())
}

/// Tickets of which nobody said why, those escalated last, each with what its own text speaks for.
pub(crate) fn left(engine: &Engine, args: &PeriodArgs) -> Result<ReasonsLeft> {
    let history = super::history(engine)?;
    let without = without(&history, history.period(args));
    let of = without.len() as u64;
    let nobody = without.iter().filter(|(_, case)| !history.said_why.contains_key(&case.row));
    let left = nobody.clone().count() as u64;
    let mut rows = Vec::new();
    for (at, case) in nobody.take(LEFT) {
        let Some(named) = seen::why_not::named(engine, DocId::ticket(case.row))? else { continue };
        let proposed = proposed(engine, case.row)?;
        let (reason, quotes) =
            proposed.map_or((None, Vec::new()), |one| (Some(one.reason.as_str().to_owned()), one.quotes));
        rows.push(ReasonLeft { ticket: named, raised_at: *at, proposed: reason, quotes });
    }
    Ok(ReasonsLeft { of, left, rows })
}

fn proposed(engine: &Engine, row: i64) -> Result<Option<::escalation::Proposal>> {
    let store = &engine.core.store;
    let Some(stored) = store.ticket(row)? else { return Ok(None) };
    let ours = |role| matches!(role, AuthorRole::Agent | AuthorRole::Engineer);
    let comments: Vec<_> = store.comments(row)?.into_iter().filter(|one| ours(one.comment.author_role)).collect();
    let mut said: Vec<_> = comments.iter().map(|one| text::plain(&one.comment.body, one.comment.body_format)).collect();
    said.extend(stored.ticket.resolution.as_deref().map(Into::into));
    let fixed = || -> Result<bool> {
        let links = store.links(&stored.key)?;
        Ok(links.iter().any(|link| link.positive && link.kind == LinkKind::FixedBy && link.from == stored.key))
    };
    let ended = match stored.ticket.resolution_class {
        Some(ResolutionClass::CodeFix) => Some(Ended::InCode),
        Some(ResolutionClass::DataFix) => Some(Ended::InData),
        _ => fixed()?.then_some(Ended::InCode),
    };
    let said: Vec<&str> = said.iter().map(AsRef::as_ref).collect();
    Ok(propose(&said, ended))
}

/// Without a reason it is taken back.
pub(crate) fn say(engine: &Engine, args: &ReasonArgs) -> Result<ReasonSaid> {
    engine.must_own()?;
    let reason = args.reason.as_deref().map(|text| Reason::parse(text).ok_or_else(|| unknown(text))).transpose()?;
    let key = ticket::find(engine, &args.ticket)?.key.to_string();
    if reason.is_some() && engine.core.store.escalation_tickets()?.iter().any(|(_, ticket)| *ticket == key) {
        let words = format!("{key} has a package, which says why it was escalated and is counted already");
        return Err(Error::BadInput(words));
    }
    let reason = reason.map(Reason::as_str);
    let before = engine.core.store.set_ticket_reason(&key, reason, engine.core.clock.now())?;
    Ok(ReasonSaid { ticket: key, before, after: reason.map(str::to_owned) })
}

fn unknown(text: &str) -> Error {
    let all = Reason::ALL.map(Reason::as_str).join(", ");
    Error::BadInput(format!("\"{text}\" is no reason; there are {all}"))
}
