//! Steps of a workaround that were tried on a ticket, and how often that helped.

use crate::{
    Engine, Error, Result,
    api::{
        args::{StepLogArgs, StepsArgs, UndoArgs},
        view::{Done, FeedbackReply, StepDone, StepOutcomeView, StepsView, TriedView},
    },
    known, seen, ticket,
};
use domain::{Key, wilson};
use std::collections::BTreeSet;
use store::{Step, StepOutcome, StoredKnownError, Tried};

/// Tickets behind a number that are named.
const NAMED: usize = 200;

pub(crate) fn list(engine: &Engine, args: &StepsArgs) -> Result<StepsView> {
    let (ticket, known) = (ticket::find(engine, &args.ticket)?.key, known::find(engine, &args.entry)?);
    let mut view = StepsView { done: Vec::new(), outcome: None, tried: of(engine, &known)? };
    for step in engine.core.store.steps_on(&ticket)?.into_iter().filter(|step| step.entry == known.key) {
        match step.outcome {
            StepOutcome::Done => {
                view.done.retain(|done| done.step != step.step);
                view.done.push(StepDone { step: step.step, undo: step.id, at: step.at.0 });
            }
            outcome => {
                let outcome = outcome.as_str().into();
                view.outcome = Some(StepOutcomeView { outcome, undo: step.id, at: step.at.0 });
            }
        }
    }
    view.done.sort_by_key(|done| done.step);
    Ok(view)
}

pub(crate) fn log(engine: &Engine, args: &StepLogArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let outcome = StepOutcome::parse(args.outcome.trim())
        .ok_or_else(|| Error::BadInput(format!("\"{}\" is none of done, worked, did_not_work", args.outcome)))?;
    let (stored, known) = (ticket::find(engine, &args.ticket)?, known::find(engine, &args.entry)?);
    let steps = &known.error.workaround;
    let said = match (args.step as usize).checked_sub(1).map(|at| steps.get(at)) {
        None if outcome == StepOutcome::Done => {
            return Err(Error::BadInput("say which step was done: they are numbered from 1".into()));
        }
        None => known.error.title.clone(),
        Some(Some(step)) => step.clone(),
        Some(None) => {
            return Err(Error::BadInput(format!(
                "its workaround has {} steps, and no step {}",
                steps.len(),
                args.step
            )));
        }
    };
    let version = seen::question_of(&stored, None, &[]).versions.into_iter().next();
    let step = Step {
        id: 0,
        at: engine.core.clock.now(),
        ticket: stored.key,
        entry: known.key,
        step: args.step,
        said,
        outcome,
        version,
    };
    Ok(FeedbackReply { undo: engine.core.store.log_step(&step)? })
}

pub(crate) fn unlog(engine: &Engine, args: &UndoArgs) -> Result<Done> {
    engine.must_own()?;
    if engine.core.store.unlog_step(args.undo, engine.core.clock.now())? {
        Ok(Done {})
    } else {
        Err(Error::NotFound { what: "step to take back under the number", id: args.undo.to_string() })
    }
}

/// As its source counted it, and as it was said here.
pub(crate) fn of(engine: &Engine, known: &StoredKnownError) -> Result<TriedView> {
    let stands = engine.core.store.outcomes_of(&known.key)?;
    let worked: Vec<&Step> = stands.iter().filter(|step| step.outcome == StepOutcome::Worked).collect();
    let tried = Tried {
        entry: known.key.clone(),
        worked: worked.len() as u32,
        tried: stands.len() as u32,
        confirmed_at: worked.iter().map(|step| step.at).max(),
        worked_lately: 0,
        tried_lately: 0,
    };
    let versions: BTreeSet<&str> = worked.iter().filter_map(|step| step.version.as_deref()).collect();
    Ok(TriedView {
        versions: versions.into_iter().map(str::to_owned).collect(),
        tickets: stands.iter().take(NAMED).map(|step| step.ticket.to_string()).collect(),
        ..counted(known, Some(&tried))
    })
}

pub(crate) fn counted(known: &StoredKnownError, here: Option<&Tried>) -> TriedView {
    let worked = known.error.workaround_worked + here.map_or(0, |here| here.worked);
    let tried = known.error.workaround_tried + here.map_or(0, |here| here.tried);
    let interval = wilson(worked, tried);
    TriedView {
        worked,
        tried,
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        confirmed_at: here.and_then(|here| here.confirmed_at).map(|at| at.0),
        ..TriedView::default()
    }
}

/// What was tried on a ticket, in words for whoever gets it next.
pub(crate) fn told(engine: &Engine, ticket: &Key) -> Result<Vec<(i64, String)>> {
    let steps = engine.core.store.steps_on(ticket)?.into_iter();
    Ok(steps
        .filter(|step| !step.said.is_empty())
        .map(|step| {
            let Step { entry, said, outcome, at, .. } = step;
            let came = match outcome {
                StepOutcome::Done => format!("Done: {said}"),
                StepOutcome::Worked => format!("It worked: {said}"),
                StepOutcome::DidNotWork => format!("It did not work: {said}"),
            };
            (at.0, format!("{came} ({})", entry.id))
        })
        .collect())
}
