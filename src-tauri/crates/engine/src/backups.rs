//! Copies of the database, in `backups/` of the home and under the workspace's own key. Two kinds, because they cost and
//! mean different things:
//!
//! - **what people wrote** (links, feedback, preferences), once a day: it is small, and it is nowhere else;
//! - **everything**, once a week and before a migration: at 300,000 tickets that is about as much as the workspace itself,
//!   and what it holds beyond the other kind can be imported again.
//!
//! Changing the workspace's key wraps 32 bytes anew and touches no data: every copy still opens, and none is made for it.
//! A copy's number says which is newest; its day, which a clock may have wrong, only when the next is due.

use crate::{Error, Result, api::view::BackupsView, open::Core};
use domain::{CipherKey, Millis};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::PoisonError,
};
use store::Store;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Written,
    Whole,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Written, Self::Whole];

    fn name(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Whole => "whole",
        }
    }

    /// Days after which the next one is due.
    fn days(self) -> i32 {
        match self {
            Self::Written => 1,
            Self::Whole => 7,
        }
    }

    fn kept(self) -> usize {
        match self {
            Self::Written => 7,
            Self::Whole => 2,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Backup {
    pub(crate) kind: Kind,
    number: u32,
    pub(crate) day: Date,
    pub(crate) path: PathBuf,
}

impl Backup {
    /// `whole-0007-2026-11-25.db`.
    fn read(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".db")?;
        let (kind, rest) = name.split_once('-')?;
        let (number, day) = rest.split_once('-')?;
        let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
        Some(Self { kind, number: number.parse().ok()?, day: day.parse().ok()?, path })
    }

    /// When it was written, for views.
    fn at(&self) -> Option<i64> {
        let written = fs::metadata(&self.path).and_then(|about| about.modified()).ok()?;
        Timestamp::try_from(written).ok().map(Timestamp::as_millisecond)
    }
}

/// Newest first.
pub(crate) fn all(dir: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries.filter_map(|entry| Backup::read(entry.path())).collect();
    found.sort_by_key(|backup| std::cmp::Reverse(backup.number));
    found
}

pub(crate) fn of_kind(dir: &Path, kind: Kind) -> impl Iterator<Item = Backup> {
    all(dir).into_iter().filter(move |backup| backup.kind == kind)
}

pub(crate) fn view(core: &Core) -> BackupsView {
    let newest = |kind| of_kind(&core.home.backups(), kind).next().and_then(|backup| backup.at());
    BackupsView { written_at: newest(Kind::Written), whole_at: newest(Kind::Whole), failed: core.backup_failed() }
}

/// Where the next copy goes.
pub(crate) fn next(dir: &Path, kind: Kind, now: Millis) -> PathBuf {
    let number = all(dir).first().map_or(1, |newest| newest.number.saturating_add(1));
    dir.join(format!("{}-{number:04}-{}.db", kind.name(), day_of(now)))
}

/// Makes the copies that are due and lets go of the oldest.
pub(crate) fn make_due(core: &Core) -> Result<()> {
    let _alone = core.copying.lock().unwrap_or_else(PoisonError::into_inner);
    let (dir, now) = (core.home.backups(), core.clock.now());
    // An empty workspace has nothing to lose.
    if !core.home.is_owned() || core.store.documents()? == 0 {
        return Ok(());
    }
    for kind in Kind::ALL {
        if !of_kind(&dir, kind).next().is_some_and(|newest| is_recent(newest.day, kind, now)) {
            make(&core.store, &core.database_key(), &dir, kind, now)?;
        }
    }
    Ok(())
}

/// Copies of everything and databases that were moved aside: what was purged may be in each of them.
pub(crate) fn holding_everything(core: &Core) -> Vec<PathBuf> {
    let aside = fs::read_dir(core.home.damaged()).into_iter().flatten().flatten().map(|entry| entry.path());
    of_kind(&core.home.backups(), Kind::Whole).map(|backup| backup.path).chain(aside).collect()
}

/// Lets them all go and, where there was a copy, makes one of what is left. What people wrote holds no text of a ticket.
pub(crate) fn renew(core: &Core) -> Result<()> {
    let _alone = core.copying.lock().unwrap_or_else(PoisonError::into_inner);
    let dir = core.home.backups();
    let had_one = of_kind(&dir, Kind::Whole).next().is_some();
    let fresh = next(&dir, Kind::Whole, core.clock.now());
    for path in holding_everything(core) {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|cause| Error::Home { what: "deleting a copy of the database", path, cause })?;
    }
    if had_one { Ok(core.store.copy_to(&fresh)?) } else { Ok(()) }
}

fn make(store: &Store, key: &CipherKey, dir: &Path, kind: Kind, now: Millis) -> Result<()> {
    let path = next(dir, kind, now);
    match kind {
        Kind::Written => store.copy_written_to(&path, key)?,
        Kind::Whole => store.copy_to(&path)?,
    }
    for old in of_kind(dir, kind).skip(kind.kept()) {
        fs::remove_file(&old.path).map_err(|cause| failed(&old.path, cause))?;
    }
    // What a crash left half written.
    for entry in fs::read_dir(dir).map_err(|cause| failed(dir, cause))?.flatten() {
        if entry.path().extension().is_some_and(|ending| ending.to_string_lossy().starts_with("new")) {
            fs::remove_file(entry.path()).map_err(|cause| failed(dir, cause))?;
        }
    }
    Ok(())
}

/// A day that is still to come says that some clock was wrong, not that the copy is new.
fn is_recent(day: Date, kind: Kind, now: Millis) -> bool {
    let age = day_of(now).since(day).map_or(i32::MAX, |age| age.get_days());
    (0..kind.days()).contains(&age)
}

pub(crate) fn day_of(now: Millis) -> Date {
    TimeZone::UTC.to_datetime(Timestamp::from_millisecond(now.0).unwrap_or_default()).date()
}

fn failed(path: &Path, cause: io::Error) -> Error {
    Error::Home { what: "keeping a copy of the database", path: path.into(), cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_copy_is_the_one_with_the_highest_number_whatever_its_day() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["whole-0002-2026-11-25.db", "whole-0010-2025-01-01.db", "written-0003-2026-11-25.db", "notes.db"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let days: Vec<_> = of_kind(dir.path(), Kind::Whole).map(|backup| backup.day.to_string()).collect();
        assert_eq!(days, ["2025-01-01", "2026-11-25"]);
        let now = Millis::parse("2026-11-26T00:00:00Z").unwrap();
        let next = next(dir.path(), Kind::Written, now);
        assert!(next.ends_with("written-0011-2026-11-26.db"), "{}", next.display());
    }

    #[test]
    fn a_copy_is_due_when_its_day_has_passed_or_is_still_to_come() {
        let now = Millis::parse("2026-11-25T23:00:00Z").unwrap();
        let recent = |day: &str, kind| is_recent(day.parse().unwrap(), kind, now);
        assert!(recent("2026-11-25", Kind::Written) && !recent("2026-11-24", Kind::Written));
        assert!(recent("2026-11-19", Kind::Whole) && !recent("2026-11-18", Kind::Whole));
        assert!(!recent("2027-11-25", Kind::Written), "the clock was a year ahead");
    }
}
