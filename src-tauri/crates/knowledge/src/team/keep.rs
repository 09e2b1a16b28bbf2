//! Edits made with any editor become a commit.

use super::Team;
use crate::{
    Error, Result,
    calls::CALLS,
    people::PEOPLE,
    shelf::{OWN_FILES, PROGRAMME, folders, shown, walk},
};
use domain::Millis;
use git2::{FileMode, IndexEntry, IndexTime, ObjectType, Oid, Signature, build::TreeUpdateBuilder};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// A file that size is no article; it would be with everybody for ever.
const LARGEST: u64 = 16 << 20;

/// Every file of a commit, by its path.
pub(super) type Files = BTreeMap<String, (Oid, FileMode)>;

/// A file that differs from the newest commit.
pub(super) struct Edited {
    pub(super) path: String,
    /// `None` where it is gone.
    pub(super) bytes: Option<Vec<u8>>,
    mode: FileMode,
}

impl Team {
    /// Commits what was edited in the folders of knowledge, under the person's own name; the rest of a repository is
    /// left to whoever works on it. `None` where nothing was edited.
    pub fn keep(&self, message: Option<&str>, now: Millis) -> Result<Option<String>> {
        let edited = self.edited()?;
        if edited.is_empty() {
            return Ok(None);
        }
        let author = self.author(now)?;
        let parent = self.ours()?;
        let doing = Error::git("keep what was edited");
        let mut update = TreeUpdateBuilder::new();
        let mut written = Vec::new();
        for file in &edited {
            let blob = file.bytes.as_ref().map(|bytes| self.git.blob(bytes)).transpose().map_err(&doing)?;
            match blob {
                Some(blob) => update.upsert(file.path.as_str(), blob, file.mode),
                None => update.remove(file.path.as_str()),
            };
            written.push((file, blob));
        }
        let tree = update.create_updated(&self.git, &self.tree(parent)?).map_err(&doing)?;
        let tree = self.git.find_tree(tree).map_err(&doing)?;
        let parent = parent.map(|parent| self.git.find_commit(parent)).transpose().map_err(&doing)?;
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let said = message.map(str::trim).filter(|said| !said.is_empty());
        let message = said.map_or_else(|| told(&edited), str::to_owned);
        let commit = self.commit(&author, &message, &tree, &parents)?;
        let branch = format!("refs/heads/{}", self.branch()?);
        self.git.reference(&branch, commit, true, "commit: what was edited").map_err(&doing)?;
        self.note(&written).map_err(&doing)?;
        Ok(Some(commit.to_string()))
    }

    /// On no branch yet. Signed, where the person's own git signs: it alone has their key.
    pub(super) fn commit(
        &self,
        author: &Signature<'_>,
        message: &str,
        tree: &git2::Tree<'_>,
        parents: &[&git2::Commit<'_>],
    ) -> Result<Oid> {
        let signs = super::remote::setting(&self.root, "commit.gpgsign");
        if !signs.is_ok_and(|said| ["true", "yes", "on", "1"].contains(&said.trim())) {
            let made = self.git.commit(None, author, author, message, tree, parents);
            return made.map_err(Error::git("keep what was edited"));
        }
        let names: Vec<String> = parents.iter().map(|parent| parent.id().to_string()).collect();
        let tree = tree.id().to_string();
        let mut args = vec!["commit-tree", "-S", "-m", message];
        args.extend(names.iter().flat_map(|name| ["-p", name.as_str()]));
        args.push(&tree);
        let made = self.ask(&args).map_err(|error| match error {
            Error::Remote(said) => Error::NotSigned(said),
            other => other,
        })?;
        Oid::from_str(made.trim()).map_err(Error::git("keep what was edited"))
    }

    /// Git's own list of files follows, so that `git status` says the same as we do.
    fn note(&self, written: &[(&Edited, Option<Oid>)]) -> std::result::Result<(), git2::Error> {
        let mut index = self.git.index()?;
        index.read(false)?;
        for (file, blob) in written {
            match blob {
                Some(id) => index.add(&entry(&file.path, *id, file.mode))?,
                None => index.remove_path(Path::new(&file.path))?,
            }
        }
        index.write()
    }

    /// What differs from the newest commit, in the order of the paths.
    pub(super) fn edited(&self) -> Result<Vec<Edited>> {
        let before = self.files(self.ours()?)?;
        let mut edited = Vec::new();
        for path in self.ours_on_disk(&before)? {
            let was = before.get(&path);
            // A link, or another repository within the team's own, stays as it is.
            if was.is_some_and(|(_, mode)| !matches!(mode, FileMode::Blob | FileMode::BlobExecutable)) {
                continue;
            }
            let full = self.root.join(&path);
            match fs::symlink_metadata(&full) {
                Ok(about) if about.is_file() => {
                    if about.len() > LARGEST {
                        return Err(Error::LargeFile { path, most: LARGEST >> 20 });
                    }
                    let bytes = fs::read(&full).map_err(Error::at("read", &full))?;
                    let id = Oid::hash_object(ObjectType::Blob, &bytes).map_err(Error::git("be read"))?;
                    if was.is_none_or(|(before, _)| *before != id) {
                        let mode = was.map_or(FileMode::Blob, |(_, mode)| *mode);
                        edited.push(Edited { path, bytes: Some(bytes), mode });
                    }
                }
                Ok(_) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    edited.extend(was.map(|(_, mode)| Edited { path, bytes: None, mode: *mode }));
                }
                Err(cause) => return Err(Error::at("read", &full)(cause)),
            }
        }
        Ok(edited)
    }

    /// What may have been edited: every file of the five folders, and those beside them that are known.
    fn ours_on_disk(&self, before: &Files) -> Result<BTreeSet<String>> {
        let within = |path: &str, folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let ours = |path: &str| !path.contains('/') || folders().any(|folder| within(path, folder));
        let mut paths: BTreeSet<String> = before.keys().filter(|path| ours(path)).cloned().collect();
        let mut found: Vec<String> = OWN_FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        found.extend([PEOPLE, CALLS, PROGRAMME].map(String::from));
        for folder in folders() {
            found.push(format!("{folder}/.gitkeep"));
            found.extend(walk(&self.root, Path::new(folder), &[])?.iter().map(|path| shown(path)));
        }
        for path in found {
            let ignored = || self.git.status_should_ignore(Path::new(&path)).unwrap_or(false);
            if !paths.contains(&path) && self.root.join(&path).is_file() && !ignored() {
                paths.insert(path);
            }
        }
        Ok(paths)
    }

    pub(super) fn files(&self, commit: Option<Oid>) -> Result<Files> {
        let mut files = BTreeMap::new();
        let mut odd = None;
        let tree = self.tree(commit)?;
        let walked = tree.walk(git2::TreeWalkMode::PreOrder, |folder, entry| {
            let Ok(name) = entry.name() else {
                odd = Some(String::from_utf8_lossy(entry.name_bytes()).into_owned());
                return git2::TreeWalkResult::Abort;
            };
            if entry.kind() != Some(ObjectType::Tree) {
                files.insert(format!("{folder}{name}"), (entry.id(), mode(entry.filemode())));
            }
            git2::TreeWalkResult::Ok
        });
        match odd {
            Some(name) => Err(Error::OddName(name)),
            None => walked.map(|()| files).map_err(Error::git("be read")),
        }
    }
}

fn mode(mode: i32) -> FileMode {
    match mode {
        0o100_755 => FileMode::BlobExecutable,
        0o120_000 => FileMode::Link,
        0o160_000 => FileMode::Commit,
        _ => FileMode::Blob,
    }
}

fn entry(path: &str, id: Oid, mode: FileMode) -> IndexEntry {
    let never = IndexTime::new(0, 0);
    IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: u32::from(mode),
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.into(),
    }
}

/// `Edit articles/log-in.md`, `Edit 3 files` and which.
fn told(edited: &[Edited]) -> String {
    let paths: Vec<&str> = edited.iter().map(|file| file.path.as_str()).collect();
    match paths[..] {
        [one] => format!("Edit {one}"),
        _ => format!("Edit {} files\n\n{}", paths.len(), paths.iter().take(50).copied().collect::<Vec<_>>().join("\n")),
    }
}
