//! Versions that were given out, as a source tells of them.

use crate::Millis;
use serde::{Deserialize, Serialize};

/// A version that was published, or that was brought to an environment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The list that it stands in, a space, and what the source calls it there: `releases 44344`, `tags v1.2.0`.
    pub id: String,
    /// What it is a version of, as the source names it: `owner/name`, or a project.
    pub of: String,
    /// As the source calls it: most often as the tag is called.
    pub version: String,
    /// The commit's whole name, where the source says.
    pub commit: Option<String>,
    /// Where it was brought to; `None`: it was published.
    pub environment: Option<String>,
    /// When that was; a tag does not say.
    pub at: Option<Millis>,
    pub url: Option<String>,
}
