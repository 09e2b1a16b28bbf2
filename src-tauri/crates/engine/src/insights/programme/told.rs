//! What people told of their work.

use crate::{
    Engine, Error, Result,
    api::{
        args::InterviewArgs,
        view::{InterviewKept, InterviewNote, InterviewView, PainView},
    },
};
use ::insights::programme::{OFTEN, Pain};
use store::Interview;

pub(super) const ROLES: [&str; 5] = ["l1", "l2", "l3_engineer", "lead", "other"];
const LINE: usize = 200;
const QUOTE: usize = 10_000;

pub(crate) fn keep(engine: &Engine, args: InterviewArgs) -> Result<InterviewKept> {
    engine.must_own()?;
    let store = &engine.core.store;
    let id = args.id.unwrap_or_default();
    let before = if id == 0 { None } else { store.interview(id)? };
    let before = before.map(note);
    let Some(note) = args.note else {
        if before.is_none() {
            return Err(Error::NotFound { what: "interview", id: id.to_string() });
        }
        store.remove_interview(id)?;
        return Ok(InterviewKept { id, before, after: None });
    };
    let after = checked(note, engine.core.clock.now().0)?;
    let InterviewNote { at, role, pain, often, tools, quote } = after.clone();
    let kept = Interview { id, at: at.unwrap_or_default(), role, pain, often, tools, quote };
    let id = store.keep_interview(&kept)?;
    Ok(InterviewKept { id, before, after: Some(after) })
}

fn checked(note: InterviewNote, now: i64) -> Result<InterviewNote> {
    let often = OFTEN.map(|(name, _)| name);
    let one_of = |what: &str, said: &str, of: &[&str]| match of.contains(&said) {
        true => Ok(()),
        false => Err(Error::BadInput(format!("\"{said}\" is no {what}; there is {}", of.join(", ")))),
    };
    one_of("role", &note.role, &ROLES)?;
    one_of("frequency", &note.often, &often)?;
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let pain = flat(&note.pain);
    if pain.is_empty() {
        return Err(Error::BadInput("say in a line what slows them".into()));
    }
    let tools = names(&note.tools).join(", ");
    if pain.chars().count() > LINE || tools.chars().count() > LINE || note.quote.chars().count() > QUOTE {
        return Err(Error::BadInput(format!("a line holds {LINE} characters, and what was said {QUOTE}")));
    }
    Ok(InterviewNote { at: Some(note.at.unwrap_or(now)), pain, tools, quote: note.quote.trim().to_owned(), ..note })
}

pub(super) fn names(tools: &str) -> Vec<String> {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    tools.split([',', ';', '\n']).map(flat).filter(|name| !name.is_empty()).collect()
}

fn note(one: Interview) -> InterviewNote {
    let Interview { at, role, pain, often, tools, quote, .. } = one;
    InterviewNote { at: Some(at), role, pain, often, tools, quote }
}

pub(super) fn view(one: Interview) -> InterviewView {
    let Interview { id, at, role, pain, often, tools, quote } = one;
    InterviewView { id, at, role, pain, often, tools: names(&tools), quote }
}

pub(super) fn pains(pains: Vec<Pain>) -> Vec<PainView> {
    let view = |one: Pain| PainView { pain: one.pain, people: one.people, monthly: one.monthly };
    pains.into_iter().map(view).collect()
}
