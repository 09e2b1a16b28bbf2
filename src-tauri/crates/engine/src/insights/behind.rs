//! The tickets behind a number of a picture. Each ticket is counted alone, by what counts them all: so that as many come as the
//! number says.

use super::{History, show};
use crate::{
    Engine, Error, Result,
    api::{args::BehindArgs, view::BehindView},
    insights as figures,
};
use domain::Tier;
use insights::{Case, heat};

/// Of more the newest.
const MOST: usize = 2_000;

pub(crate) fn get(engine: &Engine, args: &BehindArgs) -> Result<BehindView> {
    let history = figures::history(engine)?;
    let period = history.period(&args.period);
    let mut rows = Vec::new();
    for case in history.cases.iter().filter(|case| period.has(case.created_at)) {
        if is_behind(&history, case, args)? {
            rows.push(case.row);
        }
    }
    let total = rows.len() as u64;
    let tickets = rows.into_iter().rev().take(MOST).filter_map(|row| history.key(row)).collect();
    Ok(BehindView { total, tickets })
}

fn is_behind(history: &History, case: &Case, args: &BehindArgs) -> Result<bool> {
    let wrong = |what: &str| Error::BadInput(format!("\"{what}\" is nothing that a picture counts"));
    if let Some(tier) = args.tier.as_deref() {
        let tier =
            [Tier::L1, Tier::L2, Tier::L3].into_iter().find(|one| one.as_str() == tier).ok_or_else(|| wrong(tier))?;
        return Ok(insights::entered(case, &history.tiers, tier));
    }
    if let (Some(day), Some(hour)) = (args.day, args.hour) {
        let heat = heat(&[case], &history.opening);
        return Ok(heat.get(day as usize).and_then(|hours| hours.get(hour as usize)).is_some_and(|count| *count > 0));
    }
    let (Some(from), Some(what)) = (args.month, args.what.as_deref()) else {
        return Err(Error::BadInput("name a tier, a month with what is counted of it, or a day and an hour".into()));
    };
    let Some(month) = show::by_month(&[case], history).into_iter().find(|month| month.from == from) else {
        return Ok(false);
    };
    Ok(match what {
        "tickets" => month.tickets,
        "escalated" => month.escalated,
        "solved" => month.solved,
        "alone" => month.alone,
        "l1" => month.l1,
        "l1_handed" => month.l1_handed,
        "l2" => month.l2,
        "l2_handed" => month.l2_handed,
        other => return Err(wrong(other)),
    } > 0)
}

#[cfg(test)]
mod tests {
    use crate::{Engine, KeyFile, OpenOptions, api};
    use serde_json::{Value, json};
    use std::sync::Arc;

    #[test]
    fn behind_each_number_of_a_picture_stand_as_many_tickets_as_it_says() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        engine.fill_sample().unwrap();
        let call =
            |name: &str, args: Value| api::rpc(&engine, name, args).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let view = call("insights_get", json!({ "days": 90 }));
        let mut asked = 0;
        let mut same = |mut of: Value, said: &Value| {
            of["period"] = json!({ "days": 90 });
            let behind = call("figure_behind", of.clone());
            assert_eq!(
                (&behind["total"], behind["tickets"].as_array().unwrap().len() as u64),
                (said, said.as_u64().unwrap()),
                "{of}"
            );
            asked += said.as_u64().unwrap();
        };
        for tier in ["l1", "l2", "l3"] {
            same(json!({ "tier": tier }), &view["funnel"][tier]);
        }
        for month in view["months"].as_array().unwrap() {
            for what in ["tickets", "escalated", "solved", "alone", "l1", "l1_handed", "l2", "l2_handed"] {
                same(json!({ "month": month["from"], "what": what }), &month[what]);
            }
        }
        for (day, hours) in view["arrivals"].as_array().unwrap().iter().enumerate() {
            for hour in [0, 9, 14] {
                same(json!({ "day": day, "hour": hour }), &hours[hour]);
            }
        }
        assert!(asked > 1_000, "{asked}");
        for wrong in [json!({}), json!({ "tier": "l9" }), json!({ "month": 0 })] {
            assert_eq!(api::rpc(&engine, "figure_behind", wrong).unwrap_err().code, "bad_input");
        }
    }
}
