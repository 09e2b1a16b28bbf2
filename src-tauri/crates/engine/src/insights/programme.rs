//! The programme by which a team comes to escalate less: what can be counted of its steps is counted, the rest is ticked by
//! people: in the team's own file where there is a knowledge folder, so that all of them see the same list.

mod counted;
mod told;
mod tools;
mod written;

use crate::{
    Engine, Error, Result,
    api::{
        args::ProgrammeTickArgs,
        view::{MeasuredView, PhaseView, ProgrammeTicked, ProgrammeView, StepView},
    },
    knowledge,
};
use ::insights::programme::{PHASES, Step, list, pareto, step, tick as ticked_in, ticked};
use ::knowledge::Shelf;
use std::collections::BTreeSet;
pub(crate) use told::keep;

const FILE: &str = "programme.md";

pub(crate) fn get(engine: &Engine) -> Result<ProgrammeView> {
    let notes = engine.core.store.interviews()?;
    let counted = counted::all(engine, &notes)?;
    let (ticks, shared) = ticks(engine)?;
    let view = |step: &Step| {
        let measured = step.counts.map(|(of, need)| MeasuredView {
            have: counted.get(step.name).copied().unwrap_or_default(),
            need,
            of: of.into(),
        });
        let ticked = ticks.contains(step.title);
        let done = ticked || measured.as_ref().is_some_and(|of| of.have >= of.need);
        StepView { name: step.name.into(), title: step.title.into(), measured, ticked, done }
    };
    let phases = PHASES
        .iter()
        .map(|phase| PhaseView { title: phase.title.into(), steps: phase.steps.iter().map(view).collect() })
        .collect();
    let mut view = ProgrammeView {
        phases,
        file: shared.then(|| FILE.into()),
        pains: told::pains(pareto(notes.iter().map(|one| (one.pain.as_str(), one.often.as_str())))),
        tools: tools::all(engine, &notes)?,
        interviews: notes.into_iter().map(told::view).collect(),
        markdown: String::new(),
    };
    view.markdown = written::markdown(&view);
    Ok(view)
}

/// What is ticked, and whether that is the team's file. A folder that is gone for now hides the ticks of this workspace
/// from nobody.
fn ticks(engine: &Engine) -> Result<(BTreeSet<String>, bool)> {
    match shelf(engine).and_then(|shelf| shelf.map(|shelf| Ok(shelf.programme()?)).transpose()) {
        Ok(Some(Some(text))) => Ok((ticked(&text), true)),
        Ok(Some(None)) => Ok((own(engine)?, true)),
        Ok(None) | Err(Error::Knowledge(_)) => Ok((own(engine)?, false)),
        Err(error) => Err(error),
    }
}

fn shelf(engine: &Engine) -> Result<Option<Shelf>> {
    match knowledge::shelf(engine) {
        Ok(shelf) => Ok(Some(shelf)),
        Err(Error::NoKnowledge) => Ok(None),
        Err(error) => Err(error),
    }
}

fn own(engine: &Engine) -> Result<BTreeSet<String>> {
    Ok(engine.core.store.ticks()?.into_iter().collect())
}

/// The first tick of a team writes its list, with what was ticked here before there was a folder.
pub(crate) fn tick(engine: &Engine, args: &ProgrammeTickArgs) -> Result<ProgrammeTicked> {
    engine.must_own()?;
    let step = step(args.step.trim()).ok_or_else(|| unknown(&args.step))?;
    let (ticks, _) = ticks(engine)?;
    let ticked = ProgrammeTicked { before: ticks.contains(step.title), after: args.done };
    match shelf(engine)? {
        Some(shelf) => {
            let text = shelf.programme()?.unwrap_or_else(|| list(&ticks));
            shelf.keep_programme(&ticked_in(&text, step.title, args.done))?;
        }
        None => engine.core.store.tick(step.title, args.done, engine.core.clock.now())?,
    }
    Ok(ticked)
}

fn unknown(name: &str) -> Error {
    let names: Vec<&str> = PHASES.iter().flat_map(|phase| phase.steps).map(|step| step.name).collect();
    Error::BadInput(format!("there is no step \"{name}\"; there are {}", names.join(", ")))
}

#[cfg(test)]
mod tests;
