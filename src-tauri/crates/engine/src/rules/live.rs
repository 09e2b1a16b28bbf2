//! The rules that speak, kept in memory, and what they say of a ticket that somebody opens.

use super::{found_view, scan, ticketed::Ticketed};
use crate::{Engine, Error, Result, api::view::RuleMet, knowledge};
use ::knowledge::{Fit, Rule};
use domain::DocId;
use std::{
    collections::HashSet,
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};
use store::StoredTicket;

/// For all rules together, however many there are: somebody waits for the answer.
const ALL: Duration = Duration::from_millis(300);

/// Read from the folder when first asked for, and again once something was written there.
pub(crate) type Speaking = Option<Arc<Vec<Rule>>>;

/// A rule that fits, and the known error that it raises, where that is here.
pub(crate) struct Met {
    pub(crate) known_error: Option<i64>,
    pub(crate) view: RuleMet,
}

/// In this order: whoever is woken first would read the old ones once more, and nobody would wake them again.
pub(crate) fn forget(engine: &Engine) {
    *engine.core.rules.lock().unwrap_or_else(PoisonError::into_inner) = None;
    super::triage::changed(engine);
}

pub(super) fn speaking(engine: &Engine) -> Result<Arc<Vec<Rule>>> {
    let mut kept = engine.core.rules.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(rules) = &*kept {
        return Ok(Arc::clone(rules));
    }
    let rules = match knowledge::shelf(engine).and_then(|shelf| Ok(shelf.read()?)) {
        Ok(state) => state.rules.into_iter().filter(Rule::speaks).collect(),
        Err(Error::NoKnowledge) => Vec::new(),
        // A folder that is not there for a while keeps nobody from an answer; the settings say what is wrong with it.
        Err(error) => {
            tracing::warn!(code = error.code(), "the rules could not be read");
            return Ok(Arc::default());
        }
    };
    Ok(Arc::clone(kept.insert(Arc::new(rules))))
}

/// What speaks of this ticket or text, in the order of the files. What people said is not the same stays silent.
pub(crate) fn met(
    engine: &Engine,
    ticket: Option<&StoredTicket>,
    pasted: &str,
    hidden: &HashSet<DocId>,
) -> Result<Vec<Met>> {
    let rules = speaking(engine)?;
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let codes = rules.iter().any(|rule| rule.looks.iter().any(|look| !look.signatures.is_empty()));
    let ticketed = ticket.map_or_else(|| Ticketed::pasted(pasted), |stored| Ticketed::of(stored.clone(), codes));
    let fields = ticketed.fields();
    let incoming = ticketed.incoming(&fields);
    let started = Instant::now();
    let mut met = Vec::new();
    let pointing = rules.iter().filter(|rule| rule.known_error.is_some() || rule.ticket.is_some());
    for rule in pointing {
        if started.elapsed() > ALL {
            tracing::warn!("not every rule could be asked in time");
            break;
        }
        if let Fit::Fits(found) = scan::once(rule, &incoming) {
            let own = ticket.map(|stored| stored.row);
            met.extend(
                raised(engine, rule, own, hidden)?.map(|met| Met {
                    view: RuleMet { found: found.iter().map(found_view).collect(), ..met.view },
                    ..met
                }),
            );
        }
    }
    Ok(met)
}

/// `None` where everything that it stands for was said not to be the same, or is the ticket itself.
fn raised(engine: &Engine, rule: &Rule, own: Option<i64>, hidden: &HashSet<DocId>) -> Result<Option<Met>> {
    let store = &engine.core.store;
    let known = rule.known_error.as_deref().map(|id| store.find_known_error(id)).transpose()?.unwrap_or_default();
    let tickets = rule.ticket.as_deref().map(|id| store.find_ticket(id)).transpose()?.unwrap_or_default();
    let (had_known, had_tickets) = (!known.is_empty(), !tickets.is_empty());
    let known = known.into_iter().find(|row| !hidden.contains(&DocId::known_error(*row)));
    let stays = |row: &i64| !hidden.contains(&DocId::ticket(*row)) && Some(*row) != own;
    let ticket = tickets.into_iter().find(stays);
    // A known error that was called wrong is not raised again by way of the ticket, nor the other way round.
    if (had_known && known.is_none()) || (!had_known && had_tickets && ticket.is_none()) {
        return Ok(None);
    }
    let ticket = store.ticket_rows(ticket.as_slice())?.pop().map(|row| row.key.to_string());
    let known_key = known.map(|row| store.known_error(row)).transpose()?.flatten().map(|stored| stored.key.to_string());
    Ok(Some(Met {
        known_error: known,
        view: RuleMet {
            id: rule.id.clone(),
            title: rule.title.clone(),
            known_error: known_key,
            ticket,
            found: Vec::new(),
        },
    }))
}
