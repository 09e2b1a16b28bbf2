//! Rules of the team's knowledge folder: what they would have done in the past, which of them speak, and what
//! they say of a ticket that comes in.

mod asked;
mod backtest;
mod gold;
mod live;
mod make;
mod scan;
mod score;
mod ticketed;
pub(crate) mod triage;

pub(crate) use backtest::backtest;
pub(crate) use live::{Speaking, met};
pub use make::exam;
pub(crate) use make::make;
pub(crate) use score::scores;

use crate::{
    Engine, Error, Result,
    api::{
        args::{RuleArgs, RuleSaveArgs, RuleStateArgs, RuleTestArgs},
        view::{RuleBacktested, RuleCheck, RuleFound, RuleMistake, RuleTest, RuleText, RuleView},
    },
    knowledge, ticket,
};
use ::knowledge::{Fit, Found, Mistake, Rule, RuleState, Shelf};
use asked::Asked;
use ticketed::Ticketed;

/// Every rule of the folder, and every file that should be one and cannot be read.
pub(crate) fn list(engine: &Engine) -> Result<Vec<RuleView>> {
    let state = knowledge::shelf(engine)?.read()?;
    let unread = state.unread.iter().filter(|unread| unread.path.starts_with("rules/")).map(|unread| RuleView {
        title: unread.path.clone(),
        path: unread.path.clone(),
        wrong: Some(unread.reason.clone()),
        ..RuleView::default()
    });
    let mut rules: Vec<RuleView> = state.rules.iter().map(view).chain(unread).collect();
    rules.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(rules)
}

fn view(rule: &Rule) -> RuleView {
    RuleView {
        id: rule.id.clone(),
        title: rule.title.clone(),
        path: rule.path.clone(),
        state: rule.state.as_str().into(),
        speaks: rule.speaks(),
        known_error: rule.known_error.clone(),
        ticket: rule.ticket.clone(),
        sorts: rule.triage.is_some(),
        lane: rule.triage.as_ref().and_then(|triage| triage.lane).map(|lane| lane.as_str().into()),
        owner: rule.owner.clone(),
        backtest: rule.backtest.as_ref().map(|told| RuleBacktested {
            at: told.at.clone(),
            n: told.n,
            hits: told.hits,
            right: told.right,
            gold: told.gold,
            precision: share(told.right, told.hits).filter(|_| told.gold > 0),
            recall: share(told.right, told.gold),
            present: rule.is_backtested(),
        }),
        wrong: None,
    }
}

/// `None` of nothing.
fn share(part: u64, of: u64) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// One rule of the folder with its text: by its id, or its path.
fn find(engine: &Engine, id: &str) -> Result<(Shelf, Rule, String)> {
    let shelf = knowledge::shelf(engine)?;
    let id = id.trim();
    let state = shelf.read()?;
    // Its file is there: what is wrong with it says more than that there is no such rule.
    let meant =
        |path: &str| path == id || path.strip_prefix("rules/").and_then(|name| name.split('.').next()) == Some(id);
    if let Some(unread) = state.unread.iter().find(|unread| meant(&unread.path)) {
        return Err(Error::RuleWrong(unread.reason.clone()));
    }
    let mut found: Vec<Rule> = state.rules.into_iter().filter(|rule| rule.id == id || rule.path == id).collect();
    let missing = || Error::NotFound { what: "rule", id: id.into() };
    if found.len() > 1 {
        let keys = found.into_iter().map(|rule| rule.path).collect();
        return Err(Error::Ambiguous { id: id.into(), keys });
    }
    let rule = found.pop().ok_or_else(missing)?;
    let text = shelf.rule_text(&rule.path)?.ok_or_else(missing)?;
    Ok((shelf, rule, text))
}

/// As a screen shows and changes it. A file that is no rule is told with its text too: that is where it is put right.
pub(crate) fn get(engine: &Engine, id: &str) -> Result<RuleText> {
    if let Ok((_, rule, text)) = find(engine, id) {
        return Ok(RuleText { rule: view(&rule), text });
    }
    let missing = || Error::NotFound { what: "rule", id: id.into() };
    let text = knowledge::shelf(engine)?.rule_text(id.trim())?.ok_or_else(missing)?;
    let wrong = Rule::read(id, &text).err().map(|wrong| lines(&wrong));
    Ok(RuleText { rule: RuleView { title: id.into(), path: id.into(), wrong, ..RuleView::default() }, text })
}

pub(crate) fn check(args: &RuleArgs) -> RuleCheck {
    match Rule::read(args.path.as_deref().unwrap_or("rules/rule.yml"), args.text.as_deref().unwrap_or_default()) {
        Ok(rule) => RuleCheck { rule: Some(view(&rule)), mistakes: Vec::new() },
        Err(wrong) => {
            let mistakes = wrong.into_iter().map(|Mistake { line, column, what }| RuleMistake { line, column, what });
            RuleCheck { rule: None, mistakes: mistakes.collect() }
        }
    }
}

/// A text that was given, or a rule of the folder.
fn chosen(engine: &Engine, args: &RuleArgs) -> Result<Rule> {
    match (&args.text, &args.id) {
        (Some(text), _) => read(args.path.as_deref().unwrap_or("rules/rule.yml"), text),
        (None, Some(id)) => find(engine, id).map(|(_, rule, _)| rule),
        (None, None) => Err(Error::BadInput("name a rule, or give its text".into())),
    }
}

fn read(path: &str, text: &str) -> Result<Rule> {
    Rule::read(path, text).map_err(|wrong| Error::RuleWrong(lines(&wrong)))
}

fn lines(wrong: &[Mistake]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Whether a rule fits one ticket, or one text.
pub(crate) fn test(engine: &Engine, args: &RuleTestArgs) -> Result<RuleTest> {
    let rule = chosen(engine, &args.rule)?;
    let ticketed = match (&args.ticket, &args.against) {
        (Some(id), _) => Ticketed::of(ticket::find(engine, id)?, true),
        (None, Some(text)) => Ticketed::pasted(text),
        (None, None) => return Err(Error::BadInput("name a ticket, or give a text".into())),
    };
    let asked = Asked::of(engine, std::slice::from_ref(&rule))?;
    let fit = asked.fits(&rule, &ticketed, &ticketed.incoming(&ticketed.fields()), None, scan::fits)?;
    Ok(RuleTest {
        rule: view(&rule),
        fits: matches!(fit, Fit::Fits(_)),
        too_slow: fit == Fit::TooSlow,
        found: if let Fit::Fits(found) = fit { found.iter().map(found_view).collect() } else { Vec::new() },
    })
}

fn found_view(found: &Found) -> RuleFound {
    let (kind, text) = match found {
        Found::Signature(code) => ("signature", code),
        Found::Phrase(phrase) => ("phrase", phrase),
        Found::Pattern(pattern) => ("regex", pattern),
        Found::Field(field) => ("field", field),
        Found::KnownError(id) => ("known_error", id),
        Found::CameBefore(count) => ("came_before", &count.to_string()),
    };
    RuleFound { kind: kind.into(), text: text.clone() }
}

/// Writes a rule's file. A new one never over another; one that is there only if it is still as it was read.
pub(crate) fn save(engine: &Engine, args: &RuleSaveArgs) -> Result<RuleText> {
    engine.must_own()?;
    let shelf = knowledge::shelf(engine)?;
    let path = match (&args.path, &args.before) {
        (Some(path), Some(before)) => {
            read(path, &args.text)?;
            shelf.change_rule(path, before, &args.text)?;
            path.clone()
        }
        _ => {
            let rule = read("rules/rule.yml", &args.text)?;
            shelf.add_rule(&rule.id, &args.text)?.to_string_lossy().replace('\\', "/")
        }
    };
    live::forget(engine);
    get(engine, &path)
}

/// A rule speaks only once it was backtested as it is now.
pub(crate) fn set_state(engine: &Engine, args: &RuleStateArgs) -> Result<RuleText> {
    engine.must_own()?;
    let states = RuleState::ALL.map(RuleState::as_str).join(", ");
    let state = RuleState::parse(args.state.trim())
        .ok_or_else(|| Error::BadInput(format!("a rule cannot be \"{}\"; it is {states}", args.state)))?;
    let (shelf, rule, before) = find(engine, &args.id)?;
    if state == RuleState::Enabled && !rule.is_backtested() {
        return Err(Error::RuleNotTested { id: rule.id });
    }
    let text = Rule::with_state(&before, state).map_err(|wrong| Error::RuleWrong(lines(&wrong)))?;
    shelf.change_rule(&rule.path, &before, &text)?;
    live::forget(engine);
    get(engine, &rule.path)
}

pub(crate) use live::forget;
