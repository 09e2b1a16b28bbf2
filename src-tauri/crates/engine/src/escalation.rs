//! From a ticket to the package that engineering gets: gathered from what is here, completed by a person, redacted,
//! checked for what it lacks, and held against what was answered before.
//!
//! What is shown is what leaves: the Markdown and the JSON are both made of the redacted package, and of nothing else.

mod answer;
mod begun;
mod bisect;
mod bundle;
mod cleaned;
mod code;
mod evidence;
mod gather;
mod given;
#[cfg(test)]
mod guided;
mod guideline;
mod handed;
#[cfg(test)]
mod measured;
mod repeat;
mod returned;
mod told;
mod trial;
mod zone;

use crate::{
    Engine, Error, Result,
    api::{
        args::{EscalationArgs, SeenArgs},
        view::{EscalationDraft, FactView, LintView, LostView, PackageFile, SeenBefore},
    },
    privacy, seen, ticket,
};
use ::escalation::{Fact, FileFact, Known, Lint, Package, Reason, lint, markdown};
use store::{Store, StoredEscalation, StoredTicket};

pub(crate) use answer::give as answer;
pub(crate) use begun::{keep as draft_keep, list as drafts, throw_away as draft_drop};
pub use bisect::run_now as bisect_now;
pub(crate) use bisect::{run as bisect_run_start, say as bisect_say, start as bisect_start};
pub(crate) use bundle::{audit, authors, forget_author, open as bundle_open, own_author, save as bundle_save};
pub(crate) use gather::{PLAN, RIGHTS, ROLE, of_extra, speaks};
pub(crate) use handed::{get, list, move_to, rows, submit};
pub use trial::run_now as test_now;
pub(crate) use trial::{draft as test_draft, start as test_start};

/// A package with everything that is known about it.
pub(crate) struct Made {
    pub(crate) stored: StoredTicket,
    /// Redacted.
    pub(crate) package: Package,
    pub(crate) lint: Lint,
    pub(crate) seen: SeenBefore,
}

/// What engineering answered to a ticket, last, with who did and when.
pub(crate) struct Answered {
    pub(crate) answer: ::escalation::Answer,
    pub(crate) by: Option<String>,
    pub(crate) at: Option<i64>,
}

pub(crate) fn answer_to(store: &Store, ticket: &str) -> Result<Option<Answered>> {
    let answered = |one: StoredEscalation| {
        let answer = serde_json::from_str(one.answer.as_deref()?).ok()?;
        Some(Answered { answer, by: one.answered_by, at: one.answered_at })
    };
    Ok(store.escalations_of(ticket)?.into_iter().find_map(answered))
}

/// Writes nothing down.
pub(crate) fn draft(engine: &Engine, args: &EscalationArgs) -> Result<EscalationDraft> {
    let made = make(engine, args)?;
    let repeat = repeat::find(engine, &made.stored, &made.seen)?;
    let Made { stored, package, lint, .. } = made;
    let (text, json) = (cleaned::marked(&markdown(&package, &lint), people(engine, &stored)?), package.to_json());
    Ok(EscalationDraft {
        always: always(engine, &stored)?,
        ticket: stored.key.to_string(),
        reason: package.reason.map(|reason| reason.as_str().into()),
        facts: facts(&package),
        files: files(&package),
        lint: lint_view(&lint),
        guideline: guideline::of(engine, package.environment.product.as_str())?.map(guideline::view),
        repeat,
        seal: seal(&text.text, &package),
        markdown: text,
        json,
    })
}

/// Stands for what is shown of a package. The points of its similar cases are not: they get less with every moment that passes.
fn seal(markdown: &str, package: &Package) -> String {
    let mut shown = package.clone();
    shown.similar.iter_mut().for_each(|similar| similar.receipt.clear());
    blake3::hash(format!("{markdown}\0{}", shown.to_json()).as_bytes()).to_hex().to_string()
}

/// Engineering has it always: that it was answered before is no reason to think twice.
fn always(engine: &Engine, stored: &StoredTicket) -> Result<bool> {
    Ok(engine.core.store.always_needs_engineering(stored.row, &stored.key.to_string())?)
}

pub(crate) fn make(engine: &Engine, args: &EscalationArgs) -> Result<Made> {
    let stored = ticket::find(engine, &args.ticket)?;
    let asked = SeenArgs { ticket: Some(stored.key.to_string()), lane: args.lane.clone(), ..SeenArgs::default() };
    let seen = seen::seen_before(engine, &asked)?;
    let (mut package, known) = gather::gather(engine, &stored, &seen, &asked)?;
    given::apply(&mut package, args)?;
    package.reason = reason(args)?;
    let lint = lint(&package, &known);
    let package = cleaned::cleaned(&package, people(engine, &stored)?);
    Ok(Made { stored, package, lint, seen })
}

fn reason(args: &EscalationArgs) -> Result<Option<Reason>> {
    let Some(word) = args.reason.as_deref().map(str::trim).filter(|word| !word.is_empty()) else { return Ok(None) };
    let reason = Reason::parse(word).ok_or_else(|| {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        Error::BadInput(format!("\"{word}\" is no reason to escalate; there is {known}"))
    })?;
    let said = args.reason_text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if reason == Reason::Other && !said {
        return Err(Error::BadInput("say in words what the other reason is".into()));
    }
    Ok(Some(reason))
}

fn people(engine: &Engine, stored: &StoredTicket) -> Result<Vec<String>> {
    privacy::redact::people_of(engine, &stored.key.to_string())
}

fn facts(package: &Package) -> Vec<FactView> {
    let view = |fact: Fact| FactView {
        fact: fact.as_str().into(),
        text: given::text_of(package, fact),
        needed: package.needed.contains(&fact),
        filled: package.has(fact),
        waived: package.waived.contains(&fact),
        writable: Fact::WRITTEN.contains(&fact),
    };
    Fact::ALL.into_iter().map(view).collect()
}

/// What was redacted with the package, with where its placeholders stand.
fn files(package: &Package) -> Vec<PackageFile> {
    let view = |file: &FileFact| PackageFile {
        name: file.name.clone(),
        kind: file.kind.clone(),
        size: file.size,
        text: cleaned::placed(file.text.clone()),
        whole: file.whole,
    };
    package.evidence.iter().map(view).collect()
}

fn lint_view(lint: &Lint) -> LintView {
    let lost = lint.lost.iter().map(|lost| LostView {
        fact: lost.fact.as_str().into(),
        at: lost.at,
        handoffs: lost.handoffs as u32,
    });
    LintView {
        filled: lint.filled as u32,
        needed: lint.needed as u32,
        missing: lint.missing.iter().map(|fact| fact.as_str().into()).collect(),
        lost: lost.collect(),
    }
}

/// A fact that was told in the ticket, and when.
fn known(fact: Fact, at: i64, hops: &[domain::Hop]) -> Known {
    Known { fact, at, handoffs: hops.iter().filter(|hop| hop.at.0 <= at).count() }
}
