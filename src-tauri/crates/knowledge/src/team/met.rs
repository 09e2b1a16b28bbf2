//! What the team did meets what was done here.

use super::{Team, keep::Files};
use crate::{
    Error, Result,
    meet::{Asked, Met, meet},
};
use domain::Millis;
use git2::{ErrorCode, FileMode, Oid, build::CheckoutBuilder, build::TreeUpdateBuilder};
use std::{collections::BTreeSet, fs, path::PathBuf};

const MESSAGE: &str = "Merge the team's changes";

/// How a meeting went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The team did nothing new.
    Same,
    /// Their changes are in the folder; how many files they changed.
    Taken(usize),
    /// Nothing was taken yet: somebody has to choose in these files first.
    Waits(Vec<String>),
}

/// A file in which two edits of the same meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub path: String,
    pub asked: Asked,
    /// As it is on each side; `None` where it is gone.
    pub ours: Option<String>,
    pub theirs: Option<String>,
    /// Chosen already; it waits for the others.
    pub settled: bool,
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Ours,
    Theirs,
    Text(String),
}

/// What the meeting comes to, before anything is done.
struct Plan {
    /// What differs from our side; `None`: the file goes.
    changes: Vec<(String, Option<(Oid, FileMode)>)>,
    open: Vec<Question>,
}

struct Question {
    path: String,
    ours: Option<(Oid, FileMode)>,
    theirs: Option<(Oid, FileMode)>,
    asked: Asked,
    settled: Option<Option<Vec<u8>>>,
}

impl Team {
    /// Brings what was got into the folder, where nobody has to choose. What was edited has to be kept first.
    pub fn meet(&self, now: Millis) -> Result<Outcome> {
        let (ours, theirs) = (self.ours()?, self.theirs()?);
        let Some(theirs) = theirs.filter(|theirs| Some(*theirs) != ours) else { return Ok(Outcome::Same) };
        let Some(ours) = ours else {
            let files = self.files(Some(theirs))?.len();
            self.show(theirs)?;
            return Ok(Outcome::Taken(files));
        };
        let (_, behind) = self.apart(ours, theirs)?;
        if behind == 0 {
            return Ok(Outcome::Same);
        }
        let plan = self.plan(ours, theirs)?;
        let waits: Vec<String> =
            plan.open.iter().filter(|open| open.settled.is_none()).map(|open| open.path.clone()).collect();
        if !waits.is_empty() {
            return Ok(Outcome::Waits(waits));
        }
        let taken = plan.changes.len() + plan.open.len();
        if self.git.graph_descendant_of(theirs, ours).map_err(Error::git("be read"))? {
            self.show(theirs)?;
        } else {
            let merged = self.merge_commit(ours, theirs, plan, now)?;
            self.show(merged)?;
            // Every choice was made for these two sides.
            let _ = fs::remove_dir_all(self.git.path().join("precedent"));
        }
        Ok(Outcome::Taken(taken))
    }

    fn merge_commit(&self, ours: Oid, theirs: Oid, plan: Plan, now: Millis) -> Result<Oid> {
        let doing = Error::git("merge the team's changes");
        let author = self.author(now)?;
        let mut update = TreeUpdateBuilder::new();
        let mut put = |path: &str, file: Option<(Oid, FileMode)>, here: bool| match file {
            Some((blob, mode)) => drop(update.upsert(path, blob, mode)),
            None if here => drop(update.remove(path)),
            None => {}
        };
        let before = self.files(Some(ours))?;
        for (path, file) in plan.changes {
            put(&path, file, before.contains_key(&path));
        }
        for Question { path, ours, theirs, settled, .. } in plan.open {
            let text = settled.flatten().map(|text| self.git.blob(&text)).transpose().map_err(&doing)?;
            let mode = ours.or(theirs).map_or(FileMode::Blob, |(_, mode)| mode);
            put(&path, text.map(|blob| (blob, mode)), ours.is_some());
        }
        let tree = update.create_updated(&self.git, &self.tree(Some(ours))?).map_err(&doing)?;
        let tree = self.git.find_tree(tree).map_err(&doing)?;
        let parents = [ours, theirs].map(|parent| self.git.find_commit(parent));
        let [ours, theirs] = parents;
        let (ours, theirs) = (ours.map_err(&doing)?, theirs.map_err(&doing)?);
        self.commit(&author, MESSAGE, &tree, &[&ours, &theirs])
    }

    /// The files of a commit into the folder, then the branch. A file that somebody is editing is not written over.
    pub(super) fn show(&self, commit: Oid) -> Result<()> {
        let object = self.git.find_object(commit, None).map_err(Error::git("be read"))?;
        let mut in_the_way = Vec::new();
        let mut checkout = CheckoutBuilder::new();
        checkout.safe().disable_filters(true).recreate_missing(true);
        checkout.notify_on(git2::CheckoutNotificationType::CONFLICT).notify(|_, path, _, _, _| {
            in_the_way.extend(path.map(|path| path.display().to_string()));
            true
        });
        let done = self.git.checkout_tree(&object, Some(&mut checkout));
        drop(checkout);
        done.map_err(|error| match error.code() {
            ErrorCode::Conflict => Error::InTheWay(in_the_way),
            _ => Error::git("bring the team's changes into the folder")(error),
        })?;
        let name = format!("refs/heads/{}", self.branch()?);
        let moved = self.git.reference(&name, commit, true, "precedent: the team's changes");
        moved.map(drop).map_err(Error::git("move its branch"))
    }

    /// How many commits each side has that the other has not.
    pub(super) fn apart(&self, ours: Oid, theirs: Oid) -> Result<(usize, usize)> {
        self.git.graph_ahead_behind(ours, theirs).map_err(Error::git("be read"))
    }

    fn plan(&self, ours: Oid, theirs: Oid) -> Result<Plan> {
        let bases = match self.git.merge_bases(ours, theirs) {
            Ok(bases) => bases.iter().copied().collect(),
            // Two histories that never met: what both have began with nothing.
            Err(error) if error.code() == ErrorCode::NotFound => Vec::new(),
            Err(error) => return Err(Error::git("be read")(error)),
        };
        let bases: Vec<Files> = bases.into_iter().map(|base| self.files(Some(base))).collect::<Result<_>>()?;
        let (ours, theirs) = (self.files(Some(ours))?, self.files(Some(theirs))?);
        let paths: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        let mut plan = Plan { changes: Vec::new(), open: Vec::new() };
        for path in paths {
            let (mine, yours) = (ours.get(path).copied(), theirs.get(path).copied());
            if mine == yours {
                continue;
            }
            // Where several commits are the last common ones and disagree, nobody knows what both began with.
            let mut was = bases.iter().map(|base| base.get(path).copied());
            let base = was.next().flatten().filter(|first| was.all(|other| other == Some(*first)));
            if yours == base {
                continue;
            }
            if mine == base {
                plan.changes.push((path.clone(), yours));
                continue;
            }
            let (was, here, there) = (self.bytes(base)?, self.bytes(mine)?, self.bytes(yours)?);
            match meet(was.as_deref(), here.as_deref(), there.as_deref()) {
                Met::Whole(text) => {
                    let mode = mine.or(yours).map_or(FileMode::Blob, |(_, mode)| mode);
                    let blob = text.map(|text| self.git.blob(&text)).transpose().map_err(Error::git("be written"))?;
                    plan.changes.push((path.clone(), blob.map(|blob| (blob, mode))));
                }
                Met::Asked(asked) => {
                    let settled = self.settled(path, mine, yours)?;
                    plan.open.push(Question { path: path.clone(), ours: mine, theirs: yours, asked, settled });
                }
            }
        }
        Ok(plan)
    }

    fn bytes(&self, file: Option<(Oid, FileMode)>) -> Result<Option<Vec<u8>>> {
        // What another repository within this one points at is its name.
        let Some((id, mode)) = file else { return Ok(None) };
        if mode == FileMode::Commit {
            return Ok(Some(id.to_string().into_bytes()));
        }
        self.git.find_blob(id).map(|blob| Some(blob.content().to_vec())).map_err(Error::git("be read"))
    }

    /// Where somebody has to choose, in the order of the paths.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let text = |file| Ok::<_, Error>(self.bytes(file)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        let conflict = |open: Question| {
            let (ours, theirs, settled) = (text(open.ours)?, text(open.theirs)?, open.settled.is_some());
            Ok(Conflict { path: open.path, asked: open.asked, ours, theirs, settled })
        };
        self.questions()?.into_iter().map(conflict).collect()
    }

    fn questions(&self) -> Result<Vec<Question>> {
        match (self.ours()?, self.theirs()?) {
            (Some(ours), Some(theirs)) if self.apart(ours, theirs)?.1 > 0 => Ok(self.plan(ours, theirs)?.open),
            _ => Ok(Vec::new()),
        }
    }

    /// Chooses for one file. It counts for these two sides alone: once either changes, it is asked again.
    pub fn settle(&self, path: &str, choice: &Choice) -> Result<()> {
        let mut open = self.questions()?.into_iter();
        let open = open.find(|open| open.path == path).ok_or_else(|| Error::NoConflict(path.into()))?;
        let chosen = match choice {
            Choice::Ours => self.bytes(open.ours)?,
            Choice::Theirs => self.bytes(open.theirs)?,
            Choice::Text(text) if text.lines().any(is_mark) => return Err(Error::StillMarked(path.into())),
            Choice::Text(text) => Some(text.clone().into_bytes()),
        };
        let place = self.place(path, open.ours, open.theirs);
        let folder = place.parent().unwrap_or(&place);
        fs::create_dir_all(folder).map_err(Error::at("made", folder))?;
        let (kept, other) = (place.with_extension(if chosen.is_some() { "text" } else { "gone" }), place);
        for old in ["text", "gone"] {
            let _ = fs::remove_file(other.with_extension(old));
        }
        fs::write(&kept, chosen.unwrap_or_default()).map_err(Error::at("written", &kept))
    }

    /// `None`: nobody chose yet; `Some(None)`: the file is to go.
    fn settled(
        &self,
        path: &str,
        ours: Option<(Oid, FileMode)>,
        theirs: Option<(Oid, FileMode)>,
    ) -> Result<Option<Option<Vec<u8>>>> {
        let place = self.place(path, ours, theirs);
        if place.with_extension("gone").exists() {
            return Ok(Some(None));
        }
        let text = place.with_extension("text");
        match fs::read(&text) {
            Ok(bytes) => Ok(Some(Some(bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Error::at("read", &text)(cause)),
        }
    }

    /// Where a choice waits for the others: beside git's own files, which nobody shares.
    fn place(&self, path: &str, ours: Option<(Oid, FileMode)>, theirs: Option<(Oid, FileMode)>) -> PathBuf {
        let id = |side: Option<(Oid, FileMode)>| side.map_or_else(|| "none".into(), |(id, _)| id.to_string());
        let name = blake3::hash(format!("{path}\n{}\n{}", id(ours), id(theirs)).as_bytes()).to_hex();
        self.git.path().join("precedent").join(name.as_str())
    }
}

fn is_mark(line: &str) -> bool {
    line == "<<<<<<< ours" || line == ">>>>>>> theirs"
}
