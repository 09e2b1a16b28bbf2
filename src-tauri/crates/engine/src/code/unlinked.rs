//! Commits that name an issue and have nothing to do with it: somebody said so, and may take it back.

use super::{Known, find, tickets};
use crate::{
    Engine, Error, Result,
    api::{args::CodeUnlinkArgs, view::Done},
};
use ::code::{CommitId, fix::Subject};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Where they are kept: a person said it, so it is in every backup.
const KEY: &str = "code.unlinked";
const MOST: usize = 5_000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Unlinked {
    repo: String,
    /// `AMQ-100`, `#12`.
    key: String,
    commit: String,
}

/// Each issue with the commit that is none of it.
pub(super) fn of(engine: &Engine, repo: &str) -> Result<HashSet<(String, CommitId)>> {
    let own = kept(engine)?.into_iter().filter(|one| one.repo == repo);
    Ok(own.filter_map(|one| Some((one.key, CommitId::parse(&one.commit)?))).collect())
}

/// Undoes a link between an issue and a commit, or makes it again.
pub(crate) fn set(engine: &Engine, args: &CodeUnlinkArgs) -> Result<Done> {
    engine.must_own()?;
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let place = known.history.find(&args.commit.trim().to_lowercase());
    let commit = place.and_then(|place| known.history.get(place));
    let named = place.map(|place| tickets::keys_of(&known, place)).unwrap_or_default();
    let commit = commit.ok_or_else(|| Error::NotFound { what: "commit", id: args.commit.clone() })?;
    let key = args.reference.trim();
    let told = super::fix::told(engine, &known, &Subject::Key(key.to_owned()))?;
    if !named.iter().any(|named| named == key) && !told.contains(&commit.id) {
        let named = if named.is_empty() { "no issue".to_owned() } else { named.join(", ") };
        return Err(Error::BadInput(format!("that commit does not name {key}; it names {named}")));
    }
    let one = Unlinked { repo: repo.name.to_string(), key: key.to_owned(), commit: commit.id.to_string() };
    let mut all = kept(engine)?;
    all.retain(|other| *other != one);
    if args.unlink {
        all.push(one);
    }
    let left = all.split_off(all.len().saturating_sub(MOST));
    engine.core.store.set_preference(KEY, &serde_json::to_string(&left).unwrap_or_default())?;
    Ok(Done {})
}

fn kept(engine: &Engine) -> Result<Vec<Unlinked>> {
    let all = engine.core.store.preferences()?;
    let kept = all.into_iter().find(|(key, value)| key == KEY && !value.is_empty());
    // What another version wrote otherwise is not understood.
    Ok(kept.and_then(|(_, value)| serde_json::from_str(&value).ok()).unwrap_or_default())
}
