//! Jira's link types by the words that the link shows, seen from the issue that carries it.

use super::IssueLink;
use domain::{Link, LinkKind};

pub(super) fn links(own: &str, found: Vec<IssueLink<'_>>) -> Vec<Link> {
    let mut links = Vec::with_capacity(found.len());
    for link in found {
        let (words, other) = match (link.outward_issue, link.inward_issue) {
            (Some(other), _) => (link.kind.outward, other),
            (None, Some(other)) => (link.kind.inward, other),
            (None, None) => continue,
        };
        let Some(to) = other.key.text() else { continue };
        let link = Link { kind: kind(words.as_str()), to };
        if link.to != own && !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// Administrators name link types as they like, so the words decide and not the type. A direction that has no kind of
/// its own keeps what both ends agree on: who *is duplicated by* a ticket is the same as it.
fn kind(words: &str) -> LinkKind {
    let words = words.to_lowercase();
    let has = |part: &str| words.contains(part);
    match words.as_str() {
        _ if has("duplicated") => LinkKind::SameAs,
        _ if has("duplicate") => LinkKind::DuplicateOf,
        _ if has("caused by") || has("broken by") => LinkKind::CausedBy,
        _ if has("regression of") || has("regressed from") => LinkKind::RegressedFrom,
        _ if has("introduced by") => LinkKind::IntroducedBy,
        _ if has("fixed by") => LinkKind::FixedBy,
        _ if has("resolved by") || has("solved by") => LinkKind::ResolvedBy,
        _ if has("documented") => LinkKind::DocumentedIn,
        _ if has("escalated") => LinkKind::EscalatedAs,
        _ if has("relate") || has("clone") || has("supercede") || has("supersede") => LinkKind::SimilarTo,
        _ => LinkKind::Mentions,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_link_decide_its_kind() {
        for (words, expected) in [
            ("duplicates", LinkKind::DuplicateOf),
            ("is duplicated by", LinkKind::SameAs),
            ("is broken by", LinkKind::CausedBy),
            ("breaks", LinkKind::Mentions),
            ("relates to", LinkKind::SimilarTo),
            ("is a clone of", LinkKind::SimilarTo),
            ("depends upon", LinkKind::Mentions),
        ] {
            assert_eq!(kind(words), expected, "{words}");
        }
    }
}
