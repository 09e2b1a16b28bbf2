//! Which group is which tier: as somebody said, else as its name lets guess.

use crate::{
    Engine, Error, Result,
    api::{
        args::{GroupTierArgs, TiersArgs},
        view::{GroupTierView, MarkTierView, TiersView},
    },
};
use domain::Tier;
use insights::{Rule, Tiers};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Carrying;

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
    let (mut agents, mut tags) = (BTreeSet::new(), BTreeSet::new());
    for one in carrying(engine, &tiers)? {
        agents.extend(one.agent);
        tags.extend(one.tags);
    }
    let view = |said: &BTreeMap<String, Tier>, known: &BTreeSet<String>| {
        let one = |(name, tier): (&String, &Tier)| MarkTierView {
            name: name.clone(),
            tier: *tier,
            known: known.contains(name),
        };
        said.iter().map(one).collect()
    };
    let Rule { issue, group, engineer } = tiers.rule;
    Ok(TiersView {
        groups: groups.collect(),
        agents: view(&tiers.agents, &agents),
        tags: view(&tiers.tags, &tags),
        issue,
        group,
        engineer,
        words: tiers.words(),
    })
}

/// Tickets with a tag or an agent of which a tier is said.
fn carrying(engine: &Engine, tiers: &Tiers) -> Result<Vec<Carrying>> {
    if !tiers.marks() {
        return Ok(Vec::new());
    }
    let names = |of: &BTreeMap<String, Tier>| of.keys().cloned().collect::<Vec<_>>();
    Ok(engine.core.store.tickets_carrying(&names(&tiers.agents), &names(&tiers.tags))?)
}

/// The tier of each of them.
pub(super) fn marked(engine: &Engine, tiers: &Tiers) -> Result<HashMap<i64, Tier>> {
    let all = carrying(engine, tiers)?.into_iter();
    Ok(all.filter_map(|one| Some((one.row, tiers.marked(one.agent.as_deref(), &one.tags)?))).collect())
}

/// Everything that rests on it is counted anew from then on.
pub(crate) fn set(engine: &Engine, args: &TiersArgs) -> Result<TiersView> {
    engine.must_own()?;
    for (what, named) in [("groups", &args.groups), ("agents", &args.agents), ("tags", &args.tags)] {
        if named.len() > MOST {
            return Err(Error::BadInput(format!("{} {what} are more than can be: at most {MOST}", named.len())));
        }
    }
    let said = |of: &[GroupTierArgs]| of.iter().map(|one| (one.name.trim().to_owned(), one.tier)).collect();
    let rule = Rule { issue: args.issue, group: args.group, engineer: args.engineer };
    let groups = args.groups.iter().map(|group| (group.name.clone(), group.tier)).collect();
    let tiers = Tiers::new(groups, rule).with_marks(said(&args.agents), said(&args.tags));
    let json = serde_json::to_string(&tiers).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    view(engine)
}
