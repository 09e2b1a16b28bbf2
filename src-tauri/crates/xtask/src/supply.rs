//! What Precedent is made of: the licences that it may carry, the list of it for people who audit, and what is known to be
//! wrong with any of it. All of it without a network.

mod advisories;
mod licences;
mod sbom;

use crate::shell::Repo;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::Path;

/// The licences of everything that the lock file names.
pub fn check_licences(repo: &Repo) -> Result<()> {
    let rules = std::fs::read_to_string(repo.path("deny.toml")).context("deny.toml is not there")?;
    let metadata = repo.whole_metadata()?;
    let findings = licences::check(&metadata, &licences::Rules::read(&rules));
    findings.iter().for_each(|finding| println!("{finding}"));
    if !findings.is_empty() {
        bail!("{} licences that deny.toml does not allow", findings.len());
    }
    println!("licences: {} packages, all allowed", packages(&metadata).len());
    Ok(())
}

/// Against a snapshot of RustSec's database: a folder that holds `crates/`.
pub fn check_advisories(repo: &Repo, snapshot: &Path) -> Result<()> {
    let lock = std::fs::read_to_string(repo.path("Cargo.lock")).context("Cargo.lock is not there")?;
    let accepted = std::fs::read_to_string(repo.path("deny.toml")).context("deny.toml is not there")?;
    let report = advisories::check(&advisories::locked(&lock), snapshot, &accepted)?;
    report.notes.iter().for_each(|note| println!("note: {note}"));
    report.vulnerable.iter().for_each(|finding| println!("{finding}"));
    if !report.vulnerable.is_empty() {
        bail!("{} advisories apply to what is locked", report.vulnerable.len());
    }
    println!("advisories: {} looked at, {} of what is locked is named, none applies", report.read, report.named);
    Ok(())
}

/// CycloneDX 1.5, the same bytes for the same lock files.
pub fn write_sbom(repo: &Repo, path: &Path) -> Result<()> {
    let lock = std::fs::read_to_string(repo.path("Cargo.lock")).context("Cargo.lock is not there")?;
    let page = std::fs::read_to_string(repo.path("ui/package-lock.json")).context("ui/package-lock.json is missing")?;
    let page: Value = serde_json::from_str(&page).context("ui/package-lock.json is not JSON")?;
    let bom = sbom::bom(&repo.whole_metadata()?, &lock, &page);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, serde_json::to_string_pretty(&bom)? + "\n")?;
    let count = bom.get("components").and_then(Value::as_array).map_or(0, Vec::len);
    println!("{}: {count} components", path.display());
    Ok(())
}

fn packages(metadata: &Value) -> &[Value] {
    metadata["packages"].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
