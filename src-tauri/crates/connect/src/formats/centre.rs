//! What the articles of all help centres have in common.

use super::Loose;
use domain::{Article, Audience, Millis};

/// An article as a help centre lists it.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) article: Article,
    pub(crate) created: Option<Millis>,
    /// When anything of it changed: its text, its place, who may read it.
    pub(crate) at: Option<Millis>,
}

/// The path that an article of this id lies at: no ticket's id looks so.
pub(crate) fn path(id: &str) -> String {
    format!("articles/{id}")
}

/// Where an article is open to somebody, and who that is at most. What is not published is the team's own, whatever else
/// is said of it.
pub(crate) fn reader(published: bool, audience: Audience) -> (Audience, &'static str) {
    if published { (audience, "validated") } else { (Audience::Internal, "work_in_progress") }
}

/// An address that a browser may be sent to: a stranger wrote it.
pub(crate) fn address(value: Loose<'_>) -> Option<String> {
    value.text().filter(|text| {
        let web = text.starts_with("https://") || text.starts_with("http://");
        web && text.len() <= 2048 && text.chars().all(|letter| !letter.is_control() && !letter.is_whitespace())
    })
}
