//! How long tickets stay: rules by age, group and product. Nothing goes without one.

use crate::{
    Engine, Error, Result,
    api::{
        args::RetentionArgs,
        view::{CoveredView, RetentionRuleView, RetentionView},
    },
};
use store::RetentionRule;

/// Ids that a preview names: what a list can show.
const SHOWN: usize = 500;
/// A hundred years.
const MOST_DAYS: u32 = 36_525;
const MOST_RULES: usize = 100;

pub(crate) fn get(engine: &Engine) -> Result<RetentionView> {
    let store = &engine.core.store;
    let groups = store.groups_and_products()?;
    let rules = store.retention()?.into_iter().map(view).collect();
    Ok(RetentionView { rules, groups: groups.groups, products: groups.products })
}

/// What these rules would let go of, of what is here now.
pub(crate) fn preview(engine: &Engine, args: &RetentionArgs) -> Result<CoveredView> {
    let store = &engine.core.store;
    let rows = store.covered(&rules(args)?, engine.core.clock.now())?;
    let shown: Vec<i64> = rows.iter().copied().take(SHOWN).collect();
    let ids = store.ticket_rows(&shown)?.into_iter().map(|row| row.key.to_string()).collect();
    Ok(CoveredView { tickets: rows.len() as u64, ids })
}

/// Puts the rules in the place of the old ones and lets go of what they cover, now and whenever something comes in. Says
/// no where that is another number of tickets than whoever confirmed it was shown.
pub(crate) fn set(engine: &Engine, args: &RetentionArgs) -> Result<CoveredView> {
    let indexer = engine.must_own()?;
    let covered = preview(engine, args)?;
    if args.confirmed != Some(covered.tickets) && covered.tickets > 0 {
        return Err(Error::BadInput(format!(
            "{} tickets would go; confirm just that number with `confirmed`",
            covered.tickets
        )));
    }
    engine.core.store.set_retention(&rules(args)?)?;
    if engine.core.store.expire(engine.core.clock.now())? > 0 {
        indexer.erase(false)?;
    }
    Ok(covered)
}

fn rules(args: &RetentionArgs) -> Result<Vec<RetentionRule>> {
    if args.rules.len() > MOST_RULES {
        return Err(Error::BadInput(format!("at most {MOST_RULES} retention rules are kept")));
    }
    let filled =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let rule = |rule: &RetentionRuleView| match rule.days {
        1..=MOST_DAYS => {
            Ok(RetentionRule { days: rule.days, group: filled(&rule.group), product: filled(&rule.product) })
        }
        _ => Err(Error::BadInput(format!("a retention rule needs an age of 1 to {MOST_DAYS} days"))),
    };
    args.rules.iter().map(rule).collect()
}

fn view(rule: RetentionRule) -> RetentionRuleView {
    RetentionRuleView { days: rule.days, group: rule.group, product: rule.product }
}
