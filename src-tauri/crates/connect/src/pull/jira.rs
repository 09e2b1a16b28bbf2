//! Jira: Cloud, whose search leads on by a token and tells no number, and Data Center, whose search counts.
//!
//! Both read a time in the time zone of whoever asks. So neither is asked for one: changes are read from the newest back
//! to the last one known. Handoffs come from the changes that a search shows, and are asked for by themselves where it does
//! not show all. Which of a site's fields are Service Management's is asked before its issues. Cloud and Service Management were
//! checked against their documentation alone, Data Center against answers of a real one.

mod write;

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window, each},
    query::{Query, part},
};
use crate::{
    BadRecord,
    formats::{Loose, jira as format, lenient},
    http::{Asks, Failure, Request, Response, Site},
};
use domain::Change;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

const FIELDS: &str = "summary,description,environment,status,priority,project,issuetype,parent,components,versions,fixVersions,labels,reporter,creator,assignee,resolution,created,updated,resolutiondate,issuelinks,attachment,comment";
const PAGE: usize = 100;
/// Fields of Service Management that are asked for, at most: they stand in an address.
const DESK: usize = 50;

pub(super) struct Jira {
    site: Site,
    cloud: bool,
    /// The key of the only project that is read.
    project: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issues<'a> {
    #[serde(borrow)]
    issues: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<u64>,
    #[serde(default)]
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct Stamped<'a> {
    #[serde(borrow)]
    key: Loose<'a>,
    #[serde(borrow)]
    fields: Fields<'a>,
    #[serde(default, deserialize_with = "lenient::loosely")]
    changelog: Option<Changes>,
}

/// How many of an issue's changes a search shows.
#[derive(Deserialize)]
struct Changes {
    #[serde(default, deserialize_with = "lenient::or_default")]
    histories: Vec<serde::de::IgnoredAny>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<usize>,
}

/// Changes that have a list of their own, which Cloud alone has.
#[derive(Deserialize)]
struct Log<'a> {
    #[serde(borrow, default)]
    values: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<usize>,
}

/// What is left to ask of an issue: its comments and its changes, each from a number on.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Left {
    comments: Option<usize>,
    changes: Option<usize>,
    /// Who is who, for what was said.
    #[serde(default)]
    involved: format::Involved,
}

impl Left {
    fn of(todo: &Todo) -> Self {
        serde_json::from_str(&todo.note).unwrap_or(Self { comments: Some(0), ..Self::default() })
    }

    fn todo(&self, id: &str) -> Option<Todo> {
        let note = || serde_json::to_string(self).unwrap_or_default();
        (self.comments.is_some() || self.changes.is_some()).then(|| Todo { id: id.to_owned(), note: note() })
    }
}

#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, default)]
    updated: Loose<'a>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    comment: Option<Comments<'a>>,
}

/// One that the site has.
#[derive(Deserialize)]
struct Field<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    schema: Option<Schema<'a>>,
}

#[derive(Deserialize)]
struct Schema<'a> {
    #[serde(borrow, default)]
    custom: Loose<'a>,
}

#[derive(Deserialize)]
struct Comments<'a> {
    #[serde(borrow, default)]
    comments: Vec<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<usize>,
}

impl Jira {
    /// `https://NAME.atlassian.net` or a server of one's own, with `/projects/KEY` or `/browse/KEY` for one project.
    pub(super) fn at(site: &Site) -> Result<Self, Failure> {
        let cut = ["/projects/", "/browse/"].into_iter().find_map(|word| site.path().split_once(word));
        let (base, project) = match cut {
            Some((base, rest)) => (base, rest.split('/').next().map(|key| key.split('-').next().unwrap_or(key))),
            None => (site.path(), None),
        };
        let sayable =
            |key: &str| !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if project.is_some_and(|key| !sayable(key)) {
            return Err(Failure::BadAddress {
                address: format!("{}{}", site.origin(), site.path()),
                because: "it names no project; write it like https://NAME.atlassian.net/browse/KEY, or without one for all",
            });
        }
        let cloud = site.host().ends_with(".atlassian.net");
        let base = if cloud { "" } else { base };
        Ok(Self { site: site.with(None, base), cloud, project: project.map(str::to_owned) })
    }

    fn path(&self, rest: &str) -> Query {
        Query::of(format!("{}/rest/api/{}{rest}", self.site.path(), if self.cloud { 3 } else { 2 }))
    }

    /// Cloud refuses a search without any bound; every issue lies within this one.
    fn bound(&self) -> String {
        match &self.project {
            Some(project) => format!("project = \"{project}\""),
            None => "created >= \"1970-01-02\"".into(),
        }
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }
}

impl Listed for Jira {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        let name = || self.site.host().split('.').next().unwrap_or_default().to_owned();
        self.project.clone().unwrap_or_else(name)
    }

    /// `ADDRESS:TOKEN` as Cloud wants it, or a personal access token of Data Center.
    fn authorization(&self, token: &SecretString) -> SecretString {
        let text = token.expose_secret().trim();
        if text.contains(':') { answer::basic(text) } else { answer::bearer(token) }
    }

    fn what(&self) -> String {
        match &self.project {
            Some(project) => format!("the project {project}"),
            None => "the search".into(),
        }
    }

    fn reach(&self) -> Reach {
        Reach::Nothing
    }

    fn prelude(&self) -> Option<Request> {
        Some(self.ask(self.path("/field"), "fields"))
    }

    /// The numbers of Service Management's fields.
    fn preluded(&self, response: &Response) -> Result<String, Failure> {
        #[derive(Default, Deserialize)]
        struct All<'a>(#[serde(borrow, deserialize_with = "lenient::members")] Vec<Field<'a>>);
        let All(fields) = answer::optional(&self.site, self.good(response)?)?;
        let of_desk = |field: &Field<'_>| {
            field.schema.as_ref().is_some_and(|schema| schema.custom.as_str().starts_with("com.atlassian.servicedesk:"))
        };
        let numbers = fields.into_iter().filter(of_desk).filter_map(|field| field.id.text());
        let sayable = |id: &String| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        Ok(numbers.filter(sayable).take(DESK).collect::<Vec<_>>().join(","))
    }

    /// Cloud's pages tell no total; it has a count of its own.
    fn count(&self, window: &Window) -> Request {
        if !self.cloud {
            return self.list(window, "count");
        }
        let asks = Asks::Search(serde_json::json!({ "jql": self.bound() }).to_string());
        Request { asks, ..self.ask(self.path("/search/approximate-count"), "count") }
    }

    /// A number that is near enough to call the roll by: nothing is taken for gone before it was asked about.
    fn counted(&self, window: &Window, response: &Response) -> Result<Option<u64>, Failure> {
        #[derive(Deserialize)]
        struct Counted {
            count: Option<u64>,
        }
        if !self.cloud {
            return Ok(self.listed(window, response)?.total);
        }
        // Younger than the search; a server that does not have it tells no number.
        if matches!(response.status, 400 | 403..=405 | 410) {
            return Ok(None);
        }
        let counted: Counted = answer::json(&self.site, self.good(response)?)?;
        Ok(counted.count)
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let order = match window.order {
            Order::Oldest => "updated ASC, key ASC",
            Order::Newest => "updated DESC, key DESC",
            Order::Created => "created ASC, key ASC",
            Order::LastCreated => "created DESC, key DESC",
        };
        let bound = self.bound();
        let path = self.path(if self.cloud { "/search/jql" } else { "/search" });
        let mut query = path.with("jql", &format!("{bound} ORDER BY {order}"));
        query = match purpose {
            "roll" | "count" => query.with("fields", "updated"),
            _ => {
                let own = window.told.as_deref().filter(|own| !own.is_empty());
                let fields = own.map_or_else(|| FIELDS.to_owned(), |own| format!("{FIELDS},{own}"));
                query.with("fields", &fields).with("expand", "changelog")
            }
        };
        query = query.with_number("maxResults", window.size);
        query = match &window.token {
            Some(token) => query.with("nextPageToken", token),
            None if self.cloud => query,
            None => query.with_number("startAt", window.skip),
        };
        self.ask(query, purpose)
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let page: Issues<'_> = answer::json(&self.site, self.good(response)?)?;
        let mut listing = Listing::default();
        each(&page.issues, &mut listing, |record, changes| {
            let stamped: Stamped<'_> = serde_json::from_str(record).map_err(|error| crate::formats::reason(&error))?;
            let id = stamped.key.text().ok_or("it has no \"key\"")?;
            let Fields { updated, created, comment } = stamped.fields;
            let at = updated.time().map_err(|bad| format!("\"updated\": {bad}"))?;
            let at = at.or(created.time().ok().flatten()).ok_or("it has no \"updated\"")?;
            // A search shows some comments of an issue and says how many there are.
            let shown = comment.is_some();
            let more = comment.is_some_and(|held| held.total.is_some_and(|total| total > held.comments.len()));
            let cut = |log: Changes| log.total.is_some_and(|total| total > log.histories.len());
            let cut = self.cloud && stamped.changelog.is_some_and(cut);
            if window.order != Order::Created {
                let before = changes.len();
                format::read(record, changes)?;
                if shown && !more {
                    let ids = changes.iter().skip(before).filter_map(|change| match change {
                        Change::Comment(comment) => Some(comment.id.clone()),
                        _ => None,
                    });
                    let ids = ids.collect();
                    changes.push(Change::Said { ticket: id.clone(), ids });
                } else if more {
                    // Where not all are shown, all come with the details, so that each is always read in the same way.
                    let said = changes.split_off(before);
                    changes.extend(said.into_iter().filter(|change| !matches!(change, Change::Comment(_))));
                }
            }
            let involved = if more { format::involved(record) } else { format::Involved::default() };
            let left = Left { comments: more.then_some(0), changes: cut.then_some(0), involved };
            Ok(Seen { todo: left.todo(&id), id, at })
        });
        // No total, and its own word for the end is not to be trusted: it ends where no token leads on.
        (listing.token, listing.total) = (page.next_page_token, page.total);
        // Data Center tells a total: where it does not, a full page is not all.
        listing.more = match page.total {
            Some(total) if !self.cloud => Some(window.skip + listing.held < total as usize),
            None if !self.cloud => None,
            _ => Some(listing.token.is_some()),
        };
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        let left = Left::of(todo);
        let (list, start) = match left.comments {
            Some(start) => ("comment", start),
            None => ("changelog", left.changes.unwrap_or(0)),
        };
        let query = self.path(&format!("/issue/{}/{list}", part(&todo.id))).with_number("startAt", start);
        self.ask(query.with_number("maxResults", PAGE), if list == "comment" { "comments" } else { "changes" })
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let mut left = Left::of(todo);
        let mut detail = Detail::default();
        let body = self.good(response)?;
        let (records, total) = match left.comments {
            Some(_) => {
                let page: Comments<'_> = answer::json(&self.site, body)?;
                (page.comments, page.total)
            }
            None => {
                let page: Log<'_> = answer::json(&self.site, body)?;
                (page.values, page.total)
            }
        };
        for (record, line) in records.iter().zip(1u64..) {
            let read = match left.comments {
                Some(_) => format::read_comment(record.get(), &todo.id, &left.involved, &mut detail.changes),
                None => format::read_history(record.get(), &todo.id, &mut detail.changes),
            };
            detail.bad.extend(read.err().map(|reason| BadRecord::of(&todo.id, line, reason)));
        }
        let place = if left.comments.is_some() { &mut left.comments } else { &mut left.changes };
        let done = place.unwrap_or(0) + records.len();
        *place = Some(done).filter(|done| !records.is_empty() && total.is_some_and(|total| *done < total));
        detail.next = left.todo(&todo.id);
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.ask(self.path("/myself"), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        self.good(response)?;
        let requests_left = response.header("x-ratelimit-remaining").and_then(|left| left.parse().ok());
        Ok(Found { name: self.site.authority(), private: true, requests_left, lacks: Vec::new() })
    }

    /// What somebody may, it says itself.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        const WRITE: [&str; 3] = ["ADD_COMMENTS", "CREATE_ISSUES", "LINK_ISSUES"];
        fn lacks(response: &Response, all: &[&str]) -> bool {
            let told = found::told(response).unwrap_or_default();
            all.iter().any(|one| told.pointer(&format!("/permissions/{one}/havePermission")) == Some(&false.into()))
        }
        let query = self.path("/mypermissions").with("permissions", &format!("BROWSE_PROJECTS,{}", WRITE.join(",")));
        let query = self.project.iter().fold(query, |query, project| query.with("projectKey", project));
        let asked = self.ask(query, "test");
        let read: found::Reads = |told| lacks(told, &["BROWSE_PROJECTS"]).then_some(Lack::List("projects"));
        let write: found::Reads = |told| lacks(told, &WRITE).then_some(Lack::Write);
        let all = [(asked.clone(), read)].into_iter().chain(writes.then_some((asked, write)));
        found::each(all.collect(), told)
    }

    fn one(&self, id: &str) -> Request {
        let query = self.path(&format!("/issue/{}", part(id))).with("fields", "*all");
        self.ask(query.with("expand", "changelog"), "missing")
    }

    /// A moved issue answers under its new key.
    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let unreadable = |reason| Failure::Unreadable { host: self.site.authority(), reason };
        let text = std::str::from_utf8(self.good(response)?).map_err(|_| unreadable("it is not text".into()))?;
        let stamped: Stamped<'_> =
            serde_json::from_str(text).map_err(|error| answer::unreadable(&self.site, &error))?;
        if stamped.key.text().as_deref() != Some(id) {
            return Ok(Fate::Gone);
        }
        let mut changes = Vec::new();
        format::read(text, &mut changes).map_err(unreadable)?;
        Ok(Fate::There(changes))
    }
}

#[cfg(test)]
mod tests;
