//! What was handed over: written down with its reason, moved along, answered.

use super::{always, answer, cleaned, lint_view, make, people, repeat};
use crate::{
    Engine, Error, Result,
    api::{
        args::{EscalationMoveArgs, EscalationSubmitArgs, NumberArgs},
        view::{EscalationAuthor, EscalationRow, EscalationView, PackageLine, ReachedView, RepeatView},
    },
    ticket,
};
use ::escalation::{Package, State, bundle::Author, markdown};
use std::collections::BTreeMap;
use store::StoredEscalation;

/// Needs a reason, and where the same was answered before, why it is handed over all the same.
pub(crate) fn submit(engine: &Engine, args: &EscalationSubmitArgs) -> Result<EscalationView> {
    engine.must_own()?;
    let made = make(engine, &args.package)?;
    let reason = made.package.reason.ok_or(Error::ReasonMissing)?;
    let why = args.although.as_deref().map(str::trim).filter(|why| !why.is_empty());
    let repeat = repeat::find(engine, &made.stored, &made.seen)?;
    if let (Some(repeat), None, false) = (&repeat, &why, always(engine, &made.stored)?) {
        return Err(answered_before(repeat));
    }
    let now = engine.core.clock.now();
    let store = &engine.core.store;
    let ticket = made.stored.key.to_string();
    let people = people(engine, &made.stored)?;
    let text = cleaned::marked(&markdown(&made.package, &made.lint), people.clone()).text;
    if args.seal.as_deref().is_some_and(|shown| shown.trim() != super::seal(&text, &made.package)) {
        return Err(Error::PackageChanged { ticket });
    }
    let earlier = store.escalations_of(&ticket)?.into_iter().find(|one| one.author.is_none());
    let earlier =
        earlier.filter(|one| State::parse(&one.state).is_some_and(|state| !state.is_over() && !state.is_answered()));
    let why = why.map(|why| cleaned::marked(why, people).text);
    let one = StoredEscalation {
        id: earlier.as_ref().map_or(0, |one| one.id),
        ticket,
        state: State::Submitted.as_str().into(),
        reason: reason.as_str().into(),
        target: made.package.to.clone(),
        title: made.package.ticket.subject.clone(),
        package: made.package.to_json(),
        markdown: text,
        filled: made.lint.filled as u32,
        needed: made.lint.needed as u32,
        signatures: made
            .package
            .errors
            .iter()
            .map(|error| error.code.clone())
            .filter(|code| !code.is_empty())
            .collect(),
        repeat_of: repeat.as_ref().map(|repeat| repeat.id.clone()),
        repeat_reason: repeat.and(why),
        epoch: earlier.as_ref().map_or(0, |one| one.epoch),
        created_at: earlier.map_or(now.0, |one| one.created_at),
        updated_at: now.0,
        ..StoredEscalation::default()
    };
    let id = store.put_escalation(&one)?;
    store.drop_draft(&one.ticket)?;
    view(engine, StoredEscalation { id, ..one })
}

fn answered_before(repeat: &RepeatView) -> Error {
    Error::AnsweredBefore { id: repeat.id.clone(), title: repeat.title.clone() }
}

pub(crate) fn list(engine: &Engine) -> Result<Vec<EscalationRow>> {
    let names = authors(engine)?;
    Ok(engine.core.store.escalations()?.into_iter().map(|one| row(&one, &names)).collect())
}

/// Some of them by their numbers, in that order.
pub(crate) fn rows(engine: &Engine, ids: &[i64]) -> Result<Vec<EscalationRow>> {
    let names = authors(engine)?;
    let found = ids.iter().map(|id| engine.core.store.escalation(*id)).collect::<std::result::Result<Vec<_>, _>>()?;
    Ok(found.into_iter().flatten().map(|one| row(&one, &names)).collect())
}

pub(crate) fn get(engine: &Engine, args: &NumberArgs) -> Result<EscalationView> {
    view(engine, find(engine, args.id)?)
}

/// An answer is given with its words: nothing moves to *answered* here.
pub(crate) fn move_to(engine: &Engine, args: &EscalationMoveArgs) -> Result<EscalationView> {
    engine.must_own()?;
    let one = find(engine, args.id)?;
    let state = state_of(&one);
    let next = State::parse(args.state.trim()).filter(|next| state.may_become(*next) && *next != State::Answered);
    let Some(next) = next else {
        let there: Vec<&str> = open_to(state).map(State::as_str).collect();
        return Err(Error::BadInput(format!("it is {}, and may become {}", state.as_str(), there.join(" or "))));
    };
    let one = StoredEscalation { state: next.as_str().into(), updated_at: engine.core.clock.now().0, ..one };
    engine.core.store.put_escalation(&one)?;
    view(engine, one)
}

pub(super) fn find(engine: &Engine, id: i64) -> Result<StoredEscalation> {
    engine.core.store.escalation(id)?.ok_or(Error::NotFound { what: "escalation", id: id.to_string() })
}

pub(super) fn state_of(one: &StoredEscalation) -> State {
    State::parse(&one.state).unwrap_or(State::Draft)
}

fn open_to(state: State) -> impl Iterator<Item = State> {
    state.next().iter().copied().filter(|next| *next != State::Answered)
}

/// Names of authors by their key in hex.
fn authors(engine: &Engine) -> Result<BTreeMap<String, String>> {
    Ok(engine.core.store.bundle_authors()?.into_iter().collect())
}

fn row(one: &StoredEscalation, names: &BTreeMap<String, String>) -> EscalationRow {
    let author = one.author.as_ref().map(|key| {
        let name = names.get(key).cloned().unwrap_or_default();
        EscalationAuthor {
            code: super::bundle::key_of(key).map(|key| Author { key, name: String::new() }.code()).unwrap_or_default(),
            name,
        }
    });
    EscalationRow {
        id: one.id,
        ticket: one.ticket.clone(),
        title: one.title.clone(),
        state: one.state.clone(),
        reason: one.reason.clone(),
        to: one.target.clone(),
        filled: one.filled,
        needed: one.needed,
        author,
        repeat_of: one.repeat_of.clone(),
        repeat_reason: one.repeat_reason.clone(),
        created_at: one.created_at,
        updated_at: one.updated_at,
        answered_at: one.answered_at,
        answered_by: one.answered_by.clone(),
    }
}

pub(super) fn view(engine: &Engine, one: StoredEscalation) -> Result<EscalationView> {
    let package: Package = serde_json::from_str(&one.package).unwrap_or_default();
    let row = row(&one, &authors(engine)?);
    let here = row.author.is_none() && ticket::find(engine, &one.ticket).is_ok();
    let code = package.code.iter().map(|line| PackageLine {
        repo: line.repo.clone(),
        at: line.at.clone(),
        commit: line.commit.clone(),
        path: line.path.clone(),
        line: line.line,
        symbol: line.symbol.clone(),
        permalink: line.permalink.clone(),
    });
    Ok(EscalationView {
        answer: one.answer.as_deref().and_then(|answer| serde_json::from_str(answer).ok()).map(answer::view),
        evidence: super::evidence::list(engine, one.id)?,
        effort: one.effort,
        reached: engine
            .core
            .store
            .reached(one.id)?
            .into_iter()
            .map(|one| ReachedView { at: one.at, state: one.state, filled: one.filled, needed: one.needed })
            .collect(),
        code: code.collect(),
        facts: super::facts(&package),
        files: super::files(&package),
        lint: lint_view(&::escalation::lint(&package, &[])),
        next: open_to(state_of(&one)).map(|state| state.as_str().into()).collect(),
        ticket_here: here,
        markdown: cleaned::placed(one.markdown),
        json: one.package,
        row,
    })
}
