//! Releases, tags and deployments as GitLab's REST API sends them.

use super::{Reason, fields::Loose, github_release::is_commit, lenient, reason};
use domain::{Change, Millis, Release};
use serde::Deserialize;

#[derive(Deserialize)]
struct Record<'a> {
    /// Of a deployment.
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    environment: Loose<'a>,
    /// The tag or branch that was brought there.
    #[serde(borrow, default, rename = "ref")]
    of_ref: Loose<'a>,
    #[serde(borrow, default)]
    sha: Loose<'a>,
    #[serde(borrow, default)]
    status: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    deployable: Option<Job<'a>>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    /// Of a tag.
    #[serde(borrow, default)]
    name: Loose<'a>,
    /// Of a release.
    #[serde(borrow, default)]
    tag_name: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    commit: Option<Commit<'a>>,
    #[serde(borrow, default)]
    released_at: Loose<'a>,
    #[serde(borrow, default)]
    upcoming_release: Loose<'a>,
    #[serde(borrow, default, rename = "_links", deserialize_with = "lenient::loosely")]
    addresses: Option<Addresses<'a>>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
}

#[derive(Deserialize)]
struct Job<'a> {
    #[serde(borrow, default)]
    finished_at: Loose<'a>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
}

#[derive(Deserialize)]
struct Addresses<'a> {
    #[serde(borrow, default, rename = "self")]
    itself: Loose<'a>,
}

/// A record of the list `releases`, `tags` or `deployments`: what it is called there, and when it changed. What is not out yet, or did
/// not arrive, leaves nothing.
pub(crate) fn read(
    record: &str,
    list: &str,
    project: &str,
    changes: &mut Vec<Change>,
) -> Result<(String, Millis), Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let created = record.created_at.when();
    let deploy = list == "deployments";
    let tag = if list == "tags" { record.name } else { record.tag_name };
    let name = if deploy { record.id.text() } else { tag.clone().text() };
    let id = format!("{list} {}", name.ok_or("it does not name itself")?);
    let (version, commit, environment, at, out) = if deploy {
        let finished = record.deployable.and_then(|job| job.finished_at.when());
        let failed = record.status.text().is_some_and(|status| status != "success");
        let environment = record.environment.text();
        let out = environment.is_some() && !failed;
        (record.of_ref.text(), record.sha.text(), environment, finished.or(created), out)
    } else {
        let at = record.released_at.when().or(created);
        let commit = record.commit.and_then(|commit| commit.id.text());
        (tag.text(), commit, None, at, record.upcoming_release.flag() != Some(true))
    };
    if let (Some(version), true) = (version, out) {
        changes.push(Change::Release(Box::new(Release {
            id: id.clone(),
            of: project.to_owned(),
            version,
            commit: commit.filter(|commit| is_commit(commit)),
            environment,
            at,
            url: record.addresses.and_then(|addresses| addresses.itself.text()),
        })));
    }
    Ok((id, record.updated_at.when().or(at).unwrap_or_default()))
}
