//! What runs where: which release was brought to which environment, as the team's own records and its sources say. Told by
//! hand, read from a file, or synced; of one environment, the newest counts.

use super::{Known, find, told};
use crate::{
    Engine, Error, Result,
    api::{
        args::{DeployGoneArgs, DeploysArgs},
        view::{DeployView, DeploysView, FixDeployView},
    },
};
use ::code::{
    Choice, CommitId,
    fix::{CodeVerdict, Fix},
};
use domain::Millis;
use std::{collections::HashMap, sync::Arc};
use store::{StoredRelease, StoredRepo};

/// Where they are kept: a person wrote them, so they are in every backup.
const KEY: &str = "code.deploys";
/// The oldest go.
const MOST: usize = 2_000;
/// Beside what changed.
const SHOWN: usize = 10;

pub(crate) fn list(engine: &Engine) -> Result<DeploysView> {
    Ok(DeploysView { deploys: all(engine)? })
}

/// What people and sources say, oldest first.
pub(crate) fn all(engine: &Engine) -> Result<Vec<DeployView>> {
    let mut all = synced(engine)?;
    all.extend(kept(engine)?);
    // Stable: of two at one moment, a person's word comes last.
    all.sort_by_key(|one| one.at);
    Ok(all.split_off(all.len().saturating_sub(MOST)))
}

/// Adds these, each with the release that it means; the same moment in the same environment is said anew. All or none.
pub(crate) fn add(engine: &Engine, args: &DeploysArgs) -> Result<DeploysView> {
    engine.must_own()?;
    let mut all = kept(engine)?;
    if let Some(instead) = &args.instead {
        drop_of(&mut all, instead)?;
    }
    for asked in &args.deploys {
        let environment = asked.environment.trim();
        if environment.is_empty() || environment.chars().count() > 80 {
            return Err(Error::BadInput("name the environment: production, staging, a customer's site".into()));
        }
        let repo = find(engine, asked.repo.as_deref())?;
        let known = Known::of(engine, &repo)?;
        let release = match known.releases.choose(&asked.version) {
            Choice::One(release) => release.name.clone(),
            Choice::Unknown => return Err(Error::NotFound { what: "release", id: asked.version.clone() }),
            several @ Choice::Several(_) => {
                let keys = super::releases::names(&several);
                return Err(Error::Ambiguous { id: asked.version.clone(), keys });
            }
        };
        let at = match &asked.at {
            Some(at) => Millis::parse(at).map_err(|bad| Error::BadInput(bad.to_string()))?,
            None => engine.core.clock.now(),
        };
        let repo = Some(repo.name.to_string());
        all.retain(|one| !(one.repo == repo && one.environment == environment && one.at == at.0));
        let environment = environment.to_owned();
        all.push(DeployView { repo, environment, release, at: at.0, commit: None, product: None, source: None });
    }
    keep(engine, all)
}

/// Forgets what a person said: of an environment, or at one moment alone.
pub(crate) fn remove(engine: &Engine, args: &DeployGoneArgs) -> Result<DeploysView> {
    engine.must_own()?;
    let mut all = kept(engine)?;
    drop_of(&mut all, args)?;
    keep(engine, all)
}

fn drop_of(all: &mut Vec<DeployView>, gone: &DeployGoneArgs) -> Result<()> {
    let before = all.len();
    all.retain(|one| {
        one.environment != gone.environment
            || gone.repo.as_ref().is_some_and(|repo| one.repo.as_ref() != Some(repo))
            || gone.at.is_some_and(|at| one.at != at)
    });
    if all.len() == before {
        return Err(Error::NotFound { what: "environment", id: gone.environment.clone() });
    }
    Ok(())
}

fn keep(engine: &Engine, mut all: Vec<DeployView>) -> Result<DeploysView> {
    all.sort_by_key(|one| one.at);
    let left = all.split_off(all.len().saturating_sub(MOST));
    engine.core.store.set_preference(KEY, &serde_json::to_string(&left).unwrap_or_default())?;
    list(engine)
}

/// The environments that have a fix by now, by name.
pub(super) fn having(all: &[DeployView], repo: &str, known: &Known, fix: &Fix<'_>) -> Vec<FixDeployView> {
    let mut found: Vec<FixDeployView> = Vec::new();
    // Newest first: what an environment had before counts no more.
    let mut seen: Vec<&str> = Vec::new();
    for one in all.iter().rev().filter(|one| one.repo.as_deref() == Some(repo)) {
        if seen.contains(&one.environment.as_str()) {
            continue;
        }
        seen.push(&one.environment);
        let has = match known.releases.choose(&one.release) {
            Choice::One(release) => {
                matches!(fix.verdict(&Choice::One(release)), CodeVerdict::FixedInYours { .. })
            }
            // No release: a branch, as it was then.
            _ => commit_of(one).is_some_and(|commit| fix.running.contains(&commit)),
        };
        if has {
            let (environment, release, source) = (one.environment.clone(), one.release.clone(), one.source.clone());
            found.push(FixDeployView { environment, release, at: one.at, source });
        }
    }
    found.sort_by(|a, b| a.environment.cmp(&b.environment));
    found
}

/// What was brought somewhere from one moment to another, newest first; without a beginning, the last ones.
pub(super) fn between(engine: &Engine, repo: &str, from: Option<i64>, to: Option<i64>) -> Result<Vec<DeployView>> {
    let within = |one: &DeployView| from.is_none_or(|from| one.at >= from) && to.is_none_or(|to| one.at <= to);
    let of_it = all(engine)?.into_iter().rev().filter(|one| one.repo.as_deref() == Some(repo) && within(one));
    Ok(of_it.take(SHOWN).collect())
}

/// What runs, or ran, by its commit.
pub(super) fn commits(all: &[DeployView], repo: &str) -> Vec<CommitId> {
    all.iter().filter(|one| one.repo.as_deref() == Some(repo)).filter_map(commit_of).collect()
}

fn commit_of(deploy: &DeployView) -> Option<CommitId> {
    CommitId::parse(deploy.commit.as_deref()?)
}

/// What sources tell, each with its repository and its release where there is one.
fn synced(engine: &Engine) -> Result<Vec<DeployView>> {
    let store = &engine.core.store;
    let mut told = store.releases()?;
    told.retain(|one| one.release.environment.is_some());
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let repos = store.repos()?.into_iter().map(|repo| Ok((Known::of(engine, &repo)?, repo)));
    let repos: Vec<(_, StoredRepo)> = repos.collect::<Result<_>>()?;
    let mut homes: HashMap<(&str, &str), &(Arc<Known>, StoredRepo)> = HashMap::new();
    for home in repos.iter().rev() {
        homes.extend(home.0.told.iter().map(|one| ((one.source.as_str(), one.release.id.as_str()), home)));
    }
    let view = |one: StoredRelease| {
        let home = homes.get(&(one.source.as_str(), one.release.id.as_str()));
        let release = home.and_then(|(known, _)| match known.releases.choose(&one.release.version) {
            Choice::One(release) => Some(release.name.clone()),
            _ => None,
        });
        Some(DeployView {
            repo: home.map(|(_, repo)| repo.name.to_string()),
            environment: one.release.environment.clone()?,
            // One without a time is older than all that have one.
            at: one.release.at.map_or(0, |at| at.0),
            commit: told::commit_of(&one.release).map(|commit| commit.to_string()),
            release: release.unwrap_or(one.release.version),
            product: Some(one.release.of),
            source: Some(one.source.to_string()),
        })
    };
    Ok(told.into_iter().filter_map(view).collect())
}

/// What a person said, oldest first.
fn kept(engine: &Engine) -> Result<Vec<DeployView>> {
    let kept = engine.core.store.preference(KEY)?.filter(|value| !value.is_empty());
    // What another version wrote otherwise is not understood.
    Ok(kept.and_then(|value| serde_json::from_str(&value).ok()).unwrap_or_default())
}
