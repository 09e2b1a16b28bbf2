//! Whether somebody may give what they did to the team, and whose commits are nobody's that the team knows.

use super::{Past, Team, remote};
use crate::{
    Error, Result,
    people::{PEOPLE, People, Role, needs},
};
use git2::Oid;
use std::collections::{BTreeSet, HashMap};

/// Nobody looks at more of them at once.
const MOST: usize = 200;

/// Why a commit deserves a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its author is not among the team's people.
    Unknown,
    /// The team asks for signatures, and it has none.
    Unsigned,
    /// Its signature cannot be verified here, or is wrong.
    Unverified,
}

impl Mark {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Unsigned => "unsigned",
            Self::Unverified => "unverified",
        }
    }
}

impl Team {
    /// Who may do what, as a commit says it; `None` where the team does not say.
    fn people(&self, commit: Option<Oid>) -> Result<Option<People>> {
        let Some(text) = self.text(commit, PEOPLE)? else { return Ok(None) };
        People::read(&text).map(Some).map_err(Error::People)
    }

    fn text(&self, commit: Option<Oid>, path: &str) -> Result<Option<String>> {
        let files = self.files_or_none(commit)?;
        Ok(self.content(&files, path)?.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    /// Before it goes onto the team's branch: everything that was done here and asks for a role that this person does
    /// not have. What the team says of people counts, not what was written here meanwhile.
    pub(super) fn may_give(&self) -> Result<()> {
        let (ours, theirs) = (self.ours()?, self.theirs()?);
        let Some(people) = self.people(theirs)? else { return Ok(()) };
        let email = remote::setting(&self.root, "user.email").unwrap_or_default();
        let role = people.role_of(&email).unwrap_or(Role::Candidate);
        let (before, after) = (self.files_or_none(theirs)?, self.files_or_none(ours)?);
        let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let mut missing = Vec::new();
        let mut wanted = Role::Candidate;
        for path in paths.into_iter().filter(|path| before.get(*path) != after.get(*path)) {
            let text = |files| -> Result<Option<String>> {
                Ok(self.content(files, path)?.and_then(|bytes| String::from_utf8(bytes).ok()))
            };
            let (was, is) = (text(&before)?, text(&after)?);
            if let Some(needed) = needs(path, was.as_deref(), is.as_deref()).filter(|needed| *needed > role) {
                wanted = wanted.max(needed);
                missing.push(path.clone());
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        missing.truncate(10);
        Err(Error::MayNot { role: role.as_str(), needed: wanted.as_str(), paths: missing.join(", ") })
    }

    /// Commits of the team that were got, are not in the folder yet, and deserve a second look. Newest first.
    pub fn marked(&self) -> Result<Vec<(Past, Mark)>> {
        let (ours, theirs) = (self.ours()?, self.theirs()?);
        let (Some(theirs), Some(people)) = (theirs, self.people(theirs)?) else { return Ok(Vec::new()) };
        let read = Error::git("be read");
        let mut walk = self.git.revwalk().map_err(&read)?;
        walk.push(theirs).map_err(&read)?;
        if let Some(ours) = ours {
            walk.hide(ours).map_err(&read)?;
        }
        let commits: Vec<Oid> = walk.take(MOST).collect::<std::result::Result<_, _>>().map_err(&read)?;
        let signed = if people.signed { self.signatures(&commits)? } else { HashMap::new() };
        let mut marked = Vec::new();
        for id in commits {
            let commit = self.git.find_commit(id).map_err(&read)?;
            let author = commit.author();
            let email = author.email().unwrap_or_default();
            let mark = match signed.get(&id).map(String::as_str) {
                _ if people.role_of(email).is_none() => Mark::Unknown,
                Some("N") => Mark::Unsigned,
                Some("G" | "U") | None => continue,
                Some(_) => Mark::Unverified,
            };
            marked.push((super::past::of(&commit), mark));
        }
        Ok(marked)
    }

    /// What the person's own git says of each signature: it alone knows whose keys they trust.
    fn signatures(&self, commits: &[Oid]) -> Result<HashMap<Oid, String>> {
        if commits.is_empty() {
            return Ok(HashMap::new());
        }
        let names: Vec<String> = commits.iter().map(ToString::to_string).collect();
        let mut args = vec!["show", "--no-patch", "--no-show-signature", "--format=%H %G?"];
        args.extend(names.iter().map(String::as_str));
        let said = self.ask(&args)?;
        let line = |line: &str| {
            let (commit, mark) = line.split_once(' ')?;
            Some((Oid::from_str(commit).ok()?, mark.trim().to_owned()))
        };
        Ok(said.lines().filter_map(line).collect())
    }
}
