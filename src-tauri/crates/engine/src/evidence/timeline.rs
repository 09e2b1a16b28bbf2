//! One axis of time: the ticket, what its files say, releases, deploys and commits; and which of it led to which, as far as
//! somebody said so. What may be is only offered.

use super::files;
use crate::{
    Engine, Error, Result,
    api::{
        args::{CaseTicketArgs, ChainSayArgs, ChangesArgs, SeenArgs, UndoArgs},
        view::{CaseTimelineView, ChainView, Done, FeedbackReply, MomentView},
    },
    code, text, ticket,
};
use std::collections::HashSet;
use store::StoredChain;

/// What came out so long before the first sign may have brought it.
const BEFORE: i64 = 7 * 86_400_000;
/// Groups of lines that stand on the axis, of each file.
const GROUPS: usize = 12;
const COMMITS: usize = 8;
const SAID: usize = 60;
const LONGEST: usize = 160;

pub(crate) fn get(engine: &Engine, args: &CaseTicketArgs) -> Result<CaseTimelineView> {
    let stored = ticket::find(engine, &args.ticket)?;
    let key = stored.key.to_string();
    let own = &stored.ticket;
    let mut moments = vec![moment("ticket:created", own.created_at.0, "ticket", &own.subject)];
    if let Some(at) = own.solved_at.filter(|_| own.status.is_done()) {
        moments.push(moment("ticket:solved", at.0, "solved", ""));
    }
    for one in engine.core.store.comments(stored.row)?.into_iter().take(SAID) {
        let said = text::plain(&one.comment.body, one.comment.body_format);
        moments.push(moment(&format!("said:{}", one.comment.id), one.comment.created_at.0, "said", &said));
    }
    for hop in engine.core.store.hops(stored.row)? {
        let words = format!("{} → {}", hop.from_group.unwrap_or_default(), hop.to_group.unwrap_or_default());
        moments.push(moment(&format!("handed:{}", hop.at.0), hop.at.0, "handed", words.trim()));
    }
    for (file, kept) in files(engine, &key)? {
        let told = kept
            .groups
            .iter()
            .filter(|group| file.kind == "sentry" || matches!(group.level.as_str(), "error" | "warn"));
        for group in told.take(GROUPS) {
            let Some(at) = group.first_at else { continue };
            moments.push(MomentView {
                level: group.level.clone(),
                count: group.count,
                file: Some(file.id),
                group: Some(group.key),
                ..moment(&format!("file:{}:{}", file.id, group.key), at, "file", &group.sample)
            });
        }
    }
    let signs = moments.iter().filter(|one| one.level == "error").map(|one| one.at).min();
    let first = signs.unwrap_or(own.created_at.0).min(own.created_at.0);
    let until = moments.iter().map(|one| one.at).max().unwrap_or(first);
    let came = code::marks::all(engine)?;
    for mark in came.into_iter().filter(|mark| (first - BEFORE..=until).contains(&mark.at)) {
        let (kind, name) = match &mark.environment {
            Some(place) => ("deploy", format!("{} → {place}", mark.version)),
            None => ("release", mark.version.clone()),
        };
        let key = format!("{kind}:{}@{}@{}", mark.version, mark.environment.unwrap_or_default(), mark.at);
        moments.push(moment(&key, mark.at, kind, &name));
    }
    let changes = commits(engine, &key, first, until);
    let mut offered: Vec<(String, String, &str)> = Vec::new();
    for (one, release) in changes {
        let released =
            moments.iter().find(|mark| mark.kind == "release" && release.as_deref() == Some(mark.text.as_str()));
        offered.extend(released.map(|mark| (one.key.clone(), mark.key.clone(), "release")));
        moments.push(one);
    }
    moments.sort_by(|a, b| (a.at, &a.key).cmp(&(b.at, &b.key)));
    offered.extend(perhaps(&moments, own.created_at.0));
    let chain = engine.core.store.chain_of(&key)?;
    let said: HashSet<(&str, &str)> = chain.iter().map(|one| (one.cause.as_str(), one.effect.as_str())).collect();
    let perhaps = offered.iter().filter(|(cause, effect, _)| !said.contains(&(cause.as_str(), effect.as_str())));
    let perhaps = perhaps.map(|(cause, effect, why)| ChainView {
        undo: 0,
        cause: cause.clone(),
        effect: effect.clone(),
        why: (*why).into(),
        at: None,
    });
    let perhaps = perhaps.collect();
    let chain = chain.into_iter().map(|one| ChainView {
        undo: one.id,
        cause: one.cause,
        effect: one.effect,
        why: String::new(),
        at: Some(one.at),
    });
    Ok(CaseTimelineView { chain: chain.collect(), perhaps, moments })
}

fn moment(key: &str, at: i64, kind: &str, words: &str) -> MomentView {
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    MomentView {
        key: key.into(),
        at,
        kind: kind.into(),
        level: String::new(),
        text: text::cut(line.trim(), LONGEST).to_owned(),
        count: 1,
        file: None,
        group: None,
        url: None,
    }
}

/// Those near to what failed, with the release that each came in. Without a repository, none.
fn commits(engine: &Engine, key: &str, first: i64, until: i64) -> Vec<(MomentView, Option<String>)> {
    let question = SeenArgs { ticket: Some(key.to_owned()), ..SeenArgs::default() };
    let Ok(found) = code::changes::list(engine, &ChangesArgs { question, ..ChangesArgs::default() }) else {
        return Vec::new();
    };
    let near = found.changes.into_iter().filter(|change| change.near.is_some() && change.at <= until);
    let before = near.filter(|change| change.at >= first - 60 * 86_400_000);
    before
        .take(COMMITS)
        .map(|change| {
            let key = format!("commit:{}:{}", found.repo, change.commit);
            let words = format!("{} {}", change.commit.chars().take(8).collect::<String>(), change.subject);
            (MomentView { url: change.url, ..moment(&key, change.at, "commit", &words) }, change.release)
        })
        .collect()
}

/// What came out last before the first error may have brought it, the first error may be why somebody wrote, and an error
/// may have brought the ones after it in other files.
fn perhaps(moments: &[MomentView], created: i64) -> Vec<(String, String, &'static str)> {
    let mut found = Vec::new();
    let errors: Vec<&MomentView> = moments.iter().filter(|one| one.kind == "file" && one.level == "error").collect();
    let first = errors.first();
    let sign = first.map_or(created, |one| one.at);
    let effect = first.map_or("ticket:created", |one| one.key.as_str());
    let came = moments.iter().rev().filter(|one| matches!(one.kind.as_str(), "deploy" | "release") && one.at <= sign);
    let last = came.clone().find(|one| one.kind == "deploy").or_else(|| came.clone().next());
    if let Some(last) = last {
        found.push((last.key.clone(), effect.to_owned(), "before"));
        // A deploy brings the release of the same name.
        let released = moments.iter().find(|one| {
            one.kind == "release" && last.kind == "deploy" && last.text.starts_with(&format!("{} ", one.text))
        });
        found.extend(released.map(|one| (one.key.clone(), last.key.clone(), "release")));
    }
    for pair in errors.windows(2) {
        if let [a, b] = pair
            && a.file != b.file
            && b.at - a.at < 60_000
        {
            found.push((a.key.clone(), b.key.clone(), "shared"));
        }
    }
    if let Some(first) = first.filter(|one| one.at <= created) {
        found.push((first.key.clone(), "ticket:created".into(), "reported"));
    }
    found
}

/// A link stands between what is on the axis, and forward in time.
pub(crate) fn say(engine: &Engine, args: &ChainSayArgs) -> Result<FeedbackReply> {
    engine.must_own()?;
    let stored = ticket::find(engine, &args.ticket)?;
    let now = get(engine, &CaseTicketArgs { ticket: args.ticket.clone() })?;
    let place = |key: &str| {
        let missing = || Error::NotFound { what: "moment", id: key.into() };
        now.moments.iter().find(|one| one.key == key).map(|one| one.at).ok_or_else(missing)
    };
    let (cause, effect) = (place(&args.cause)?, place(&args.effect)?);
    if args.cause == args.effect || cause > effect {
        return Err(Error::BadInput("what comes later cannot have brought what was before it".into()));
    }
    if now.chain.iter().any(|one| one.cause == args.cause && one.effect == args.effect) {
        return Err(Error::BadInput("somebody said so already".into()));
    }
    let one = StoredChain {
        id: 0,
        ticket: stored.key.to_string(),
        cause: args.cause.clone(),
        effect: args.effect.clone(),
        at: engine.core.clock.now().0,
    };
    Ok(FeedbackReply { undo: engine.core.store.say_chain(&one)? })
}

pub(crate) fn unsay(engine: &Engine, args: &UndoArgs) -> Result<Done> {
    engine.must_own()?;
    if !engine.core.store.unsay_chain(args.undo, engine.core.clock.now())? {
        return Err(Error::NotFound { what: "link", id: args.undo.to_string() });
    }
    Ok(Done {})
}
