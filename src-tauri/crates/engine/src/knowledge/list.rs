//! Every known error in a row, with what there is to look at, and why.

use super::{SOURCE, shelf, tried::counted};
use crate::{
    Engine, Error, Result,
    api::view::{FreshnessCause, KnownErrorRow},
    code::{
        linked::Linked,
        released::{self, OfProduct},
    },
};
use ::knowledge::{Entry, Kind};
use domain::{Key, KnownErrorState, Millis, SourceName, Version};
use std::collections::HashMap;
use store::{Flag, StoredKnownError, Tried};

/// So many of the five latest have to say the same before the share is called lower.
const LATELY: u32 = 3;

pub(crate) fn known_errors(engine: &Engine) -> Result<Vec<KnownErrorRow>> {
    let store = &engine.core.store;
    let tried: HashMap<Key, Tried> = store.tried()?.into_iter().map(|one| (one.entry.clone(), one)).collect();
    let flags = store.flags()?;
    let files = files(engine)?;
    let linked = Linked::of(engine)?;
    let released = released::by_product(engine)?;
    let none = OfProduct::default();
    let came_back = came_back(engine)?;
    let now = engine.core.clock.now();
    let row = |(known, tickets, last_at): (StoredKnownError, u64, Option<Millis>)| {
        let here = tried.get(&known.key);
        let of_it = flags.iter().filter(|flag| flag.entry == known.key);
        let product = known.error.product.as_deref().unwrap_or_default().to_lowercase();
        let released = released.get(&product).unwrap_or(&none);
        let mut causes = causes(&known, here, of_it, released, came_back.get(&known.row), now);
        let file = (known.key.source.as_str() == SOURCE).then(|| files.get(&known.key.id)).flatten();
        causes.extend(file.into_iter().flat_map(|entry| code_causes(&linked, entry)));
        let error = &known.error;
        KnownErrorRow {
            id: known.key.to_string(),
            display_id: known.key.id.clone(),
            source: known.key.source.as_str().into(),
            title: error.title.clone(),
            state: error.state.as_str().into(),
            product: error.product.clone(),
            components: error.components.clone(),
            affected_versions: error.affected_versions.clone(),
            fix_versions: error.fix_versions.clone(),
            steps: error.workaround.len() as u32,
            tried: counted(&known, here),
            tickets,
            last_at: last_at.map(|at| at.0),
            owner: error.owner.clone(),
            eta_at: error.eta_at.map(|at| at.0),
            eta_by: error.eta_by.clone(),
            eta_past: is_open(error.state) && error.eta_at.is_some_and(|at| at < now),
            updated_at: error.updated_at.0,
            path: file.map(|entry| entry.path.clone()),
            confidence: file.map(|entry| entry.confidence().as_str().to_owned()),
            freshness: freshness(&causes).into(),
            causes,
        }
    };
    Ok(store.known_errors()?.into_iter().map(row).collect())
}

/// The folder's known errors, by their ids. None where no folder was chosen, or it is away.
fn files(engine: &Engine) -> Result<HashMap<String, Entry>> {
    let state = match shelf(engine).and_then(|shelf| Ok(shelf.read()?)) {
        Ok(state) => state,
        Err(Error::NoKnowledge | Error::Knowledge(_)) => return Ok(HashMap::new()),
        Err(error) => return Err(error),
    };
    let known = state.entries.into_iter().filter(|entry| entry.kind == Kind::KnownError);
    Ok(known.map(|entry| (entry.id.clone(), entry)).collect())
}

/// What changed of the code that an entry is about.
pub(super) fn code_causes(linked: &Linked, entry: &Entry) -> Vec<FreshnessCause> {
    linked.changed(entry).into_iter().map(|code| FreshnessCause { code: Some(code), ..cause("code", None) }).collect()
}

fn cause(kind: &str, said: Option<String>) -> FreshnessCause {
    FreshnessCause { kind: kind.into(), said, worked: 0, tried: 0, id: None, code: None }
}

/// Nobody says yet that it is mended.
pub(crate) fn is_open(state: KnownErrorState) -> bool {
    matches!(state, KnownErrorState::Identified | KnownErrorState::WorkaroundAvailable | KnownErrorState::FixInProgress)
}

fn causes<'a>(
    known: &StoredKnownError,
    tried: Option<&Tried>,
    flags: impl Iterator<Item = &'a Flag>,
    released: &OfProduct,
    came_back: Option<&Key>,
    now: Millis,
) -> Vec<FreshnessCause> {
    let error = &known.error;
    let mut causes: Vec<FreshnessCause> =
        flags.map(|flag| FreshnessCause { id: Some(flag.id), ..cause("flag", Some(flag.said.clone())) }).collect();
    // Fewer than half of the latest, where it had helped more than half before.
    if let Some(tried) = tried {
        let before = (tried.worked - tried.worked_lately, tried.tried - tried.tried_lately);
        let counted = (before.0 + error.workaround_worked, before.1 + error.workaround_tried);
        let fell = tried.tried_lately >= LATELY && tried.worked_lately * 2 < tried.tried_lately;
        if fell && counted.0 * 2 >= counted.1 {
            let latest = (tried.worked_lately, tried.tried_lately);
            causes.push(FreshnessCause { worked: latest.0, tried: latest.1, ..cause("ratio", None) });
        }
    }
    if is_open(error.state) {
        if error.eta_at.is_some_and(|at| at < now) {
            causes.push(cause("eta", None));
        }
        let shipped = released.shipped(&error.fix_versions);
        causes.extend(shipped.map(|version| cause("shipped", Some(version.clone()))));
    } else if error.state != KnownErrorState::Regressed {
        causes.extend(came_back.map(|ticket| cause("came_back", Some(ticket.to_string()))));
    }
    causes
}

/// What is known to be wrong is stale; what may be is to be checked.
fn freshness(causes: &[FreshnessCause]) -> &'static str {
    let stale = causes.iter().any(|cause| matches!(cause.kind.as_str(), "shipped" | "came_back"));
    if stale {
        "stale"
    } else if causes.is_empty() {
        "ok"
    } else {
        "check"
    }
}

/// By known error: the newest ticket that came after its fix, from somebody who runs a version that has it.
fn came_back(engine: &Engine) -> Result<HashMap<i64, Key>> {
    let store = &engine.core.store;
    let mut found = HashMap::new();
    for (known, tickets, _) in store.known_errors()? {
        let fixed = matches!(
            known.error.state,
            KnownErrorState::FixReleased | KnownErrorState::FixVerified | KnownErrorState::Closed
        );
        if !fixed || tickets == 0 || known.error.fix_versions.is_empty() {
            continue;
        }
        let Some(whole) = store.known_error(known.row)? else { continue };
        let mut newest: Option<(Millis, Key)> = None;
        for row in rows_of(engine, &whole)? {
            let Some(stored) = store.ticket(row)? else { continue };
            let runs = stored.ticket.affected_versions.iter().find_map(|version| Version::parse(version));
            let fix = crate::known::fix(runs.as_ref(), &known.error.fix_versions);
            let has_it = fix.is_some_and(|fix| fix.state == crate::api::view::FixState::FixedInYours);
            let later = newest.as_ref().is_none_or(|(at, _)| stored.ticket.created_at > *at);
            if has_it && later && stored.ticket.created_at > known.error.updated_at {
                newest = Some((stored.ticket.created_at, stored.key));
            }
        }
        if let Some((_, key)) = newest {
            found.insert(known.row, key);
        }
    }
    Ok(found)
}

/// The tickets of a known error that are here.
pub(super) fn rows_of(engine: &Engine, known: &StoredKnownError) -> Result<Vec<i64>> {
    let mut rows = Vec::new();
    for ticket in &known.error.tickets {
        let own = Key::new(known.key.source.clone(), ticket.as_str());
        let own = engine.core.store.find_ticket(&own.to_string())?;
        let found = if own.is_empty() { engine.core.store.find_ticket(ticket)? } else { own };
        rows.extend(found.first().copied());
    }
    Ok(rows)
}

/// The source that the folder's known errors are of.
pub(crate) fn source() -> SourceName {
    SourceName::from_text(SOURCE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::KnownError;

    fn known(state: KnownErrorState) -> StoredKnownError {
        let error =
            KnownError { state, fix_versions: vec!["5.4.0".into()], eta_at: Some(Millis(10)), ..KnownError::default() };
        StoredKnownError { row: 1, key: "knowledge:KE-1".parse().unwrap(), error }
    }

    fn kinds(
        known: &StoredKnownError,
        tried: Option<&Tried>,
        released: &[&str],
        back: Option<&Key>,
        now: i64,
    ) -> Vec<String> {
        let released = OfProduct::of(released);
        causes(known, tried, std::iter::empty(), &released, back, Millis(now))
            .into_iter()
            .map(|cause| cause.kind)
            .collect()
    }

    #[test]
    fn an_entry_needs_a_look_for_a_cause_and_never_for_its_age() {
        let open = known(KnownErrorState::WorkaroundAvailable);
        assert!(kinds(&open, None, &[], None, 5).is_empty());
        assert_eq!(kinds(&open, None, &[], None, 11), ["eta"]);
        assert_eq!(kinds(&open, None, &["5.3.9", "5.4"], None, 5), ["shipped"]);
        let ticket: Key = "files:T-9".parse().unwrap();
        assert!(kinds(&open, None, &[], Some(&ticket), 5).is_empty(), "it is not called mended yet");
        let closed = known(KnownErrorState::FixVerified);
        assert_eq!(kinds(&closed, None, &["5.4"], Some(&ticket), 99), ["came_back"]);
        assert!(
            kinds(&known(KnownErrorState::Regressed), None, &[], Some(&ticket), 99).is_empty(),
            "it says so already"
        );
    }

    #[test]
    fn a_share_that_fell_is_a_cause_once_enough_of_the_latest_say_so() {
        let open = known(KnownErrorState::WorkaroundAvailable);
        let tried = |worked, tried, worked_lately, tried_lately| Tried {
            entry: open.key.clone(),
            worked,
            tried,
            confirmed_at: None,
            worked_lately,
            tried_lately,
        };
        assert_eq!(kinds(&open, Some(&tried(9, 13, 1, 5)), &[], None, 5), ["ratio"]);
        assert!(kinds(&open, Some(&tried(9, 13, 3, 5)), &[], None, 5).is_empty());
        assert!(kinds(&open, Some(&tried(0, 2, 0, 2)), &[], None, 5).is_empty(), "two are too few");
        assert!(kinds(&open, Some(&tried(1, 13, 0, 5)), &[], None, 5).is_empty(), "it never helped much");
    }
}
