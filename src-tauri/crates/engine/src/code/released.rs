//! Which versions of a product are out and which run somewhere, as far as repositories, sources and people say.

use super::{Known, deploys, map};
use crate::{Engine, Result};
use domain::{FixVerdict, Version, fix_verdict};
use std::collections::HashMap;

/// What is known of one product.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfProduct {
    /// Branches and pre-releases are not among them: what they are called is not out yet.
    pub(crate) out: Vec<Out>,
    /// Of every environment, what was brought there last.
    pub(crate) runs: Vec<Running>,
}

#[derive(Clone, Debug)]
pub(crate) struct Out {
    pub(crate) version: Version,
    /// Who tells of it; `None`: a tag of a repository, and nobody besides.
    pub(crate) source: Option<String>,
    /// When it was published.
    pub(crate) at: Option<i64>,
    pub(crate) url: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Running {
    pub(crate) environment: String,
    pub(crate) version: Version,
    pub(crate) release: String,
    pub(crate) at: i64,
    pub(crate) source: Option<String>,
}

/// By the product's name in lower case.
pub(crate) fn by_product(engine: &Engine) -> Result<HashMap<String, OfProduct>> {
    let store = &engine.core.store;
    let mut tagged: HashMap<String, Vec<Version>> = HashMap::new();
    let mut told_of: HashMap<String, Vec<store::StoredRelease>> = HashMap::new();
    for repo in store.repos()? {
        let known = Known::of(engine, &repo)?;
        let out = known.releases.all().iter().filter(|one| !one.is_branch && !one.is_prerelease());
        tagged.insert(repo.name.to_string(), out.map(|one| one.version.clone()).collect());
        told_of.insert(repo.name.to_string(), known.told.clone());
    }
    let mut found: HashMap<String, OfProduct> = HashMap::new();
    let deploys = deploys::all(engine)?;
    for home in map::get(engine)?.homes {
        let of = found.entry(home.product.to_lowercase()).or_default();
        told_of.get(&home.repo).into_iter().flatten().for_each(|one| of.tell(one));
        tagged.get(&home.repo).into_iter().flatten().for_each(|version| of.publish(version.clone(), None, None, None));
        deploys.iter().filter(|one| one.repo.as_ref() == Some(&home.repo)).for_each(|one| of.bring(one));
    }
    // As the source calls the product, whether it lies in a repository here or not.
    let last = |of: &str| of.rsplit('/').next().unwrap_or(of).to_lowercase();
    for one in store.releases()? {
        found.entry(last(&one.release.of)).or_default().tell(&one);
    }
    for (product, one) in deploys.iter().filter_map(|one| Some((last(one.product.as_deref()?), one))) {
        found.entry(product).or_default().bring(one);
    }
    Ok(found)
}

impl OfProduct {
    #[cfg(test)]
    pub(crate) fn of(versions: &[&str]) -> Self {
        let mut product = Self::default();
        let read = versions.iter().filter_map(|version| Version::parse(version));
        read.for_each(|version| product.publish(version, None, None, None));
        product
    }

    fn tell(&mut self, one: &store::StoredRelease) {
        let release = &one.release;
        if let (None, Some(version)) = (&release.environment, ::code::version_of(&release.version)) {
            let at = release.at.map(|at| at.0);
            self.publish(version, Some(one.source.to_string()), at, release.url.clone());
        }
    }

    /// Who says when goes before who says only that.
    fn publish(&mut self, version: Version, source: Option<String>, at: Option<i64>, url: Option<String>) {
        if version.is_prerelease() {
            return;
        }
        let new = Out { version, source, at, url };
        match self.out.iter_mut().find(|old| old.version == new.version) {
            Some(old) if old.at.is_none() && (new.at.is_some() || old.source.is_none()) => *old = new,
            Some(_) => {}
            None => self.out.push(new),
        }
    }

    /// They come in order of time.
    fn bring(&mut self, one: &crate::api::view::DeployView) {
        self.runs.retain(|other| other.environment != one.environment || other.at > one.at);
        let Some(version) = Version::parse(&one.release) else { return };
        if self.runs.iter().all(|other| other.environment != one.environment) {
            self.runs.push(Running {
                environment: one.environment.clone(),
                release: one.release.clone(),
                source: one.source.clone(),
                at: one.at,
                version,
            });
        }
    }

    /// The fix version that is out: it was published, or something runs that has it.
    pub(crate) fn shipped<'a>(&self, fixes: &'a [String]) -> Option<&'a String> {
        let is_out = |version: &Version| self.out.iter().any(|out| out.version == *version);
        let has = |running: &Running, fix: &Version| {
            matches!(fix_verdict(Some(&running.version), std::slice::from_ref(fix)), FixVerdict::FixedInYours { .. })
        };
        let runs = |fix: &Version| self.runs.iter().any(|one| has(one, fix));
        fixes.iter().find(|fix| Version::parse(fix).is_some_and(|fix| is_out(&fix) || runs(&fix)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::view::DeployView;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn a_fix_is_out_once_its_version_is_published_or_runs_somewhere() {
        let fixes = ["2.3.1".to_owned()];
        let mut product = OfProduct::default();
        product.publish(version("2.3.1-rc1"), None, None, None);
        product.publish(version("2.3.0"), None, None, None);
        assert_eq!(product.shipped(&fixes), None);
        let deploy = |release: &str, at: i64| DeployView {
            repo: None,
            environment: "production".into(),
            release: release.into(),
            at,
            commit: None,
            product: Some("acme/ledger".into()),
            source: Some("sentry".into()),
        };
        product.bring(&deploy("ledger@2.3.1", 5));
        assert_eq!(product.shipped(&fixes), Some(&fixes[0]));
        product.bring(&deploy("main", 9));
        assert_eq!(product.shipped(&fixes), None, "something without a version runs there by now");

        product.publish(version("2.3.1"), None, None, None);
        product.publish(version("2.3.1"), Some("forge".into()), Some(7), None);
        product.publish(version("2.3.1"), None, None, None);
        let told: Vec<_> =
            product.out.iter().map(|out| (out.version.as_str(), out.source.as_deref(), out.at)).collect();
        assert_eq!(told, [("2.3.0", None, None), ("2.3.1", Some("forge"), Some(7))], "who says when goes first");
    }
}
