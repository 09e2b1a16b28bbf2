//! How well the code lane does, and how fast. Never crosses to a screen: the command line shows it.

use serde::Serialize;

/// How well the code lane does on past tickets.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CodeExamView {
    pub repo: String,
    /// At the first release that their ticket names.
    pub named: FrameShare,
    /// Where the pane shows them: mostly the same, and where several versions are meant, the one that the trace fits.
    pub shown: FrameShare,
    /// Tickets whose version was chosen so.
    pub by_fit: u64,
    /// Tickets with a trace of the product.
    pub with_frames: HitShare,
    /// The same, asked without their traces.
    pub trace_hidden: HitShare,
    /// Tickets that have none.
    pub without_frames: HitShare,
    /// Issues that their tracker calls fixed.
    pub tracker: TrackerShare,
    /// How long a ticket with frames took, in milliseconds: similar tickets, frames, changes and files.
    pub p50_ms: f64,
    pub p95_ms: f64,
}

/// How many tickets had files of their later fix among the ten to look at.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct HitShare {
    /// Fixed by a commit that touched files that were there, tests aside.
    pub tickets: u64,
    /// At least one of them was among the ten.
    pub any: u64,
    /// Each of them was.
    pub all: u64,
}

/// What the code says of fixed issues, beside what their tracker says.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TrackerShare {
    /// Fixed, with a fix version in the tracker and a release here that has it.
    pub issues: u64,
    /// The first release of some line, or its first pre-release, is among the fix versions.
    pub agree: u64,
    pub differ: Vec<FixDiffersView>,
}

/// An issue of which the code and the tracker say different things, and what can be checked in the repository.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FixDiffersView {
    pub id: String,
    /// The tracker's fix versions.
    pub tracker: Vec<String>,
    /// The first release of each line that has it, and the first pre-release; at most four.
    pub ours: Vec<String>,
    /// Of the releases that have it, those that are known by their files alone.
    pub by_files: Vec<String>,
    /// `no_release` (none is called so), `earlier` (the tracker's has it, and so has one before it), `unnamed` (the same, and
    /// no ticket names that one), `before` (the tracker's is older than every commit of it), `apart` (the tracker's has no
    /// history in common with them, and its files are not as they left them) or `without` (no commit of it lies behind the
    /// tracker's).
    pub reason: String,
    /// The tracker's release that the reason is about.
    pub at: Option<String>,
    /// The one that stands against it.
    pub instead: Option<String>,
    /// The commits that make the fix: name, day and first line.
    pub commits: Vec<String>,
}

/// How the frames of all traces stand.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct FrameShare {
    /// Frames whose class exists at the version.
    pub frames: u64,
    /// Of these, those that lead to one line of one file.
    pub resolved: u64,
    /// Of the resolved, those whose text is the one that the installed git shows.
    pub same_text: u64,
    /// Of the resolved, those whose line lies in the function that the frame names …
    pub same_symbol: u64,
    /// … and those that say that the source differs from the build.
    pub other_symbol: u64,
}

impl FrameShare {
    pub(crate) fn add(&mut self, other: Self) {
        self.frames += other.frames;
        self.resolved += other.resolved;
        self.same_text += other.same_text;
        self.same_symbol += other.same_symbol;
        self.other_symbol += other.other_symbol;
    }
}

/// How long things take here, warm: the median of a few times, in milliseconds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CodeSpeedView {
    pub repo: String,
    /// Frames of the longest trace, at most 30, …
    pub frames: u64,
    /// … and how long their lines took.
    pub trace_ms: f64,
    pub trace_p95_ms: f64,
    /// What changed between two releases, for that trace.
    pub changes_ms: f64,
    pub changes_p95_ms: f64,
    /// Where a fix is, of the issues that were named last.
    pub fixes: u64,
    pub fix_ms: f64,
    pub fix_p95_ms: f64,
    /// The same, asked once more: what was compared is known by then.
    pub fix_again_p95_ms: f64,
    /// Texts that the version prints, …
    pub texts: u64,
    /// … how long they took to read once, …
    pub texts_ms: f64,
    /// … and how long a line of a log then takes.
    pub said_ms: f64,
    /// Reading the whole history anew, beside what git takes to list it with its paths.
    pub index_ms: f64,
    pub git_log_ms: f64,
    /// What is kept of the history, beside the repository's own objects, in bytes.
    pub kept: u64,
    pub objects: u64,
}
