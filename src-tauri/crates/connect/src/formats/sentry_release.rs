//! Releases and deploys as Sentry's API sends them.

use super::{Reason, fields::Loose, github_release::is_commit, lenient, reason};
use domain::{Change, Millis, Release};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    #[serde(borrow, default)]
    version: Loose<'a>,
    #[serde(borrow, default)]
    date_released: Loose<'a>,
    #[serde(borrow, default)]
    date_created: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    last_commit: Option<Commit<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    last_deploy: Option<Deploy<'a>>,
    #[serde(borrow, default)]
    deploy_count: Loose<'a>,
    #[serde(borrow, default)]
    projects: Loose<'a>,
    #[serde(borrow, default)]
    url: Loose<'a>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deploy<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    environment: Loose<'a>,
    #[serde(borrow, default)]
    date_finished: Loose<'a>,
    #[serde(borrow, default)]
    url: Loose<'a>,
}

/// What a listing says of a release.
pub(crate) struct Read {
    pub(crate) id: String,
    pub(crate) version: String,
    /// As its issues name them.
    pub(crate) projects: Vec<String>,
    /// When anything of it was last another.
    pub(crate) at: Millis,
    pub(crate) deploys: i64,
}

/// One release of an organization is one of each of its projects.
pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<Read, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let version = record.version.text().ok_or("it has no \"version\"")?;
    let (released, created) = (time("dateReleased", record.date_released)?, time("dateCreated", record.date_created)?);
    let projects = record.projects.list();
    let commit = record.last_commit.and_then(|commit| commit.id.text()).filter(|commit| is_commit(commit));
    for project in &projects {
        changes.push(Change::Release(Box::new(Release {
            id: format!("releases {version} of {project}"),
            of: project.clone(),
            version: version.clone(),
            commit: commit.clone(),
            environment: None,
            at: released.or(created),
            url: record.url.clone().text(),
        })));
    }
    let last = record.last_deploy.map(|deploy| deployed(deploy, &version, &projects, changes)).transpose()?.flatten();
    let deploys = match record.deploy_count {
        Loose::Whole(count) => count,
        _ => 0,
    };
    let at = last.max(released).max(created).unwrap_or_default();
    Ok(Read { id: format!("releases {version}"), version, projects, at, deploys })
}

/// One that was asked for by its release.
pub(crate) fn read_deploy(
    record: &str,
    version: &str,
    projects: &[String],
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let deploy: Deploy<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    deployed(deploy, version, projects, changes).map(|_| ())
}

fn deployed(
    deploy: Deploy<'_>,
    version: &str,
    projects: &[String],
    changes: &mut Vec<Change>,
) -> Result<Option<Millis>, Reason> {
    let at = deploy.date_finished.time().map_err(|bad| format!("a deploy's \"dateFinished\": {bad}"))?;
    let (Some(id), Some(environment)) = (deploy.id.text(), deploy.environment.text()) else { return Ok(at) };
    for project in projects {
        changes.push(Change::Release(Box::new(Release {
            id: format!("deploys {id} of {project}"),
            of: project.clone(),
            version: version.to_owned(),
            commit: None,
            environment: Some(environment.clone()),
            at,
            url: deploy.url.clone().text(),
        })));
    }
    Ok(at)
}
