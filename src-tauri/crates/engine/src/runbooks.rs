//! Runbooks of the team's folder: who may, what to do, and what came of it on which ticket.

mod call;

pub(crate) use call::{call, set_token};

use crate::{
    Engine, Error, Result,
    api::{
        args::{RunbookLogArgs, RunbooksArgs},
        view::{FeedbackReply, RunbookCallNote, RunbookView, StepDone, StepOutcomeView, TriedView},
    },
    knowledge, seen, ticket,
};
use ::knowledge::{Confidence, Entry, Runbook, TIERS};
use connect::http::Site;
use domain::{Key, Millis, SourceName, wilson};
use std::collections::BTreeSet;
use store::{Step, StepOutcome, StoredTicket};

/// What its entries are of.
const SOURCE: &str = "knowledge";
/// In which tier somebody at this machine works, among the preferences.
const TIER: &str = "runbooks.tier";
/// Tickets behind a number that are named.
const NAMED: usize = 200;
/// How an approval begins, where steps say what was done.
const APPROVED: &str = "Approved by ";
/// How a request begins that was made of it.
const CALLED: &str = "Called ";

/// What a lead allowed to be called.
struct Allowed(Vec<Site>);

impl Allowed {
    fn holds(&self, site: &Site, path: &str) -> bool {
        self.0.iter().any(|allowed| allowed.holds(site, path))
    }
}

/// Those for the ticket's product first, then by their titles; what is archived is left out.
pub(crate) fn list(engine: &Engine, args: &RunbooksArgs) -> Result<Vec<RunbookView>> {
    let on = args.ticket.as_deref().map(|id| ticket::find(engine, id)).transpose()?;
    let tier = tier(engine)?;
    let allowed = call::allowed(engine)?;
    let mut found = Vec::new();
    for (entry, runbook) in all(engine)? {
        let product = entry.document.said("product");
        let fits =
            product.as_deref().map(|own| on.as_ref().is_some_and(|on| on.ticket.product.as_deref() == Some(own)));
        // Of that product, of none, of another one.
        let place = fits.map_or(1, |fits| if fits { 0 } else { 2 });
        let call = call::view(engine, &runbook, &allowed);
        let view = RunbookView { call, ..view(engine, entry, runbook, on.as_ref(), &tier)? };
        found.push((place, view.title.clone(), view));
    }
    found.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    Ok(found.into_iter().map(|(_, _, view)| view).collect())
}

fn all(engine: &Engine) -> Result<Vec<(Entry, Runbook)>> {
    let entries = knowledge::shelf(engine)?.read()?.entries.into_iter();
    let kept = entries.filter(|entry| entry.confidence() != Confidence::Archived);
    Ok(kept.filter_map(|entry| entry.runbook().map(|runbook| (entry, runbook))).collect())
}

fn key(entry: &Entry) -> Key {
    Key::new(SourceName::from_text(SOURCE), entry.path.as_str())
}

fn tier(engine: &Engine) -> Result<String> {
    let said = engine.core.store.preferences()?.into_iter().find(|(name, _)| name == TIER);
    Ok(said.map(|(_, tier)| tier).filter(|tier| TIERS.contains(&tier.as_str())).unwrap_or_default())
}

/// Nobody who did not say where they work is kept from anything.
fn below(tier: &str, min_tier: &str) -> bool {
    let place = |word: &str| TIERS.iter().position(|tier| *tier == word);
    matches!((place(tier), place(min_tier)), (Some(own), Some(least)) if own < least)
}

fn view(engine: &Engine, entry: Entry, runbook: Runbook, on: Option<&StoredTicket>, tier: &str) -> Result<RunbookView> {
    let key = key(&entry);
    let plain = knowledge::as_read;
    let mut view = RunbookView {
        id: key.to_string(),
        display_id: entry.id.clone(),
        title: entry.title.clone(),
        path: entry.path.clone(),
        confidence: entry.confidence().as_str().into(),
        product: entry.document.said("product"),
        above: below(tier, &runbook.min_tier),
        kind: runbook.kind,
        min_tier: runbook.min_tier,
        approval: runbook.approval,
        flag: runbook.flag,
        url: runbook.url,
        when: plain(&runbook.when),
        before: plain(&runbook.before),
        back: plain(&runbook.back),
        steps: runbook.steps.iter().map(|step| plain(step)).collect(),
        tried: tried(engine, &key)?,
        ..RunbookView::default()
    };
    let Some(on) = on else { return Ok(view) };
    for step in engine.core.store.steps_on(&on.key)?.into_iter().filter(|step| step.entry == key) {
        match (step.step, step.outcome) {
            (0, StepOutcome::Done) if step.said.starts_with(CALLED) => {
                view.called.push(RunbookCallNote { said: step.said, at: step.at.0 });
            }
            (0, StepOutcome::Done) => {
                view.approved_by = step.said.strip_prefix(APPROVED).map(str::to_owned);
            }
            (number, StepOutcome::Done) => {
                view.done.retain(|done| done.step != number);
                view.done.push(StepDone { step: number, undo: step.id, at: step.at.0 });
            }
            (_, outcome) => {
                let outcome = outcome.as_str().into();
                view.outcome = Some(StepOutcomeView { outcome, undo: step.id, at: step.at.0 });
            }
        }
    }
    view.done.sort_by_key(|done| done.step);
    Ok(view)
}

fn tried(engine: &Engine, key: &Key) -> Result<TriedView> {
    let stands = engine.core.store.outcomes_of(key)?;
    let worked: Vec<&Step> = stands.iter().filter(|step| step.outcome == StepOutcome::Worked).collect();
    let (helped, of) = (worked.len() as u32, stands.len() as u32);
    let interval = wilson(helped, of);
    let versions: BTreeSet<&str> = worked.iter().filter_map(|step| step.version.as_deref()).collect();
    Ok(TriedView {
        worked: helped,
        tried: of,
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        confirmed_at: worked.iter().map(|step| step.at).max().map(|Millis(at)| at),
        versions: versions.into_iter().map(str::to_owned).collect(),
        tickets: stands.iter().take(NAMED).map(|step| step.ticket.to_string()).collect(),
    })
}

/// Notes a step, what came of all of them, or who agreed. Refused where the tier is too low, or nobody agreed who has to.
pub(crate) fn log(engine: &Engine, args: &RunbookLogArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let on = ticket::find(engine, &args.ticket)?;
    let (entry, runbook) = find(engine, &args.id)?;
    may_at_all(engine, &runbook)?;
    let key = key(&entry);
    let approver = args.approved_by.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let (step, outcome, said) = match (approver, args.outcome.trim()) {
        (Some(name), _) => (0, StepOutcome::Done, format!("{APPROVED}{name}")),
        (None, word) => {
            let outcome = StepOutcome::parse(word)
                .ok_or_else(|| Error::BadInput(format!("\"{word}\" is none of done, worked, did_not_work")))?;
            may(engine, &on.key, &entry, &runbook)?;
            match (outcome, (args.step as usize).checked_sub(1).map(|at| runbook.steps.get(at))) {
                (StepOutcome::Done, Some(Some(said))) => (args.step, outcome, said.clone()),
                (StepOutcome::Done, _) => {
                    let count = runbook.steps.len();
                    return Err(Error::BadInput(format!("it has {count} steps; say which was done, from 1")));
                }
                _ => (0, outcome, entry.title.clone()),
            }
        }
    };
    let version = seen::question_of(&on, None, &[]).versions.into_iter().next();
    let at = engine.core.clock.now();
    let step = Step { id: 0, at, ticket: on.key, entry: key, step, said, outcome, version };
    Ok(FeedbackReply { undo: engine.core.store.log_step(&step)? })
}

/// The one that an id or a path means.
fn find(engine: &Engine, id: &str) -> Result<(Entry, Runbook)> {
    let id = id.trim();
    let wanted = id.strip_prefix("knowledge:").unwrap_or(id);
    let mut found: Vec<_> =
        all(engine)?.into_iter().filter(|(entry, _)| entry.path == wanted || entry.id == wanted).collect();
    if found.len() > 1 {
        let keys = found.into_iter().map(|(entry, _)| entry.path).collect();
        return Err(Error::Ambiguous { id: id.into(), keys });
    }
    found.pop().ok_or_else(|| Error::NotFound { what: "runbook", id: id.into() })
}

fn may_at_all(engine: &Engine, runbook: &Runbook) -> Result<()> {
    let tier = tier(engine)?;
    if below(&tier, &runbook.min_tier) {
        return Err(Error::RunbookTier { needs: runbook.min_tier.clone(), tier });
    }
    Ok(())
}

/// Refused where the tier is too low, or nobody agreed who has to.
fn may(engine: &Engine, ticket: &Key, entry: &Entry, runbook: &Runbook) -> Result<()> {
    may_at_all(engine, runbook)?;
    if !runbook.approval.is_empty() && !is_approved(engine, ticket, &key(entry))? {
        return Err(Error::RunbookApproval { who: runbook.approval.clone() });
    }
    Ok(())
}

fn is_approved(engine: &Engine, ticket: &Key, entry: &Key) -> Result<bool> {
    let steps = engine.core.store.steps_on(ticket)?;
    Ok(steps.iter().any(|step| {
        step.entry == *entry && step.step == 0 && step.outcome == StepOutcome::Done && step.said.starts_with(APPROVED)
    }))
}
