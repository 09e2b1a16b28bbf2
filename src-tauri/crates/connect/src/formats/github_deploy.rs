//! Deployments as GitHub's REST API sends them, and what became of each.

use super::{Reason, fields::Loose, github_release::is_commit, reason};
use domain::{Change, Millis, Release};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    /// The tag, branch or commit that was brought there.
    #[serde(borrow, default, rename = "ref")]
    of_ref: Loose<'a>,
    #[serde(borrow, default)]
    sha: Loose<'a>,
    #[serde(borrow, default)]
    environment: Loose<'a>,
    /// It will go away again: a preview of a pull request.
    #[serde(borrow, default)]
    transient_environment: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

#[derive(Deserialize)]
struct Status<'a> {
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    log_url: Loose<'a>,
    #[serde(borrow, default)]
    target_url: Loose<'a>,
}

/// What its statuses have to know of a deployment. It lies in the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Deployment {
    pub(crate) id: String,
    version: String,
    commit: Option<String>,
    environment: String,
}

/// A record of the list, and when it changed. `None`: it says nothing of where customers are.
pub(crate) fn read(record: &str) -> Result<(String, Millis, Option<Deployment>), Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = record.id.text().ok_or("it does not name itself")?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let created = time("created_at", record.created_at)?;
    let at = time("updated_at", record.updated_at)?.or(created).unwrap_or_default();
    let passing = record.transient_environment.flag() == Some(true);
    let commit = record.sha.text().filter(|commit| is_commit(commit));
    let version = record.of_ref.text().or_else(|| commit.clone());
    let deployment = version.zip(record.environment.text()).filter(|_| !passing);
    let deployment =
        deployment.map(|(version, environment)| Deployment { id: id.clone(), version, commit, environment });
    Ok((format!("deployments {id}"), at, deployment))
}

/// Its statuses, in whatever order: it was brought there when it first succeeded. Not yet, or never, leaves nothing.
pub(crate) fn read_statuses(
    records: &[&str],
    of: Deployment,
    repository: &str,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let mut first: Option<(Millis, Option<String>)> = None;
    for record in records {
        let status: Status<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
        let at = status.created_at.time().map_err(|bad| format!("\"created_at\": {bad}"))?;
        if let Some(at) = at
            .filter(|at| status.state.as_str() == "success" && first.as_ref().is_none_or(|(earliest, _)| at < earliest))
        {
            first = Some((at, status.log_url.text().or_else(|| status.target_url.text())));
        }
    }
    if let Some((at, url)) = first {
        changes.push(Change::Release(Box::new(Release {
            // No list names it: what is taken off the list was there all the same.
            id: format!("deploys {}", of.id),
            of: repository.to_owned(),
            version: of.version,
            commit: of.commit,
            environment: Some(of.environment),
            at: Some(at),
            url,
        })));
    }
    Ok(())
}
