//! One ticket in full.

mod attached;
mod service;
mod telemetry;

use crate::{
    Engine, Error, Result,
    api::view::{CommentView, HopView, LinkView, StayView, TicketView},
    rules, text,
};
use domain::{AuthorRole, Ticket};
use store::{StoredComment, StoredTicket, TicketRow};

/// Comments that are shown: nobody reads more, and a window has to draw them.
const MOST: usize = 1_000;

/// The one live ticket that an id means.
pub(crate) fn find(engine: &Engine, id: &str) -> Result<StoredTicket> {
    let rows = engine.core.store.find_ticket(id.trim())?;
    let missing = || Error::NotFound { what: "ticket", id: id.into() };
    match rows.as_slice() {
        [] => Err(missing()),
        [row] => engine.core.store.ticket(*row)?.ok_or_else(missing),
        several => {
            let keys = engine.core.store.ticket_rows(several)?.into_iter().map(|row| row.key.to_string()).collect();
            Err(Error::Ambiguous { id: id.into(), keys })
        }
    }
}

pub(crate) fn get(engine: &Engine, id: &str) -> Result<TicketView> {
    let StoredTicket { row, key, ticket } = find(engine, id)?;
    let store = &engine.core.store;
    let stored = store.comments(row)?;
    let comments_total = stored.len() as u64;
    let said = stored.iter().map(|stored| stored.comment.body.as_str());
    let telemetry = telemetry::of(engine, std::iter::once(ticket.body.as_str()).chain(said))?;
    let stays = stays(engine, row, &ticket, &stored)?;
    let comments = stored
        .into_iter()
        .skip(usize::try_from(comments_total).unwrap_or_default().saturating_sub(MOST))
        .map(|stored| {
            let comment = stored.comment;
            CommentView {
                truncated: text::is_cut(&comment.body),
                body_html: text::html(&comment.body, comment.body_format),
                id: comment.id,
                author: comment.author,
                role: comment.author_role.as_str().into(),
                public: comment.public,
                at: comment.created_at.0,
            }
        });
    let hops = store.hops(row)?.into_iter();
    let triage = rules::triage::of(engine, row, &key)?;
    let mut links = Vec::new();
    for link in store.links(&key)? {
        let outgoing = link.from == key;
        let other = if outgoing { link.to } else { link.from };
        let there: Option<TicketRow> = match store.find_ticket(&other.to_string())?.first() {
            Some(row) => store.ticket_rows(&[*row])?.into_iter().next(),
            None => None,
        };
        links.push(LinkView {
            kind: link.kind.as_str().into(),
            id: there.as_ref().map(|row| row.key.to_string()),
            display_id: other.id,
            title: there.map(|row| row.subject),
            origin: link.origin.as_str().into(),
            positive: link.positive,
            outgoing,
        });
    }
    Ok(TicketView {
        id: key.to_string(),
        display_id: key.id,
        source: key.source.as_str().into(),
        body_html: text::html(&ticket.body, ticket.body_format),
        truncated: text::is_cut(&ticket.body),
        comments: comments.collect(),
        comments_total,
        hops: hops
            .map(|hop| HopView { at: hop.at.0, from_group: hop.from_group, to_group: hop.to_group, by: hop.by })
            .collect(),
        attachments: attached::of(engine, row)?,
        service: service::view(ticket.service, store.promises(row)?, engine.core.clock.now()),
        stays,
        links,
        telemetry,
        triage,
        url: ticket.url,
        subject: ticket.subject,
        status: ticket.status.as_str().into(),
        priority: ticket.priority,
        product: ticket.product,
        components: ticket.components,
        affected_versions: ticket.affected_versions,
        fix_versions: ticket.fix_versions,
        environment: ticket.environment,
        requester: ticket.requester,
        account: ticket.account,
        group: ticket.group,
        assignee: ticket.assignee,
        tags: ticket.tags,
        created_at: ticket.created_at.0,
        updated_at: ticket.updated_at.0,
        solved_at: ticket.solved_at.map(|at| at.0),
        resolution: ticket.resolution,
        resolution_class: ticket.resolution_class.map(|class| class.as_str().into()),
        merged_into: ticket.merged_into,
    })
}

/// The same of a ticket by its row.
pub(crate) fn stays_of(engine: &Engine, row: i64) -> Result<Vec<StayView>> {
    let Some(stored) = engine.core.store.ticket(row)? else { return Ok(Vec::new()) };
    stays(engine, row, &stored.ticket, &engine.core.store.comments(row)?)
}

/// Where it was, and how long; of what is not solved, until now.
fn stays(engine: &Engine, row: i64, ticket: &Ticket, comments: &[StoredComment]) -> Result<Vec<StayView>> {
    let hops: Vec<_> =
        engine.core.store.hops(row)?.into_iter().map(|hop| (hop.at.0, hop.from_group, hop.to_group)).collect();
    let ours = |stored: &&StoredComment| matches!(stored.comment.author_role, AuthorRole::Agent | AuthorRole::Engineer);
    let replies: Vec<i64> = comments.iter().filter(ours).map(|stored| stored.comment.created_at.0).collect();
    let solved = ticket.solved_at.filter(|_| ticket.status.is_done());
    let until = solved.unwrap_or_else(|| engine.core.clock.now()).0;
    let tiers = crate::insights::tiers_in_use(engine)?;
    let stays = ::insights::stays(ticket.created_at.0, until, ticket.group.as_deref(), &hops, &replies);
    let (last, marked) = (stays.len(), tiers.marked(ticket.assignee.as_deref(), &ticket.tags));
    let view = |(nth, stay): (usize, ::insights::Stay)| StayView {
        tier: marked.filter(|_| nth + 1 == last).unwrap_or_else(|| tiers.of(stay.group.as_deref())),
        wait: stay.wait(),
        from: stay.from,
        until: stay.until,
        touch: stay.touch,
        group: stay.group,
    };
    Ok(stays.into_iter().enumerate().map(view).collect())
}
