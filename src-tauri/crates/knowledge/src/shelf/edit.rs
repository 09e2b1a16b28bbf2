//! New files, and other text in those that are there. Nothing is written over that somebody else changed meanwhile.

use super::{PROGRAMME, RULES, Shelf, file_name, shown};
use crate::{
    Error, Kind, Result,
    calls::{CALLS, allowed_calls},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

impl Shelf {
    /// A new file for a new entry. Nothing that exists is written over.
    pub fn add(&self, kind: Kind, id: &str, text: &str) -> Result<PathBuf> {
        self.add_file(PathBuf::from(kind.folder()).join(format!("{}.md", file_name(id)?)), text)
    }

    /// A new file for a new rule. Nothing that exists is written over.
    pub fn add_rule(&self, id: &str, text: &str) -> Result<PathBuf> {
        self.add_file(PathBuf::from(RULES).join(format!("{}.yml", file_name(id)?)), text)
    }

    fn add_file(&self, path: PathBuf, text: &str) -> Result<PathBuf> {
        if fs::symlink_metadata(self.root.join(&path)).is_ok() {
            return Err(Error::Exists(self.root.join(&path)));
        }
        self.put(&shown(&path), text.as_bytes())?;
        Ok(path)
    }

    /// A rule's file as it is written; `None` where no file lies there, or it is longer than anybody writes.
    pub fn rule_text(&self, path: &str) -> Result<Option<String>> {
        self.text_at(path, |kind| kind.is_none())
    }

    /// The same of an entry.
    pub fn entry_text(&self, path: &str) -> Result<Option<String>> {
        self.text_at(path, |kind| kind.is_some())
    }

    /// The addresses that a lead allows runbooks to call; none where nobody said so.
    pub fn allowed_calls(&self) -> Result<Vec<String>> {
        if fs::symlink_metadata(self.root.join(CALLS)).is_err() {
            return Ok(Vec::new());
        }
        let text = self.text(Path::new(CALLS), &mut blake3::Hasher::new()).map_err(Error::Calls)?;
        allowed_calls(&text).map_err(Error::Calls)
    }

    /// The team's list of what it ticked; `None` where it has none.
    pub fn programme(&self) -> Result<Option<String>> {
        if fs::symlink_metadata(self.root.join(PROGRAMME)).is_err() {
            return Ok(None);
        }
        let text = self.text(Path::new(PROGRAMME), &mut blake3::Hasher::new());
        text.map(Some).map_err(|reason| Error::at("read", &self.root.join(PROGRAMME))(std::io::Error::other(reason)))
    }

    pub fn keep_programme(&self, text: &str) -> Result<()> {
        self.put(PROGRAMME, text.as_bytes())
    }

    fn text_at(&self, path: &str, wanted: fn(Option<Kind>) -> bool) -> Result<Option<String>> {
        // Only what the folder itself holds: a path of somebody else's making leads nowhere.
        let mut files = self.files()?.into_iter();
        let Some((_, path)) = files.find(|(kind, found)| wanted(*kind) && shown(found) == path) else {
            return Ok(None);
        };
        Ok(self.text(&path, &mut blake3::Hasher::new()).ok())
    }

    /// Writes another text into a rule's file that is there, if it still holds what `before` says.
    pub fn change_rule(&self, path: &str, before: &str, text: &str) -> Result<()> {
        self.change(path, self.rule_text(path)?.as_deref() == Some(before), text)
    }

    /// The same of an entry.
    pub fn change_entry(&self, path: &str, before: &str, text: &str) -> Result<()> {
        self.change(path, self.entry_text(path)?.as_deref() == Some(before), text)
    }

    fn change(&self, path: &str, same: bool, text: &str) -> Result<()> {
        if !same {
            return Err(Error::Changed(self.root.join(path)));
        }
        self.put(path, text.as_bytes())
    }

    /// Takes an entry's file away again, if it still holds what `before` says.
    pub fn take_away(&self, path: &str, before: &str) -> Result<()> {
        if self.text_at(path, |_| true)?.as_deref() != Some(before) {
            return Err(Error::Changed(self.root.join(path)));
        }
        let full = self.root.join(path);
        fs::remove_file(&full).map_err(Error::at("removed", &full))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_changed_and_taken_away_only_as_whoever_asks_has_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::make(dir.path()).unwrap();
        shelf.add(Kind::Article, "a", "one").unwrap();
        let path = "articles/a.md";
        assert!(matches!(shelf.add(Kind::Article, "a", "two"), Err(Error::Exists(_))));
        assert!(matches!(shelf.change_entry(path, "another", "two"), Err(Error::Changed(_))));
        shelf.change_entry(path, "one", "two").unwrap();
        assert_eq!(shelf.entry_text(path).unwrap().as_deref(), Some("two"));
        assert!(matches!(shelf.take_away(path, "one"), Err(Error::Changed(_))));
        shelf.take_away(path, "two").unwrap();
        assert_eq!(shelf.entry_text(path).unwrap(), None);
    }

    #[test]
    fn a_path_out_of_the_folder_or_of_a_rule_is_no_entry() {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::make(&dir.path().join("kb")).unwrap();
        fs::write(dir.path().join("secret.md"), "x").unwrap();
        shelf.add_rule("r", "title: x").unwrap();
        for path in ["../secret.md", "articles/../../secret.md", "rules/r.yml", "README.md", "/etc/passwd"] {
            assert_eq!(shelf.entry_text(path).unwrap(), None, "{path}");
            assert!(shelf.change_entry(path, "x", "y").is_err() && shelf.take_away(path, "x").is_err(), "{path}");
        }
        assert_eq!(fs::read_to_string(dir.path().join("secret.md")).unwrap(), "x");
    }
}
