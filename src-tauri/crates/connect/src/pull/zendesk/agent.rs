//! How an agent reads who may not export: what changed by the search, where that is refused too by the list; each hundred of
//! those with the names that belong to them; and for each ticket its audits, which tell comments and handoffs in one.
//!
//! Follows the vendor's documentation; audits and comments are checked against bodies that a client keeps. Archived tickets
//! are found by the search and not by the list; where they are left out of a hundred, they are asked for one by one.

mod state;

use super::{
    Zendesk, after, hundred,
    page::{Directory, History, One, Stamped, Tickets, names, staff},
    place::Place,
};
use crate::{
    BadRecord,
    formats::zendesk::{self as format, Known},
    http::{Failure, Request, Response},
    pull::{
        StreamPage,
        query::{Query, part},
    },
};
use domain::{Change, Millis};
pub(super) use state::Agent;
use state::{Met, Next, OVERLAP, REMEMBERED, SETTLES, Todo, date};
use std::collections::BTreeSet;

impl Zendesk {
    pub(super) fn ask_as_agent(&self, agent: &Agent) -> Request {
        let (query, purpose) = match agent.next() {
            Next::Staff => (after(self.staff(), agent.after.as_deref()), "names"),
            Next::Groups => (after(self.groups(), agent.after.as_deref()), "names"),
            Next::Changed => {
                let query = Query::of("/api/v2/tickets/show_many.json").with("ids", &agent.changed.join(","));
                (query.with("include", super::SIDE_LOADS), "tickets")
            }
            Next::Alone(id) => (self.alone(id), "tickets"),
            Next::History(todo) => {
                let what = if agent.comments { "comments" } else { "audits" };
                let query = Query::of(format!("/api/v2/tickets/{}/{what}.json", part(&todo.id)));
                (after(query.with("page[size]", "100"), agent.after.as_deref()), what)
            }
            Next::Names => (self.people(&agent.unnamed), "names"),
            Next::Page if agent.lists => {
                let query = Query::of("/api/v2/tickets.json").with("sort", "-updated_at").with("page[size]", "100");
                (after(query, agent.cursor.as_deref()), "tickets")
            }
            Next::Page => (after(search(agent.since), agent.cursor.as_deref()), "tickets"),
        };
        self.ask(query, purpose)
    }

    pub(super) fn read_as_agent(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let mut agent = place.agent.take().unwrap_or_default();
        let mut out = StreamPage::default();
        match agent.next() {
            Next::Staff => self.staffed(&mut agent, response, &mut out)?,
            Next::Groups => self.grouped(&mut agent, response, &mut out)?,
            Next::Changed => self.changed(&mut agent, response, &mut out)?,
            Next::Alone(id) => {
                let id = id.to_owned();
                agent.alone.pop_front();
                if matches!(response.status, 403 | 404 | 410) {
                    // Gone or hidden since it was found.
                    out.changes.push(Change::Delete { ticket: id });
                } else {
                    let one: One<'_> = self.json(response)?;
                    self.take(&mut agent, one.into(), &mut out);
                }
            }
            Next::History(todo) => {
                let todo = todo.clone();
                self.happened_to(&todo, &mut agent, response, &mut out)?;
            }
            Next::Names => {
                out.changes = self.called(response)?;
                for id in hundred(&agent.unnamed) {
                    agent.unnamed.remove(&id);
                    agent.named.insert(id);
                }
            }
            Next::Page => self.found_changed(&mut agent, response)?,
        }
        out.more = agent.finish(response);
        place.agent = Some(agent);
        out.next = Some(place.write());
        Ok(out)
    }

    fn staffed(&self, agent: &mut Agent, response: &Response, out: &mut StreamPage) -> Result<(), Failure> {
        if response.status == 403 {
            (agent.met, agent.after) = (Met::Staff, None);
            return Ok(());
        }
        let page: Directory = self.json(response)?;
        out.changes.extend(names("user", &page.users));
        agent.staff.get_or_insert_default().extend(page.users.iter().map(|user| user.id.clone()));
        if !agent.turn(page.meta, self)? {
            agent.met = Met::Staff;
        }
        Ok(())
    }

    fn grouped(&self, agent: &mut Agent, response: &Response, out: &mut StreamPage) -> Result<(), Failure> {
        if response.status == 403 {
            (agent.met, agent.after) = (Met::All, None);
            return Ok(());
        }
        let page: Directory = self.json(response)?;
        out.changes.extend(names("group", &page.users));
        if !agent.turn(page.meta, self)? {
            agent.met = Met::All;
        }
        Ok(())
    }

    fn changed(&self, agent: &mut Agent, response: &Response, out: &mut StreamPage) -> Result<(), Failure> {
        let mut asked: BTreeSet<String> = std::mem::take(&mut agent.changed).into_iter().collect();
        if !matches!(response.status, 403 | 404 | 422) {
            let page: Tickets<'_> = self.json(response)?;
            for id in self.take(agent, page, out) {
                asked.remove(&id);
            }
        }
        agent.alone.extend(asked);
        Ok(())
    }

    /// Tickets with the names that came along. Answers which.
    fn take(&self, agent: &mut Agent, page: Tickets<'_>, out: &mut StreamPage) -> Vec<String> {
        let known = page.users.iter().map(|user| user.id.clone());
        agent.named.extend(known);
        if let Some(everybody) = &mut agent.staff {
            everybody.extend(staff(&page.users));
        }
        let stamps: Vec<Stamped<'_>> =
            page.tickets.iter().filter_map(|record| serde_json::from_str(record.get()).ok()).collect();
        let todo: Vec<Todo> = stamps
            .into_iter()
            .map(|stamp| Todo {
                at: stamp.updated().map(|at| at.0),
                id: stamp.id.clone(),
                requester: stamp.requester_id.text(),
            })
            .collect();
        self.tickets(page, &mut Place::default(), out);
        let ids = todo.iter().map(|todo| todo.id.clone()).collect();
        let gone: BTreeSet<String> = out
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Delete { ticket } => Some(ticket.clone()),
                _ => None,
            })
            .collect();
        agent.todo.extend(todo.into_iter().filter(|todo| !gone.contains(&todo.id)));
        ids
    }

    fn happened_to(
        &self,
        todo: &Todo,
        agent: &mut Agent,
        response: &Response,
        out: &mut StreamPage,
    ) -> Result<(), Failure> {
        if response.status == 403 && !agent.comments {
            // An account, or a token, that may read what was said and not what was done.
            (agent.comments, agent.after) = (true, None);
            return Ok(());
        }
        let mut more = false;
        if !matches!(response.status, 403 | 404 | 410) {
            let page: History<'_> = self.json(response)?;
            let first = agent.after.is_none();
            let known = Known { staff: agent.knows(), requester: todo.requester.as_deref() };
            for (record, line) in page.comments.iter().zip(1u64..) {
                let before = out.changes.len();
                let read = if agent.comments {
                    format::read_comment(record.get(), &todo.id, known, first && line == 1, &mut out.changes)
                } else {
                    format::read_event(record.get(), known, &mut out.changes)
                };
                if let Err(reason) = read {
                    out.changes.truncate(before);
                    out.bad.push(BadRecord::of(&todo.id, line, reason));
                }
            }
            let authors = out.changes.iter().filter_map(|change| match change {
                Change::Comment(comment) => comment.author.as_deref()?.strip_prefix("user ").map(str::to_owned),
                _ => None,
            });
            let everybody = agent.staff.clone().unwrap_or_default();
            let strangers: Vec<String> =
                authors.filter(|id| !agent.named.contains(id) && !everybody.contains(id)).collect();
            agent.unnamed.extend(strangers);
            more = agent.turn(page.meta, self)?;
        }
        if !more {
            (agent.after, _) = (None, agent.todo.pop_front());
            let settled = todo.at.filter(|at| date(response).is_some_and(|now| *at < now.0 - SETTLES));
            agent.settled.extend(settled.map(|at| (todo.id.clone(), at)));
        }
        Ok(())
    }

    fn found_changed(&self, agent: &mut Agent, response: &Response) -> Result<(), Failure> {
        if matches!(response.status, 400 | 422) && agent.cursor.take().is_some() {
            // The server forgot where we were.
            return Ok(());
        }
        if matches!(response.status, 400 | 403 | 404 | 410 | 422) && !agent.lists {
            (agent.lists, agent.cursor) = (true, None);
            return Ok(());
        }
        let page: Tickets<'_> = self.json(response)?;
        let more = page.meta.has_more;
        let after = page.meta.next();
        if more && (after.is_none() || after == agent.cursor) {
            return Err(self.endless());
        }
        let since = agent.since.map_or(i64::MIN, |at| at - OVERLAP);
        let mut past = false;
        for record in page.tickets {
            let Ok(stamp) = serde_json::from_str::<Stamped<'_>>(record.get()) else { continue };
            let (id, at) = (stamp.id.clone(), stamp.updated().map(|at| at.0));
            agent.newest = agent.newest.max(at);
            // A list is of everything, newest first.
            past |= agent.lists && at.is_some_and(|at| at < since);
            let known = at.is_some() && agent.settled.get(&id).copied() == at;
            if !known && at.is_none_or(|at| at >= since) {
                agent.changed.push(id);
            }
        }
        agent.named.clear();
        let edge = agent.newest.unwrap_or(i64::MIN).saturating_sub(OVERLAP + Millis::MINUTE);
        agent.settled.retain(|_, at| *at >= edge);
        while agent.settled.len() > REMEMBERED {
            agent.settled.pop_first();
        }
        agent.listed = !more || past;
        agent.cursor = after.filter(|_| !agent.listed);
        Ok(())
    }

    pub(super) fn alone(&self, id: &str) -> Query {
        Query::of(format!("/api/v2/tickets/{}.json", part(id))).with("include", super::SIDE_LOADS)
    }
}

/// Since a little before a moment, in milliseconds.
pub(super) fn search(since: Option<i64>) -> Query {
    let since = Millis(since.map_or(0, |at| (at - OVERLAP).max(0)) / 1000 * 1000).to_rfc3339();
    let query = Query::of("/api/v2/search/export.json").with("filter[type]", "ticket");
    query.with("query", &format!("updated>={since}")).with("page[size]", "100")
}

#[cfg(test)]
mod tests;
