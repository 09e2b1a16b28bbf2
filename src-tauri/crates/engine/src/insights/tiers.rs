//! Which group is which tier: as somebody said, else as its name lets guess.

use crate::{
    Engine, Error, Result,
    api::{
        args::TiersArgs,
        view::{GroupTierView, TiersView},
    },
};
use insights::{Rule, Tiers};

const KEPT: &str = "tiers";
/// More groups than any helpdesk has.
const MOST: usize = 2000;

/// Unreadable where a later version wrote it: then names decide.
pub(crate) fn of(engine: &Engine) -> Result<Tiers> {
    let kept = engine.core.store.preference(KEPT)?;
    Ok(kept.and_then(|kept| serde_json::from_str(&kept).ok()).unwrap_or_default())
}

pub(crate) fn view(engine: &Engine) -> Result<TiersView> {
    let tiers = of(engine)?;
    let groups = engine.core.store.groups_of_tickets()?.into_iter().map(|(name, tickets)| GroupTierView {
        tier: tiers.of(Some(&name)),
        said: tiers.said.contains_key(&name),
        name,
        tickets,
    });
    let Rule { issue, group, engineer } = tiers.rule;
    Ok(TiersView { groups: groups.collect(), issue, group, engineer, words: tiers.rule.words() })
}

/// Everything that rests on it is counted anew from then on.
pub(crate) fn set(engine: &Engine, args: &TiersArgs) -> Result<TiersView> {
    engine.must_own()?;
    if args.groups.len() > MOST {
        return Err(Error::BadInput(format!("{} groups are more than can be: at most {MOST}", args.groups.len())));
    }
    let said = args.groups.iter().map(|group| (group.name.clone(), group.tier)).collect();
    let tiers = Tiers::new(said, Rule { issue: args.issue, group: args.group, engineer: args.engineer });
    let json = serde_json::to_string(&tiers).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    view(engine)
}
