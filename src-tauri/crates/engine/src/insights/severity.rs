//! How severe an error is, by a rule that somebody may change, and what its tickets say instead.

use super::History;
use crate::{
    Engine, Error, Result,
    api::{
        args::{SeverityArgs, SeverityRuleArgs},
        view::{SeverityRuleView, SeverityView, TicketsSaying},
    },
    ticket,
};
use insights::{Case, Class, Hit, LEAST_USUAL, SeverityRule, severity, usual};
use std::collections::{BTreeMap, BTreeSet};

const KEPT: &str = "severity";
const DAY: i64 = 86_400_000;
/// Days of which accounts and priorities count.
const LATELY: i64 = 28;

/// Unreadable where a later version wrote it: then as shipped.
fn rule(engine: &Engine) -> Result<(SeverityRule, bool)> {
    let kept = engine.core.store.preference(KEPT)?;
    let kept: Option<SeverityRule> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok((kept.unwrap_or_default(), kept.is_some()))
}

/// Of an error or a known error, from its tickets of four weeks.
pub(super) fn of(engine: &Engine, history: &History, cases: &[&Case]) -> Result<SeverityView> {
    let lately = cases.iter().filter(|case| (history.now - LATELY * DAY..=history.now).contains(&case.created_at));
    let lately: Vec<i64> = lately.map(|case| case.row).collect();
    let rows = engine.core.store.ticket_rows(&lately)?;
    let accounts: BTreeSet<&str> = rows.iter().filter_map(|row| row.account.as_deref()).collect();
    let (people, usual) = usual(cases, history.now);
    let (rule, chosen) = rule(engine)?;
    let mut view = view(&Hit { accounts: accounts.len() as u64, people, usual }, &rule, chosen);
    let mut otherwise: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let Some(word) = row.priority.as_deref() else { continue };
        if Class::of_priority(word).is_some_and(|class| class != view.class) {
            otherwise.entry(word.trim().to_lowercase()).or_default().push(row.key.to_string());
        }
    }
    let said = |(priority, tickets): (String, Vec<String>)| TicketsSaying { priority, tickets };
    view.otherwise = otherwise.into_iter().map(said).collect();
    Ok(view)
}

/// Of the errors and known errors of a ticket the most severe.
pub(crate) fn of_ticket(engine: &Engine, id: &str) -> Result<SeverityView> {
    let row = ticket::find(engine, id)?.row;
    let history = super::history(engine)?;
    // One that was merged into another is no case of its own.
    let own = history.cases.iter().find(|case| case.row == row);
    let mut most = of(engine, &history, own.as_slice())?;
    for problem in own.iter().flat_map(|case| &case.problems) {
        let cases: Vec<&Case> = history.cases.iter().filter(|case| case.problems.contains(problem)).collect();
        let found = of(engine, &history, &cases)?;
        if (found.class, found.accounts, found.people) >= (most.class, most.accounts, most.people) {
            most = found;
        }
    }
    Ok(most)
}

fn view(hit: &Hit, rule: &SeverityRule, chosen: bool) -> SeverityView {
    let found = severity(hit, rule);
    SeverityView {
        class: found.class,
        wide: found.wide,
        fast: found.fast,
        accounts: hit.accounts,
        people: hit.people,
        usual: hit.usual,
        rule: SeverityRuleView { accounts: rule.accounts, times: rule.times, least_usual: LEAST_USUAL, chosen },
        otherwise: Vec::new(),
    }
}

/// What it would be. Nothing is kept.
pub(crate) fn what_if(engine: &Engine, args: &SeverityArgs) -> Result<SeverityView> {
    let (kept, chosen) = rule(engine)?;
    let rule = args.rule.map(ruled).transpose()?.unwrap_or(kept);
    if !(args.usual.is_finite() && args.usual >= 0.0) {
        return Err(Error::BadInput("people on a usual day are a number from 0 on".into()));
    }
    let hit = Hit { accounts: args.accounts.into(), people: args.people.into(), usual: args.usual };
    Ok(view(&hit, &rule, chosen && rule == kept))
}

/// Every severity is worked out anew from then on.
pub(crate) fn set(engine: &Engine, args: &SeverityRuleArgs) -> Result<SeverityRuleView> {
    engine.must_own()?;
    let rule = ruled(*args)?;
    let json = serde_json::to_string(&rule).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    Ok(view(&Hit::default(), &rule, true).rule)
}

fn ruled(args: SeverityRuleArgs) -> Result<SeverityRule> {
    if args.accounts == 0 || !(args.times.is_finite() && args.times >= 1.0) {
        return Err(Error::BadInput(
            "impact is high from one account on at the least, and urgency from once what is usual".into(),
        ));
    }
    Ok(SeverityRule { accounts: args.accounts, times: args.times })
}
