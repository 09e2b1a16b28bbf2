//! Reading the texts of a version out of its repository.

use super::Literals;
use crate::{
    CommitId, Error, Repository, Result,
    error::Doing,
    repository::oid,
    symbol::{Tongue, texts},
};
use git2::{ObjectType, TreeWalkMode, TreeWalkResult};

/// What is larger was made by a program.
const LONGEST_FILE: usize = 1 << 20;
/// More than any product has of its own.
const MOST_FILES: usize = 100_000;
const MOST_BYTES: usize = 512 << 20;
const MOST_TEXTS: usize = 1_000_000;

impl Repository {
    pub fn literals(&self, at: CommitId, stop: &dyn Fn() -> bool) -> Result<Literals> {
        let mut found = Literals::default();
        let cut = self.each_text(at, &says, stop, &mut |path, text| {
            found.read(path, text);
            found.len() <= MOST_TEXTS
        })?;
        found.cut = cut;
        Ok(found)
    }

    /// Hands over the files of a version that `keep` wants by their names, until `take` has enough. Links and submodules are
    /// not followed, and what is too large or cannot be read is left out. Whether not everything was handed over.
    pub(crate) fn each_text(
        &self,
        at: CommitId,
        keep: &dyn Fn(&str) -> bool,
        stop: &dyn Fn() -> bool,
        take: &mut dyn FnMut(String, &str) -> bool,
    ) -> Result<bool> {
        const DOING: &str = "list the files of a version";
        let tree = self.git.find_commit(oid(at)).and_then(|commit| commit.tree()).doing(DOING)?;
        let mut files = Vec::new();
        tree.walk(TreeWalkMode::PreOrder, |dir, entry| {
            let is_file = entry.kind() == Some(ObjectType::Blob) && entry.filemode() & 0o170_000 == 0o100_000;
            if let (true, Ok(name)) = (is_file, entry.name())
                && keep(name)
            {
                files.push((format!("{dir}{name}"), entry.id()));
            }
            if files.len() < MOST_FILES { TreeWalkResult::Ok } else { TreeWalkResult::Abort }
        })
        .or_else(|cause| if files.len() < MOST_FILES { Err(cause) } else { Ok(()) })
        .doing(DOING)?;
        let cut = files.len() >= MOST_FILES;
        let odb = self.git.odb().doing(DOING)?;
        let mut bytes = 0;
        for (path, id) in files {
            if stop() {
                return Err(Error::Cancelled);
            }
            if bytes > MOST_BYTES {
                return Ok(true);
            }
            // What cannot be read says nothing.
            let Ok((size, ObjectType::Blob)) = odb.read_header(id) else { continue };
            if size > LONGEST_FILE {
                continue;
            }
            let Ok(blob) = self.git.find_blob(id) else { continue };
            bytes += size;
            if !take(path, &String::from_utf8_lossy(blob.content())) {
                return Ok(true);
            }
        }
        Ok(cut)
    }
}

impl Literals {
    pub(super) fn read(&mut self, path: String, text: &str) {
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        match Tongue::of(&path) {
            Some(tongue @ (Tongue::Python | Tongue::Ruby)) => {
                quoted(tongue, text, &mut |line, text| self.add(number, line, text))
            }
            Some(tongue) => texts(tongue, text).into_iter().for_each(|(line, text)| self.add(number, line, text)),
            None => {
                for (line, text) in (1..).zip(text.lines()) {
                    if let Some((_, value)) =
                        text.split_once('=').filter(|_| !text.trim_start().starts_with(['#', '!']))
                    {
                        self.add(number, line, &format!("\"{value}\""));
                    }
                }
            }
        }
        self.paths.push(path);
    }
}

fn says(name: &str) -> bool {
    Tongue::of(name).is_some() || name.ends_with(".properties")
}

/// Of the languages that are read by their indents: what stands in quotes, and in no comment.
fn quoted(tongue: Tongue, text: &str, take: &mut dyn FnMut(u32, &str)) {
    let mut line = 1;
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let step = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' | '\'' => {
                let triple =
                    rest.get(..3).filter(|three| tongue == Tongue::Python && matches!(*three, "\"\"\"" | "'''"));
                let length = match triple {
                    Some(mark) => rest.get(3..).and_then(|inner| inner.find(mark)).map_or(rest.len(), |end| end + 6),
                    None => one_line(rest, first),
                };
                take(line, rest.get(..length).unwrap_or_default());
                length
            }
            _ => first.len_utf8(),
        };
        let passed = rest.as_bytes().get(..step).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        at += step.max(1);
    }
}

/// The length of a text in quotes that ends where its line does.
fn one_line(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

pub(crate) fn is_test(path: &str) -> bool {
    path.split('/').any(|part| matches!(part, "test" | "tests" | "__tests__" | "spec" | "testing"))
}
