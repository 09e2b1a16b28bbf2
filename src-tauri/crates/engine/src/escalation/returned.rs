//! An answer that goes back in a signed file, and joins the case that it answers: what was escalated from one machine and
//! answered on another stops the next escalation of the same on the first.

use super::answer;
use crate::{Engine, Error, Result};
use ::escalation::{
    Answer, State,
    bundle::{Bundle, Part, Refused},
};
use serde::{Deserialize, Serialize};
use store::StoredEscalation;

const NAME: &str = "answer.json";
/// Of who answered, who need not be whoever signed.
const NAMED: usize = 80;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Returned {
    answer: Answer,
    /// When, in milliseconds of the answering machine.
    at: i64,
    #[serde(default)]
    by: Option<String>,
    /// Minutes.
    #[serde(default)]
    effort: Option<u32>,
}

/// What of it goes along, once it is answered.
pub(super) fn part(one: &StoredEscalation) -> Option<Part> {
    let answer = serde_json::from_str(one.answer.as_deref()?).ok()?;
    let by = one.answered_by.clone();
    let returned = Returned { answer, at: one.answered_at.unwrap_or_default(), by, effort: one.effort };
    Some(Part { name: NAME.into(), bytes: serde_json::to_vec(&returned).ok()? })
}

/// `None` of a case that nobody answered yet.
pub(super) fn read(bundle: &Bundle) -> Result<Option<Returned>> {
    let Some(bytes) = bundle.part(NAME) else { return Ok(None) };
    let unreadable = |_| Error::Bundle(Refused::Malformed("its answer is unreadable"));
    let mut returned: Returned = serde_json::from_slice(bytes).map_err(unreadable)?;
    returned.answer = answer::cut(&returned.answer);
    returned.by = returned.by.map(|by| by.chars().filter(|letter| !letter.is_control()).take(NAMED).collect());
    Ok(Some(returned).filter(|returned| !returned.answer.is_empty()))
}

impl Returned {
    /// Better words for an answer take its place, and nothing older does. `None`: it is there already.
    pub(super) fn onto(&self, one: &StoredEscalation) -> Result<Option<StoredEscalation>> {
        match one.answered_at {
            Some(at) if at > self.at => return Err(Error::BundleOld { case: one.ticket.clone() }),
            Some(at) if at == self.at => return Ok(None),
            _ => {}
        }
        let state = State::parse(&one.state).unwrap_or(State::Submitted);
        Ok(Some(StoredEscalation {
            // One that was closed meanwhile stays closed, and keeps what was found out.
            state: if state.may_become(State::Answered) { State::Answered.as_str().into() } else { one.state.clone() },
            answer: serde_json::to_string(&self.answer).ok(),
            answered_at: Some(self.at),
            answered_by: self.by.clone().filter(|by| !by.is_empty()),
            effort: self.effort.or(one.effort),
            ..one.clone()
        }))
    }

    /// Joins a case that was handed over from here: what becomes of an answer that is given here becomes of this one.
    pub(super) fn join(&self, engine: &Engine, one: StoredEscalation) -> Result<StoredEscalation> {
        let Some(joined) = self.onto(&one)? else { return Ok(one) };
        let joined = StoredEscalation { updated_at: engine.core.clock.now().0, ..joined };
        engine.core.store.put_escalation(&joined)?;
        engine.must_own()?.catch_up();
        if one.answer.is_none() {
            answer::begin(engine, &joined, &self.answer)?;
        }
        Ok(joined)
    }
}
