//! As-you-type search over everything.

mod facets;

use crate::{
    Engine, Error, Result,
    api::{
        args::SearchArgs,
        view::{SearchHit, SearchReply, TierCount},
    },
    known, text,
};
use domain::{Audience, DocId, DocKind};
use index::{Highlighter, SearchQuery, Tier};
use std::{collections::HashSet, ops::Range, time::Instant};

const DEFAULT: u32 = 20;
/// Hits to a page; there is no end to the pages.
const MOST: u32 = 500;

pub(crate) fn search(engine: &Engine, args: &SearchArgs) -> Result<SearchReply> {
    let started = Instant::now();
    let turn = engine.lanes.enter(args.lane.as_deref());
    let kind = match args.kind.as_deref() {
        None => None,
        Some(kind) => Some(DocKind::parse(kind).ok_or_else(|| {
            Error::BadInput(format!("\"{kind}\" is not a kind of document: use ticket, known_error or article"))
        })?),
    };
    let mut query = SearchQuery {
        text: &args.query,
        kind,
        prefix: args.prefix.unwrap_or(false),
        k: args.k.unwrap_or(DEFAULT).min(MOST) as usize,
        after: args.after.as_deref(),
        facets: args.facets.unwrap_or(false),
        known: None,
        only: None,
    };
    let readable: HashSet<DocId>;
    if let Some(reader) = args.audience.as_deref().map(audience).transpose()? {
        if args.after.is_some() {
            return Err(Error::BadInput("for a given audience there is one page: ask for more at once".into()));
        }
        readable = engine.core.store.articles_for(reader)?;
        query.only = Some(&readable);
    }
    let known: HashSet<DocId>;
    if query.asks_for_known() {
        known = engine.core.store.known_tickets()?.into_iter().map(DocId::ticket).collect();
        query.known = Some(&known);
    }
    let found = engine.core.index_to_ask()?.search(&query, &|| turn.is_stale())?;
    let mut hits = Vec::with_capacity(found.hits.len());
    for found_doc in &found.hits {
        if turn.is_stale() {
            return Err(Error::Superseded);
        }
        let doc = found_doc.doc;
        let hit = match doc.kind {
            DocKind::Ticket => ticket_hit(engine, doc.row, &found.terms)?,
            DocKind::KnownError => known_error_hit(engine, doc.row, &found.terms)?,
            DocKind::Article => article_hit(engine, doc.row, &found.terms)?,
        };
        // What others may not read weighs in on points, and in what carries one page to the next.
        let score = if query.only.is_some() { 0.0 } else { f64::from(found_doc.points) };
        let tier = found_doc.tier.as_str().into();
        hits.extend(hit.map(|hit| SearchHit { tier, score, ..hit }));
    }
    let tiers = Tier::ALL.iter().zip(found.tiers).filter(|(_, count)| *count > 0);
    let facets = found.facets.iter().map(|facet| facets::view(engine, facet)).collect::<Result<_>>()?;
    Ok(SearchReply {
        query: found.understood,
        total: found.total,
        tiers: tiers.map(|(tier, count)| TierCount { tier: tier.as_str().into(), count }).collect(),
        ms: started.elapsed().as_secs_f64() * 1000.0,
        hits,
        next: found.next.filter(|_| query.only.is_none()),
        facets,
        not_a_field: found.not_a_field,
    })
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
        tier: String::new(),
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
        tier: String::new(),
        score: 0.0,
    }))
}

fn article_hit(engine: &Engine, row: i64, terms: &Highlighter) -> Result<Option<SearchHit>> {
    let Some(stored) = engine.core.store.article(row)? else { return Ok(None) };
    let article = stored.article;
    let id = stored.key.to_string();
    Ok(Some(SearchHit {
        kind: DocKind::Article.as_str().into(),
        display_id: article.id,
        source: stored.key.source.as_str().into(),
        id,
        title: spans(terms, &article.title),
        snippet: snippet(terms, &article.body),
        status: article.confidence,
        product: article.product,
        version: None,
        updated_at: stored.updated_at.0,
        tier: String::new(),
        score: 0.0,
    }))
}

/// Who somebody is that reads.
pub(crate) fn audience(word: &str) -> Result<Audience> {
    let known = Audience::ALL.map(Audience::as_str).join(", ");
    Audience::parse(word.trim())
        .ok_or_else(|| Error::BadInput(format!("there is no audience \"{word}\"; there is {known}")))
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
