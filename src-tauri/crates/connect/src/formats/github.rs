//! Issues and issue comments as GitHub's REST API sends them.

use super::{
    Reason,
    fields::Loose,
    forge::{Labels, closes, duplicate_of, named as named_in},
    lenient,
    people::is_program,
    reason,
};
use domain::{
    AuthorRole, BodyFormat, Change, Comment, Link, LinkKind, Millis, ResolutionClass, Status, Ticket, Version,
};
use serde::Deserialize;

/// The tag that tells a pull request from an issue.
const PULL_REQUEST: &str = "pull request";

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow, default)]
    number: Loose<'a>,
    /// Only comments have one.
    #[serde(borrow, default)]
    issue_url: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    state_reason: Loose<'a>,
    #[serde(borrow, default)]
    user: Loose<'a>,
    #[serde(borrow, default)]
    assignee: Loose<'a>,
    #[serde(borrow, default)]
    labels: Loose<'a>,
    #[serde(borrow, default)]
    milestone: Loose<'a>,
    #[serde(borrow, default)]
    html_url: Loose<'a>,
    #[serde(borrow, default)]
    repository_url: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default)]
    closed_at: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    pull_request: Option<PullRequest<'a>>,
    /// A number in the API; the comments themselves where an export put them in.
    #[serde(default)]
    comments: Remarks<'a>,
}

#[derive(Deserialize)]
struct PullRequest<'a> {
    #[serde(borrow, default)]
    url: Loose<'a>,
    #[serde(borrow, default)]
    html_url: Loose<'a>,
    #[serde(borrow, default)]
    merged_at: Loose<'a>,
}

impl PullRequest<'_> {
    /// In exports from before 2013 every issue has one, made of nulls.
    fn is_one(&self) -> bool {
        !self.url.is_nothing() || !self.html_url.is_nothing()
    }
}

#[derive(Default)]
struct Remarks<'a>(Vec<Remark<'a>>);

#[derive(Deserialize)]
struct Remark<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    issue_url: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    user: Option<User<'a>>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    author_association: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
}

#[derive(Deserialize)]
struct User<'a> {
    #[serde(borrow, default)]
    login: Loose<'a>,
    #[serde(borrow, default, rename = "type")]
    kind: Loose<'a>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Remarks<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        lenient::fitting(input).map(Self)
    }
}

/// A record of an export. Pull requests are not tickets there and leave nothing.
pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let issue: Issue<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    if issue.pull_request.as_ref().is_some_and(PullRequest::is_one) {
        return Ok(());
    }
    if issue.number.is_nothing() && !issue.issue_url.is_nothing() {
        return read_comment(record, None, changes);
    }
    ticket(issue, None, changes)
}

/// An issue or a pull request of this repository, under whatever name the server knows it now.
pub(crate) fn read_issue(record: &str, repository: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let issue: Issue<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    ticket(issue, Some(repository), changes)
}

/// A comment by itself: its issue stands in its address.
pub(crate) fn read_comment(record: &str, named: Option<&str>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let remark: Remark<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let found = named.or_else(|| repository(remark.issue_url.as_str()));
    let found = found.ok_or("its \"issue_url\" names no repository")?;
    let number = remark.issue_url.as_str().rsplit('/').next().unwrap_or_default();
    changes.push(Change::Comment(comment(format!("{found}#{number}"), remark, None)?));
    Ok(())
}

fn ticket(issue: Issue<'_>, named: Option<&str>, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let number = issue.number.text().ok_or("it has no \"number\"")?;
    let told = || [&issue.repository_url, &issue.html_url].into_iter().find_map(|url| repository(url.as_str()));
    let repository = named.or_else(told);
    // Numbers repeat between repositories.
    let id_of = |number: &str| match repository {
        Some(repository) => format!("{repository}#{number}"),
        None => format!("#{number}"),
    };
    let id = id_of(&number);
    let (created, updated) = (time("created_at", issue.created_at)?, time("updated_at", issue.updated_at)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?;
    let requester = issue.user.text();
    let closed = issue.state.as_str().eq_ignore_ascii_case("closed");
    let pull = issue.pull_request.filter(PullRequest::is_one);
    let merged = pull.as_ref().is_some_and(|pull| !pull.merged_at.is_nothing()).then(|| "merged".to_owned());
    let resolution = merged.or_else(|| issue.state_reason.text()).filter(|_| closed);

    // A server tells how many there are; in an export they stand here themselves.
    let remarks = if named.is_some() { Vec::new() } else { issue.comments.0 };
    let comments: Vec<Comment> = remarks
        .into_iter()
        .map(|remark| comment(id.clone(), remark, requester.as_deref()))
        .collect::<Result<_, _>>()?;

    let mut tags = issue.labels.list();
    let Labels { components, priority, affected_versions, duplicate } = Labels::read(&tags);
    let body = issue.body.text().unwrap_or_default();
    let home = repository.unwrap_or_default();
    let twin = comments.iter().map(|comment| comment.body.as_str()).chain([body.as_str()]);
    let twin = twin.filter_map(|text| duplicate_of(text, home)).next();
    // What closes an issue says so; the other way round, *fixed by*, is for the issue to say.
    let closes = pull.iter().flat_map(|_| closes(&body)).map(str::to_owned);
    let links = links(twin, closes.chain(named_in(&body, home)), &id, id_of);
    let mut extra = serde_json::Map::new();
    if pull.is_some() {
        tags.push(PULL_REQUEST.into());
        extra.insert("pull_request".into(), true.into());
    }
    let class = resolution.as_deref().and_then(ResolutionClass::from_label);
    // A milestone is a fix version once the issue is closed, and only where it is a version.
    let milestone = issue.milestone.text().filter(|title| closed && Version::parse(title).is_some());
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: issue.title.text().unwrap_or_default(),
        body_format: BodyFormat::Markdown,
        status: if closed { Status::Closed } else { Status::Open },
        priority,
        product: repository.and_then(|name| name.split('/').nth(1)).map(str::to_owned),
        components,
        affected_versions,
        fix_versions: milestone.into_iter().collect(),
        requester,
        assignee: issue.assignee.text(),
        created_at,
        updated_at: updated.unwrap_or(created_at),
        solved_at: issue.closed_at.when(),
        resolution_class: class.or((closed && duplicate).then_some(ResolutionClass::Duplicate)),
        resolution,
        links,
        extra,
        url: issue.html_url.text(),
        tags,
        body,
        id,
        ..Ticket::default()
    })));
    changes.extend(comments.into_iter().map(Change::Comment));
    Ok(())
}

fn comment(ticket: String, remark: Remark<'_>, asked: Option<&str>) -> Result<Comment, Reason> {
    let (login, kind) = match remark.user {
        Some(user) => (user.login.text(), user.kind.text()),
        // Deleted accounts are null.
        None => (None, None),
    };
    let author_role = match (login.as_deref(), remark.author_association.as_str()) {
        (Some(login), _) if kind.as_deref() == Some("Bot") || is_program(login) => AuthorRole::System,
        (Some(login), _) if asked == Some(login) => AuthorRole::Requester,
        (_, "OWNER" | "MEMBER" | "COLLABORATOR" | "CONTRIBUTOR") => AuthorRole::Engineer,
        (_, "") => AuthorRole::Agent,
        _ => AuthorRole::Requester,
    };
    let body = remark.body.text().unwrap_or_default();
    // The forge marks a duplicate where somebody says so who may; of anybody else it is an opinion.
    let may = matches!(remark.author_association.as_str(), "OWNER" | "MEMBER" | "COLLABORATOR");
    let home = ticket.rsplit_once('#').map_or("", |(home, _)| home);
    let twin = Some(&body).filter(|_| may).and_then(|body| duplicate_of(body, home));
    let links = links(twin, named_in(&body, home).into_iter(), &ticket, |number| format!("{home}#{number}"));
    let created: Option<Millis> =
        remark.created_at.time().map_err(|bad| format!("a comment's \"created_at\": {bad}"))?;
    Ok(Comment {
        ticket,
        id: remark.id.id().ok_or("a comment has no \"id\"")?,
        author: login,
        author_role,
        public: true,
        body,
        body_format: BodyFormat::Markdown,
        created_at: created.ok_or("a comment has no \"created_at\"")?,
        links,
    })
}

/// `https://api.github.com/repos/owner/name/issues/1` and `https://github.com/owner/name/issues/1` → `owner/name`.
fn repository(url: &str) -> Option<&str> {
    let (_, path) = url.split_once("://")?;
    let (_, path) = path.split_once('/')?;
    let path = path.split_once("repos/").map_or(path, |(_, rest)| rest);
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    path.get(..end).filter(|name| name.contains('/'))
}

/// To the one that it repeats, and to what it names besides.
fn links(
    twin: Option<String>,
    named: impl Iterator<Item = String>,
    own: &str,
    id_of: impl Fn(&str) -> String,
) -> Vec<Link> {
    let twin = twin.map(|number| Link { kind: LinkKind::DuplicateOf, to: id_of(&number) });
    let mut links: Vec<Link> = twin.into_iter().collect();
    for number in named {
        let to = id_of(&number);
        if links.iter().all(|link| link.to != to) {
            links.push(Link { kind: LinkKind::Mentions, to });
        }
    }
    links.retain(|link| link.to != own);
    links
}
