//! An answer, and what becomes of it: it stops the next escalation of the same, and begins a known error.

use super::handed;
use crate::{
    Engine, Error, Result,
    api::{
        args::{EscalationAnswerArgs, KnowledgeNewArgs},
        view::{EscalationAnswerView, EscalationAnswered},
    },
    knowledge::new::{Told, make_of},
    text, ticket,
};
use ::escalation::{Answer, Package, State};
use store::StoredEscalation;

const LONGEST: usize = 8_000;

pub(crate) fn give(engine: &Engine, args: &EscalationAnswerArgs) -> Result<EscalationAnswered> {
    engine.must_own()?;
    let one = handed::find(engine, args.id)?;
    let state = handed::state_of(&one);
    // Who answered may put it better later.
    if !state.may_become(State::Answered) && !matches!(state, State::Answered | State::FixReleased) {
        return Err(Error::BadInput(format!("it is {}, and is not answered any more", state.as_str())));
    }
    let short = |text: &str| text::cut(text.trim(), LONGEST).to_owned();
    let answer = Answer {
        cause: short(&args.cause),
        fix: short(&args.fix),
        workaround: short(&args.workaround),
        versions: short(&args.versions),
        note: short(&args.note),
    };
    if answer.is_empty() {
        return Err(Error::BadInput(
            "say at least one thing: the cause, the fix, a workaround, the versions or a note".into(),
        ));
    }
    let by = super::bundle::author_name(engine, args.by.as_deref())?;
    let now = engine.core.clock.now().0;
    let first = one.answer.is_none();
    let one = StoredEscalation {
        state: if state.may_become(State::Answered) { State::Answered.as_str().into() } else { one.state },
        answer: serde_json::to_string(&answer).ok(),
        answered_at: Some(now),
        answered_by: Some(by).filter(|by| !by.is_empty()),
        effort: args.effort.or(one.effort),
        updated_at: now,
        ..one
    };
    engine.core.store.put_escalation(&one)?;
    // Once: a second file for better words would be a second known error.
    let known_error = if first { begin(engine, &one, &answer)? } else { None };
    Ok(EscalationAnswered { escalation: handed::view(engine, one)?, known_error })
}

/// A known error in the knowledge folder, for support to complete; nothing where no folder was chosen.
fn begin(engine: &Engine, one: &StoredEscalation, answer: &Answer) -> Result<Option<String>> {
    let package: Package = serde_json::from_str(&one.package).unwrap_or_default();
    let here = one.author.is_none() && ticket::find(engine, &one.ticket).is_ok();
    let resolution = [&answer.note, &answer.fix].map(|text| text.trim()).into_iter().filter(|text| !text.is_empty());
    let told = Told {
        issue: package.ticket.body.clone(),
        cause: answer.cause.clone(),
        workaround: answer.workaround.clone(),
        resolution: resolution.collect::<Vec<_>>().join("\n\n"),
        fix_versions: answer.fix_versions(),
        ..Told::default()
    };
    let args = KnowledgeNewArgs {
        kind: "known_error".into(),
        title: Some(one.title.clone()).filter(|title| !title.trim().is_empty()),
        // A title that came up before is no reason to lose an answer.
        id: Some(format!("escalation-{}", one.id)),
        ticket: here.then(|| one.ticket.clone()),
    };
    match make_of(engine, &args, &told) {
        Ok(made) => Ok(Some(made.entry.path)),
        Err(Error::NoKnowledge | Error::Knowledge(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn view(answer: Answer) -> EscalationAnswerView {
    let Answer { cause, fix, workaround, versions, note } = answer;
    EscalationAnswerView { cause, fix, workaround, versions, note }
}
