//! One attempt, and what its end means.

use super::{allowed, conflict};
use crate::{Error, Result, network::SourceLedger, open::Core, sources};
use connect::{
    http::{Failure, Patience, Request, Wrote},
    push::{Found, Piece, Push, WriteKind},
};
use domain::{Millis, crash_point};
use std::sync::{Arc, PoisonError};
use store::{OutboxDraft, OutboxEnd, OutboxItem, OutboxState, StoredSource};

/// So long a server may still be at work on what it was sent: *it is not there* counts only after that.
const SETTLED: i64 = Millis::MINUTE / 2;
/// Between two attempts, doubling, at most.
const LONGEST: i64 = 5 * Millis::MINUTE;
/// Somebody waits for the answer, and what cannot be told now is tried again anyway.
const PATIENCE: Patience = Patience { attempts: 2, retries: 3, earned_by: 5 };

/// Sends what may leave now. What cannot is noted in its row.
pub(crate) fn deliver_due(core: &Arc<Core>) -> Result<()> {
    for id in core.store.outbox_due(core.clock.now())? {
        deliver(core, id)?;
        core.tell_outbox();
    }
    Ok(())
}

pub(super) fn deliver(core: &Arc<Core>, id: i64) -> Result<()> {
    let _alone = core.posting.lock().unwrap_or_else(PoisonError::into_inner);
    // Whoever held the lock may have sent it.
    let Some(item) = core.store.outbox_item(id)? else { return Ok(()) };
    if !matches!(item.state, OutboxState::Pending | OutboxState::Sending) {
        return Ok(());
    }
    if let Some(end) = attempt(core, &item)? {
        core.store.outbox_end(id, &end, core.clock.now())?;
        crash_point("outbox ended");
    }
    Ok(())
}

/// `None`: somebody else took it meanwhile.
fn attempt(core: &Arc<Core>, item: &OutboxItem) -> Result<Option<OutboxEnd>> {
    let name = item.draft.source.as_str();
    let source = match sources::find_in(core, name) {
        Ok(source) => source,
        Err(error) => return stopped(item, &error),
    };
    let ready = match ready(core, &source, item) {
        Ok(ready) => ready,
        Err(error) if error.is_permanent() => return stopped(item, &error),
        Err(error) => return Ok(Some(later(core, item, &error.view().code, &error.to_string()))),
    };
    let Ready { mut push, piece, request, allowed } = ready;
    if item.may_be_there {
        match push.find(&piece, item.made_at) {
            Ok(Found::There(written)) => return Ok(Some(OutboxEnd::Sent { id: written.id, url: written.url })),
            Ok(Found::Nowhere) => {
                if let Some(until) = settling(core, item) {
                    let words = "it is not there yet, and is asked for once more before it is sent again".into();
                    return Ok(Some(OutboxEnd::Ask { code: "not_settled".into(), words, not_before: until }));
                }
            }
            Ok(Found::Untold) => return Ok(Some(unclear("there is more there than can be looked through"))),
            Err(failure) if failure.is_permanent() => return Ok(Some(unclear(&failure.to_string()))),
            Err(failure) => {
                let not_before = after(core, item, &failure);
                return Ok(Some(OutboxEnd::Ask {
                    code: failure.code().into(),
                    words: failure.to_string(),
                    not_before,
                }));
            }
        }
    }
    // What would leave is what was shown, or nothing leaves.
    let request = match (allowed, request) {
        (Ok(()), Some(request)) => request,
        (Err(error), _) => {
            return Ok(Some(OutboxEnd::Failed { code: error.code().into(), words: error.to_string() }));
        }
        (Ok(()), None) => {
            let words = "its source has changed since it was shown, so that something else would leave".into();
            return Ok(Some(OutboxEnd::Failed { code: "changed_since_shown".into(), words }));
        }
    };
    let marks: Vec<String> = core.store.outbox()?.into_iter().map(|item| item.draft.mark).collect();
    match push.may(&piece).and_then(|()| conflict::since(&mut push, &piece, item, &marks)) {
        Ok(None) => {}
        Ok(Some(now)) => {
            let words = "What it is written on has changed since this was shown; nothing was sent".into();
            return Ok(Some(OutboxEnd::Conflict { code: "outbox_conflict".into(), words, now }));
        }
        Err(failure) if failure.is_permanent() => {
            return Ok(Some(OutboxEnd::Failed { code: failure.code().into(), words: failure.to_string() }));
        }
        Err(failure) => {
            let not_before = after(core, item, &failure);
            let (code, words) = (failure.code().into(), failure.to_string());
            return Ok(Some(OutboxEnd::Later { code, words, not_before }));
        }
    }
    if !core.store.outbox_begin(item.id, core.clock.now())? {
        return Ok(None);
    }
    let wrote = push.write(&piece, &request);
    crash_point("outbox answered");
    Ok(Some(match wrote {
        Wrote::Done(written) => OutboxEnd::Sent { id: written.id, url: written.url },
        Wrote::Not(failure) if failure.is_permanent() => {
            OutboxEnd::Failed { code: failure.code().into(), words: failure.to_string() }
        }
        Wrote::Not(failure) => {
            let not_before = after(core, item, &failure);
            OutboxEnd::Later { code: failure.code().into(), words: failure.to_string(), not_before }
        }
        Wrote::Perhaps(failure) => {
            let not_before = Millis(core.clock.now().0 + SETTLED);
            OutboxEnd::Ask { code: failure.code().into(), words: failure.to_string(), not_before }
        }
    }))
}

struct Ready {
    push: Push,
    piece: Piece,
    /// `None` where it would no longer be what was shown.
    request: Option<Request>,
    allowed: Result<()>,
}

fn ready(core: &Arc<Core>, source: &StoredSource, item: &OutboxItem) -> Result<Ready> {
    let setup = sources::setup(source)?;
    let writer = setup.writer().map_err(sources::bad_setup)?;
    let writer = writer.ok_or_else(|| Error::ReadOnly { name: source.name.to_string(), kind: setup.kind.clone() })?;
    let OutboxDraft { kind, on, title, body, mark, .. } = item.draft.clone();
    let kind = WriteKind::parse(&kind).ok_or_else(|| Error::BadInput(format!("\"{kind}\" cannot be written")))?;
    let piece = Piece { kind, on, title, body, mark };
    let host = setup.connector().map_err(sources::bad_setup)?.site().authority();
    let same = |request: &Request| {
        let OutboxDraft { host: shown, method, path, payload, .. } = &item.draft;
        (host.as_str(), request.asks.method(), request.path.as_str(), request.asks.body())
            == (shown.as_str(), method.as_str(), path.as_str(), Some(payload.as_str()))
    };
    let request = writer.request(&piece).ok().filter(same);
    let allowed = allowed(&setup, source.name.as_str()).map(drop);
    let ledger = SourceLedger::of(core, &source.name);
    let mut options = core.network.client(ledger, Arc::clone(&core.clock)).map_err(connect::Error::from)?;
    options.patience = PATIENCE;
    let token = sources::token_in(core, source)?;
    let push = Push::new(&setup, token.as_ref(), options, Box::new(|| false)).map_err(sources::bad_setup)?;
    Ok(Ready { push, piece, request, allowed })
}

/// Nothing more can be done by itself.
#[expect(clippy::unnecessary_wraps, reason = "it ends an attempt, which answers so")]
fn stopped(item: &OutboxItem, error: &Error) -> Result<Option<OutboxEnd>> {
    let (code, words) = (error.code().to_owned(), error.to_string());
    Ok(Some(if item.may_be_there { OutboxEnd::Unclear { code, words } } else { OutboxEnd::Failed { code, words } }))
}

fn unclear(because: &str) -> OutboxEnd {
    let words = format!("whether it arrived cannot be told: {because}");
    OutboxEnd::Unclear { code: "arrival_unknown".into(), words }
}

fn later(core: &Core, item: &OutboxItem, code: &str, words: &str) -> OutboxEnd {
    let (code, words, not_before) = (code.to_owned(), words.to_owned(), backed_off(core, item));
    match item.may_be_there {
        true => OutboxEnd::Ask { code, words, not_before },
        false => OutboxEnd::Later { code, words, not_before },
    }
}

/// Until when an answer of *it is not there* is none. A clock that went back says nothing, and nobody waits for it.
fn settling(core: &Core, item: &OutboxItem) -> Option<Millis> {
    let since = core.clock.now().0 - item.attempt_at?.0;
    (0..SETTLED).contains(&since).then(|| Millis(core.clock.now().0 + SETTLED - since))
}

fn after(core: &Core, item: &OutboxItem, failure: &Failure) -> Millis {
    match failure {
        Failure::Limited { wait, .. } => {
            Millis(core.clock.now().0 + i64::try_from(wait.0.as_millis()).unwrap_or(LONGEST))
        }
        _ => backed_off(core, item),
    }
}

fn backed_off(core: &Core, item: &OutboxItem) -> Millis {
    let wait = SETTLED.saturating_mul(1 << item.attempts.min(6)).min(LONGEST);
    Millis(core.clock.now().0 + wait)
}
