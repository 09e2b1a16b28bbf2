//! Tags as releases: which version each names, which line it belongs to, and which release a customer means.

mod name;

use crate::{CommitId, Refs};
use domain::Version;
use std::collections::BTreeMap;

pub use name::version_of;

/// Something that was given to customers.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// As the repository calls it, without `refs/tags/`.
    pub name: String,
    pub version: Version,
    pub commit: CommitId,
    /// Names a branch: it moves until the release is out.
    pub is_branch: bool,
    /// Who tells of it, where no tag of the repository does.
    pub told_by: Option<String>,
}

/// A version that somebody tells of besides the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldRelease {
    pub name: String,
    pub commit: CommitId,
    pub by: String,
}

impl Release {
    /// As [`line_of`] its version.
    pub fn line(&self) -> String {
        line_of(&self.version)
    }

    pub fn is_prerelease(&self) -> bool {
        self.version.is_prerelease()
    }
}

/// `5.4` of 5.4.2: what gets the same fixes.
pub fn line_of(version: &Version) -> String {
    version.numbers().iter().take(2).map(u64::to_string).collect::<Vec<_>>().join(".")
}

/// All releases of a repository, lowest version first.
#[derive(Clone, Debug, Default)]
pub struct Releases(Vec<Release>);

/// What a version in a customer's words may mean.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice<'a> {
    One(&'a Release),
    /// Several fit; somebody has to choose. Lowest first.
    Several(Vec<&'a Release>),
    /// None does: nothing is guessed.
    Unknown,
}

impl Releases {
    /// Tags that name a version. Where no tag does, branches that do.
    pub fn of(refs: &Refs) -> Self {
        let tags = read(refs, "refs/tags/", false);
        let read = if tags.is_empty() { branches(refs) } else { tags };
        let mut releases: Vec<Release> = read.into_values().collect();
        releases.sort_by(|a, b| a.version.cmp(&b.version).then_with(|| a.name.cmp(&b.name)));
        Self(releases)
    }

    /// With versions that others tell of, where neither a tag nor one before them has the name or is the same version. What
    /// names no version is none.
    pub fn with(mut self, told: impl IntoIterator<Item = ToldRelease>) -> Self {
        for ToldRelease { name, commit, by } in told {
            let Some(version) = version_of(&name) else { continue };
            let same = |other: &Release| other.name == name || (other.version == version && !other.is_branch);
            if !self.0.iter().any(same) {
                self.0.push(Release { name, version, commit, is_branch: false, told_by: Some(by) });
            }
        }
        self.0.sort_by(|a, b| a.version.cmp(&b.version).then_with(|| a.name.cmp(&b.name)));
        self
    }

    pub fn all(&self) -> &[Release] {
        &self.0
    }

    /// The release that this is the name of, or the version. `5.2` means 5.2 itself where there is such a release, and
    /// otherwise any of 5.2.x.
    pub fn choose(&self, asked: &str) -> Choice<'_> {
        let asked = asked.trim();
        if let Some(named) = self.0.iter().find(|release| release.name == asked) {
            return Choice::One(named);
        }
        let Some(version) = Version::parse(asked) else { return Choice::Unknown };
        let written = |release: &&Release| release.version.numbers() == version.numbers();
        let exact: Vec<&Release> = self.0.iter().filter(|release| release.version == version).filter(written).collect();
        let exact = if exact.is_empty() && version.numbers().len() > 2 {
            self.0.iter().filter(|release| release.version == version).collect()
        } else {
            exact
        };
        match exact[..] {
            [only] => return Choice::One(only),
            [] => {}
            // Two tags for one version: they differ, or it does not matter which.
            [first, ..] if exact.iter().all(|other| other.commit == first.commit) => return Choice::One(first),
            _ => return Choice::Several(exact),
        }
        let fit = |release: &&Release| {
            let numbers = release.version.numbers();
            !version.is_prerelease()
                && !release.is_prerelease()
                && numbers.len() >= version.numbers().len()
                && numbers.starts_with(version.numbers())
        };
        let fitting: Vec<&Release> = self.0.iter().filter(fit).collect();
        match fitting[..] {
            [] => Choice::Unknown,
            [only] => Choice::One(only),
            _ => Choice::Several(fitting),
        }
    }
}

fn read(refs: &Refs, prefix: &str, is_branch: bool) -> BTreeMap<String, Release> {
    let named = refs.all.iter().filter_map(|found| {
        let name = found.name.strip_prefix(prefix)?;
        let version = version_of(name)?;
        let release = Release { name: name.into(), version, commit: found.commit, is_branch, told_by: None };
        Some((name.to_owned(), release))
    });
    named.collect()
}

/// Of a branch and its copy at the origin, one.
fn branches(refs: &Refs) -> BTreeMap<String, Release> {
    let mut all = read(refs, "refs/remotes/origin/", true);
    all.extend(read(refs, "refs/heads/", true));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StoredRef;

    fn refs(names: &[(&str, u8)]) -> Refs {
        let all =
            names.iter().map(|(name, commit)| StoredRef { name: (*name).into(), commit: CommitId([*commit; 20]) });
        Refs { main: None, all: all.collect() }
    }

    fn names(choice: Choice<'_>) -> Vec<String> {
        match choice {
            Choice::One(release) => vec![release.name.clone()],
            Choice::Several(releases) => releases.into_iter().map(|release| release.name.clone()).collect(),
            Choice::Unknown => Vec::new(),
        }
    }

    #[test]
    fn a_version_that_others_tell_of_is_a_release_unless_a_tag_says_it() {
        let told = |name: &str, commit: u8| ToldRelease {
            name: name.into(),
            commit: CommitId([commit; 20]),
            by: "forge".into(),
        };
        let releases = Releases::of(&refs(&[("refs/tags/v1.0", 1)])).with([
            told("v1.1", 2),
            told("release-1.0", 3),
            told("v1.1.0", 4),
            told("nightly", 5),
        ]);
        let all: Vec<_> = releases.all().iter().map(|one| (one.name.as_str(), one.told_by.as_deref())).collect();
        assert_eq!(all, [("v1.0", None), ("v1.1", Some("forge"))]);
        assert_eq!(names(releases.choose("1.1")), ["v1.1"]);
    }

    #[test]
    fn a_customers_version_is_one_release_a_choice_or_unknown_and_never_a_guess() {
        let tags = ["v2.2.0", "v2.2.0-rc.1", "v2.2.4", "v2.3.0", "v3.0", "v3.0.1", "docs"];
        let tags: Vec<(String, u8)> = tags.iter().zip(1..).map(|(tag, at)| (format!("refs/tags/{tag}"), at)).collect();
        let tags: Vec<(&str, u8)> = tags.iter().map(|(tag, at)| (tag.as_str(), *at)).collect();
        let releases = Releases::of(&refs(&tags));
        let order: Vec<_> = releases.all().iter().map(|release| release.name.as_str()).collect();
        assert_eq!(order, ["v2.2.0-rc.1", "v2.2.0", "v2.2.4", "v2.3.0", "v3.0", "v3.0.1"]);
        for (asked, found) in [
            ("2.2.4", &["v2.2.4"][..]),
            ("ActiveMQ 2.2.4", &["v2.2.4"]),
            ("v2.2.0-rc.1", &["v2.2.0-rc.1"]),
            ("2.2", &["v2.2.0", "v2.2.4"]),
            ("2.3", &["v2.3.0"]),
            ("3.0", &["v3.0"]),
            ("3.0.0", &["v3.0"]),
            ("3", &["v3.0", "v3.0.1"]),
            ("2.2.9", &[]),
            ("2.2.0-rc.2", &[]),
            ("latest", &[]),
        ] {
            assert_eq!(names(releases.choose(asked)), found, "{asked}");
        }
        assert_eq!(releases.all()[1].line(), "2.2");
    }

    #[test]
    fn two_tags_for_one_version_are_a_choice_where_they_differ() {
        let same = Releases::of(&refs(&[("refs/tags/v1.2", 1), ("refs/tags/release-1.2", 1)]));
        assert_eq!(names(same.choose("1.2")), ["release-1.2"]);
        let other = Releases::of(&refs(&[("refs/tags/v1.2", 1), ("refs/tags/release-1.2", 2)]));
        assert_eq!(names(other.choose("1.2")), ["release-1.2", "v1.2"]);
    }

    #[test]
    fn branches_are_releases_only_where_no_tag_is_one() {
        let both = refs(&[("refs/heads/release/3.4", 1), ("refs/tags/v3.3.0", 2)]);
        assert_eq!(Releases::of(&both).all().len(), 1);
        let branches = refs(&[
            ("refs/heads/release/3.4", 1),
            ("refs/remotes/origin/release/3.4", 2),
            ("refs/remotes/origin/3.5.x", 3),
            ("refs/heads/main", 4),
            ("refs/tags/before-the-merge", 5),
        ]);
        let releases = Releases::of(&branches);
        let found: Vec<_> = releases.all().iter().map(|release| (release.name.as_str(), release.commit.0[0])).collect();
        assert_eq!(found, [("release/3.4", 1), ("3.5.x", 3)]);
    }
}
