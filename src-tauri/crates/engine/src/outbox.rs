//! What leaves this machine for good: seen first, sent by a click, each exactly once.
//!
//! A draft is written down as the very bytes that will leave, and shown. A click names what was shown by its seal, so that
//! nothing can leave that nobody saw. What is on its way is noted before the first byte; after a cut connection or a crash
//! the other side is asked whether it has it, and where that cannot be told, a person decides.

mod conflict;
mod deliver;
mod post;
pub(crate) mod view;

pub(crate) use deliver::deliver_due;
pub(crate) use post::Post;

use crate::{
    Engine, Error, Result,
    api::{
        args::{OutboxArgs, OutboxSendArgs, OutboxWriteArgs, RedactArgs},
        view::OutboxItem,
    },
    privacy::redact::redact,
    sources, text, ticket, vault,
};
use connect::push::{Piece, WriteKind, Writer};
use domain::Key;
use std::collections::BTreeMap;
use store::{OutboxDraft, OutboxState};

/// Of an issue, in letters.
const LONGEST_TITLE: usize = 250;

pub(crate) fn list(engine: &Engine) -> Result<Vec<OutboxItem>> {
    Ok(engine.core.store.outbox()?.into_iter().map(view::item).collect())
}

pub(crate) fn show(engine: &Engine, args: &OutboxArgs) -> Result<OutboxItem> {
    Ok(view::item(find(engine, args.id)?))
}

/// Writes a draft down. Nothing leaves.
pub(crate) fn write(engine: &Engine, args: &OutboxWriteArgs) -> Result<OutboxItem> {
    engine.must_own()?;
    let core = &engine.core;
    let kind = WriteKind::parse(&args.kind).ok_or_else(|| {
        let kinds: Vec<_> = WriteKind::ALL.iter().map(|kind| kind.as_str()).collect();
        Error::BadInput(format!("\"{}\" is nothing that can be written: use one of {}", args.kind, kinds.join(", ")))
    })?;
    let about = args.about.as_deref().map(|id| ticket::find(engine, id)).transpose()?.map(|found| found.key);
    let (name, on) = match kind {
        WriteKind::Issue => (args.to.clone(), None),
        WriteKind::Comment | WriteKind::Note | WriteKind::Link => {
            let Key { source, id } = ticket::find(engine, &args.to)?.key;
            (source.to_string(), Some(id))
        }
    };
    let source = sources::find(engine, &name)?;
    let setup = sources::setup(&source)?;
    let writer = allowed(&setup, &name)?;
    if !writer.kinds().contains(&kind) {
        let kinds: Vec<_> = writer.kinds().iter().map(|kind| kind.as_str()).collect();
        return Err(Error::BadInput(format!(
            "what can be written to {name} ({}) is: {}",
            source.kind,
            kinds.join(", ")
        )));
    }
    let concerned = |key: &Key| key.to_string();
    let on_key = on.as_ref().map(|id| Key::new(source.name.clone(), id.as_str()));
    let people: Vec<String> = about.iter().chain(&on_key).map(concerned).collect();
    let mark = format!("precedent-{}", vault::random_word()?);
    let (title, counts, body) = if kind == WriteKind::Link {
        (Some(problem(engine, args, &name, on.as_deref())?), Counts::new(), String::new())
    } else {
        let (title, mut counts) = title(engine, args, kind, &people)?;
        let body = outgoing(engine, &args.text, &people, args.as_is.unwrap_or(false), &mut counts)?;
        if body.trim().is_empty() {
            return Err(Error::BadInput("there is no text to send".into()));
        }
        let body = writer.marked(&body, &mark);
        (title, counts, body)
    };
    if body.chars().count() > writer.longest() {
        return Err(Error::BadInput(format!("{name} takes at most {} letters at once", writer.longest())));
    }
    let piece = Piece { kind, on, title, body, mark };
    let request = writer.request(&piece).map_err(|because| Error::BadInput(because.into()))?;
    let connector = setup.connector().map_err(sources::bad_setup)?;
    let base = on_key.as_ref().map(|key| conflict::base(&core.store, key)).transpose()?.flatten();
    let Piece { on, title, body, mark, .. } = piece;
    let draft = OutboxDraft {
        mark,
        source: source.name,
        kind: kind.as_str().into(),
        on,
        about: about.or(on_key).as_ref().map(concerned),
        host: connector.site().authority(),
        method: request.asks.method().into(),
        path: request.path,
        payload: request.asks.body().unwrap_or_default().into(),
        title,
        body,
        redacted: view::counted(&counts),
        by: core.person.clone(),
        base,
    };
    let id = core.store.outbox_add(&draft, core.clock.now())?;
    core.tell_outbox();
    show(engine, &OutboxArgs { id })
}

/// The click: it leaves now, or as soon as it can.
pub(crate) fn send(engine: &Engine, args: &OutboxSendArgs) -> Result<OutboxItem> {
    engine.must_own()?;
    let core = &engine.core;
    let item = find(engine, args.id)?;
    if view::seal(&item.draft) != args.seal.trim() {
        return Err(Error::NotPreviewed { id: args.id });
    }
    let setup = sources::setup(&sources::find(engine, item.draft.source.as_str())?)?;
    allowed(&setup, item.draft.source.as_str())?;
    if args.not_there.unwrap_or(false) && !core.store.outbox_not_there(args.id)? {
        return Err(wrong_state(args.id, item.state));
    }
    if item.state == OutboxState::Conflict {
        let seen =
            item.conflict.filter(|now| args.seen.as_deref().is_some_and(|seen| conflict::seal(now) == seen.trim()));
        let accepted = seen.map(|seen| core.store.outbox_accept(args.id, &seen)).transpose()?;
        if accepted != Some(true) {
            return Err(Error::NotPreviewed { id: args.id });
        }
    }
    // One that is on its way already only has to be asked about.
    if item.state != OutboxState::Sending && !core.store.outbox_click(args.id, &core.person, core.clock.now())? {
        return Err(wrong_state(args.id, item.state));
    }
    deliver::deliver(core, args.id)?;
    core.tell_outbox();
    show(engine, &OutboxArgs { id: args.id })
}

/// It will not leave. The row stays, and says so.
pub(crate) fn drop(engine: &Engine, args: &OutboxArgs) -> Result<OutboxItem> {
    engine.must_own()?;
    let item = find(engine, args.id)?;
    if !engine.core.store.outbox_drop(args.id, engine.core.clock.now())? {
        return Err(wrong_state(args.id, item.state));
    }
    engine.core.tell_outbox();
    show(engine, args)
}

fn find(engine: &Engine, id: i64) -> Result<store::OutboxItem> {
    engine.core.store.outbox_item(id)?.ok_or_else(|| Error::NotFound { what: "item in the outbox", id: id.to_string() })
}

fn wrong_state(id: i64, state: OutboxState) -> Error {
    Error::OutboxState { id, state: state.as_str() }
}

/// How it is written to, where a person allowed that.
fn allowed(setup: &connect::pull::Setup, name: &str) -> Result<Box<dyn Writer>> {
    let writer = setup.writer().map_err(sources::bad_setup)?;
    let writer = writer.ok_or_else(|| Error::ReadOnly { name: name.into(), kind: setup.kind.clone() })?;
    if setup.may_write().map_err(sources::bad_setup)? {
        Ok(writer)
    } else {
        Err(Error::WriteNotAllowed { name: name.into(), needs: writer.needs() })
    }
}

type Counts = BTreeMap<String, u64>;

/// The problem that a ticket is linked to, as its source names it.
fn problem(engine: &Engine, args: &OutboxWriteArgs, source: &str, on: Option<&str>) -> Result<String> {
    let named = args.problem.as_deref().map(str::trim).filter(|id| !id.is_empty());
    let named = named.ok_or_else(|| Error::BadInput("a link needs the ticket of its problem".into()))?;
    let problem = ticket::find(engine, named)?.key;
    if problem.source.as_str() != source {
        return Err(Error::BadInput(format!("{problem} is not in {source}: a server links only what it has itself")));
    }
    if on == Some(problem.id.as_str()) {
        return Err(Error::BadInput(format!("{problem} cannot be linked to itself")));
    }
    Ok(problem.id)
}

fn title(
    engine: &Engine,
    args: &OutboxWriteArgs,
    kind: WriteKind,
    people: &[String],
) -> Result<(Option<String>, Counts)> {
    let mut counts = Counts::new();
    let given = args.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let title = match (kind, given) {
        (WriteKind::Issue, None) => return Err(Error::BadInput("an issue needs a title".into())),
        (WriteKind::Issue, Some(title)) => title.split_whitespace().collect::<Vec<_>>().join(" "),
        (_, None) => return Ok((None, counts)),
        (_, Some(_)) => return Err(Error::BadInput("only an issue has a title".into())),
    };
    let title = outgoing(engine, &title, people, args.as_is.unwrap_or(false), &mut counts)?;
    if title.chars().count() > LONGEST_TITLE {
        return Err(Error::BadInput(format!("a title has at most {LONGEST_TITLE} letters")));
    }
    Ok((Some(title), counts))
}

/// The text as it may leave: without what belongs to somebody, and with everything hidden in it made visible, so that what
/// is read before the click is what is sent.
fn outgoing(engine: &Engine, given: &str, tickets: &[String], as_is: bool, counts: &mut Counts) -> Result<String> {
    let given = text::unseen::marked(&given.replace("\r\n", "\n")).into_owned();
    if as_is {
        return Ok(given);
    }
    let asked = RedactArgs { text: given, tickets: Some(tickets.to_vec()), people: None };
    let redacted = redact(engine, &asked)?;
    for span in redacted.spans {
        *counts.entry(span.kind).or_default() += 1;
    }
    Ok(redacted.text)
}
