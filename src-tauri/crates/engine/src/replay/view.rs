//! An exam as it is shown, and the rows behind each of its numbers.

use super::{
    kept::{Asked, Report},
    measures,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::{ExamArgs, ExamRowsArgs, ExamWhich},
        view::{ComparedView, ConfigurationView, ExamRow, ExamRows, ExamRun, ExamView, SliceView},
    },
};
use domain::Key;
use std::collections::{BTreeMap, HashMap};
use store::KeptReplay;

const K: u32 = 10;
const MOST_PRODUCTS: usize = 20;
const MOST_ROWS: usize = 500;

pub(crate) fn get(engine: &Engine, args: &ExamArgs) -> Result<ExamView> {
    let [last, before] = last_two(engine)?;
    let run = last.map(|last| view(engine, &last, before.as_ref().map(|(_, report)| report), args.k.unwrap_or(K)));
    Ok(ExamView { run: run.transpose()? })
}

pub(super) fn view(
    engine: &Engine,
    (kept, report): &(KeptReplay, Report),
    before: Option<&Report>,
    k: u32,
) -> Result<ExamRun> {
    let products = products(engine, &report.cases)?;
    let configurations = report.configurations.iter().enumerate().map(|(at, name)| {
        let slices = |of: &dyn Fn(&Asked) -> Option<String>| slices(&report.cases, at, k, of);
        let mut by_product = slices(&|asked| products.get(&asked.ticket).cloned().flatten());
        by_product.sort_by(|a, b| b.measures.n.cmp(&a.measures.n).then_with(|| a.name.cmp(&b.name)));
        by_product.truncate(MOST_PRODUCTS);
        let mut by_age = slices(&|asked| measures::age(asked).map(str::to_owned));
        by_age.sort_by_key(|slice| measures::AGES.iter().position(|(name, _)| *name == slice.name));
        ConfigurationView {
            name: name.clone(),
            measures: measures::measures(report.cases.iter(), at, k),
            by_age,
            by_product,
            by_label: slices(&|asked| asked.label.clone()),
        }
    });
    Ok(ExamRun {
        id: kept.id,
        at: kept.at.0,
        k,
        documents: report.documents,
        labelled: report.labelled,
        configurations: configurations.collect(),
        compared: (report.configurations.len() > 1)
            .then(|| compared(report.cases.iter().map(|asked| (asked.is_within(0, k), asked.is_within(1, k))))),
        before: before.map(|before| {
            compared(both(report, before).map(|(now, then)| (then.is_within(0, k), now.is_within(0, k))))
        }),
    })
}

/// The rows behind a number: of a slice, those that were answered so.
pub(crate) fn rows(engine: &Engine, args: &ExamRowsArgs) -> Result<ExamRows> {
    let missing = || Error::NotFound { what: "exam", id: "last".into() };
    let [last, before] = last_two(engine)?;
    let (_, report) = last.ok_or_else(missing)?;
    let named = report.configurations.iter().position(|name| *name == args.configuration);
    let at = named.ok_or_else(|| Error::NotFound { what: "configuration", id: args.configuration.clone() })?;
    let k = args.k.unwrap_or(K);
    let earlier: HashMap<&str, &Asked> = match (&args.which, &before) {
        (ExamWhich::Gained | ExamWhich::Lost, Some((_, before))) => {
            before.cases.iter().map(|asked| (asked.ticket.as_str(), asked)).collect()
        }
        _ => HashMap::new(),
    };
    let products = if args.product.is_some() { products(engine, &report.cases)? } else { HashMap::new() };
    let other = usize::from(at == 0);
    let is_one = |asked: &Asked| {
        let (here, there) = (asked.is_within(at, k), asked.is_within(other, k));
        let then = earlier.get(asked.ticket.as_str()).map(|asked| asked.is_within(at, k));
        let so = match args.which {
            ExamWhich::All => true,
            ExamWhich::First => asked.is_within(at, 1.min(k)),
            ExamWhich::FirstFive => asked.is_within(at, 5.min(k)),
            ExamWhich::FirstTen => asked.is_within(at, 10.min(k)),
            ExamWhich::Missed => !here,
            ExamWhich::Candidate => asked.found,
            ExamWhich::NoCandidate => !asked.found,
            ExamWhich::OtherAlone => there && !here,
            ExamWhich::ThisAlone => here && !there,
            ExamWhich::Gained => here && then == Some(false),
            ExamWhich::Lost => !here && then == Some(true),
        };
        so && args.age.as_deref().is_none_or(|age| measures::age(asked) == Some(age))
            && args.label.as_deref().is_none_or(|label| asked.label.as_deref() == Some(label))
            && args
                .product
                .as_deref()
                .is_none_or(|product| products.get(&asked.ticket).and_then(Option::as_deref) == Some(product))
    };
    let those: Vec<&Asked> = report.cases.iter().rev().filter(|asked| is_one(asked)).collect();
    let mut rows = Vec::with_capacity(those.len().min(MOST_ROWS));
    for asked in those.iter().take(MOST_ROWS) {
        let earlier = earlier.get(asked.ticket.as_str());
        let other = earlier.map_or_else(|| asked.place(other), |asked| asked.place(at));
        rows.extend(row(engine, asked, at, other)?);
    }
    Ok(ExamRows { total: those.len() as u64, rows })
}

/// `None` where the ticket went since.
fn row(engine: &Engine, asked: &Asked, at: usize, other_place: Option<u32>) -> Result<Option<ExamRow>> {
    let store = &engine.core.store;
    let Some(ticket) = store.ticket_rows(&store.find_ticket(&asked.ticket)?)?.into_iter().next() else {
        return Ok(None);
    };
    Ok(Some(ExamRow {
        ticket: asked.ticket.clone(),
        display_id: ticket.key.id,
        subject: ticket.subject,
        created_at: ticket.created_at.0,
        label: asked.label.clone().unwrap_or_default(),
        days: asked.days.unwrap_or_default(),
        place: asked.place(at),
        other_place,
        answer: asked.answer.clone(),
        first: asked.first.get(at).cloned().flatten(),
        found: asked.found,
    }))
}

fn slices(cases: &[Asked], at: usize, k: u32, of: &dyn Fn(&Asked) -> Option<String>) -> Vec<SliceView> {
    let mut named: BTreeMap<String, Vec<&Asked>> = BTreeMap::new();
    for asked in cases {
        if let Some(name) = of(asked) {
            named.entry(name).or_default().push(asked);
        }
    }
    let slice = |(name, asked): (String, Vec<&Asked>)| SliceView {
        name,
        measures: measures::measures(asked.into_iter(), at, k),
    };
    named.into_iter().map(slice).collect()
}

fn compared(pairs: impl Iterator<Item = (bool, bool)>) -> ComparedView {
    let pairs: Vec<_> = pairs.collect();
    let (better, worse) = measures::won(pairs.iter().copied());
    ComparedView { n: pairs.len() as u64, better, worse, beyond_chance: measures::is_beyond_chance(better, worse) }
}

/// What both exams asked, now and then.
fn both<'a>(now: &'a Report, then: &'a Report) -> impl Iterator<Item = (&'a Asked, &'a Asked)> {
    let then: HashMap<&str, &Asked> = then.cases.iter().map(|asked| (asked.ticket.as_str(), asked)).collect();
    now.cases.iter().filter_map(move |asked| then.get(asked.ticket.as_str()).map(|earlier| (asked, *earlier)))
}

fn products(engine: &Engine, cases: &[Asked]) -> Result<HashMap<String, Option<String>>> {
    let keys: Vec<Key> = cases.iter().filter_map(|asked| asked.ticket.parse().ok()).collect();
    Ok(engine.core.store.products_of(&keys)?)
}

/// The newest exam and the one before it. One that a later version wrote, or nobody can read, was never taken.
pub(super) fn last_two(engine: &Engine) -> Result<[Option<(KeptReplay, Report)>; 2]> {
    let mut read = engine.core.store.last_replays(2)?.into_iter().map(|kept| {
        let report = serde_json::from_str(&kept.report).ok()?;
        Some((kept, report))
    });
    Ok([read.next().flatten(), read.next().flatten()])
}
