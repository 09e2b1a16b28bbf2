//! The packages and the build of the page, made only when something newer than them is there.

use crate::shell::{Repo, must};
use anyhow::{Context, Result};
use std::path::Path;
use std::time::SystemTime;

/// `npm ci`, without running what the packages would run, where the lock is newer than what is installed.
pub fn install(repo: &Repo, packages: &[&str]) -> Result<()> {
    for dir in packages {
        let lock = repo.path(dir).join("package-lock.json");
        let Some(locked) = modified(&lock) else { continue };
        // npm writes this file last, so a broken installation is made again.
        let installed = modified(&repo.path(dir).join("node_modules/.package-lock.json"));
        if installed.is_none_or(|installed| installed < locked) {
            must(&mut repo.npm(dir, &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
        }
    }
    Ok(())
}

/// `npm run build` where a source is newer than the page.
pub fn build(repo: &Repo) -> Result<()> {
    let page = modified(&repo.path("ui/dist/index.html"));
    let newest = newest(&repo.path("ui")).context("ui/ is empty")?;
    if page.is_none_or(|page| page < newest) {
        must(&mut repo.npm("ui", &["run", "build"]))?;
    }
    Ok(())
}

/// The window embeds this folder: without it the Rust side does not even compile.
pub fn ensure_page(repo: &Repo) -> Result<()> {
    let page = repo.path("ui/dist/index.html");
    if !page.exists() {
        std::fs::create_dir_all(repo.path("ui/dist"))?;
        std::fs::write(page, "<!doctype html><title>Precedent</title><p>The page was not built.</p>\n")?;
        // Older than any source, so that the next build replaces it.
        let file = std::fs::File::options().append(true).open(repo.path("ui/dist/index.html"))?;
        file.set_modified(SystemTime::UNIX_EPOCH)?;
    }
    Ok(())
}

fn newest(dir: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(dir).ok()?;
    let times = entries.flatten().filter_map(|entry| {
        let name = entry.file_name();
        if name == "node_modules" || name == "dist" {
            None
        } else if entry.path().is_dir() {
            newest(&entry.path())
        } else {
            modified(&entry.path())
        }
    });
    times.max()
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
