//! Issues as Jira's REST API sends them. Custom fields but those of Service Management, and everything else without a column,
//! are passed over unread.

mod desk;
mod document;
mod moved;
mod relation;

pub(crate) use moved::read_history;

use super::{Reason, fields::Loose, lenient, people::is_program, reason};
use document::Prose;
use domain::{Attached, Attachment, AuthorRole, Change, Comment, Millis, ResolutionClass, Status, Ticket};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Deserialize)]
struct Issue<'a> {
    #[serde(borrow)]
    key: Loose<'a>,
    #[serde(borrow, default, rename = "self")]
    api: Loose<'a>,
    #[serde(borrow)]
    fields: Fields<'a>,
    #[serde(borrow, default)]
    changelog: Option<moved::Changelog<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fields<'a> {
    #[serde(borrow, default)]
    summary: Loose<'a>,
    #[serde(borrow, default)]
    description: Prose<'a>,
    #[serde(borrow, default)]
    environment: Prose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    status: Option<State<'a>>,
    #[serde(borrow, default)]
    priority: Loose<'a>,
    #[serde(borrow, default)]
    project: Loose<'a>,
    #[serde(borrow, default)]
    issuetype: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    parent: Option<Other<'a>>,
    #[serde(borrow, default)]
    components: Loose<'a>,
    #[serde(borrow, default)]
    versions: Loose<'a>,
    #[serde(borrow, default)]
    fix_versions: Loose<'a>,
    #[serde(borrow, default)]
    labels: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    reporter: Option<Person<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    creator: Option<Person<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    assignee: Option<Person<'a>>,
    #[serde(borrow, default)]
    resolution: Loose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    #[serde(borrow, default)]
    updated: Loose<'a>,
    #[serde(borrow, default)]
    resolutiondate: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    issuelinks: Option<Vec<IssueLink<'a>>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    comment: Option<Comments<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::some_fitting")]
    attachment: Option<Vec<File<'a>>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow, default)]
    filename: Loose<'a>,
    #[serde(borrow, default)]
    size: Loose<'a>,
}

/// Who asked and who has it, each by what tells people apart there: what is said of an issue by itself does not say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Involved {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    assigned: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    status_category: Option<Category<'a>>,
}

#[derive(Deserialize)]
struct Category<'a> {
    #[serde(borrow, default)]
    key: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    #[serde(borrow, default)]
    display_name: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    account_id: Loose<'a>,
    #[serde(borrow, default)]
    account_type: Loose<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IssueLink<'a> {
    #[serde(borrow, rename = "type")]
    kind: LinkType<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    outward_issue: Option<Other<'a>>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    inward_issue: Option<Other<'a>>,
}

#[derive(Deserialize)]
struct LinkType<'a> {
    #[serde(borrow, default)]
    inward: Loose<'a>,
    #[serde(borrow, default)]
    outward: Loose<'a>,
}

#[derive(Deserialize)]
struct Other<'a> {
    #[serde(borrow)]
    key: Loose<'a>,
}

#[derive(Deserialize)]
struct Comments<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::fitting")]
    comments: Vec<Remark<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remark<'a> {
    #[serde(borrow)]
    id: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    author: Option<Person<'a>>,
    #[serde(borrow, default)]
    body: Prose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    /// Only a role or a group may read it.
    #[serde(borrow, default)]
    visibility: Loose<'a>,
    #[serde(borrow, default)]
    jsd_public: Loose<'a>,
}

pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let Issue { key, api, mut fields, changelog } = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let key = key.text().ok_or("it has no \"key\"")?;
    let time = |name, value: Loose<'_>| value.time().map_err(|bad| format!("\"{name}\": {bad}"));
    let created_at = time("created", std::mem::take(&mut fields.created))?;
    let updated_at = time("updated", std::mem::take(&mut fields.updated))?;
    let solved_at = std::mem::take(&mut fields.resolutiondate).when();
    let created_at = created_at.or(updated_at).ok_or("it has neither \"created\" nor \"updated\"")?;

    let asked = fields.reporter.or(fields.creator);
    let mark = |person: &Option<Person<'_>>| person.as_ref().and_then(Person::mark);
    let involved = Involved { asked: mark(&asked), assigned: mark(&fields.assignee) };
    let remarks = fields.comment.map(|found| found.comments).unwrap_or_default();
    let comments: Vec<Change> = remarks
        .into_iter()
        .map(|remark| comment(&key, remark, &involved, created_at).map(Change::Comment))
        .collect::<Result<_, _>>()?;

    // Where a search shows some changes only, all of them are asked for by themselves.
    let hops = changelog.filter(moved::Changelog::is_whole).map(|found| found.hops(&key)).transpose()?;

    // A tracker's way of saying that there is none.
    let resolution = fields.resolution.text().filter(|label| label != "Unresolved");
    let mut extra = Map::new();
    if let Some(kind) = fields.issuetype.text() {
        extra.insert("issuetype".into(), Value::String(kind));
    }
    if let Some(parent) = fields.parent.and_then(|parent| parent.key.text()) {
        extra.insert("parent".into(), Value::String(parent));
    }
    let (service, promises) = desk::read(record, &key);
    // All of an issue's, whichever comment brought them.
    let attached = fields.attachment.map(|files| {
        let files = files
            .into_iter()
            .filter_map(|file| Some(Attachment { name: file.filename.text()?, size: file.size.whole() }));
        Attached { ticket: key.clone(), comment: None, files: files.collect() }
    });
    let body_format = fields.description.format();
    changes.push(Change::Ticket(Box::new(Ticket {
        subject: fields.summary.text().unwrap_or_default(),
        body: fields.description.into_text().unwrap_or_default(),
        body_format,
        status: fields.status.map(status).unwrap_or_default(),
        priority: fields.priority.text(),
        product: fields.project.text(),
        components: fields.components.list(),
        affected_versions: fields.versions.list(),
        fix_versions: fields.fix_versions.list(),
        environment: fields.environment.into_text(),
        requester: asked.and_then(Person::shown),
        account: service.organizations.first().cloned(),
        group: None,
        assignee: fields.assignee.and_then(Person::shown),
        tags: fields.labels.list(),
        created_at,
        updated_at: updated_at.unwrap_or(created_at),
        solved_at,
        resolution_class: resolution.as_deref().and_then(ResolutionClass::from_label),
        resolution,
        merged_into: None,
        links: relation::links(&key, fields.issuelinks.unwrap_or_default()),
        // https://host/context/rest/api/2/issue/1 → https://host/context/browse/KEY; boards have an interface of their own.
        url: api.as_str().split_once("/rest/").map(|(base, _)| format!("{base}/browse/{key}")),
        service,
        extra,
        id: key,
    })));
    if let Some(attached) = attached {
        changes.push(Change::Attached(attached));
    }
    changes.extend(comments);
    changes.extend(hops.into_iter().flatten());
    changes.extend(promises.into_iter().map(Change::Promise));
    Ok(())
}

/// Who is involved in an issue.
pub(crate) fn involved(record: &str) -> Involved {
    #[derive(Default, Deserialize)]
    struct Told<'a> {
        #[serde(borrow, default)]
        fields: People<'a>,
    }
    #[derive(Default, Deserialize)]
    struct People<'a> {
        #[serde(borrow, default)]
        reporter: Option<Person<'a>>,
        #[serde(borrow, default)]
        creator: Option<Person<'a>>,
        #[serde(borrow, default)]
        assignee: Option<Person<'a>>,
    }
    let People { reporter, creator, assignee } = serde_json::from_str::<Told<'_>>(record).unwrap_or_default().fields;
    let mark = |person: Option<Person<'_>>| person.as_ref().and_then(Person::mark);
    Involved { asked: mark(reporter.or(creator)), assigned: mark(assignee) }
}

/// A comment in the list of its issue.
pub(crate) fn read_comment(
    record: &str,
    key: &str,
    involved: &Involved,
    changes: &mut Vec<Change>,
) -> Result<(), Reason> {
    let remark: Remark<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    changes.push(Change::Comment(comment(key, remark, involved, Millis(0))?));
    Ok(())
}

fn comment(ticket: &str, remark: Remark<'_>, involved: &Involved, fallback: Millis) -> Result<Comment, Reason> {
    let author_role = match &remark.author {
        Some(author) if author.is_program() => AuthorRole::System,
        Some(author) if author.is(&involved.asked) => AuthorRole::Requester,
        Some(author) if author.is(&involved.assigned) => AuthorRole::Engineer,
        _ => AuthorRole::Agent,
    };
    Ok(Comment {
        links: Vec::new(),
        ticket: ticket.into(),
        id: remark.id.text().ok_or("a comment has no \"id\"")?,
        author: remark.author.and_then(Person::shown),
        author_role,
        public: remark.visibility.is_nothing()
            && (remark.jsd_public.is_nothing() || remark.jsd_public.flag() == Some(true)),
        body_format: remark.body.format(),
        body: remark.body.into_text().unwrap_or_default(),
        created_at: remark.created.time().map_err(|bad| format!("a comment's \"created\": {bad}"))?.unwrap_or(fallback),
    })
}

impl Person<'_> {
    fn shown(self) -> Option<String> {
        self.display_name.text().or_else(|| self.name.text()).or_else(|| self.account_id.text())
    }

    /// Cloud tells people apart by their accounts, Data Center by their names.
    fn mark(&self) -> Option<String> {
        self.account_id.clone().text().or_else(|| self.name.clone().text())
    }

    fn is(&self, mark: &Option<String>) -> bool {
        mark.as_deref().is_some_and(|mark| [&self.account_id, &self.name].into_iter().any(|own| own.as_str() == mark))
    }

    fn is_program(&self) -> bool {
        self.account_type.as_str() == "app" || is_program(self.name.as_str()) || is_program(self.display_name.as_str())
    }
}

/// By name where the name says more than the category, of which there are three: new, indeterminate, done.
fn status(state: State<'_>) -> Status {
    let name = state.name.as_str().to_lowercase();
    let category = state.status_category.as_ref().map(|category| category.key.as_str()).unwrap_or_default();
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match category {
        "done" if has(&["closed"]) => Status::Closed,
        "done" => Status::Solved,
        _ if name == "closed" => Status::Closed,
        _ if category.is_empty() && has(&["resolved", "done", "solved"]) => Status::Solved,
        _ if has(&["hold", "blocked", "deferred"]) => Status::OnHold,
        _ if has(&["waiting", "pending", "feedback", "information"]) => Status::Pending,
        _ if name == "new" => Status::New,
        _ => Status::Open,
    }
}
