//! From when on support handles an error, as somebody chose it.

use crate::{
    Engine, Error, Result,
    api::{args::HandledRuleArgs, view::HandledRuleView},
};
use insights::HandledRule;

const KEPT: &str = "handled";
/// Ten years: whatever somebody means by a longer time, it is all.
const LONGEST: u32 = 3660;

/// Unreadable where a later version wrote it: then as shipped.
pub(super) fn rule(engine: &Engine) -> Result<(HandledRule, bool)> {
    let kept = engine.core.store.preference(KEPT)?;
    let kept: Option<HandledRule> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok((kept.unwrap_or_default(), kept.is_some()))
}

pub(crate) fn view(engine: &Engine) -> Result<HandledRuleView> {
    let (HandledRule { tickets, days }, chosen) = rule(engine)?;
    Ok(HandledRuleView { tickets, days, chosen })
}

/// What support handles is counted anew from then on.
pub(crate) fn set(engine: &Engine, args: HandledRuleArgs) -> Result<HandledRuleView> {
    engine.must_own()?;
    let HandledRuleArgs { tickets, days } = args;
    if tickets == 0 || !(1..=LONGEST).contains(&days) {
        return Err(Error::BadInput(format!(
            "support handles an error from one ticket on at the least, within 1 to {LONGEST} days"
        )));
    }
    let json = serde_json::to_string(&HandledRule { tickets, days }).map_err(|_| Error::Broken)?;
    engine.core.store.set_preference(KEPT, &json)?;
    view(engine)
}
