//! The text of a file at a version, as `git show COMMIT:PATH` has it.

use crate::{CommitId, Outline, Repository, SourceMap, repository::oid, source_map};
use git2::ObjectType;
use std::path::Path;

/// A file that a person would read: what is larger was made by a program.
const LONGEST: usize = 8 << 20;
const LONGEST_LINE: usize = 2_000;

pub struct Source {
    bytes: Vec<u8>,
    /// Where each line begins.
    starts: Vec<usize>,
    outline: Outline,
}

impl Repository {
    /// `None` where there is no such file, it is larger than 8 MB, or no text. Of a link, where it leads.
    pub fn source(&self, at: CommitId, path: &str) -> Option<Source> {
        let tree = self.git.find_commit(oid(at)).ok()?.tree().ok()?;
        let entry = tree.get_path(Path::new(path)).ok()?;
        let (size, kind) = self.git.odb().ok()?.read_header(entry.id()).ok()?;
        if kind != ObjectType::Blob || size > LONGEST {
            return None;
        }
        let blob = self.git.find_blob(entry.id()).ok()?;
        Source::of(path, blob.content().to_vec())
    }
}

impl Repository {
    /// `None` where there is none, or what is there is no map.
    pub(crate) fn source_map(&self, at: CommitId, path: &str) -> Option<SourceMap> {
        let tree = self.git.find_commit(oid(at)).ok()?.tree().ok()?;
        let entry = tree.get_path(Path::new(path)).ok()?;
        let (size, kind) = self.git.odb().ok()?.read_header(entry.id()).ok()?;
        if kind != ObjectType::Blob || size > source_map::LONGEST {
            return None;
        }
        SourceMap::read(self.git.find_blob(entry.id()).ok()?.content())
    }
}

impl Source {
    /// `None` of what is no text.
    pub(crate) fn of(path: &str, bytes: Vec<u8>) -> Option<Self> {
        if bytes.iter().take(8_000).any(|byte| *byte == 0) {
            return None;
        }
        let breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
        // The nothing behind the last line break is no line.
        let starts: Vec<usize> = std::iter::once(0).chain(breaks).filter(|at| *at < bytes.len()).collect();
        let outline = Outline::of(path, &String::from_utf8_lossy(&bytes));
        Some(Self { bytes, starts, outline })
    }

    /// The lines of a function or a type, by its own name or by its whole one; of several of that name, all.
    pub fn of_symbol(&self, name: &str) -> Option<Vec<String>> {
        let mut spans = self.outline.spans(name);
        if spans.is_empty() {
            let own = self.outline.all().iter().filter(|symbol| symbol.name == name);
            spans = own.map(|symbol| (symbol.first, symbol.last)).collect();
        }
        let lines = spans.into_iter().flat_map(|(first, last)| first..=last);
        let lines: Vec<String> = lines.filter_map(|line| self.line(line)).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// The line that begins a function: the one of its head that has its name. `None` where there is none, or several.
    pub fn begins(&self, function: &str) -> Option<u32> {
        let mut own = self
            .outline
            .all()
            .iter()
            .filter(|symbol| symbol.kind == crate::SymbolKind::Function && symbol.name == function);
        let (only, None) = (own.next()?, own.next()) else { return None };
        let named = |line: &u32| {
            let text = self.line(*line).unwrap_or_default();
            text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == function)
        };
        (only.first..=only.last).find(named).or(Some(only.first))
    }

    /// Whether both say the same of a symbol; of the whole where none is named, or one of them does not have it.
    pub fn says_the_same(&self, other: &Self, symbol: Option<&str>) -> bool {
        if self.bytes == other.bytes {
            return true;
        }
        match symbol.map(|name| (self.of_symbol(name), other.of_symbol(name))) {
            Some((Some(own), Some(others))) => own == others,
            _ => false,
        }
    }

    /// How many lines it has.
    pub fn len(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// All of it, with what is no UTF-8 replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// A line without its end, at most 2,000 bytes of it. Counted from 1; `None` where the file is shorter.
    pub fn line(&self, line: u32) -> Option<String> {
        let place = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(place)?;
        let end = self.starts.get(place + 1).map_or(self.bytes.len(), |next| next - 1);
        let found = self.bytes.get(start..end)?;
        let found = found.strip_suffix(b"\n").unwrap_or(found);
        let found = found.strip_suffix(b"\r").unwrap_or(found);
        Some(String::from_utf8_lossy(found.get(..LONGEST_LINE).unwrap_or(found)).into_owned())
    }

    /// The lines around one, with their numbers, so many on either side.
    pub fn near(&self, line: u32, reach: u32) -> Vec<(u32, String)> {
        let from = line.saturating_sub(reach).max(1);
        (from..=line.saturating_add(reach)).map_while(|at| Some((at, self.line(at)?))).collect()
    }
}
