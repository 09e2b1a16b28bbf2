//! What pages mean, and where they lead.

use super::{
    LARGEST, OVERLAP, Zendesk,
    agent::Agent,
    hundred,
    page::{Directory, Events, Measured, Stamped, Tickets, names},
    place::{Place, Step},
};
use crate::{
    BadRecord,
    formats::zendesk as format,
    http::{Failure, Response},
    pull::StreamPage,
};
use domain::{Change, Ticket};

impl Zendesk {
    /// The tickets of a page, behind the names that came along.
    pub(super) fn tickets(&self, page: Tickets<'_>, place: &mut Place, out: &mut StreamPage) {
        out.changes.extend(names("user", &page.users));
        out.changes.extend(names("group", &page.groups));
        out.changes.extend(names("organization", &page.organizations));
        for (record, line) in page.tickets.iter().zip(1u64..) {
            let before = out.changes.len();
            if let Err(reason) = format::read(record.get(), &mut out.changes) {
                out.changes.truncate(before);
                out.bad.push(BadRecord::named(record.get(), line, reason));
            }
            let Ok(stamped) = serde_json::from_str::<Stamped<'_>>(record.get()) else { continue };
            // By when it was generated: what the system changed keeps its older stamp of change.
            place.newest = place.newest.max(stamped.generated_timestamp.map(|at| at * 1000));
        }
        for change in &mut out.changes {
            let Change::Ticket(ticket) = change else { continue };
            place.newest = place.newest.max(Some(ticket.updated_at.0));
            if is_scrubbed(ticket) {
                *change = Change::Delete { ticket: ticket.id.clone() };
            }
        }
    }

    pub(super) fn exported(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        if response.status == 403 {
            // Exports are for administrators: from now on tickets are read as an agent may.
            let agent = Agent::refused(place.agent.take(), response);
            place = Place { agent: Some(agent), ..Place::default() };
            return Ok(StreamPage { next: Some(place.write()), more: true, ..StreamPage::default() });
        }
        if matches!(response.status, 400 | 422) && place.cursor.is_some() {
            // The cursor expired: it goes on where the newest record was, and a little before.
            (place.cursor, place.start) = (None, place.newest.map_or(0, |at| (at - OVERLAP) / 1000));
            return Ok(StreamPage { next: Some(place.write()), more: true, ..StreamPage::default() });
        }
        let page: Tickets<'_> = self.json(response)?;
        // It is allowed, or allowed by now.
        place.agent = None;
        let mut out = StreamPage::default();
        let (after, over, held) = (page.after_cursor.clone(), page.end_of_stream, page.tickets.len());
        self.tickets(page, &mut place, &mut out);
        out.more = !over && after.is_some();
        if out.more && after == place.cursor {
            return Err(self.endless());
        }
        // At its end it may name no cursor: the one that led here leads on next time.
        place.empty = if held == 0 { place.empty + 1 } else { 0 };
        if out.more && place.empty > 20 {
            return Err(self.endless());
        }
        (place.cursor, place.empty) = (after.or(place.cursor), if out.more { place.empty } else { 0 });
        out.next = Some(place.write());
        Ok(out)
    }

    /// Names first, then what happened.
    pub(super) fn happened(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        if matches!(place.step, Step::People | Step::Groups) {
            let page: Directory = self.json(response)?;
            let people = place.step == Step::People;
            let changes = names(if people { "user" } else { "group" }, &page.users).collect();
            if people {
                place.staff.extend(page.users.iter().map(|user| user.id.clone()));
            }
            let after = page.meta.next();
            if after.is_some() && after == place.cursor {
                return Err(self.endless());
            }
            if after.is_none() {
                place.step = if people { Step::Groups } else { Step::Events };
                place.met = true;
            }
            place.cursor = after;
            return Ok(StreamPage { changes, next: Some(place.write()), more: true, ..StreamPage::default() });
        }
        if !place.unnamed.is_empty() {
            let changes = self.called(response)?;
            place.named(hundred(&place.unnamed));
            let more = settle(&mut place);
            return Ok(StreamPage { changes, next: Some(place.write()), more, ..StreamPage::default() });
        }
        let page: Events<'_> = self.json(response)?;
        let mut out = StreamPage::default();
        let known = format::Known { staff: Some(&place.staff), requester: None };
        for (record, line) in page.ticket_events.iter().zip(1u64..) {
            let before = out.changes.len();
            if let Err(reason) = format::read_event(record.get(), known, &mut out.changes) {
                out.changes.truncate(before);
                out.bad.push(BadRecord::named(record.get(), line, reason));
            }
        }
        place.over = !self.further(&mut place, page.end_time, page.end_of_stream, page.ticket_events.len())?;
        // Of most customers the ticket brought the name along: whoever wrote to somebody else's is asked for.
        let authors = out.changes.iter().filter_map(|change| match change {
            Change::Comment(comment) => comment.author.as_deref()?.strip_prefix("user "),
            _ => None,
        });
        let strangers = authors.filter(|id| !place.staff.contains(*id) && !place.named.contains(*id));
        let strangers: Vec<String> = strangers.map(str::to_owned).collect();
        place.unnamed.extend(strangers);
        out.more = settle(&mut place);
        out.next = Some(place.write());
        Ok(out)
    }

    /// What became of promises about time.
    pub(super) fn measured(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let page: Measured<'_> = self.json(response)?;
        let mut out = StreamPage::default();
        for (record, line) in page.ticket_metric_events.iter().zip(1u64..) {
            let read = format::read_metric_event(record.get(), &mut out.changes);
            out.bad.extend(read.err().map(|reason| BadRecord::named(record.get(), line, reason)));
        }
        out.more = self.further(&mut place, page.end_time, page.end_of_stream, page.ticket_metric_events.len())?;
        out.next = Some(place.write());
        Ok(out)
    }

    /// Moves to the moment from which an export by time goes on. Answers whether there is more.
    fn further(&self, place: &mut Place, end: Option<i64>, over: Option<bool>, held: usize) -> Result<bool, Failure> {
        let end = end.unwrap_or(place.start);
        // A page that is not full is the end where nothing says so.
        let more = !over.unwrap_or(held < place.size(LARGEST));
        if more && end <= place.start {
            return Err(self.endless());
        }
        place.start = end.max(place.start);
        Ok(more)
    }
}

/// Whether there is more to ask of events.
fn settle(place: &mut Place) -> bool {
    let more = !place.over || !place.unnamed.is_empty();
    if !more {
        // Who works there may be somebody else next time.
        (place.step, place.over) = (Step::People, false);
    }
    more
}

/// Deleted for good, with its words taken out.
fn is_scrubbed(ticket: &Ticket) -> bool {
    ticket.subject.trim() == "SCRUBBED" || (ticket.subject.trim() == "X" && ticket.body.trim() == "X")
}
