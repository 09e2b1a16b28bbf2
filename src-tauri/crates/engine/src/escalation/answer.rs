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
    let EscalationAnswerArgs { cause, fix, workaround, versions, note, .. } = args.clone();
    let answer = cut(&Answer { cause, fix, workaround, versions, note });
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
    engine.must_own()?.catch_up();
    // Once: a second file for better words would be a second known error.
    let begun = if first { begin(engine, &one, &answer)? } else { Begun::default() };
    let no_folder = first && begun.known_error.is_none();
    let Begun { known_error, article } = begun;
    Ok(EscalationAnswered { escalation: handed::view(engine, one)?, known_error, article, no_folder })
}

/// Every text no longer than one is kept.
pub(super) fn cut(answer: &Answer) -> Answer {
    let short = |text: &str| text::cut(text.trim(), LONGEST).to_owned();
    Answer {
        cause: short(&answer.cause),
        fix: short(&answer.fix),
        workaround: short(&answer.workaround),
        versions: short(&answer.versions),
        note: short(&answer.note),
    }
}

/// Files that an answer became, by their paths in the knowledge folder.
#[derive(Default)]
pub(super) struct Begun {
    known_error: Option<String>,
    article: Option<String>,
}

/// A known error in the knowledge folder, and where something was said to support an article with that, for support to complete;
/// nothing where no folder was chosen.
pub(super) fn begin(engine: &Engine, one: &StoredEscalation, answer: &Answer) -> Result<Begun> {
    let package: Package = serde_json::from_str(&one.package).unwrap_or_default();
    let here = one.author.is_none() && ticket::find(engine, &one.ticket).is_ok();
    let resolution = [&answer.note, &answer.fix].map(|text| text.trim()).into_iter().filter(|text| !text.is_empty());
    let told = Told {
        issue: package.ticket.body.clone(),
        cause: answer.cause.clone(),
        workaround: answer.workaround.clone(),
        resolution: resolution.collect::<Vec<_>>().join("\n\n"),
        fix_versions: answer.fix_versions(),
        // In the place of the ticket's own, where that is not here.
        product: Some(package.environment.product.clone()).filter(|product| !product.is_empty()),
        affected_versions: Some(package.environment.version.clone())
            .filter(|version| !version.is_empty())
            .into_iter()
            .collect(),
        ..Told::default()
    };
    let make = |kind: &str, id: String, told: &Told| {
        let args = KnowledgeNewArgs {
            kind: kind.into(),
            title: Some(one.title.clone()).filter(|title| !title.trim().is_empty()),
            // A title that came up before is no reason to lose an answer.
            id: Some(id),
            ticket: here.then(|| one.ticket.clone()),
        };
        match make_of(engine, &args, told) {
            Ok(made) => Ok(Some(made.entry.path)),
            Err(Error::NoKnowledge | Error::Knowledge(_)) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let known_error = make("known_error", format!("escalation-{}", one.id), &told)?;
    let article = match answer.note.trim() {
        "" => None,
        note => {
            let taught = [answer.workaround.trim(), note].into_iter().filter(|text| !text.is_empty());
            let told = Told { resolution: taught.collect::<Vec<_>>().join("\n\n"), ..told };
            make("article", format!("escalation-{}-taught", one.id), &told)?
        }
    };
    Ok(Begun { known_error, article })
}

pub(super) fn view(answer: Answer) -> EscalationAnswerView {
    let Answer { cause, fix, workaround, versions, note } = answer;
    EscalationAnswerView { cause, fix, workaround, versions, note }
}
