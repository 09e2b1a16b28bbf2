//! The folder on disk. It is somebody else's: a git repository mostly, edited with any editor.

mod edit;

use crate::{Confidence, Entry, Error, Kind, Mistake, Result, Rule};
use domain::Audience;
use std::{
    collections::HashMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// What nobody writes by hand is not read: neither a file that long, nor folders in folders in folders.
const LONGEST: u64 = 1 << 20;
const DEEPEST: usize = 4;
const MOST_FILES: usize = 50_000;
/// Bytes of memory for the patterns of all rules.
const ROOM: usize = 512 << 20;

const README: &str = include_str!("shelf/README.md");
/// What front matter may hold, for editors and forges that check it.
pub const SCHEMA: &str = include_str!("shelf/front-matter.schema.json");
/// The same of a rule.
pub const RULE_SCHEMA: &str = include_str!("shelf/rule.schema.json");

/// Beside the five folders.
pub(crate) const OWN_FILES: [(&str, &str); 3] =
    [("README.md", README), ("front-matter.schema.json", SCHEMA), ("rule.schema.json", RULE_SCHEMA)];

/// The steps that the team ticked.
pub(crate) const PROGRAMME: &str = "programme.md";

/// Where rules lie, and how their files end.
pub(crate) const RULES: &str = "rules";
const YAML: &[&str] = &["yml", "yaml"];
const MARKDOWN: &[&str] = &["md"];
pub(crate) const EVERY: &[&str] = &["md", "yml", "yaml"];

#[derive(Clone, Debug)]
pub struct Shelf {
    root: PathBuf,
}

/// A file that could not be read as an entry or a rule, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    pub path: String,
    /// A line for each thing that is wrong.
    pub reason: String,
}

/// Everything that the folder holds, in the order of its paths.
#[derive(Clone, Debug, Default)]
pub struct State {
    pub entries: Vec<Entry>,
    pub rules: Vec<Rule>,
    pub unread: Vec<Unread>,
    /// The same on two machines where every file of the five folders is the same.
    pub hash: String,
}

impl Shelf {
    /// Makes the folders, a README and the schema. What is there already is left as it is.
    pub fn make(root: &Path) -> Result<Self> {
        let shelf = Self { root: root.into() };
        for folder in folders() {
            let folder = root.join(folder);
            if folder.exists() && !folder.is_dir() {
                return Err(Error::Taken(root.into()));
            }
            fs::create_dir_all(&folder).map_err(Error::at("made", &folder))?;
            // git keeps no empty folder.
            let keep = folder.join(".gitkeep");
            fs::write(&keep, "").map_err(Error::at("written", &keep))?;
        }
        for (name, text) in OWN_FILES {
            if !root.join(name).exists() {
                shelf.put(name, text.as_bytes())?;
            }
        }
        Ok(shelf)
    }

    pub fn open(root: &Path) -> Result<Self> {
        let ours = folders().any(|folder| root.join(folder).is_dir());
        if ours { Ok(Self { root: root.into() }) } else { Err(Error::NoFolder(root.into())) }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn read(&self) -> Result<State> {
        let mut state = State::default();
        let mut hash = blake3::Hasher::new();
        let mut room = ROOM;
        for (kind, path) in self.files()? {
            let name = shown(&path);
            let read = self.text(&path, &mut hash).and_then(|text| match kind {
                Some(kind) => Entry::read(kind, &name, &text).map(|entry| state.entries.push(entry)),
                None => rule(&name, &text, &mut room).map(|rule| state.rules.push(rule)),
            });
            if let Err(reason) = read {
                state.unread.push(Unread { path: name, reason });
            }
        }
        state.hash = hash.finalize().to_hex().to_string();
        Ok(state)
    }

    /// Every file below the five folders, in the order of their paths; of a rule without a kind.
    fn files(&self) -> Result<Vec<(Option<Kind>, PathBuf)>> {
        let mut files = Vec::new();
        for kind in Kind::ALL {
            let found = walk(&self.root, Path::new(kind.folder()), MARKDOWN)?;
            files.extend(found.into_iter().map(|path| (Some(kind), path)));
        }
        files.extend(walk(&self.root, Path::new(RULES), YAML)?.into_iter().map(|path| (None, path)));
        files.sort_by(|(_, a), (_, b)| a.cmp(b));
        Ok(files)
    }

    fn text(&self, path: &Path, hash: &mut blake3::Hasher) -> std::result::Result<String, String> {
        let full = self.root.join(path);
        let about = fs::symlink_metadata(&full).map_err(|error| format!("it cannot be read: {error}"))?;
        if !about.is_file() {
            return Err("it is a link or no file at all; only files are read".into());
        }
        if about.len() > LONGEST {
            return Err(format!("it is longer than {} MB", LONGEST >> 20));
        }
        let bytes = fs::read(&full).map_err(|error| format!("it cannot be read: {error}"))?;
        hash.update(shown(path).as_bytes()).update(&[0]).update(blake3::hash(&bytes).as_bytes());
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".into())
    }

    /// In one step, and on the disk when it returns.
    pub(crate) fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write(path, bytes, true)
    }

    /// The same of what lies elsewhere too: it can be copied again, and a thousand files need not wait for the disk.
    pub(crate) fn put_copy(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write(path, bytes, false)
    }

    /// Nobody ever sees half of a file.
    fn write(&self, path: &str, bytes: &[u8], now: bool) -> Result<()> {
        let path = self.root.join(path);
        let failed = Error::at("written", &path);
        let folder = path.parent().unwrap_or(&self.root);
        // A folder that is a link leads to a place that nobody chose.
        let linked = |folder: &Path| fs::symlink_metadata(folder).is_ok_and(|about| about.is_symlink());
        if folder.ancestors().take_while(|above| *above != self.root).any(linked) {
            return Err(failed(std::io::Error::other("it leads out of the folder by a link")));
        }
        fs::create_dir_all(folder).map_err(&failed)?;
        let mut file = tempfile::Builder::new().prefix(".precedent-").tempfile_in(folder).map_err(&failed)?;
        file.write_all(bytes).and_then(|()| if now { file.as_file().sync_all() } else { Ok(()) }).map_err(&failed)?;
        file.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// Every file of the five folders, byte for byte, into a folder that has none of them yet. For a given reader only the
    /// entries that they may read and that are not archived; for one outside of the house without the fields that speak of
    /// people, tickets and code. How many there were.
    pub fn copy_to(&self, target: &Path, reader: Option<Audience>) -> Result<usize> {
        let taken = |folder| walk(target, Path::new(folder), EVERY).is_ok_and(|files| !files.is_empty());
        if folders().any(taken) {
            return Err(Error::Taken(target.into()));
        }
        let copy = Self::make(target)?;
        let mut copied = 0;
        let may = match reader {
            None => None,
            Some(reader) => {
                let entries = self.read()?.entries.into_iter();
                let meant = entries
                    .filter(|entry| entry.audience().reaches(reader) && entry.confidence() != Confidence::Archived);
                Some(meant.map(|entry| (entry.path.clone(), entry)).collect::<HashMap<String, Entry>>())
            }
        };
        let goes = |path: &PathBuf| may.as_ref().is_none_or(|may| may.contains_key(&shown(path)));
        let leaves = reader.is_some_and(|reader| reader != Audience::Internal);
        for (_, path) in self.files()?.into_iter().filter(|(_, path)| goes(path)) {
            let from = self.root.join(&path);
            if fs::symlink_metadata(&from).is_ok_and(|about| about.is_file()) {
                let path = shown(&path);
                let entry = may.as_ref().filter(|_| leaves).and_then(|may| may.get(&path));
                let bytes = match entry {
                    Some(entry) => entry.for_outside().into_bytes(),
                    None => fs::read(&from).map_err(Error::at("read", &from))?,
                };
                copy.put_copy(&path, &bytes)?;
                copied += 1;
            }
        }
        Ok(copied)
    }
}

fn rule(name: &str, text: &str, room: &mut usize) -> std::result::Result<Rule, String> {
    let lines = |wrong: Vec<Mistake>| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let rule = Rule::read(name, text).map_err(lines)?;
    let full = || format!("the rules before it take {} MB of memory; that is all there is", ROOM >> 20);
    *room = room.checked_sub(rule.weight()).ok_or_else(full)?;
    Ok(rule)
}

/// The folders that are ours.
pub(crate) fn folders() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().map(Kind::folder).chain([RULES])
}

/// Files below `root/folder` whose names end so, or all where no end is named, relative to `root`. Links and folders of tools (`.git`) are not entered.
pub(crate) fn walk(root: &Path, folder: &Path, ends: &[&str]) -> Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![(folder.to_path_buf(), 0)]);
    while let Some((folder, depth)) = folders.pop() {
        let full = root.join(&folder);
        if !fs::symlink_metadata(&full).is_ok_and(|about| about.is_dir()) {
            continue;
        }
        for entry in fs::read_dir(&full).map_err(Error::at("read", &full))? {
            let entry = entry.map_err(Error::at("read", &full))?;
            let name = entry.file_name();
            let kind = entry.file_type().map_err(Error::at("read", &full))?;
            let hidden = name.to_string_lossy().starts_with('.');
            let path = folder.join(&name);
            if kind.is_dir() {
                if !hidden && depth < DEEPEST {
                    folders.push((path, depth + 1));
                }
            } else if !hidden
                && (ends.is_empty()
                    || path.extension().is_some_and(|end| ends.iter().any(|one| end.eq_ignore_ascii_case(one))))
            {
                files.push(path);
            }
            if files.len() + folders.len() > MOST_FILES {
                return Err(Error::Crowded { most: MOST_FILES });
            }
        }
    }
    files.sort();
    Ok(files)
}

/// With `/` on every system.
pub(crate) fn shown(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// An id that is a file's name on every system.
pub(crate) fn file_name(id: &str) -> Result<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let plain = (1..=80).contains(&id.len()) && id.bytes().all(fits) && !id.starts_with('.') && !id.ends_with('.');
    let stem = id.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit()));
    if plain && !device { Ok(id) } else { Err(Error::BadId(id.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> (tempfile::TempDir, Shelf) {
        let dir = tempfile::tempdir().unwrap();
        let shelf = Shelf::make(&dir.path().join("kb")).unwrap();
        (dir, shelf)
    }

    #[test]
    fn a_made_folder_opens_and_making_it_again_changes_nothing() {
        let (dir, shelf) = shelf();
        fs::write(shelf.root().join("README.md"), "ours").unwrap();
        shelf.add(Kind::Article, "log-in", "# Log in\n").unwrap();
        let before = Shelf::open(shelf.root()).unwrap().read().unwrap();
        assert_eq!(before.entries.len(), 1);
        let again = Shelf::make(&dir.path().join("kb")).unwrap();
        assert_eq!(again.read().unwrap().hash, before.hash);
        assert_eq!(fs::read(shelf.root().join("README.md")).unwrap(), b"ours");
        assert_eq!(Shelf::open(dir.path()).unwrap_err().code(), "no_knowledge");
    }

    #[test]
    fn what_leaves_the_house_speaks_of_no_people_no_tickets_and_no_code() {
        let (dir, shelf) = shelf();
        let text = "---\n# ours\nid: KE-1\naudience: public\nowner: Ben\ntickets: [\"desk:4711\"]\nfix_versions: [\"5.4\"]\ncode:\n  - src/lock.rs\nvip_customer: Fjordline\n---\n# The import stalls\n";
        shelf.add(Kind::KnownError, "KE-1", text).unwrap();
        let copied = |name: &str, reader| {
            let out = dir.path().join(name);
            assert_eq!(shelf.copy_to(&out, Some(reader)).unwrap(), 1);
            fs::read_to_string(out.join("known-errors/KE-1.md")).unwrap()
        };
        let told = "---\nid: KE-1\naudience: public\nfix_versions: [\"5.4\"]\n---\n# The import stalls\n";
        assert_eq!(copied("public", Audience::Public), told);
        assert_eq!(copied("own", Audience::Internal), text);
    }

    #[test]
    fn what_is_copied_out_is_the_same_byte_for_byte_and_has_the_same_hash() {
        let (dir, shelf) = shelf();
        for (number, text) in
            ["---\r\nid: x\r\n---\r\ntext", "no end", "", "\u{feff}---\nid: é\n---\n"].into_iter().enumerate()
        {
            shelf.add(Kind::KnownError, &format!("KE-{number}"), text).unwrap();
        }
        let out = dir.path().join("out");
        assert_eq!(shelf.copy_to(&out, None).unwrap(), 4);
        let state = |shelf: &Shelf| shelf.read().unwrap().hash;
        assert_eq!(state(&Shelf::open(&out).unwrap()), state(&shelf));
        for file in fs::read_dir(shelf.root().join("known-errors")).unwrap() {
            let file = file.unwrap();
            assert_eq!(
                fs::read(file.path()).unwrap(),
                fs::read(out.join("known-errors").join(file.file_name())).unwrap()
            );
        }
        assert_eq!(shelf.copy_to(&out, None).unwrap_err().code(), "knowledge_folder_taken");
    }

    #[test]
    fn one_changed_byte_or_name_changes_the_hash() {
        let (_dir, shelf) = shelf();
        let path = shelf.root().join(shelf.add(Kind::Article, "a", "text").unwrap());
        let before = shelf.read().unwrap().hash;
        fs::write(&path, "texT").unwrap();
        assert_ne!(shelf.read().unwrap().hash, before);
        fs::write(&path, "text").unwrap();
        fs::rename(&path, path.with_file_name("b.md")).unwrap();
        assert_ne!(shelf.read().unwrap().hash, before);
    }

    #[test]
    fn nothing_is_written_over_and_no_id_leaves_the_folder() {
        let (_dir, shelf) = shelf();
        shelf.add(Kind::Article, "a", "text").unwrap();
        assert_eq!(shelf.add(Kind::Article, "a", "other").unwrap_err().code(), "entry_exists");
        for id in ["", "../a", "a/b", "a\\b", "/etc/passwd", ".hidden", "CON", "com1.x", "a\0", "a b", "x."] {
            assert_eq!(shelf.add(Kind::Article, id, "x").unwrap_err().code(), "bad_entry_id", "{id:?}");
        }
    }

    #[test]
    fn rules_are_read_beside_the_entries_and_what_is_wrong_with_one_costs_it_alone() {
        let (dir, shelf) = shelf();
        let put = |name: &str, text: &str| fs::write(shelf.root().join("rules").join(name), text).unwrap();
        put("good.yml", "title: Stalls\nticket: T-1\nlooks_for:\n  - phrases: [import stalls]\n");
        put("bad.yaml", "title: Stalls\nlooks_for:\n  - regex: ['(']\n");
        put("notes.txt", "none of ours");
        let state = shelf.read().unwrap();
        assert_eq!(state.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["good"]);
        let told: Vec<String> = crate::check(&state).into_iter().map(|f| format!("{}: {}", f.path, f.what)).collect();
        assert_eq!(
            told,
            [
                "rules/bad.yaml: it names neither a known_error nor a ticket nor a triage: nobody would know what it stands for",
                "rules/bad.yaml: line 3, column 13: the pattern cannot be read at its character 1: unclosed group",
            ]
        );
        let out = dir.path().join("out");
        assert_eq!(shelf.copy_to(&out, None).unwrap(), 2);
        assert_eq!(Shelf::open(&out).unwrap().read().unwrap().hash, state.hash);
        put("good.yml", "title: Stalls\nticket: T-2\nlooks_for:\n  - phrases: [import stalls]\n");
        assert_ne!(shelf.read().unwrap().hash, state.hash);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_told_and_never_followed_and_odd_files_cost_themselves_alone() {
        let (dir, shelf) = shelf();
        fs::write(dir.path().join("secret.md"), "canary").unwrap();
        let articles = shelf.root().join("articles");
        std::os::unix::fs::symlink(dir.path().join("secret.md"), articles.join("link.md")).unwrap();
        std::os::unix::fs::symlink(dir.path(), articles.join("folder")).unwrap();
        fs::write(articles.join("latin.md"), b"caf\xe9").unwrap();
        fs::write(articles.join("long.md"), vec![b'x'; (LONGEST + 1) as usize]).unwrap();
        fs::create_dir_all(articles.join(".git")).unwrap();
        fs::write(articles.join(".git/hook.md"), "x").unwrap();
        shelf.add(Kind::Article, "good", "# Good").unwrap();
        let state = shelf.read().unwrap();
        assert_eq!(state.entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Good"]);
        let unread: Vec<_> = state.unread.iter().map(|unread| unread.path.as_str()).collect();
        assert_eq!(unread, ["articles/latin.md", "articles/link.md", "articles/long.md"]);
    }
}
