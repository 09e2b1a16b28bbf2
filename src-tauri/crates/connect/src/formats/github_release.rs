//! Releases and tags as GitHub's REST API sends them.

use super::{Reason, fields::Loose, lenient, reason};
use domain::{Change, Millis, Release};
use serde::Deserialize;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    /// Of a release.
    #[serde(borrow, default)]
    tag_name: Loose<'a>,
    /// Of a tag.
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    target_commitish: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    commit: Option<Commit<'a>>,
    #[serde(borrow, default)]
    draft: Loose<'a>,
    #[serde(borrow, default)]
    published_at: Loose<'a>,
    #[serde(borrow, default)]
    html_url: Loose<'a>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow, default)]
    sha: Loose<'a>,
}

/// A record of the list `releases` or `tags`: what it is called there, and when it was published. A draft is nobody's release
/// yet and leaves nothing.
pub(crate) fn read(
    record: &str,
    list: &str,
    repository: &str,
    changes: &mut Vec<Change>,
) -> Result<(String, Millis), Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let at = record.published_at.when();
    let commit = record.commit.and_then(|commit| commit.sha.text()).or_else(|| record.target_commitish.text());
    let (name, version) = match list {
        "tags" => (record.name.clone().text(), record.name.text()),
        _ => (record.id.text(), record.tag_name.text()),
    };
    let id = format!("{list} {}", name.ok_or("it does not name itself")?);
    if let (Some(version), None | Some(false)) = (version, record.draft.flag()) {
        changes.push(Change::Release(Box::new(Release {
            id: id.clone(),
            of: repository.to_owned(),
            version,
            // A release may name a branch instead.
            commit: commit.filter(|commit| is_commit(commit)),
            environment: None,
            at,
            url: record.html_url.text(),
        })));
    }
    Ok((id, at.unwrap_or_default()))
}

/// The whole name of a commit.
pub(crate) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
