//! What RustSec knows about the crates in `Cargo.lock`, read from a snapshot on disk.

use anyhow::{Context, Result};
use semver::{Version, VersionReq};
use std::path::Path;

#[derive(Default)]
pub struct Report {
    pub read: usize,
    /// Advisories about a crate that is locked, whatever its version.
    pub named: usize,
    pub vulnerable: Vec<String>,
    /// Unmaintained and the like: no hole, but worth knowing.
    pub notes: Vec<String>,
}

/// Name and version of everything that `Cargo.lock` fetches.
pub fn locked(lock: &str) -> Vec<(String, Version)> {
    let field = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
        Some(line.trim_matches('"').to_owned())
    };
    let fetched = lock.split("[[package]]").filter(|block| block.contains("\nsource = "));
    fetched.filter_map(|block| Some((field(block, "name")?, field(block, "version")?.parse().ok()?))).collect()
}

/// An advisory whose id stands in `accepted` (deny.toml, with its reason) is a note.
pub fn check(locked: &[(String, Version)], snapshot: &Path, accepted: &str) -> Result<Report> {
    let root = snapshot.join("crates");
    anyhow::ensure!(root.is_dir(), "{} is no snapshot of RustSec's database: it has no crates/", snapshot.display());
    let mut report = Report::default();
    for entry in std::fs::read_dir(&root)? {
        for file in std::fs::read_dir(entry?.path())? {
            let path = file?.path();
            let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let Some(advisory) = Advisory::read(&text) else { continue };
            report.read += 1;
            for (_, version) in locked.iter().filter(|(name, _)| *name == advisory.package) {
                report.named += 1;
                if !advisory.applies(version) {
                    continue;
                }
                let line = format!("{} {version}: {}: {}", advisory.package, advisory.id, advisory.title);
                if advisory.informational || accepted.contains(&advisory.id) {
                    report.notes.push(line);
                } else {
                    report.vulnerable.push(line);
                }
            }
        }
    }
    report.vulnerable.sort();
    report.notes.sort();
    Ok(report)
}

struct Advisory {
    id: String,
    package: String,
    title: String,
    informational: bool,
    withdrawn: bool,
    /// Patched or never touched.
    safe: Vec<VersionReq>,
}

impl Advisory {
    /// A TOML block in Markdown. The few keys that matter stand one to a line; lists may go on over several.
    fn read(text: &str) -> Option<Self> {
        let (toml, prose) = text.strip_prefix("```toml")?.split_once("\n```")?;
        let value = |key: &str| {
            let line = toml.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='))?;
            Some(line.trim().trim_matches('"').to_owned())
        };
        let list = |key: &str| {
            let after = toml.split_once(&format!("\n{key} = [")).map_or("", |(_, after)| after);
            let inside = after.split(']').next().unwrap_or_default();
            inside.split('"').skip(1).step_by(2).filter_map(|range| VersionReq::parse(range).ok()).collect::<Vec<_>>()
        };
        let title = prose.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().to_owned();
        Some(Self {
            id: value("id")?,
            package: value("package")?,
            title,
            informational: value("informational").is_some(),
            withdrawn: value("withdrawn").is_some(),
            safe: [list("patched"), list("unaffected")].concat(),
        })
    }

    fn applies(&self, version: &Version) -> bool {
        !self.withdrawn && !self.safe.iter().any(|range| matches(range, version))
    }
}

/// A pre-release lies where its numbers lie: `2.0.0-rc.3` is newer than a patch in 1.9.
fn matches(range: &VersionReq, version: &Version) -> bool {
    let plain = Version::new(version.major, version.minor, version.patch);
    range.matches(version) || range.matches(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "engine"
version = "0.1.0"

[[package]]
name = "tokio"
version = "1.19.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
"#;

    fn snapshot(more: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("crates/tokio");
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2023-0001\"\npackage = \"tokio\"\n{more}\n[versions]\npatched = [\">= 1.18.4, < 1.19.0\",\n \">= 1.20.3\"]\nunaffected = [\"< 1.7.0\"]\n```\n\n# Pipes\n"
        );
        std::fs::write(folder.join("RUSTSEC-2023-0001.md"), text).unwrap();
        dir
    }

    fn at(version: &str) -> Vec<(String, Version)> {
        vec![("tokio".into(), version.parse().unwrap())]
    }

    #[test]
    fn only_what_is_fetched_is_looked_up() {
        assert_eq!(locked(LOCK), at("1.19.0"));
    }

    #[test]
    fn a_version_between_two_patches_is_found_and_others_are_not() {
        let snapshot = snapshot("");
        let found = |version| check(&at(version), snapshot.path(), "").unwrap().vulnerable;
        assert_eq!(found("1.19.0"), ["tokio 1.19.0: RUSTSEC-2023-0001: Pipes"]);
        for safe in ["1.6.9", "1.18.4", "1.20.3", "2.0.0-rc.1"] {
            assert!(found(safe).is_empty(), "{safe}");
        }
    }

    #[test]
    fn what_is_only_information_or_accepted_is_a_note_and_what_was_withdrawn_is_nothing() {
        let report = |more: &str, accepted| check(&at("1.19.0"), snapshot(more).path(), accepted).unwrap();
        let counts = |report: Report| (report.vulnerable.len(), report.notes.len());
        assert_eq!(counts(report("informational = \"unmaintained\"", "")), (0, 1));
        assert_eq!(counts(report("", "RUSTSEC-2023-0001")), (0, 1));
        assert_eq!(counts(report("withdrawn = \"2023-02-01\"", "")), (0, 0));
    }

    #[test]
    fn a_folder_that_is_no_snapshot_is_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        assert!(check(&[], dir.path(), "").err().unwrap().to_string().contains("crates/"));
    }
}
