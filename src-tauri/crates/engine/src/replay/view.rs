//! An exam as it is shown.

use super::{
    adapt, against, calibration, gold,
    kept::{Asked, Report},
    measures,
};
use crate::{
    Engine, Result,
    api::{
        args::ExamArgs,
        view::{ConfigurationView, ExamRun, ExamView, SliceView},
    },
};
use domain::Key;
use std::collections::{BTreeMap, HashMap};
use store::KeptReplay;

pub(super) const K: u32 = 10;
const MOST_PRODUCTS: usize = 20;

pub(crate) fn get(engine: &Engine, args: &ExamArgs) -> Result<ExamView> {
    let [last, before] = last_two(engine)?;
    let Some(last) = last.filter(|(_, report)| !report.cases.is_empty()) else {
        let store = &engine.core.store;
        let gold = gold::gold(store, &store.past_tickets()?, &store.past_known_errors()?)?;
        return Ok(ExamView { run: None, labelled: gold.labelled.len() as u64 });
    };
    let run = view(engine, &last, before.as_ref(), args.k.unwrap_or(K))?;
    Ok(ExamView { labelled: run.labelled, run: Some(run) })
}

pub(super) fn view(
    engine: &Engine,
    (kept, report): &(KeptReplay, Report),
    before: Option<&(KeptReplay, Report)>,
    k: u32,
) -> Result<ExamRun> {
    let products = products(engine, report.cases.iter().map(|asked| asked.ticket.as_str()))?;
    let on = adapt::is_on(engine)?;
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
        verdicts: calibration::of(Some(kept.id), report, on).view(),
        adaptation: report.adaptation.as_ref().map(|adaptation| adaptation.view(on, k)),
        against: against::all(report, 0, before).iter().map(|against| against.view(k)).collect(),
    })
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

pub(super) fn products<'a>(
    engine: &Engine,
    tickets: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Option<String>>> {
    let keys: Vec<Key> = tickets.filter_map(|ticket| ticket.parse().ok()).collect();
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
