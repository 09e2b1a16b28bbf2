//! What sources tell of a repository's versions: published, tagged, brought somewhere. The forge that a clone came from is
//! known by its address; anything else by the product that lives in the repository.

use super::{Known, map};
use crate::{Result, api::view::ToldReleaseView, open::Core};
use ::code::{CommitId, History, ToldRelease};
use domain::Release;
use store::{StoredRelease, StoredRepo};

/// In order of time.
pub(super) fn of(core: &Core, repo: &StoredRepo, known: &Known) -> Result<Vec<StoredRelease>> {
    let mut all = core.store.releases()?;
    if all.is_empty() {
        return Ok(all);
    }
    let homes = map::in_core(core)?.homes;
    let forge = known.forge();
    let lives_here = |product: &str| {
        let last = product.rsplit('/').next().unwrap_or(product);
        let is = |home: &str| home.eq_ignore_ascii_case(product) || home.eq_ignore_ascii_case(last);
        homes.iter().any(|home| home.repo == repo.name.as_str() && home.component.is_none() && is(&home.product))
    };
    let came_from = |path: &str| {
        let address = forge.map(|forge| forge.address().to_lowercase());
        address.is_some_and(|address| path.contains('/') && address.ends_with(&format!("/{}", path.to_lowercase())))
    };
    all.retain(|one| came_from(&one.release.of) || lives_here(&one.release.of));
    Ok(all)
}

/// Those whose commit the clone has.
pub(super) fn versions(told: &[StoredRelease], history: &History) -> Vec<ToldRelease> {
    let here = |commit: &CommitId| history.place(*commit).is_some();
    let version = |one: &StoredRelease| {
        let commit = commit_of(&one.release).filter(here)?;
        let name = one.release.version.clone();
        Some(ToldRelease { name, commit, by: one.source.to_string() })
    };
    told.iter().filter(|one| one.release.environment.is_none()).filter_map(version).collect()
}

pub(super) fn commit_of(release: &Release) -> Option<CommitId> {
    CommitId::parse(&release.commit.as_deref()?.to_lowercase())
}

/// What is told of the version of this name: when it was published, as far as anybody says, and where one reads of it.
pub(super) fn view(told: &[StoredRelease], name: &str) -> Option<ToldReleaseView> {
    let of_it = || told.iter().filter(|one| one.release.environment.is_none() && one.release.version == name);
    // A release says more than its tag.
    let first = of_it().find(|one| one.release.at.is_some()).or_else(|| of_it().next())?;
    Some(ToldReleaseView {
        source: first.source.to_string(),
        at: first.release.at.map(|at| at.0),
        url: first.release.url.clone(),
    })
}
