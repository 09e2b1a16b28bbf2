//! The one request that a runbook may make: to an address that a lead allowed, with somebody who looked at it each time,
//! sent once, in the ledger.

use super::{Allowed, find, key, may};
use crate::{
    Engine, Error, Result,
    api::{
        args::{RunbookCallArgs, RunbookTokenArgs},
        view::{Done, RunbookCallView, RunbookCalled},
    },
    knowledge,
    network::SourceLedger,
    seen, text, ticket,
};
use ::knowledge::{Call, Runbook};
use connect::http::{Asks, Client, Failure, Request, Response, Site, Wrote};
use domain::SourceName;
use secrecy::SecretString;
use std::sync::{Arc, PoisonError};
use store::{Step, StepOutcome};

/// Bytes of an answer that are shown.
const SHOWN: usize = 2_000;

/// What a lead allowed, read once for a list.
pub(super) fn allowed(engine: &Engine) -> Result<Allowed> {
    let shelf = knowledge::shelf(engine)?;
    let listed = shelf.allowed_calls()?;
    // What cannot be read as an address allows nothing.
    let sites = listed.iter().filter_map(|address| Site::parse(address, true).ok());
    Ok(Allowed(sites.collect()))
}

/// Where a call goes, and the path with its query that is asked for.
fn target(call: &Call) -> Result<(Site, String)> {
    let bad = |failure: Failure| Error::BadInput(format!("this cannot be called: {failure}"));
    let site = Site::parse(&call.url, true).map_err(bad)?;
    let path = site.asked(&call.url).map_err(bad)?;
    Ok((site.with(None, ""), path))
}

/// Of exactly what would be sent: who agrees to one request agrees to no other.
fn seal(call: &Call) -> String {
    let Call { method, url, body } = call;
    let mut hash = blake3::Hasher::new();
    for part in [method, url, body] {
        hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hash.finalize().to_hex().chars().take(32).collect()
}

fn token_of(host: &str) -> SourceName {
    SourceName::from_text(&format!("runbook {host}"))
}

pub(super) fn view(engine: &Engine, runbook: &Runbook, allowed: &Allowed) -> Option<RunbookCallView> {
    let call = runbook.call.as_ref()?;
    let (site, path) = target(call).ok()?;
    let host = site.authority();
    let vault = engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner);
    let is_allowed = allowed.holds(&site, &path);
    Some(RunbookCallView {
        // The keyring is asked only for what may be called.
        token: is_allowed && vault.token(&token_of(&host)).is_ok(),
        allowed: is_allowed,
        method: call.method.clone(),
        url: call.url.clone(),
        host,
        body: call.body.clone(),
        seal: seal(call),
    })
}

pub(crate) fn call(engine: &Arc<Engine>, args: &RunbookCallArgs) -> Result<RunbookCalled> {
    engine.must_own()?;
    let on = ticket::find(engine, &args.ticket)?;
    let (entry, runbook) = find(engine, &args.id)?;
    may(engine, &on.key, &entry, &runbook)?;
    let call = runbook.call.ok_or_else(|| Error::BadInput(format!("{} calls nothing", entry.title)))?;
    let (site, path) = target(&call)?;
    let host = site.authority();
    if !allowed(engine)?.holds(&site, &path) {
        return Err(Error::CallNotAllowed { url: call.url });
    }
    if seal(&call) != args.seal.trim() {
        return Err(Error::CallNotSeen);
    }
    let core = &engine.core;
    let _alone = core.posting.lock().unwrap_or_else(PoisonError::into_inner);
    let token = core.vault.lock().unwrap_or_else(PoisonError::into_inner).token(&token_of(&host)).ok();
    let bearer = token.map(|token| {
        use secrecy::ExposeSecret;
        SecretString::from(format!("Bearer {}", token.expose_secret()))
    });
    let ledger = SourceLedger::of(core, &token_of(&host));
    let options = core.network.client(ledger, Arc::clone(&core.clock)).map_err(connect::Error::from)?;
    let mut client = Client::new(site, bearer, None, options, Box::new(|| false)).map_err(connect::Error::from)?;
    let asks = if call.method == "PUT" { Asks::Change(call.body.clone()) } else { Asks::Create(call.body.clone()) };
    let request = Request { path, asks, purpose: "runbook", ..Request::default() };
    let wrote = client.write(&request, |response| Ok(response.clone()));
    let (outcome, status, words, answer) = match wrote {
        Wrote::Done(Response { status, body, .. }) => {
            let answer = String::from_utf8_lossy(&body).into_owned();
            ("done", Some(status), format!("answered {status}"), text::cut(&answer, SHOWN).to_owned())
        }
        Wrote::Not(failure) => ("not_done", None, failure.to_string(), String::new()),
        Wrote::Perhaps(failure) => ("unclear", None, failure.to_string(), String::new()),
    };
    let said = format!("{}{} {}: {words}", super::CALLED, call.method, call.url);
    let version = seen::question_of(&on, None, &[]).versions.into_iter().next();
    let step = Step {
        id: 0,
        at: core.clock.now(),
        ticket: on.key,
        entry: key(&entry),
        step: 0,
        said: said.clone(),
        outcome: StepOutcome::Done,
        version,
    };
    core.store.log_step(&step)?;
    Ok(RunbookCalled { outcome: outcome.into(), status, said, answer })
}

/// Kept where the workspace's key lies; an empty one is forgotten.
pub(crate) fn set_token(engine: &Engine, args: &RunbookTokenArgs) -> Result<Done> {
    engine.must_own()?;
    let host = args.host.trim();
    let named = format!("https://{host}/");
    if host.is_empty() || !Site::parse(&named, true).is_ok_and(|site| site.authority() == host) {
        return Err(Error::BadInput(format!(
            "\"{host}\" names no host; write it like admin.example or admin.example:8443"
        )));
    }
    let vault = engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner);
    match args.secret.trim() {
        "" => vault.erase_token(&token_of(host))?,
        secret => vault.keep_token(&token_of(host), &SecretString::from(secret.to_owned()))?,
    }
    Ok(Done {})
}
