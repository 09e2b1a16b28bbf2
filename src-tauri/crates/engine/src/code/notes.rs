//! What a repository's own notes say of where something was fixed: beside the commits, and where no commit says anything.

use super::Known;
use crate::api::view::FixToldView;
use ::code::{
    Choice, Note, Release,
    fix::{CodeVerdict, Fix, Subject},
};

/// Lines of one issue that are told.
const MOST: usize = 20;

/// The lines that name an issue under a version, each with whether the commits say the same.
pub(super) fn told(known: &Known, subject: &Subject, fix: &Fix<'_>) -> Vec<FixToldView> {
    let Subject::Key(key) = subject else { return Vec::new() };
    known.notes().naming(key).take(MOST).map(|note| view(known, note, Some(fix))).collect()
}

/// `fix`: what the commits say, where that is known.
pub(super) fn view(known: &Known, note: &Note, fix: Option<&Fix<'_>>) -> FixToldView {
    let release = of(known, note.version.as_str());
    let agrees = fix.zip(release).filter(|(fix, _)| !fix.commits.is_empty()).map(|(fix, release)| {
        // A pre-release that had it first is no contradiction.
        fix.first.iter().chain(&fix.early).any(|first| first.name == release.name)
    });
    FixToldView {
        version: note.version.as_str().to_owned(),
        release: release.map(|release| release.name.clone()),
        path: note.path.clone(),
        line: note.line,
        text: note.text.clone(),
        agrees,
    }
}

/// The releases that the notes name, lowest first.
pub(super) fn releases<'k>(known: &'k Known, told: &[FixToldView]) -> Vec<&'k Release> {
    let named = |release: &&Release| told.iter().any(|one| one.release.as_deref() == Some(release.name.as_str()));
    known.releases.all().iter().filter(named).collect()
}

/// By the notes alone. Of another line that came later nobody knows whether it has the fix, unless it has the whole release
/// behind it.
pub(super) fn verdict<'k>(known: &Known, noted: &'k Release, running: &Choice<'_>) -> CodeVerdict<'k> {
    let Choice::One(running) = running else { return CodeVerdict::Unknown };
    let has = || {
        let (history, noted) = (&known.history, known.history.place(noted.commit));
        noted.zip(history.place(running.commit)).is_some_and(|(noted, running)| history.has_behind(running, noted))
    };
    if running.version < noted.version {
        CodeVerdict::FixedLater { upgrade_to: noted }
    } else if running.line() == noted.line() || has() {
        CodeVerdict::FixedInYours { since: noted }
    } else {
        CodeVerdict::Unknown
    }
}

fn of<'k>(known: &'k Known, version: &str) -> Option<&'k Release> {
    match known.releases.choose(version) {
        Choice::One(release) => Some(release),
        _ => None,
    }
}
