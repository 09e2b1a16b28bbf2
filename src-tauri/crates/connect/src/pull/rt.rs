//! Request Tracker 4.4 and 5 through REST 2, tried on 5.0.
//!
//! A window of time is read by it in the time zone of whoever asks, which it does not tell. So it is never asked for one:
//! changes are read from the newest back to the last one known, and history by number. A ticket's text lies in its first
//! message, so a ticket is stored when its messages were read. Files are asked for by name alone, and only where a message has
//! more parts than one; version 4.4 does not tell how many, so that there nobody asks.

mod write;

use super::{
    Found, Lack, Probe, answer, found,
    listed::{Detail, Fate, Listed, Listing, Order, Reach, Seen, Todo, Window},
    query::{Query, part},
};
use crate::{
    BadRecord,
    formats::{lenient, rt as format},
    http::{Failure, Request, Response, Site},
};
use domain::{Attached, Attachment, Change, Hop, Millis, Ticket};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json, value::RawValue};
use std::collections::BTreeMap;

const FIELDS: &str =
    "Subject,Status,Priority,Created,LastUpdated,Resolved,Queue,Owner,Requestor,Creator,CustomFields,_hyperlinks";
const TRANSACTIONS: &str = "Type,Creator,Created,Field,OldValue,NewValue,_hyperlinks";
/// Of a ticket's history, to a request.
const PAGE: usize = 100;
/// Messages whose text is asked for at once: more would make an address too long.
const TEXTS: usize = 40;

pub(super) struct Rt {
    site: Site,
}

#[derive(Deserialize)]
struct Items<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    /// `null` for those who may not see all.
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<u64>,
}

/// What is known of a ticket before all of it was asked for.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Known {
    /// Until its text is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    ticket: Option<Ticket>,
    asked: Option<String>,
    /// Of its history, to be read next; 0: all was read.
    page: usize,
    said: Vec<format::Said>,
    moved: Vec<Moved>,
    queues: BTreeMap<String, String>,
    /// Some message has parts that may be files; and which message is the ticket's own.
    files: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Moved {
    at: Millis,
    from: Option<String>,
    to: Option<String>,
    by: Option<String>,
}

impl Known {
    fn of(todo: &Todo) -> Self {
        serde_json::from_str(&todo.note).unwrap_or_default()
    }

    fn write(&self, id: &str) -> Todo {
        Todo { id: id.to_owned(), note: serde_json::to_string(self).unwrap_or_default() }
    }

    /// Queues that handoffs name by number alone.
    fn unnamed(&self) -> Vec<&String> {
        let all = self.moved.iter().flat_map(|moved| [&moved.from, &moved.to]).flatten();
        let mut unnamed: Vec<_> = all.filter(|number| !self.queues.contains_key(*number)).collect();
        unnamed.sort();
        unnamed.dedup();
        unnamed
    }
}

impl Rt {
    /// `https://tracker.example`, with the path under which it lies where it has one.
    pub(super) fn at(site: &Site) -> Self {
        let path = site.path().trim_end_matches("/REST/2.0").trim_end_matches('/');
        Self { site: site.with(None, path) }
    }

    fn query(&self, path: &str) -> Query {
        Query::of(format!("{}/REST/2.0{path}", self.site.path()))
    }

    fn ask(&self, query: Query, purpose: &'static str) -> Request {
        Request { path: query.write(), purpose, ..Request::default() }
    }

    fn base(&self) -> String {
        format!("{}{}", self.site.origin(), self.site.path())
    }

    fn items<'r>(&self, response: &'r Response) -> Result<Items<'r>, Failure> {
        answer::json(&self.site, self.good(response)?)
    }

    fn history(&self, id: &str, known: &mut Known, response: &Response, detail: &mut Detail) -> Result<(), Failure> {
        let page = self.items(response)?;
        for (record, line) in page.items.iter().zip(1u64..) {
            let read = serde_json::from_str::<format::Transaction<'_>>(record.get());
            let read = read.map_err(|error| crate::formats::reason(&error));
            let parts = read.as_ref().map_or(0, format::Transaction::parts);
            match read.and_then(format::Transaction::read) {
                Ok(format::Happened::Said(said)) => {
                    known.files |= parts > 1;
                    known.first = known.first.take().or_else(|| said.first.then(|| said.transaction.clone()));
                    known.said.push(said);
                }
                Ok(format::Happened::Moved { at, from, to, by }) => known.moved.push(Moved { at, from, to, by }),
                Ok(format::Happened::Nothing) => {}
                Err(reason) => detail.bad.push(BadRecord::of(id, line, reason)),
            }
        }
        known.page = if page.items.len() >= PAGE { known.page + 1 } else { 0 };
        Ok(())
    }

    fn names(&self, known: &mut Known, response: &Response) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Queue {
            #[serde(deserialize_with = "lenient::id")]
            id: String,
            #[serde(rename = "Name", deserialize_with = "lenient::id")]
            name: String,
        }
        for record in self.items(response)?.items {
            let Ok(Queue { id, name }) = serde_json::from_str::<Queue>(record.get()) else { continue };
            known.queues.insert(id, name);
        }
        // What this account may not see keeps its number.
        for number in known.unnamed().into_iter().cloned().collect::<Vec<_>>() {
            known.queues.insert(number.clone(), format!("queue {number}"));
        }
        Ok(())
    }

    fn texts(&self, id: &str, known: &mut Known, response: &Response, detail: &mut Detail) -> Result<(), Failure> {
        let page = self.items(response)?;
        let parts: Vec<format::Part<'_>> =
            page.items.iter().filter_map(|record| serde_json::from_str(record.get()).ok()).collect();
        let asked = known.said.len().min(TEXTS);
        for said in known.said.drain(..asked).collect::<Vec<_>>() {
            let Some((body, body_format)) = format::text_of(&said, &parts) else { continue };
            match known.ticket.take() {
                Some(ticket) if said.first => {
                    detail.changes.push(Change::Ticket(Box::new(Ticket { body, body_format, ..ticket })));
                }
                ticket => {
                    known.ticket = ticket;
                    let comment = format::comment(id, known.asked.as_deref(), said, body, body_format);
                    detail.changes.push(Change::Comment(comment));
                }
            }
        }
        Ok(())
    }

    fn files(&self, id: &str, known: &mut Known, response: &Response, detail: &mut Detail) -> Result<(), Failure> {
        known.files = false;
        let mut of: BTreeMap<String, Vec<Attachment>> = BTreeMap::new();
        for record in self.items(response)?.items {
            let Some((message, file)) = format::read_file(record.get()) else { continue };
            of.entry(message).or_default().push(file);
        }
        detail.changes.extend(of.into_iter().map(|(message, files)| {
            let comment = Some(message).filter(|message| known.first.as_ref() != Some(message));
            Change::Attached(Attached { ticket: id.to_owned(), comment, files })
        }));
        Ok(())
    }

    /// What follows from what is known now: another question, or the rest of the changes.
    fn go_on(id: &str, mut known: Known, detail: &mut Detail) {
        if known.page == 0 && known.unnamed().is_empty() {
            for Moved { at, from, to, by } in known.moved.drain(..) {
                let name = |number: Option<String>| number.and_then(|number| known.queues.get(&number).cloned());
                let hop = Hop { ticket: id.to_owned(), at, from_group: name(from), to_group: name(to), by };
                detail.changes.push(Change::Hop(hop));
            }
        }
        if known.page > 0 || !known.unnamed().is_empty() || !known.said.is_empty() || known.files {
            detail.next = Some(known.write(id));
        } else if let Some(ticket) = known.ticket.take() {
            // It has no text that this account may read.
            detail.changes.insert(0, Change::Ticket(Box::new(ticket)));
        }
    }
}

impl Listed for Rt {
    fn site(&self) -> &Site {
        &self.site
    }

    fn default_name(&self) -> String {
        self.site.host()
    }

    /// An authentication token, or `name:password`.
    fn authorization(&self, token: &SecretString) -> SecretString {
        let token = token.expose_secret().trim();
        if token.contains(':') { answer::basic(token) } else { format!("token {token}").into() }
    }

    fn what(&self) -> String {
        "REST 2".into()
    }

    /// What is known of each ticket of a page lies in the cursor.
    fn page_size(&self) -> usize {
        50
    }

    fn reach(&self) -> Reach {
        Reach::Nothing
    }

    fn counts_pages(&self) -> bool {
        true
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let mut sql = "Type = 'ticket'".to_owned();
        if let Some(below) = window.below {
            sql += &format!(" AND id < {below}");
        }
        let (by, order) = match window.order {
            Order::Created => ("id", "ASC"),
            Order::LastCreated => ("id", "DESC"),
            Order::Oldest => ("LastUpdated", "ASC"),
            Order::Newest => ("LastUpdated", "DESC"),
        };
        let mut query = self.query("/tickets").with("query", &sql).with("orderby", by).with("order", order);
        if by != "id" {
            query = query.with("orderby", "id").with("order", order);
        }
        query = query.with_number("per_page", window.size).with_number("page", window.page());
        query = match purpose {
            "roll" | "count" => query.with("fields", "LastUpdated,Created,Status"),
            _ => query.with("fields", FIELDS).with("fields[Queue]", "Name"),
        };
        self.ask(query, purpose)
    }

    fn listed(&self, _: &Window, response: &Response) -> Result<Listing, Failure> {
        let page = self.items(response)?;
        let mut listing = Listing { total: page.total, held: page.items.len(), ..Listing::default() };
        for (record, line) in page.items.iter().zip(1u64..) {
            match format::read_ticket(record.get(), &self.base()) {
                Ok(format::Read { id, at, ticket: Some(ticket), queue }) => {
                    let asked = ticket.requester.clone();
                    let queues = queue.into_iter().collect();
                    let known = Known { ticket: Some(ticket), asked, page: 1, queues, ..Known::default() };
                    listing.seen.push(Seen { todo: Some(known.write(&id)), id, at });
                }
                Ok(format::Read { id, at, ticket: None, .. }) => {
                    listing.changes.push(Change::Delete { ticket: id.clone() });
                    listing.seen.push(Seen { id, at, todo: None });
                }
                Err(reason) => listing.bad.push(BadRecord::named(record.get(), line, reason)),
            }
        }
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        let known = Known::of(todo);
        let id = part(&todo.id);
        if known.page > 0 {
            let query = self.query(&format!("/ticket/{id}/history")).with("fields", TRANSACTIONS);
            return self.ask(query.with_number("per_page", PAGE).with_number("page", known.page), "history");
        }
        let unnamed = known.unnamed();
        if !unnamed.is_empty() {
            let numbers = unnamed.into_iter().map(|number| json!({ "field": "id", "value": number }));
            let filter = Value::Array(numbers.collect()).to_string();
            let query = self.query("/queues").with("query", &filter).with("fields", "Name");
            return self.ask(query.with_number("per_page", PAGE), "queues");
        }
        if known.said.is_empty() {
            let filter = json!([{ "field": "Filename", "operator": "IS NOT", "value": "NULL" }]).to_string();
            let query = self.query(&format!("/ticket/{id}/attachments")).with("query", &filter);
            return self
                .ask(query.with("fields", "TransactionId,Filename,Headers").with_number("per_page", PAGE), "files");
        }
        // Files have names, and stay where they are.
        let mut filter = vec![
            json!({ "field": "ContentType", "operator": "STARTSWITH", "value": "text/" }),
            json!({ "field": "Filename", "operator": "IS", "value": "NULL" }),
        ];
        let said = known.said.iter().take(TEXTS);
        filter.extend(said.map(|said| json!({ "field": "TransactionId", "value": said.transaction })));
        let query = self.query(&format!("/ticket/{id}/attachments")).with("query", &Value::Array(filter).to_string());
        self.ask(query.with("fields", "TransactionId,ContentType,Content").with_number("per_page", PAGE), "messages")
    }

    fn detailed(&self, todo: &Todo, response: &Response) -> Result<Detail, Failure> {
        let mut known = Known::of(todo);
        let mut detail = Detail::default();
        if known.page > 0 {
            self.history(&todo.id, &mut known, response, &mut detail)?;
        } else if !known.unnamed().is_empty() {
            self.names(&mut known, response)?;
        } else if known.said.is_empty() {
            self.files(&todo.id, &mut known, response, &mut detail)?;
        } else {
            self.texts(&todo.id, &mut known, response, &mut detail)?;
        }
        Self::go_on(&todo.id, known, &mut detail);
        Ok(detail)
    }

    fn test(&self) -> Request {
        self.ask(self.query("/rt"), "test")
    }

    fn tested(&self, response: &Response) -> Result<Found, Failure> {
        #[derive(Deserialize)]
        struct About {
            #[serde(rename = "Version", deserialize_with = "lenient::id")]
            version: String,
        }
        let about: About = answer::json(&self.site, self.good(response)?)?;
        let version: String = about.version.chars().filter(|letter| !letter.is_control()).take(40).collect();
        Ok(Found { name: format!("Request Tracker {version}"), private: true, requests_left: None, lacks: Vec::new() })
    }

    /// What a ticket may be done to, it says among its links.
    fn probe(&self, writes: bool, told: &[Response]) -> Probe {
        let queues: found::Reads = |response| {
            let told = found::told(response)?;
            told.get("items")?.as_array()?.is_empty().then_some(Lack::List("queues"))
        };
        let mut all = vec![(self.ask(self.query("/queues/all").with_number("per_page", 1), "test"), queues)];
        if writes {
            let newest = self.query("/tickets").with("query", "id > 0").with("orderby", "id").with("order", "DESC");
            let newest = newest.with("fields", "_hyperlinks").with_number("per_page", 1);
            all.push((self.ask(newest, "test"), |response| {
                let told = found::told(response)?;
                let links = told.pointer("/items/0/_hyperlinks")?.as_array()?;
                let may = links.iter().any(|link| link.get("ref").and_then(Value::as_str) == Some("comment"));
                (!may).then_some(Lack::Write)
            }));
        }
        found::each(all, told)
    }

    fn one(&self, id: &str) -> Request {
        self.ask(self.query(&format!("/ticket/{}", part(id))), "missing")
    }

    /// A merged ticket answers as the one that it was merged into.
    fn found(&self, id: &str, response: &Response) -> Result<Fate, Failure> {
        let body = String::from_utf8_lossy(self.good(response)?);
        let read = format::read_ticket(&body, &self.base());
        let read = read.map_err(|reason| Failure::Unreadable { host: self.site.authority(), reason })?;
        Ok(if read.id == id && read.ticket.is_some() { Fate::There(Vec::new()) } else { Fate::Gone })
    }
}

#[cfg(test)]
mod tests;
