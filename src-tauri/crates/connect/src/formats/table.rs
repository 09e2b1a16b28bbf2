//! Rows under a header: which column is which field, and a row as a ticket.

use super::Reason;
use crate::Error;
use domain::{AuthorRole, BodyFormat, Change, Comment, Link, LinkKind, Millis, ResolutionClass, Status, Ticket};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A field of a ticket, and what its columns are called where nobody says it. Letters and digits only, lower case.
const FIELDS: [(&str, &[&str]); 23] = [
    ("id", &["id", "ticketid", "ticket", "key", "issuekey", "issue", "number", "caseid", "casenumber", "ticketnumber"]),
    ("subject", &["subject", "summary", "title", "shortdescription", "name"]),
    ("body", &["body", "description", "text", "details", "content"]),
    ("status", &["status", "state"]),
    ("priority", &["priority", "severity", "urgency"]),
    ("product", &["product", "project", "projectname", "brand"]),
    ("components", &["components", "component", "module", "area", "category"]),
    (
        "affected_versions",
        &["affectedversions", "affectsversions", "affectsversion", "affectedversion", "version", "productversion"],
    ),
    ("fix_versions", &["fixversions", "fixversion", "fixedin", "fixedversion"]),
    ("environment", &["environment", "platform"]),
    ("requester", &["requester", "reporter", "customer", "contact", "requestername", "raisedby", "openedby"]),
    ("account", &["account", "organization", "organisation", "company", "client"]),
    ("group", &["group", "team", "queue", "assignmentgroup", "groupname"]),
    ("assignee", &["assignee", "owner", "agent", "assignedto"]),
    ("tags", &["tags", "labels", "keywords"]),
    ("created_at", &["createdat", "created", "opened", "openedat", "createddate", "creationdate", "date"]),
    ("updated_at", &["updatedat", "updated", "lastmodified", "modified", "lastupdated"]),
    ("solved_at", &["solvedat", "resolved", "resolvedat", "solved", "closed", "closedat", "resolutiondate"]),
    ("resolution", &["resolution", "closenotes", "solution", "resolutionnotes"]),
    ("resolution_class", &["resolutionclass", "closecode", "resolutioncode"]),
    ("duplicate_of", &["duplicateof"]),
    ("merged_into", &["mergedinto"]),
    ("url", &["url", "link"]),
];

/// Where each field stands in a row.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Field → columns, in order.
    fields: BTreeMap<&'static str, Vec<usize>>,
    /// Columns without a meaning, and their names.
    others: Vec<(usize, String)>,
    /// Jira writes one column for each comment.
    comments: Vec<usize>,
}

impl Columns {
    /// `mapping` pairs columns with fields and goes before what the names say.
    pub(crate) fn read(file: &str, header: &[String], mapping: &[(String, String)]) -> Result<Self, Error> {
        let listed = || header.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let mut columns = Self { fields: BTreeMap::new(), others: Vec::new(), comments: Vec::new() };
        let mut taken = vec![false; header.len()];
        for (column, wanted) in mapping {
            let Some((field, _)) = FIELDS.iter().find(|(field, _)| field == wanted) else {
                let fields = FIELDS.map(|(field, _)| field).join(", ");
                return Err(Error::UnknownField { field: wanted.clone(), fields });
            };
            let before = columns.fields.get(field).map_or(0, Vec::len);
            for (at, (name, taken)) in header.iter().zip(&mut taken).enumerate() {
                if name.trim().eq_ignore_ascii_case(column.trim()) {
                    *taken = true;
                    columns.fields.entry(field).or_default().push(at);
                }
            }
            if columns.fields.get(field).map_or(0, Vec::len) == before {
                return Err(Error::UnknownColumn { file: file.into(), column: column.clone(), columns: listed() });
            }
        }
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        for (field, names) in FIELDS.iter().filter(|(field, _)| !mapping.iter().any(|(_, mapped)| mapped == field)) {
            // The best name decides: a table with an "id" and a "number" is known by its id.
            let found =
                names.iter().find(|name| plain.iter().zip(&taken).any(|(plain, taken)| plain == *name && !taken));
            let Some(found) = found else { continue };
            for (at, (plain, taken)) in plain.iter().zip(&mut taken).enumerate() {
                if plain == found && !*taken {
                    *taken = true;
                    columns.fields.entry(field).or_default().push(at);
                }
            }
        }
        for (at, (name, taken)) in header.iter().zip(taken).enumerate() {
            match name {
                _ if taken => {}
                _ if plain.get(at).is_some_and(|plain| plain == "comment" || plain == "comments") => {
                    columns.comments.push(at)
                }
                name => columns.others.push((at, name.trim().to_owned())),
            }
        }
        for field in ["id", "subject"] {
            if !columns.fields.contains_key(field) {
                return Err(Error::NoColumn { file: file.into(), field, columns: listed() });
            }
        }
        if !columns.fields.contains_key("created_at") && !columns.fields.contains_key("updated_at") {
            return Err(Error::NoColumn { file: file.into(), field: "created_at", columns: listed() });
        }
        Ok(columns)
    }

    /// Whether a first row looks like a header of tickets.
    pub(crate) fn fits(header: &[String]) -> bool {
        let known = |field: &str| {
            let names = FIELDS.iter().find(|(name, _)| *name == field).map(|(_, names)| *names).unwrap_or_default();
            header.iter().any(|column| names.contains(&plain(column).as_str()))
        };
        header.len() > 1 && known("id") && known("subject")
    }

    pub(crate) fn ticket(&self, row: &[String], changes: &mut Vec<Change>) -> Result<(), Reason> {
        let cell = |at: &usize| row.get(*at).map(|text| text.trim()).filter(|text| !text.is_empty());
        let cells = |field: &str| self.fields.get(field).into_iter().flatten().filter_map(cell);
        let text = |field: &str| cells(field).next().map(str::to_owned);
        let time = |field: &str| {
            text(field).map(|text| moment(&text)).transpose().map_err(|bad| format!("\"{field}\": {bad}"))
        };
        let id = text("id").ok_or("it has no id")?;
        let (created, updated) = (time("created_at")?, time("updated_at")?);
        let created_at = created.or(updated).ok_or("it has neither a created nor an updated time")?;
        let resolution = text("resolution").filter(|label| label != "Unresolved");
        let class = text("resolution_class").as_deref().and_then(ResolutionClass::from_label);
        let extra = self.others.iter().filter_map(|(at, name)| Some((name.clone(), Value::String(cell(at)?.into()))));
        let duplicates = listed(cells("duplicate_of")).into_iter().filter(|to| *to != id);
        let ticket = Ticket {
            service: Default::default(),
            subject: text("subject").unwrap_or_default(),
            body: text("body").unwrap_or_default(),
            body_format: BodyFormat::Text,
            status: text("status").map(|word| status(&word)).unwrap_or_default(),
            priority: text("priority"),
            product: text("product"),
            components: listed(cells("components")),
            affected_versions: listed(cells("affected_versions")),
            fix_versions: listed(cells("fix_versions")),
            environment: text("environment"),
            requester: text("requester"),
            account: text("account"),
            group: text("group"),
            assignee: text("assignee"),
            tags: listed(cells("tags")),
            created_at,
            updated_at: updated.unwrap_or(created_at),
            solved_at: time("solved_at")?,
            resolution_class: class.or_else(|| resolution.as_deref().and_then(ResolutionClass::from_label)),
            resolution,
            merged_into: text("merged_into"),
            links: duplicates.map(|to| Link { kind: LinkKind::DuplicateOf, to }).collect(),
            url: text("url"),
            extra: extra.collect::<Map<_, _>>(),
            id,
        };
        let remarks = self.comments.iter().filter_map(cell).enumerate();
        let remarks: Vec<Change> =
            remarks.map(|(number, text)| Change::Comment(comment(&ticket, number, text))).collect();
        changes.push(Change::Ticket(Box::new(ticket)));
        changes.extend(remarks);
        Ok(())
    }
}

/// Jira's `time;author;text` where it is that, else the text alone.
fn comment(ticket: &Ticket, number: usize, text: &str) -> Comment {
    let mut parts = text.splitn(3, ';');
    let jira = (parts.next().and_then(|at| moment(at).ok()), parts.next(), parts.next());
    let (created_at, author, body) = match jira {
        (Some(at), Some(author), Some(body)) => (at, Some(author.to_owned()), body),
        _ => (ticket.created_at, None, text),
    };
    Comment {
        links: Vec::new(),
        ticket: ticket.id.clone(),
        id: format!("{}", number + 1),
        author_role: match &author {
            Some(author) if ticket.requester.as_ref() == Some(author) => AuthorRole::Requester,
            _ => AuthorRole::Agent,
        },
        author,
        public: true,
        body: body.into(),
        body_format: BodyFormat::Text,
        created_at,
    }
}

/// `Issue key` → `issuekey`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A cell may hold several, parted by comma or semicolon.
fn listed<'a>(cells: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for item in cells.flat_map(|cell| cell.split([',', ';'])).map(str::trim).filter(|item| !item.is_empty()) {
        if !list.iter().any(|known| known == item) {
            list.push(item.into());
        }
    }
    list
}

fn status(word: &str) -> Status {
    let word = word.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    match Status::parse(&word.replace([' ', '-'], "_")) {
        Some(status) => status,
        None if has(&["closed", "cancel"]) => Status::Closed,
        None if has(&["resolved", "solved", "done", "fixed", "complete"]) => Status::Solved,
        None if has(&["hold", "blocked"]) => Status::OnHold,
        None if has(&["pending", "waiting", "awaiting"]) => Status::Pending,
        None => Status::Open,
    }
}

/// [`Millis::parse`], and what spreadsheets write: `2024-05-01 12:00`, `01/May/24 9:30 AM`.
fn moment(text: &str) -> Result<Millis, domain::BadTime> {
    Millis::parse(text).or_else(|bad| spreadsheet(text.trim()).ok_or(bad))
}

fn spreadsheet(text: &str) -> Option<Millis> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (date, clock) = text.split_once(' ').unwrap_or((text, "00:00"));
    if date.len() == 10 && date.split('-').count() == 3 {
        return Millis::parse(&format!("{date}T{}:00", clock.trim())).ok();
    }
    let mut parts = date.split('/');
    let (day, month, year) = (parts.next()?.parse::<u32>().ok()?, parts.next()?, parts.next()?.parse::<u32>().ok()?);
    let month = 1 + MONTHS.iter().position(|name| month.eq_ignore_ascii_case(name))?;
    let year = if year < 100 { 2000 + year } else { year };
    let (clock, half) = clock.trim().split_once(' ').unwrap_or((clock.trim(), ""));
    let (hour, minute) = clock.split_once(':')?;
    let hour = hour.parse::<u32>().ok()? % if half.is_empty() { 24 } else { 12 };
    let hour = if half.eq_ignore_ascii_case("pm") { hour + 12 } else { hour };
    let minute = minute.get(..2)?.parse::<u32>().ok()?;
    Millis::parse(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z")).ok()
}
