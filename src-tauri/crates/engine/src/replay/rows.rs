//! The tickets behind each number of an exam.

use super::{
    against,
    kept::Asked,
    measures,
    view::{K, last_two, products},
};
use crate::{
    Engine, Error, Result,
    api::{
        args::{ExamRowsArgs, ExamWhich},
        view::{ExamRow, ExamRows, NamedCase},
    },
    seen,
};
use std::collections::HashMap;

const MOST: usize = 500;

/// Of a slice, those that were answered so.
pub(crate) fn rows(engine: &Engine, args: &ExamRowsArgs) -> Result<ExamRows> {
    let missing = |what: &'static str, id: &str| Error::NotFound { what, id: id.into() };
    let [last, before] = last_two(engine)?;
    let (_, report) = last.ok_or_else(|| missing("exam", "last"))?;
    let named = report.configurations.iter().position(|name| *name == args.configuration);
    let here = named.ok_or_else(|| missing("configuration", &args.configuration))?;
    let against = against::all(&report, here, before.as_ref());
    let against = match &args.against {
        Some(name) => Some(against.iter().find(|against| against.name == name).ok_or_else(|| missing("exam", name))?),
        None => against.iter().find(|against| against.name != against::BEFORE),
    };
    let there = against.map(against::Against::places).unwrap_or_default();
    let products = if args.product.is_some() {
        products(engine, report.cases.iter().map(|asked| asked.ticket.as_str()))?
    } else {
        HashMap::new()
    };
    let k = args.k.unwrap_or(K);
    let is_one = |asked: &Asked| {
        let found = asked.is_within(here, k);
        // Tickets that are held against something are those that both asked.
        if args.against.is_some() && !there.contains_key(asked.ticket.as_str()) {
            return false;
        }
        let there = there.get(asked.ticket.as_str()).map(|place| place.is_some_and(|place| place <= k));
        let so = match args.which {
            ExamWhich::All => true,
            ExamWhich::First => asked.is_within(here, 1.min(k)),
            ExamWhich::FirstFive => asked.is_within(here, 5.min(k)),
            ExamWhich::FirstTen => asked.is_within(here, 10.min(k)),
            ExamWhich::Missed => !found,
            ExamWhich::Candidate => asked.found,
            ExamWhich::NoCandidate => !asked.found,
            ExamWhich::Both => found && there == Some(true),
            ExamWhich::HereAlone => found && there == Some(false),
            ExamWhich::ThereAlone => !found && there == Some(true),
            ExamWhich::Neither => !found && there == Some(false),
        };
        so && args.age.as_deref().is_none_or(|age| measures::age(asked) == Some(age))
            && args.label.as_deref().is_none_or(|label| asked.label.as_deref() == Some(label))
            && args
                .product
                .as_deref()
                .is_none_or(|product| products.get(&asked.ticket).and_then(Option::as_deref) == Some(product))
    };
    let those: Vec<&Asked> = report.cases.iter().rev().filter(|asked| is_one(asked)).collect();
    let mut rows = Vec::with_capacity(those.len().min(MOST));
    for asked in those.iter().take(MOST) {
        rows.extend(row(engine, asked, here, there.get(asked.ticket.as_str()).copied().flatten())?);
    }
    Ok(ExamRows { total: those.len() as u64, rows })
}

/// `None` where the ticket went since.
fn row(engine: &Engine, asked: &Asked, here: usize, other_place: Option<u32>) -> Result<Option<ExamRow>> {
    let store = &engine.core.store;
    let Some(ticket) = store.ticket_rows(&store.find_ticket(&asked.ticket)?)?.into_iter().next() else {
        return Ok(None);
    };
    let first = asked.first.get(here).and_then(Option::as_deref);
    Ok(Some(ExamRow {
        ticket: asked.ticket.clone(),
        display_id: ticket.key.id,
        subject: ticket.subject,
        created_at: ticket.created_at.0,
        label: asked.label.clone().unwrap_or_default(),
        days: asked.days.unwrap_or_default(),
        place: asked.place(here),
        other_place,
        answer: asked.answer.as_deref().map(|id| case(engine, id)).transpose()?.flatten(),
        first: first.map(|id| case(engine, id)).transpose()?.flatten(),
        found: asked.found,
    }))
}

/// `None` where it went since.
fn case(engine: &Engine, id: &str) -> Result<Option<NamedCase>> {
    match seen::docs_of(engine, id)?.first() {
        Some(doc) => seen::why_not::named(engine, *doc),
        None => Ok(None),
    }
}
