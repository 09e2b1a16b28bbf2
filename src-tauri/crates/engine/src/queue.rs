//! Lists of tickets, and the workspace at a glance.

use crate::{
    Engine, Result,
    api::{
        args::{CasesArgs, QueueArgs},
        view::{Queue, QueueFilter, QueueRow, SourceView, WorkspaceStatus},
    },
    backups, rules,
};
use store::TicketRow;

/// Rows to a page, at most: a list asks for what it shows.
const MOST: u32 = 500;

pub(crate) fn status(engine: &Engine) -> Result<WorkspaceStatus> {
    let core = &engine.core;
    let counts = core.store.counts()?;
    let sources = core.store.sources()?;
    Ok(WorkspaceStatus {
        version: env!("CARGO_PKG_VERSION").into(),
        home: core.home.dir().display().to_string(),
        tickets: counts.tickets,
        comments: counts.comments,
        known_errors: counts.known_errors,
        signatures: core.store.signature_count()?,
        sample: sources.iter().any(|source| source.kind == "sample"),
        sources: sources
            .into_iter()
            .map(|source| SourceView {
                name: source.name.as_str().into(),
                kind: source.kind,
                tickets: source.tickets,
                last_ok_at: source.last_ok_at.map(|at| at.0),
            })
            .collect(),
        data_at: counts.data_at.map(|at| at.0),
        index: core.index_view(),
        backups: backups::view(core),
    })
}

pub(crate) fn list(engine: &Engine, args: &QueueArgs) -> Result<Queue> {
    let lanes = rules::triage::Lanes::read(engine)?;
    let (offset, limit) = (args.offset, args.limit.min(MOST));
    let filter = match args.filter {
        QueueFilter::Triage => return lanes.page(engine, offset as usize, limit as usize),
        QueueFilter::Open => store::QueueFilter::Open,
        QueueFilter::Unassigned => store::QueueFilter::Unassigned,
        QueueFilter::Known => store::QueueFilter::Known,
        QueueFilter::Solved => store::QueueFilter::Solved,
        QueueFilter::All => store::QueueFilter::All,
    };
    // What is critical stands first where somebody looks for what to do.
    let first = match args.filter {
        QueueFilter::Open | QueueFilter::Unassigned => lanes.critical(),
        _ => Vec::new(),
    };
    let page = engine.core.store.queue(filter, &first, offset.into(), limit.into())?;
    Ok(Queue { total: page.total, rows: lanes.views(page.rows) })
}

pub(crate) fn cases(engine: &Engine, args: &CasesArgs) -> Result<Queue> {
    let mut rows = Vec::with_capacity(args.ids.len());
    for id in args.ids.iter().take(MOST as usize) {
        rows.extend(engine.core.store.find_ticket(id)?.first().copied());
    }
    let rows: Vec<_> = engine.core.store.ticket_rows(&rows)?.into_iter().map(row_view).collect();
    Ok(Queue { total: rows.len() as u64, rows })
}

pub(crate) fn row_view(row: TicketRow) -> QueueRow {
    QueueRow {
        id: row.key.to_string(),
        display_id: row.key.id,
        subject: row.subject,
        status: row.status,
        priority: row.priority,
        requester: row.requester,
        account: row.account,
        product: row.product,
        version: row.versions.into_iter().next(),
        assignee: row.assignee,
        group: row.group,
        known_error: row.known_error,
        lane: None,
        created_at: row.created_at.0,
        updated_at: row.updated_at.0,
    }
}
