//! The frames of a trace at one version: each to its file, line and function.

use crate::{CommitId, Files, Repository, Source, SourceMap, source_map::Built, symbol};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// A repository at one version. What was read of it is kept as long as this is.
pub struct Version<'a> {
    repository: &'a Repository,
    commit: CommitId,
    files: &'a Files,
    read: RefCell<HashMap<String, Option<Rc<Source>>>>,
    maps: RefCell<HashMap<String, Option<Rc<SourceMap>>>>,
    given: Option<Rc<SourceMap>>,
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
    /// A source map led here from what was built.
    pub mapped: bool,
}

impl<'a> Version<'a> {
    pub fn new(repository: &'a Repository, commit: CommitId, files: &'a Files) -> Self {
        Self { repository, commit, files, read: RefCell::default(), maps: RefCell::default(), given: None }
    }

    /// A map that somebody has of a build that the repository does not hold.
    pub fn with_map(self, map: Option<SourceMap>) -> Self {
        Self { given: map.map(Rc::new), ..self }
    }

    /// Where a frame leads, as it was written: through a source map where it is of a built file that has one.
    pub fn lead(&self, raw: &str, function: &str, file: &str, line: Option<u32>) -> Option<Resolved> {
        self.built(raw).or_else(|| self.resolve(function, file, line))
    }

    fn built(&self, raw: &str) -> Option<Resolved> {
        let built = Built::read(raw)?;
        let beside = self.files.called(&format!("{}.map", built.name));
        let map = match beside[..] {
            [only] => self.map(only)?,
            // Of several nobody knows which was built from.
            _ => self.given.clone().filter(|_| beside.is_empty())?,
        };
        let written = map.written(built.line, built.column)?;
        let [path] = self.files.candidates("", &written.path)[..] else { return None };
        let found = self.at(path, written.name.as_deref().unwrap_or_default(), Some(written.line));
        Some(Resolved { mapped: true, ..found })
    }

    fn map(&self, path: &str) -> Option<Rc<SourceMap>> {
        if let Some(known) = self.maps.borrow().get(path) {
            return known.clone();
        }
        let map = self.repository.source_map(self.commit, path).map(Rc::new);
        self.maps.borrow_mut().insert(path.to_owned(), map.clone());
        map
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

    /// Of a function alone, as spans name one: the file that is called like its class or module, and the line that begins the
    /// function, where there is one of that name.
    pub fn of_function(&self, function: &str) -> Option<Resolved> {
        let parts: Vec<&str> = function.split(['.', ':', '#', '\\', '/']).filter(|part| !part.is_empty()).collect();
        let (method, around) = parts.split_last()?;
        for (at, class) in around.iter().enumerate().rev() {
            let class = class.split('$').next().unwrap_or(class);
            let dirs = around.get(..at).unwrap_or_default();
            let shared = |path: &&str| {
                let own = path.rsplit('/').skip(1);
                own.zip(dirs.iter().rev()).take_while(|(own, dir)| own == *dir).count()
            };
            let named = self.files.named(class);
            let best = named.iter().map(shared).max().filter(|best| *best > 0 || dirs.is_empty());
            let mut fitting = named.into_iter().filter(|path| Some(shared(path)) == best);
            let (Some(path), None) = (fitting.next(), fitting.next()) else { continue };
            let source = self.source(path);
            let method = if *method == "<init>" { class } else { method };
            let line = source.as_ref().and_then(|source| source.begins(method));
            let symbol = line.zip(source.as_ref()).and_then(|(line, source)| source.outline().name_at(line));
            return Some(Resolved { path: path.to_owned(), line, source, symbol, differs: false, mapped: false });
        }
        None
    }

    fn at(&self, path: &str, function: &str, line: Option<u32>) -> Resolved {
        let source = self.source(path);
        let found = line.zip(source.as_ref()).filter(|(line, source)| source.line(*line).is_some());
        let symbol = found.and_then(|(line, source)| source.outline().name_at(line));
        let agrees = found.and_then(|(line, source)| symbol::agrees(source.outline(), path, function, line));
        let differs = (line.is_some() && found.is_none()) || agrees == Some(false);
        Resolved { path: path.to_owned(), line: found.map(|(line, _)| line), source, symbol, differs, mapped: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    #[test]
    fn a_function_alone_leads_to_where_it_begins_and_one_of_two_of_its_name_to_its_file() {
        let mut project = Project::new();
        let cart = "package com.acme;\nclass Cart {\n  @Override\n  public int total() {\n    return 1;\n  }\n  void add(int a) {}\n  void add(long a) {}\n}\n";
        project.write("web/src/main/java/com/other/Cart.java", cart);
        project.write("shop/cart.py", "def total():\n    return 1\n");
        let head = project.commit("core/src/main/java/com/acme/Cart.java", cart, "begin");
        let repository = project.open();
        let files = repository.files(head).unwrap();
        let version = Version::new(&repository, head, &files);
        let at = |function: &str| version.of_function(function).map(|found| (found.path, found.line));
        let java = "core/src/main/java/com/acme/Cart.java".to_owned();
        assert_eq!(at("com.acme.Cart.total"), Some((java.clone(), Some(4))));
        assert_eq!(at("com.acme.Cart$1.total"), Some((java.clone(), Some(4))));
        assert_eq!(at("com.acme.Cart.add"), Some((java, None)));
        assert_eq!(at("shop.cart.total"), Some(("shop/cart.py".to_owned(), Some(1))));
        assert_eq!((at("com.none.Cart.total"), at("Cart.total"), at("total"), at("")), (None, None, None, None));
    }

    #[test]
    fn a_frame_of_a_built_file_leads_through_the_map_beside_it_or_one_that_is_given() {
        let mut project = Project::new();
        project.write("web/src/cart.ts", "export function other() {}\n\nexport function total() {\n  fail();\n}\n");
        project.write("src/cart.ts", "// of something else\n");
        project.write("web/dist/main.js", "function a(){fail()}\n");
        // Column 13 is line 4 of web/src/cart.ts.
        let map =
            r#"{"version":3,"sources":["webpack://shop/./web/src/cart.ts"],"names":["total"],"mappings":"AAAA,aAGAA"}"#;
        let head = project.commit("web/dist/main.js.map", map, "begin");
        let repository = project.open();
        let files = repository.files(head).unwrap();
        let raw = "at a (https://shop.example/main.js:1:14)";
        let version = Version::new(&repository, head, &files);
        let found = version.lead(raw, "a", "main.js", Some(1)).unwrap();
        assert_eq!((found.path.as_str(), found.line, found.mapped), ("web/src/cart.ts", Some(4), true));
        assert_eq!((found.symbol.as_deref(), found.differs), (Some("total"), false));
        // Without a column, or where the map leads out, the built file is what there is.
        assert!(!version.lead("at a (main.js:1)", "a", "main.js", Some(1)).unwrap().mapped);

        let elsewhere = "at a (https://shop.example/app.js:1:14)";
        assert!(version.lead(elsewhere, "a", "app.js", Some(1)).is_none());
        let given = Version::new(&repository, head, &files).with_map(SourceMap::read(map.as_bytes()));
        assert_eq!(given.lead(elsewhere, "a", "app.js", Some(1)).unwrap().line, Some(4));
    }
}
