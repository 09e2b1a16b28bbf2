//! Which versions of a product are out, as far as repositories know.

use super::{Known, map};
use crate::{Engine, Result};
use domain::Version;
use std::collections::HashMap;

/// By the product's name in lower case. Branches are no releases: what they are called is not out yet.
pub(crate) fn versions(engine: &Engine) -> Result<HashMap<String, Vec<Version>>> {
    let mut by_repo: HashMap<String, Vec<Version>> = HashMap::new();
    for repo in engine.core.store.repos()?.into_iter().filter(|repo| repo.read_at.is_some()) {
        let known = Known::of(engine, &repo)?;
        let out = known.releases.all().iter().filter(|release| !release.is_branch && !release.is_prerelease());
        by_repo.insert(repo.name.to_string(), out.map(|release| release.version.clone()).collect());
    }
    let mut by_product: HashMap<String, Vec<Version>> = HashMap::new();
    for home in map::get(engine)?.homes {
        let versions = by_repo.get(&home.repo).cloned().unwrap_or_default();
        by_product.entry(home.product.to_lowercase()).or_default().extend(versions);
    }
    Ok(by_product)
}
