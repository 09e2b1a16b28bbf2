//! What people say and choose: feedback on hits, links, preferences.

use crate::{
    Engine, Error, Result,
    api::{
        args::{FeedbackArgs, FeedbackVerdict, LinkArgs, UndoArgs, UnlinkArgs},
        view::{Done, FeedbackReply, Preference},
    },
    known, ticket,
};
use domain::{Key, LinkKind};

pub(crate) fn feedback_set(engine: &Engine, args: &FeedbackArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let hit = match ticket::find(engine, &args.hit) {
        Ok(stored) => stored.key,
        Err(Error::NotFound { .. }) => known::find(engine, &args.hit)?.key,
        Err(error) => return Err(error),
    };
    let verdict = match args.verdict {
        FeedbackVerdict::Used => store::FeedbackVerdict::Used,
        FeedbackVerdict::NotSame => store::FeedbackVerdict::NotSame,
        FeedbackVerdict::Opened => store::FeedbackVerdict::Opened,
    };
    let question = args.question.trim();
    if question.is_empty() {
        return Err(Error::BadInput("feedback needs the question that it answers".into()));
    }
    Ok(FeedbackReply { undo: engine.core.store.say(question, &hit, verdict, engine.core.clock.now())? })
}

pub(crate) fn feedback_undo(engine: &Engine, args: &UndoArgs) -> Result<Done> {
    engine.must_own()?;
    if engine.core.store.unsay(args.undo, engine.core.clock.now())? {
        Ok(Done {})
    } else {
        Err(Error::NotFound { what: "feedback to take back under the number", id: args.undo.to_string() })
    }
}

pub(crate) fn link_add(engine: &Engine, args: &LinkArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let kind = LinkKind::parse(&args.kind).ok_or_else(|| {
        let kinds: Vec<_> = LinkKind::ALL.iter().map(|kind| kind.as_str()).collect();
        Error::BadInput(format!("\"{}\" is not a kind of link: use one of {}", args.kind, kinds.join(", ")))
    })?;
    let (a, b) = both(engine, &args.a, &args.b)?;
    Ok(FeedbackReply { undo: engine.core.store.add_link(&a, kind, &b, engine.core.clock.now())? })
}

pub(crate) fn link_remove(engine: &Engine, args: &UnlinkArgs) -> Result<Done> {
    engine.must_own()?;
    let (a, b) = both(engine, &args.a, &args.b)?;
    match engine.core.store.remove_link(&a, &b)? {
        0 => Err(Error::NotFound { what: "link made by a person between", id: format!("{a} and {b}") }),
        _ => Ok(Done {}),
    }
}

fn both(engine: &Engine, a: &str, b: &str) -> Result<(Key, Key)> {
    let (a, b) = (ticket::find(engine, a)?.key, ticket::find(engine, b)?.key);
    if a == b { Err(Error::BadInput(format!("{a} cannot be linked to itself"))) } else { Ok((a, b)) }
}

pub(crate) fn preferences(engine: &Engine) -> Result<Vec<Preference>> {
    let all = engine.core.store.preferences()?;
    Ok(all.into_iter().map(|(key, value)| Preference { key, value }).collect())
}

pub(crate) fn preference_set(engine: &Engine, preference: &Preference) -> Result<Done> {
    engine.must_own()?;
    if preference.key.len() > 100 || preference.value.len() > 10_000 {
        return Err(Error::BadInput("a preference holds at most 10,000 characters under a key of at most 100".into()));
    }
    engine.core.store.set_preference(&preference.key, &preference.value)?;
    Ok(Done {})
}
