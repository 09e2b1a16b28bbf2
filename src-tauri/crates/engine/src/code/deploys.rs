//! What runs where: which release was brought to which environment, as the team's own records say. Told by hand or read from
//! a file; of one environment, the newest counts.

use super::{Known, find};
use crate::{
    Engine, Error, Result,
    api::{
        args::DeploysArgs,
        view::{DeployView, DeploysView, FixDeployView},
    },
};
use ::code::{
    Choice,
    fix::{CodeVerdict, Fix},
};
use domain::Millis;

/// Where they are kept: a person wrote them, so they are in every backup.
const KEY: &str = "code.deploys";
/// The oldest go.
const MOST: usize = 2_000;

pub(crate) fn list(engine: &Engine) -> Result<DeploysView> {
    Ok(DeploysView { deploys: kept(engine)? })
}

/// Adds these, each with the release that it means; the same moment in the same environment is said anew. All or none.
pub(crate) fn add(engine: &Engine, args: &DeploysArgs) -> Result<DeploysView> {
    engine.must_own()?;
    let mut all = kept(engine)?;
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
        let repo = repo.name.to_string();
        all.retain(|one| !(one.repo == repo && one.environment == environment && one.at == at.0));
        all.push(DeployView { repo, environment: environment.to_owned(), release, at: at.0 });
    }
    all.sort_by_key(|one| one.at);
    let left = all.split_off(all.len().saturating_sub(MOST));
    engine.core.store.set_preference(KEY, &serde_json::to_string(&left).unwrap_or_default())?;
    list(engine)
}

/// Forgets what was said of one environment.
pub(crate) fn remove(engine: &Engine, environment: &str) -> Result<DeploysView> {
    engine.must_own()?;
    let mut all = kept(engine)?;
    let before = all.len();
    all.retain(|one| one.environment != environment);
    if all.len() == before {
        return Err(Error::NotFound { what: "environment", id: environment.into() });
    }
    engine.core.store.set_preference(KEY, &serde_json::to_string(&all).unwrap_or_default())?;
    list(engine)
}

/// The environments that have a fix by now, by name.
pub(super) fn having(engine: &Engine, repo: &str, known: &Known, fix: &Fix<'_>) -> Result<Vec<FixDeployView>> {
    let mut found: Vec<FixDeployView> = Vec::new();
    // Newest first: what an environment had before counts no more.
    let mut seen: Vec<String> = Vec::new();
    for one in kept(engine)?.into_iter().rev().filter(|one| one.repo == repo) {
        if seen.contains(&one.environment) {
            continue;
        }
        seen.push(one.environment.clone());
        let Choice::One(release) = known.releases.choose(&one.release) else { continue };
        if matches!(fix.verdict(&Choice::One(release)), CodeVerdict::FixedInYours { .. }) {
            found.push(FixDeployView { environment: one.environment, release: one.release, at: one.at });
        }
    }
    found.sort_by(|a, b| a.environment.cmp(&b.environment));
    Ok(found)
}

/// Oldest first.
fn kept(engine: &Engine) -> Result<Vec<DeployView>> {
    let all = engine.core.store.preferences()?;
    let kept = all.into_iter().find(|(key, value)| key == KEY && !value.is_empty());
    // What another version wrote otherwise is not understood.
    Ok(kept.and_then(|(_, value)| serde_json::from_str(&value).ok()).unwrap_or_default())
}
