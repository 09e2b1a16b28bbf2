//! How far each step is that can be counted.

use super::super::{baseline, history};
use crate::{Engine, Error, Result, knowledge};
use ::insights::FIGURES;
use ::knowledge::{Confidence, Entry, Kind, State};
use std::collections::BTreeMap;
use store::Interview;

/// By the name of the step.
pub(super) fn all(engine: &Engine, notes: &[Interview]) -> Result<BTreeMap<&'static str, u64>> {
    let store = &engine.core.store;
    let history = history(engine)?;
    let frozen = baseline::read(engine)?;
    let period = history.period(&Default::default());
    let (mut met, mut handled) = (0, None);
    for figure in
        FIGURES.iter().filter(|figure| ["l1_l2", "l2_l3", "engineering", "types_handled"].contains(&figure.name))
    {
        let value = ::insights::figure(&history.past(), &history.scope(period, None), figure).value;
        match figure.target {
            Some(target) => met += u64::from(value.is_some_and(|value| value < target)),
            None => handled = value,
        }
    }
    let before = frozen.as_ref().and_then(|frozen| frozen.values.get("types_handled"));
    let state = folder(engine)?;
    let entries = |meant: &dyn Fn(&Entry) -> bool| {
        state.entries.iter().filter(|entry| entry.confidence() != Confidence::Archived && meant(entry)).count() as u64
    };
    let heard = |roles: &[&str]| u64::from(notes.iter().any(|note| roles.contains(&note.role.as_str())));
    let sources = store.sources()?;
    let any = |meant: fn(&str) -> bool| sources.iter().any(|one| one.tickets > 0 && meant(&one.kind));
    let telemetry = any(super::tools::is_telemetry) || store.case_files_of_kinds(&["sentry", "otel"])? > 0;
    let connected = [any(super::tools::is_helpdesk), !store.repos()?.is_empty(), telemetry];
    Ok(BTreeMap::from([
        ("baseline", u64::from(frozen.is_some())),
        ("interviews", heard(&["l1", "l2", "lead"]) + heard(&["l3_engineer"])),
        ("reasons", (history.reasons.len() + history.said_why.len()) as u64),
        ("known_errors", entries(&|entry| entry.kind == Kind::KnownError)),
        ("knowledge", entries(&|entry| entry.kind == Kind::Article)),
        ("guidelines", entries(&|entry| entry.escalate().is_some())),
        ("concepts", entries(&|entry| entry.kind == Kind::Concept)),
        ("diagnostics", store.case_files_of_kinds(&["replay", "har", "sentry", "otel", "log", "picture"])?),
        ("connected", connected.map(u64::from).iter().sum()),
        ("triage", state.rules.iter().filter(|rule| rule.triage.is_some() && rule.speaks()).count() as u64),
        ("self_service", entries(&|entry| entry.kind == Kind::Runbook)),
        ("refine", store.said_of_rules(None)?.len() as u64),
        ("expand", before.zip(handled).map_or(0, |(before, now)| (now - before).max(0.0) as u64)),
        ("institutional", u64::from(is_shared(engine))),
        ("targets", met),
    ]))
}

/// A folder that is gone for now holds nothing for now.
fn folder(engine: &Engine) -> Result<State> {
    match knowledge::shelf(engine).and_then(|shelf| Ok(shelf.read()?)) {
        Ok(state) => Ok(state),
        Err(Error::NoKnowledge | Error::Knowledge(_)) => Ok(State::default()),
        Err(error) => Err(error),
    }
}

/// What git says of it may be that it is half done with something: then it is not.
fn is_shared(engine: &Engine) -> bool {
    knowledge::team::standing(engine).is_ok_and(|standing| standing.is_some_and(|one| !one.remote.is_empty()))
}
