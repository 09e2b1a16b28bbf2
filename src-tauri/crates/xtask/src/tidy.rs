//! The rules of the repository itself: who may know whom, how large a file grows, what no file promises for later.
//! Each rule is a function from files to findings, so that a test can break it.

mod docs;
mod files;
mod page;
mod reach;
mod star;
mod window;
mod words;

use crate::shell::Repo;
use anyhow::{Result, bail};

/// One broken rule, at a place that an editor can open.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub path: String,
    /// 0 where the whole file is meant.
    pub line: usize,
    pub what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, what: what.into() }
    }
}

pub fn check(repo: &Repo) -> Result<()> {
    let files = files::read(&repo.root)?;
    let metadata = repo.metadata()?;
    let mut findings: Vec<Finding> = files.iter().flat_map(words::check).collect();
    findings.extend(star::check(&metadata));
    let mut roots = reach::roots(&metadata, &repo.root);
    // Their package stands outside of the workspace, and each file is a program.
    roots.extend(files.iter().map(|file| file.path.clone()).filter(|path| path.starts_with("fuzz/targets/")));
    findings.extend(reach::check(&files, &roots));
    findings.extend(page::check(&files));
    findings.extend(window::check(&files, &metadata));
    findings.extend(docs::check(&files));
    findings.sort();
    for Finding { path, line, what } in &findings {
        println!("{path}:{line}: {what}");
    }
    if !findings.is_empty() {
        bail!("{} broken rules in {} files looked at", findings.len(), files.len());
    }
    println!("tidy: {} files, nothing to mend", files.len());
    Ok(())
}

/// For the tests of the rules.
#[cfg(test)]
fn file(path: &str, text: &str) -> files::File {
    files::File { path: path.to_owned(), text: text.to_owned() }
}
