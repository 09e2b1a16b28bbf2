//! As-you-type search over everything.

use crate::{
    Engine, Error, Result,
    api::{
        args::SearchArgs,
        view::{SearchHit, SearchReply},
    },
    known, text,
};
use domain::DocKind;
use index::{Highlighter, SearchQuery};
use std::{ops::Range, time::Instant};

const DEFAULT: u32 = 20;
const MOST: u32 = 500;

pub(crate) fn search(engine: &Engine, args: &SearchArgs) -> Result<SearchReply> {
    let started = Instant::now();
    let turn = engine.lanes.enter(args.lane.as_deref());
    let kind = match args.kind.as_deref() {
        None => None,
        Some(kind) => Some(DocKind::parse(kind).ok_or_else(|| {
            Error::BadInput(format!("\"{kind}\" is not a kind of document: use ticket or known_error"))
        })?),
    };
    let k = args.k.unwrap_or(DEFAULT).min(MOST) as usize;
    let query = SearchQuery { text: &args.query, kind, prefix: args.prefix.unwrap_or(false), k };
    let found = engine.core.index_to_ask()?.search(&query, &|| turn.is_stale())?;
    let mut hits = Vec::with_capacity(found.hits.len());
    for (doc, score) in found.hits {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        let hit = match doc.kind {
            DocKind::Ticket => ticket_hit(engine, doc.row, &found.terms)?,
            DocKind::KnownError => known_error_hit(engine, doc.row, &found.terms)?,
        };
        hits.extend(hit.map(|hit| SearchHit { score: f64::from(score), ..hit }));
    }
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    Ok(SearchReply { query: found.understood, total: found.total, ms, hits })
}

fn ticket_hit(engine: &Engine, row: i64, terms: &Highlighter) -> Result<Option<SearchHit>> {
    let Some(stored) = engine.core.store.ticket(row)? else { return Ok(None) };
    let ticket = stored.ticket;
    let body = text::plain(&ticket.body, ticket.body_format);
    let id = stored.key.to_string();
    Ok(Some(SearchHit {
        kind: DocKind::Ticket.as_str().into(),
        display_id: stored.key.id,
        source: stored.key.source.as_str().into(),
        id,
        title: spans(terms, &ticket.subject),
        snippet: snippet(terms, &body),
        status: ticket.status.as_str().into(),
        product: ticket.product,
        version: ticket.affected_versions.into_iter().next(),
        updated_at: ticket.updated_at.0,
        score: 0.0,
    }))
}

fn known_error_hit(engine: &Engine, row: i64, terms: &Highlighter) -> Result<Option<SearchHit>> {
    let Some(stored) = engine.core.store.known_error(row)? else { return Ok(None) };
    let answer = known::first_words(&stored.error);
    let id = stored.key.to_string();
    Ok(Some(SearchHit {
        kind: DocKind::KnownError.as_str().into(),
        display_id: stored.key.id,
        source: stored.key.source.as_str().into(),
        id,
        title: spans(terms, &stored.error.title),
        snippet: snippet(terms, &answer),
        status: stored.error.state.as_str().into(),
        product: stored.error.product,
        version: stored.error.fix_versions.into_iter().next(),
        updated_at: stored.error.updated_at.0,
        score: 0.0,
    }))
}

pub(crate) fn spans(terms: &Highlighter, text: &str) -> Vec<crate::api::view::Span> {
    cut_into_spans(text, &terms.ranges(text))
}

fn snippet(terms: &Highlighter, text: &str) -> Vec<crate::api::view::Span> {
    let window = terms.snippet(text);
    let mut spans = cut_into_spans(&window.text, &window.ranges);
    for span in &mut spans {
        span.text = span.text.replace(['\n', '\r', '\t'], " ");
    }
    spans
}

/// Ranges are sorted and do not overlap; whatever is not a character border is left out.
fn cut_into_spans(text: &str, ranges: &[Range<usize>]) -> Vec<crate::api::view::Span> {
    let mut spans = Vec::new();
    let mut push = |text: Option<&str>, hit| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            spans.push(crate::api::view::Span { text: text.into(), hit });
        }
    };
    let mut at = 0;
    for range in ranges {
        push(text.get(at..range.start), false);
        push(text.get(range.clone()), true);
        at = range.end;
    }
    push(text.get(at..), false);
    spans
}
