//! The frames of a trace at one version: each to its file, line and function.

use crate::{CommitId, Files, Repository, Source, symbol};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// A repository at one version. What was read of it is kept as long as this is.
pub struct Version<'a> {
    repository: &'a Repository,
    commit: CommitId,
    files: &'a Files,
    read: RefCell<HashMap<String, Option<Rc<Source>>>>,
}

/// Where a frame leads.
pub struct Resolved {
    pub path: String,
    /// The line that the frame names, where the file has it.
    pub line: Option<u32>,
    pub source: Option<Rc<Source>>,
    /// What the line lies in: `TransportConnection.stop`.
    pub symbol: Option<String>,
    /// The file has no such line, or the line lies in another function than the frame names: this is not the text that was
    /// built.
    pub differs: bool,
}

impl<'a> Version<'a> {
    pub fn new(repository: &'a Repository, commit: CommitId, files: &'a Files) -> Self {
        Self { repository, commit, files, read: RefCell::default() }
    }

    pub fn source(&self, path: &str) -> Option<Rc<Source>> {
        if let Some(known) = self.read.borrow().get(path) {
            return known.clone();
        }
        let source = self.repository.source(self.commit, path).map(Rc::new);
        self.read.borrow_mut().insert(path.to_owned(), source.clone());
        source
    }

    /// `None` where no file is meant, or several are and the function does not tell which.
    pub fn resolve(&self, function: &str, file: &str, line: Option<u32>) -> Option<Resolved> {
        let candidates = self.files.candidates(function, file);
        if let [only] = candidates[..] {
            return Some(self.at(only, function, line));
        }
        let line = line?;
        // Of several, the one where the function stands at that line.
        let fits = |path: &&str| {
            let source = self.source(path)?;
            source.line(line)?;
            symbol::agrees(source.outline(), path, function, line)
        };
        let mut fitting = candidates.iter().take(20).filter(|path| fits(path) == Some(true));
        let found = fitting.next()?;
        fitting.next().is_none().then(|| self.at(found, function, Some(line)))
    }

    fn at(&self, path: &str, function: &str, line: Option<u32>) -> Resolved {
        let source = self.source(path);
        let found = line.zip(source.as_ref()).filter(|(line, source)| source.line(*line).is_some());
        let symbol = found.and_then(|(line, source)| source.outline().name_at(line));
        let agrees = found.and_then(|(line, source)| symbol::agrees(source.outline(), path, function, line));
        let differs = (line.is_some() && found.is_none()) || agrees == Some(false);
        Resolved { path: path.to_owned(), line: found.map(|(line, _)| line), source, symbol, differs }
    }
}
