//! Issues, merge requests and notes as GitLab's REST API sends them.

use super::{
    Reason,
    fields::Loose,
    forge::{Labels, closes, named},
    lenient,
    people::is_program,
    reason,
};
use domain::{
    AuthorRole, BodyFormat, Change, Comment, Hop, Link, LinkKind, Millis, ResolutionClass, Status, Ticket, Version,
};
use serde::Deserialize;
use serde_json::Map;

/// The tag that tells a merge request from an issue.
const MERGE_REQUEST: &str = "merge request";

#[derive(Deserialize)]
struct Record<'a> {
    /// Within its project; `id` alone came from versions that are long gone.
    #[serde(borrow, default)]
    iid: Loose<'a>,
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    project_id: Loose<'a>,
    #[serde(borrow, default)]
    title: Loose<'a>,
    #[serde(borrow, default)]
    description: Loose<'a>,
    #[serde(borrow, default)]
    state: Loose<'a>,
    #[serde(borrow, default)]
    closed: Loose<'a>,
    #[serde(borrow, default)]
    merged: Loose<'a>,
    #[serde(borrow, default)]
    labels: Loose<'a>,
    #[serde(borrow, default)]
    milestone: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    assignee: Loose<'a>,
    #[serde(borrow, default)]
    assignees: Loose<'a>,
    #[serde(borrow, default)]
    issue_type: Loose<'a>,
    #[serde(borrow, default)]
    severity: Loose<'a>,
    #[serde(borrow, default)]
    confidential: Loose<'a>,
    #[serde(borrow, default)]
    moved_to_id: Loose<'a>,
    #[serde(borrow, default)]
    user_notes_count: Loose<'a>,
    #[serde(borrow, default)]
    merge_commit_sha: Loose<'a>,
    #[serde(borrow, default)]
    web_url: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
    #[serde(borrow, default)]
    closed_at: Loose<'a>,
    #[serde(borrow, default)]
    merged_at: Loose<'a>,
    #[serde(borrow, default, rename = "_links", deserialize_with = "lenient::loosely")]
    addresses: Option<Addresses<'a>>,
}

#[derive(Deserialize)]
struct Addresses<'a> {
    #[serde(borrow, default)]
    closed_as_duplicate_of: Loose<'a>,
}

#[derive(Deserialize)]
struct Note<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    body: Loose<'a>,
    #[serde(borrow, default)]
    author: Loose<'a>,
    #[serde(borrow, default)]
    created_at: Loose<'a>,
    /// GitLab itself speaks: what was changed.
    #[serde(borrow, default)]
    system: Loose<'a>,
    #[serde(borrow, default)]
    internal: Loose<'a>,
    #[serde(borrow, default)]
    confidential: Loose<'a>,
}

/// What its notes have to know of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    /// Who opened it, by number.
    pub(crate) author: Option<String>,
    pub(crate) confidential: bool,
}

/// What a listing says of a record.
pub(crate) struct Read {
    pub(crate) id: String,
    /// Within the project.
    pub(crate) number: String,
    pub(crate) at: Millis,
    pub(crate) noted: Noted,
    /// It may have notes: somebody spoke, or somebody was asked to look.
    pub(crate) has_notes: bool,
    pub(crate) closed: bool,
}

/// Issues are numbered `#`, merge requests `!`, as people write them.
pub(crate) fn read(record: &str, project: &str, sign: char, changes: &mut Vec<Change>) -> Result<Read, Reason> {
    let record: Record<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let number = record.iid.text().or_else(|| record.id.text()).ok_or("it has no \"iid\"")?;
    let id = format!("{project}{sign}{number}");
    let (created, updated) = (time("created_at", record.created_at)?, time("updated_at", record.updated_at)?);
    let created_at = created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?;
    let at = updated.unwrap_or(created_at);
    let (closed_at, merged_at) = (record.closed_at.when(), record.merged_at.when());
    let is = |state: &str, old: &Loose<'_>| record.state.as_str() == state || old.flag() == Some(true);
    let merged = is("merged", &record.merged) || merged_at.is_some();
    let closed = merged || is("closed", &record.closed);

    let mut tags = record.labels.list();
    let Labels { components, priority, affected_versions, duplicate } = Labels::read(&tags);
    let body = record.description.text().unwrap_or_default();
    let twin = record.addresses.and_then(|addresses| other(&addresses.closed_as_duplicate_of, &record.project_id));
    let twin = twin.map(|number| Link { kind: LinkKind::DuplicateOf, to: format!("{project}#{number}") });
    let merge_request = sign == '!';
    let fixes = closes(&body).filter(|_| merge_request);
    let fixes = fixes.map(|number| Link { kind: LinkKind::Mentions, to: format!("{project}#{number}") });
    let duplicate = duplicate || twin.is_some();
    let mut links: Vec<Link> = twin.into_iter().chain(fixes).filter(|link| link.to != id).collect();
    links.sort();
    links.dedup();

    let mut extra = Map::new();
    if merge_request {
        tags.push(MERGE_REQUEST.into());
        extra.insert("merge_request".into(), true.into());
        extra.extend(record.merge_commit_sha.text().map(|commit| ("merge_commit".into(), commit.into())));
    }
    // Every other one is an issue, and says so.
    let kind = record.issue_type.text().filter(|kind| !kind.eq_ignore_ascii_case("issue"));
    extra.extend(kind.map(|kind| ("issue_type".into(), kind.into())));
    let confidential = record.confidential.may_be_set();
    if confidential {
        extra.insert("confidential".into(), true.into());
    }
    let moved = !record.moved_to_id.is_nothing();
    let resolution = match (closed, merged, moved, duplicate) {
        (false, ..) => None,
        (_, true, ..) => Some("merged"),
        (_, _, true, _) => Some("moved"),
        (_, _, _, true) => Some("duplicate"),
        _ => None,
    };
    let severity = record.severity.text().filter(|severity| !severity.eq_ignore_ascii_case("unknown"));
    // A milestone is a fix version once it is over, and only where it is a version.
    let milestone = record.milestone.text().filter(|title| closed && Version::parse(title).is_some());
    let assignee = record.assignee.text().or_else(|| record.assignees.list().into_iter().next());
    let has_notes = record.user_notes_count.whole() != Some(0) || assignee.is_some();
    let noted = Noted { author: record.author.id(), confidential };
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: record.title.text().unwrap_or_default(),
        body_format: BodyFormat::Markdown,
        body,
        status: if closed { Status::Closed } else { Status::Open },
        priority: priority.or(severity),
        product: project.rsplit('/').next().map(str::to_owned),
        components,
        affected_versions,
        fix_versions: milestone.into_iter().collect(),
        requester: record.author.text(),
        assignee,
        created_at,
        updated_at: at,
        solved_at: merged_at.or(closed_at).filter(|_| closed),
        resolution_class: (closed && duplicate).then_some(ResolutionClass::Duplicate),
        resolution: resolution.map(str::to_owned),
        links,
        extra,
        url: record.web_url.text(),
        tags,
        id: id.clone(),
        ..Ticket::default()
    })));
    Ok(Read { id, number, at, noted, has_notes, closed })
}

/// One of the issues that another is linked to.
#[derive(Deserialize)]
struct Linked<'a> {
    #[serde(borrow, default)]
    iid: Loose<'a>,
    #[serde(borrow, default)]
    link_type: Loose<'a>,
    #[serde(borrow, default)]
    web_url: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    references: Option<References<'a>>,
}

#[derive(Deserialize)]
struct References<'a> {
    #[serde(borrow, default)]
    full: Loose<'a>,
}

/// Nothing, of an issue in another project: it may have the same number.
pub(crate) fn read_linked(record: &str, project: &str) -> Result<Option<Link>, Reason> {
    let other: Linked<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let number = other.iid.text().ok_or("a link has no \"iid\"")?;
    let here = match other.references.as_ref().and_then(|told| told.full.as_str().rsplit_once('#')) {
        Some((home, _)) => home.eq_ignore_ascii_case(project),
        None => {
            let page = other.web_url.as_str().to_lowercase();
            let home = format!("/{}/", project.to_lowercase());
            page.rsplit_once("issues/").is_some_and(|(before, _)| before.trim_end_matches("-/").ends_with(&home))
        }
    };
    let kind = match other.link_type.as_str() {
        // Editions that know no others leave it out.
        "" | "relates_to" => LinkKind::SimilarTo,
        _ => LinkKind::Mentions,
    };
    Ok(here.then(|| Link { kind, to: format!("{project}#{number}") }))
}

/// What somebody said, or a handoff that GitLab noted; its other remarks leave nothing.
pub(crate) fn read_note(record: &str, ticket: &str, noted: &Noted, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let note: Note<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let at = note.created_at.time().map_err(|bad| format!("a note's \"created_at\": {bad}"))?;
    let at = at.ok_or("a note has no \"created_at\"")?;
    let (by, author) = (note.author.id(), note.author.clone().text());
    let body = note.body.text().unwrap_or_default();
    if note.system.flag() == Some(true) {
        let hop = handoff(&body).map(|(from_group, to_group)| Hop {
            ticket: ticket.into(),
            at,
            from_group,
            to_group,
            by: author,
        });
        changes.extend(hop.map(Change::Hop));
        return Ok(());
    }
    let author_role = match &author {
        Some(name) if is_program(name) => AuthorRole::System,
        _ if by.is_some() && by == noted.author => AuthorRole::Requester,
        _ => AuthorRole::Agent,
    };
    let hidden = [&note.internal, &note.confidential].into_iter().any(Loose::may_be_set);
    let home = ticket.rsplit_once(['#', '!']).map_or("", |(home, _)| home);
    let named = named(&body, home).into_iter().map(|number| format!("{home}#{number}")).filter(|to| to != ticket);
    changes.push(Change::Comment(Comment {
        links: named.map(|to| Link { kind: LinkKind::Mentions, to }).collect(),
        ticket: ticket.into(),
        id: note.id.text().ok_or("a note has no \"id\"")?,
        author,
        author_role,
        public: !hidden && !noted.confidential,
        body,
        body_format: BodyFormat::Markdown,
        created_at: at,
    }));
    Ok(())
}

/// `assigned to @ben and unassigned @ann`.
fn handoff(text: &str) -> Option<(Option<String>, Option<String>)> {
    let (mut from, mut to, mut leaving) = (None, None, false);
    if !text.starts_with("assigned to @") && !text.starts_with("unassigned @") {
        return None;
    }
    for word in text.split_whitespace() {
        match word {
            "unassigned" => leaving = true,
            "assigned" => leaving = false,
            _ => {
                let name = word.strip_prefix('@').map(|name| name.trim_end_matches([',', '.']).to_owned());
                let place = if leaving { &mut from } else { &mut to };
                *place = place.take().or(name);
            }
        }
    }
    Some((from, to))
}

/// The number of an issue of the same project, from its address in the interface.
fn other(address: &Loose<'_>, project: &Loose<'_>) -> Option<String> {
    let (_, rest) = address.as_str().split_once("/projects/")?;
    let (there, number) = rest.split_once("/issues/")?;
    (project.clone().text().as_deref() == Some(there)).then(|| number.to_owned())
}
