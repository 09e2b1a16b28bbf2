//! Signing in to a source in the person's own browser, and renewing what that gave: each new pair of tokens is kept, and
//! read back, before anything is asked with it.

use crate::{
    Engine, Error, Result,
    api::{args::SourceArgs, view::SignIn},
    network::SourceLedger,
    open::Core,
    sources, vault,
};
use connect::{
    http::{Client, Failure, Request, Response, Wrote},
    oauth::{Attempt, Callback, Client as Named, Offer, Standing, Tokens, Way},
    pull::Setup,
};
use domain::{SourceName, crash_point};
use secrecy::{ExposeSecret, SecretString};
use std::{
    sync::{Arc, PoisonError},
    time::Duration,
};
use store::StoredSource;

/// Between two looks whether an attempt that was given up has let go of the port, and how many there are.
const LOOK: Duration = Duration::from_millis(100);
const LOOKS: u32 = 20;

/// Answers with the page to open; the job waits for the browser to come back.
pub(crate) fn start(engine: &Arc<Engine>, args: &SourceArgs) -> Result<SignIn> {
    engine.must_own()?;
    let source = sources::find(engine, &args.name)?;
    let setup = sources::setup(&source)?;
    let Some(client) = setup.sign_in().map_err(sources::bad_setup)? else {
        return Err(Error::BadInput(format!(
            "\"{}\" names no client to sign in with; add it again with --option client=IDENTIFIER",
            args.name
        )));
    };
    // Whoever starts over has given the last attempt up.
    engine.cancel_jobs("sign_in", None);
    if client.way == Way::Code {
        return start_with_code(engine, source, setup, client);
    }
    let callback = listen(engine.core.network.sign_in_port)?;
    let attempt = client.attempt(vault::random()?, callback.port());
    let page = attempt.page();
    let job = engine.start_job("sign_in", &args.name, move |engine, job| {
        finish(&engine.core, &source, &setup, callback, &attempt, &|| job.is_cancelled())?;
        Ok(None)
    })?;
    Ok(SignIn { page, code: None, job })
}

/// Answers with the code and the page to type it into; the job asks until somebody said yes there.
fn start_with_code(engine: &Arc<Engine>, source: StoredSource, setup: Setup, client: Named) -> Result<SignIn> {
    let offered = |response: &Response| client.offered(response);
    let offer = ask(&engine.core, &source.name, &setup, &client.offer(), offered).map_err(told)?;
    let (page, code, label) = (offer.page.clone(), Some(offer.code.clone()), source.name.to_string());
    let job = engine.start_job("sign_in", &label, move |engine, job| {
        let tokens = wait_for_yes(&engine.core, &source.name, &setup, &client, &offer, &|| job.is_cancelled())?;
        take(&engine.core, &source, &tokens)?;
        Ok(None)
    })?;
    Ok(SignIn { page, code, job })
}

fn wait_for_yes(
    core: &Arc<Core>,
    name: &SourceName,
    setup: &Setup,
    client: &Named,
    offer: &Offer,
    cancelled: &dyn Fn() -> bool,
) -> Result<Tokens> {
    let pace = Arc::clone(&core.network.pace);
    let (mut interval, until) = (offer.interval, pace.now() + offer.lasts);
    loop {
        if !pace.wait(interval, cancelled) {
            return Err(Error::Cancelled);
        }
        if pace.now() > until {
            return Err(told(client.failed("the code was not typed in in time")));
        }
        let standing = |response: &Response| client.standing(interval, response, core.clock.now());
        match ask(core, name, setup, &client.look(offer), standing) {
            Ok(Standing::Given(tokens)) => return Ok(tokens),
            Ok(Standing::Wait(wait)) => interval = wait,
            // The network may be back before the code is over.
            Err(failure) if !failure.is_permanent() => interval = (interval * 2).min(offer.lasts),
            Err(failure) => return Err(told(failure)),
        }
    }
}

fn listen(port: u16) -> Result<Callback> {
    let mut looks = LOOKS;
    loop {
        match Callback::open(port) {
            Err(Failure::PortTaken { .. }) if looks > 0 => std::thread::sleep(LOOK),
            opened => return Ok(opened.map_err(connect::Error::from)?),
        }
        looks -= 1;
    }
}

fn finish(
    core: &Arc<Core>,
    source: &StoredSource,
    setup: &Setup,
    callback: Callback,
    attempt: &Attempt,
    cancelled: &dyn Fn() -> bool,
) -> Result<()> {
    let host = setup.site().map_err(sources::bad_setup)?.authority();
    let code = callback.wait(&host, attempt.state(), cancelled).map_err(told)?;
    let tokens = exchange(core, &source.name, setup, &attempt.redeem(&code)).map_err(told)?;
    take(core, source, &tokens)
}

fn take(core: &Arc<Core>, source: &StoredSource, tokens: &Tokens) -> Result<()> {
    keep(core, &source.name, tokens)?;
    // Asked with it from now on; what had stopped it is over.
    let mut connection = sources::find_in(core, source.name.as_str())?.connection;
    if let Some(connection) = &mut connection {
        connection.has_token = true;
        core.store.connect_source(&source.name, &source.kind, connection, core.clock.now())?;
    }
    Ok(())
}

fn told(failure: Failure) -> Error {
    match failure {
        Failure::Cancelled => Error::Cancelled,
        failure => connect::Error::from(failure).into(),
    }
}

/// Another token in the place of `refused`, or of the one that is kept. Several may want it at once: one asks.
pub(crate) fn renew(
    core: &Arc<Core>,
    source: &StoredSource,
    refused: Option<&SecretString>,
) -> std::result::Result<SecretString, Failure> {
    let _turn = core.renewing.lock().unwrap_or_else(PoisonError::into_inner);
    let setup = sources::setup(source).map_err(|_| Failure::Cancelled)?;
    let client = setup.sign_in().ok().flatten().ok_or(Failure::Cancelled)?;
    let host = client.site.authority();
    let unkept = |error: &Error| Failure::SignIn { host: host.clone(), said: error.to_string() };
    let kept = core.vault.lock().unwrap_or_else(PoisonError::into_inner).token(&source.name);
    let kept = Tokens::parse(&kept.map_err(|error| unkept(&error))?);
    let Some(tokens) = kept else { return Err(Failure::TokenRefused { host }) };
    if refused.is_some_and(|refused| refused.expose_secret() != tokens.access.expose_secret()) {
        return Ok(tokens.access);
    }
    let Some(refresh) = tokens.refresh else { return Err(Failure::SignedOut { host }) };
    let renewed = exchange(core, &source.name, &setup, &client.renew(&refresh)).map_err(|failure| match failure {
        Failure::SignIn { host, .. } => Failure::SignedOut { host },
        other => other,
    })?;
    // The old pair is over and the new one lies nowhere yet: whoever falls here has to sign in again, and is told so.
    crash_point("tokens answered");
    // Where no new one is given, the old one goes on.
    let renewed = Tokens { refresh: renewed.refresh.clone().or(Some(refresh)), ..renewed };
    keep(core, &source.name, &renewed).map_err(|error| unkept(&error))?;
    crash_point("tokens kept");
    Ok(renewed.access)
}

/// Sent once, whatever comes of it.
fn exchange(
    core: &Arc<Core>,
    name: &SourceName,
    setup: &Setup,
    request: &Request,
) -> std::result::Result<Tokens, Failure> {
    let site = setup.site().map_err(|_| Failure::Cancelled)?.with(None, "");
    ask(core, name, setup, request, |response| Tokens::read(&site, response, core.clock.now()))
}

fn ask<T>(
    core: &Arc<Core>,
    name: &SourceName,
    setup: &Setup,
    request: &Request,
    read: impl Fn(&Response) -> std::result::Result<T, Failure>,
) -> std::result::Result<T, Failure> {
    let site = setup.site().map_err(|_| Failure::Cancelled)?.with(None, "");
    let options = core.network.client(SourceLedger::of(core, name), Arc::clone(&core.clock))?;
    let mut client = Client::new(site, None, setup.ca_file(), options, Box::new(|| false))?;
    match client.write(request, read) {
        Wrote::Done(done) => Ok(done),
        Wrote::Not(failure) | Wrote::Perhaps(failure) => Err(failure),
    }
}

fn keep(core: &Core, name: &SourceName, tokens: &Tokens) -> Result<()> {
    core.vault.lock().unwrap_or_else(PoisonError::into_inner).keep_token(name, &tokens.write())
}
