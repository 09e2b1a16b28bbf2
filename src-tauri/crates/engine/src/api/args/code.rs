use super::{super::view::CodeHomeView, SeenArgs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CodeAddArgs {
    /// The folder of a clone on this machine, which is only ever read; or an address (https, ssh), of which a mirror is made.
    pub path: String,
    /// Made from the folder's name when left out.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RepoArgs {
    pub name: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReleasesArgs {
    /// May be left out where there is one repository.
    #[ts(optional)]
    pub repo: Option<String>,
    /// Only those that this version may mean.
    #[ts(optional)]
    pub version: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FixArgs {
    /// An issue, a pull request, the address of either, or the beginning of a commit's name.
    pub reference: String,
    /// Every repository is asked when left out.
    #[serde(default)]
    #[ts(optional)]
    pub repo: Option<String>,
    /// What the customer runs.
    #[serde(default)]
    #[ts(optional)]
    pub version: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FramesArgs {
    /// A text that holds a stack trace.
    pub text: String,
    /// May be left out where there is one repository.
    #[serde(default)]
    #[ts(optional)]
    pub repo: Option<String>,
    /// What the customer runs; the main branch when left out.
    #[serde(default)]
    #[ts(optional)]
    pub version: Option<String>,
    /// A source map on this machine, of what was built and is not in the repository.
    #[serde(default)]
    #[ts(optional)]
    pub map: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct RanArgs {
    /// As it was asked.
    pub question: SeenArgs,
    /// A release or `refs/…` that somebody chose, in the place of what the question says …
    #[ts(optional)]
    pub at: Option<String>,
    /// … in this repository alone; in every one when left out.
    #[ts(optional)]
    pub repo: Option<String>,
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct FlagLinesArgs {
    /// As the code calls it.
    pub flag: String,
    /// A ticket: its customer's version is looked at, too.
    #[ts(optional)]
    pub question: Option<SeenArgs>,
    /// Whose repositories are looked through, where there is no ticket; all of them when left out.
    #[ts(optional)]
    pub product: Option<String>,
    /// A release or `refs/…` in the place of what the ticket says …
    #[ts(optional)]
    pub at: Option<String>,
    /// … and one repository alone.
    #[ts(optional)]
    pub repo: Option<String>,
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PassportArgs {
    /// As it was asked: it says what the customer runs.
    pub question: SeenArgs,
    /// Tickets and known errors; the first 60 are looked up.
    pub ids: Vec<String>,
    /// A release that somebody chose, in the place of what the question says …
    #[ts(optional)]
    pub at: Option<String>,
    /// … in this repository alone; in every one when left out.
    #[ts(optional)]
    pub repo: Option<String>,
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FileArgs {
    pub repo: String,
    /// A release, `refs/…`, or the beginning of a commit's name.
    pub at: String,
    pub path: String,
    /// The line that is looked at, counted from 1.
    #[serde(default)]
    #[ts(optional)]
    pub line: Option<u32>,
    /// Lines on either side of it: 200 when left out, 4,000 at most.
    #[serde(default)]
    #[ts(optional)]
    pub reach: Option<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LineArgs {
    pub repo: String,
    /// As in `code_file`.
    pub at: String,
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    #[serde(default)]
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CompareArgs {
    pub repo: String,
    pub path: String,
    /// As in `code_file`.
    pub from: String,
    pub to: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CodeMapArgs {
    /// In the place of what was said before; at most 200.
    pub homes: Vec<CodeHomeView>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ChangesArgs {
    /// As it was asked; may be empty. With `as_of`, nothing later is looked at.
    pub question: SeenArgs,
    /// May be left out where there is one repository.
    #[ts(optional)]
    pub repo: Option<String>,
    /// The version that was still good; the release before `to` when left out.
    #[ts(optional)]
    pub from: Option<String>,
    /// What the customer runs; what the question says when left out, and else the main branch.
    #[ts(optional)]
    pub to: Option<String>,
    /// Files to look at beside those of the frames.
    pub paths: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GutterArgs {
    pub repo: String,
    /// As in `code_file`.
    pub at: String,
    pub path: String,
    /// From which line to which, counted from 1; the first 2,000 of them are looked at.
    pub first: u32,
    pub last: u32,
    #[serde(default)]
    #[ts(optional)]
    pub lane: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeploysArgs {
    pub deploys: Vec<DeployArgs>,
    /// What a person said before, and these stand in the place of.
    #[serde(default)]
    #[ts(optional)]
    pub instead: Option<DeployGoneArgs>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeployArgs {
    /// May be left out where there is one repository.
    #[serde(default)]
    #[ts(optional)]
    pub repo: Option<String>,
    /// `production`, `staging`, a customer's site.
    pub environment: String,
    /// A release, or a version that means one.
    pub version: String,
    /// When; now when left out.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeployGoneArgs {
    pub environment: String,
    /// Of every repository when left out …
    #[serde(default)]
    #[ts(optional)]
    pub repo: Option<String>,
    /// … and of every moment.
    #[serde(default)]
    #[ts(optional)]
    pub at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CodeUnlinkArgs {
    /// The issue or pull request, as the commit names it: `AMQ-100`, `#12`.
    pub reference: String,
    /// The beginning of its name.
    pub commit: String,
    /// May be left out where there is one repository.
    #[serde(default)]
    #[ts(optional)]
    pub repo: Option<String>,
    /// `false` takes that back.
    pub unlink: bool,
}

/// One of `commit`, `path` and `release`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CodeTicketsArgs {
    /// May be left out where there is one repository.
    #[ts(optional)]
    pub repo: Option<String>,
    /// The beginning of its name.
    #[ts(optional)]
    pub commit: Option<String>,
    /// A file, as its repository calls it …
    #[ts(optional)]
    pub path: Option<String>,
    /// … one line of it, counted from 1 …
    #[ts(optional)]
    pub line: Option<u32>,
    /// … up to a version, as in `code_file`; the main branch when left out.
    #[ts(optional)]
    pub at: Option<String>,
    /// What is new in it.
    #[ts(optional)]
    pub release: Option<String>,
    #[ts(optional)]
    pub lane: Option<String>,
}
