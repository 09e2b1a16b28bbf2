//! Servers that a person chose to be asked: adding, testing and removing them.

use crate::{
    Engine, Error, Result,
    api::{
        args::{PurgeArgs, SourceAddArgs, SourceArgs, SourcePauseArgs, SourceRemoveArgs},
        view::{Done, SourceDetail, SourceFailureView, SourceOption, SourceTest},
    },
    import,
    left_out::LeftOut,
    network::SourceLedger,
    open::Core,
    privacy, sign_in, sync, watched,
};
use connect::{
    http::Failure,
    oauth::Tokens,
    pull::{BadSetup, Found, Pull, Setup},
};
use domain::SourceName;
use secrecy::{ExposeSecret, SecretString};
use std::sync::{Arc, PoisonError};
use store::{Connection, StoredSource};

pub(crate) fn list(engine: &Engine) -> Result<Vec<SourceDetail>> {
    engine.core.store.sources()?.into_iter().map(|source| detail(engine, source)).collect()
}

pub(crate) fn add(engine: &Engine, args: &SourceAddArgs) -> Result<SourceDetail> {
    engine.must_own()?;
    let core = &engine.core;
    if args.kind == watched::FILES {
        return watch(engine, args);
    }
    let options = args.options.iter().flatten().map(|option| (option.key.clone(), option.value.clone())).collect();
    let mut setup = Setup { kind: args.kind.clone(), url: args.url.trim().into(), options };
    let connector = setup.connector().map_err(bad_setup)?;
    let name = match args.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => SourceName::new(name).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => SourceName::from_text(&connector.default_name()),
    };
    let there = core.store.sources()?.into_iter().find(|source| source.name == name);
    if let Some(there) = &there {
        // Adding the same again gives it another token or other options. Anything else would mix two sources.
        let same = there.kind == setup.kind && there.connection.as_ref().is_none_or(|old| old.url == setup.url);
        if !same {
            return Err(Error::SourceTaken { name: name.to_string(), kind: there.kind.clone() });
        }
    }
    // Whoever allows that something is written says by which token: the one that reads need not be allowed to.
    let wrote = there.as_ref().and_then(|there| there.connection.as_ref());
    let wrote = wrote.is_some_and(|old| old.options.get("write").is_some_and(|write| write == "yes"));
    if setup.may_write().map_err(bad_setup)?
        && !wrote
        && args.secret.as_deref().is_none_or(|token| token.trim().is_empty())
    {
        let needs = setup.writer().map_err(bad_setup)?.map_or("", |writer| writer.needs());
        return Err(Error::WriteNeedsToken { name: name.to_string(), needs });
    }
    let given = args.secret.as_deref().map(str::trim).filter(|token| !token.is_empty());
    if let Some(token) = given {
        if token.bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(not_a_token());
        }
        let this_run = args.this_run.unwrap_or(false) || setup.asks_token().map_err(bad_setup)?;
        setup.ask_token(this_run);
        let vault = core.vault.lock().unwrap_or_else(PoisonError::into_inner);
        match this_run {
            true => {
                // An older one that is kept would be asked with in the next run.
                if there.as_ref().is_some_and(has_token) {
                    vault.erase_token(&name)?;
                }
                vault.keep_for_this_run(&name, &SecretString::from(token));
            }
            false => vault.keep_for_good(&name, &SecretString::from(token))?,
        }
    }
    if given.is_none() && there.as_ref().is_some_and(is_for_one_run) {
        setup.ask_token(true);
    }
    let asks = setup.asks_token().map_err(bad_setup)?;
    let has_token =
        given.is_some() || asks || there.and_then(|there| there.connection).is_some_and(|old| old.has_token);
    let connection = Connection { url: setup.url, options: setup.options, has_token };
    core.store.connect_source(&name, &setup.kind, &connection, core.clock.now())?;
    detail(engine, find(engine, name.as_str())?)
}

/// A folder of exports. One that was imported before is watched from now on.
fn watch(engine: &Engine, args: &SourceAddArgs) -> Result<SourceDetail> {
    let connection = watched::connection(args)?;
    let name = match args.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => SourceName::new(name).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => import::default_source(&connection.url),
    };
    let taken = |there: &StoredSource| {
        let same = there.connection.as_ref().is_none_or(|old| old.url == connection.url);
        there.name == name && !(there.kind == watched::FILES && same)
    };
    let core = &engine.core;
    if let Some(there) = core.store.sources()?.into_iter().find(taken) {
        return Err(Error::SourceTaken { name: name.to_string(), kind: there.kind });
    }
    core.store.connect_source(&name, watched::FILES, &connection, core.clock.now())?;
    detail(engine, find(engine, name.as_str())?)
}

/// Asks whether it is there. A source that had been stopped is asked again from now on when it is.
pub(crate) fn test(engine: &Engine, args: &SourceArgs) -> Result<SourceTest> {
    engine.must_own()?;
    let source = find(engine, &args.name)?;
    if source.kind == watched::FILES {
        let found = watched::test(&source)?;
        engine.core.store.source_ended(&source.name, None, is_paused(&source), None)?;
        return Ok(found);
    }
    let (mut pull, ledger) = open(engine, &source, Box::new(|| false))?;
    let writes = setup(&source)?.may_write().map_err(bad_setup)?;
    let found = pull.test(writes).map_err(|failure| failed(failure, &ledger))?;
    engine.core.store.source_ended(&source.name, None, is_paused(&source), None)?;
    Ok(shown(found, has_token(&source)))
}

/// The same of what somebody typed, before anything of it is kept: neither the source nor its token.
pub(crate) fn try_out(engine: &Engine, args: &SourceAddArgs) -> Result<SourceTest> {
    engine.must_own()?;
    if args.kind == watched::FILES {
        return watched::test_at(&watched::connection(args)?.url);
    }
    let core = &engine.core;
    let options = args.options.iter().flatten().map(|option| (option.key.clone(), option.value.clone())).collect();
    let setup = Setup { kind: args.kind.clone(), url: args.url.trim().into(), options };
    let connector = setup.connector().map_err(bad_setup)?;
    let typed = args.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = match typed {
        Some(name) => SourceName::new(name).map_err(|bad| Error::BadInput(bad.to_string()))?,
        None => SourceName::from_text(&connector.default_name()),
    };
    let given = args.secret.as_deref().map(str::trim).filter(|token| !token.is_empty());
    if given.is_some_and(|token| token.bytes().any(|byte| !byte.is_ascii_graphic())) {
        return Err(not_a_token());
    }
    // Of one that is there the token stays, where no other was typed; and it goes nowhere but to where it was given for.
    let there = core.store.sources()?.into_iter().find(|source| source.name == name && source.kind == setup.kind);
    let there = there.filter(|there| there.connection.as_ref().is_some_and(|old| old.url == setup.url));
    let token = match (given, there) {
        (Some(token), _) => Some(SecretString::from(token)),
        (None, Some(there)) => token_in(core, &there)?,
        (None, None) => None,
    };
    let ledger = SourceLedger::of(core, &name);
    let options = core.network.client(ledger.clone(), Arc::clone(&core.clock)).map_err(connect::Error::from)?;
    let mut pull = Pull::new(&setup, token.as_ref(), options, Box::new(|| false)).map_err(bad_setup)?;
    let writes = setup.may_write().map_err(bad_setup)?;
    let found = pull.test(writes).map_err(|failure| failed(failure, &ledger))?;
    Ok(shown(found, token.is_some()))
}

fn shown(found: Found, signed_in: bool) -> SourceTest {
    let lacks = found.lacks.iter().map(|lack| lack.code().to_owned()).collect();
    SourceTest { name: found.name, private: found.private, requests_left: found.requests_left, signed_in, lacks }
}

/// What a person stopped has no failure that stopped it.
pub(crate) fn is_paused(source: &StoredSource) -> bool {
    source.stopped && source.failure.is_none()
}

/// Left alone until somebody says otherwise. What stopped it by itself is no pause, and is looked at by a test.
pub(crate) fn pause(engine: &Engine, args: &SourcePauseArgs) -> Result<SourceDetail> {
    engine.must_own()?;
    let source = find(engine, &args.name)?;
    if source.connection.is_none() {
        return Err(Error::NotAsked { name: args.name.clone() });
    }
    // One that lost its permission stays as it is: what it brought goes a week later.
    if is_paused(&source) || (args.paused && !source.stopped) {
        engine.core.store.source_ended(&source.name, None, args.paused, source.not_before)?;
    }
    if args.paused {
        engine.cancel_jobs("sync", Some(&args.name));
    }
    detail(engine, find(engine, &args.name)?)
}

/// What came from it stays, unless it is purged.
pub(crate) fn remove(engine: &Engine, args: &SourceRemoveArgs) -> Result<Done> {
    engine.must_own()?;
    let source = find(engine, &args.name)?;
    forget_token(engine, &args.name)?;
    engine.core.store.disconnect_source(&source.name)?;
    if args.purge.unwrap_or(false) {
        privacy::purge::purge(engine, &PurgeArgs { source: Some(args.name.clone()), ticket: None })?;
    }
    Ok(Done {})
}

/// A token opens somebody else's server: it goes before the source does, while there is still a name to find it by.
pub(crate) fn forget_token(engine: &Engine, name: &str) -> Result<()> {
    match find(engine, name) {
        Ok(source) if has_token(&source) => {
            engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner).erase_token(&source.name)
        }
        // Nothing to forget.
        Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

pub(crate) fn find(engine: &Engine, name: &str) -> Result<StoredSource> {
    find_in(&engine.core, name)
}

pub(crate) fn find_in(core: &Core, name: &str) -> Result<StoredSource> {
    let found = core.store.sources()?.into_iter().find(|source| source.name.as_str() == name);
    found.ok_or_else(|| Error::NotFound { what: "source", id: name.into() })
}

/// Ready to ask.
pub(crate) fn open(
    engine: &Engine,
    source: &StoredSource,
    cancelled: Box<dyn Fn() -> bool + Send + Sync>,
) -> Result<(Pull, Arc<SourceLedger>)> {
    let core = &engine.core;
    let setup = setup(source)?;
    let ledger = SourceLedger::of(core, &source.name);
    let options = core.network.client(ledger.clone(), Arc::clone(&core.clock)).map_err(connect::Error::from)?;
    let token = token_in(core, source)?;
    let pull = Pull::new(&setup, token.as_ref(), options, cancelled).map_err(bad_setup)?;
    if setup.sign_in().map_err(bad_setup)?.is_none() {
        return Ok((pull, ledger));
    }
    let (core, source, mut used) = (Arc::clone(core), source.clone(), token);
    let renew = move || {
        let renewed = sign_in::renew(&core, &source, used.as_ref())?;
        used = Some(renewed.clone());
        Ok(renewed)
    };
    Ok((pull.renewing(Box::new(renew)), ledger))
}

/// What a failed request means for whoever asked for it.
pub(crate) fn failed(failure: Failure, ledger: &SourceLedger) -> Error {
    match (failure, ledger.reason()) {
        (Failure::NotNoted, Some(reason)) => reason.into(),
        (Failure::Cancelled, _) => Error::Cancelled,
        (failure, _) => connect::Error::from(failure).into(),
    }
}

pub(crate) fn setup(source: &StoredSource) -> Result<Setup> {
    let asked = source.connection.clone();
    let Connection { url, options, .. } = asked.ok_or_else(|| Error::NotAsked { name: source.name.to_string() })?;
    Ok(Setup { kind: source.kind.clone(), url, options })
}

pub(crate) fn has_token(source: &StoredSource) -> bool {
    source.connection.as_ref().is_some_and(|connection| connection.has_token)
}

/// The keyring is asked only where there is something to ask it for. What signing in gave is renewed before it ends.
pub(crate) fn token_in(core: &Arc<Core>, source: &StoredSource) -> Result<Option<SecretString>> {
    let of_this_run = core.vault.lock().unwrap_or_else(PoisonError::into_inner).token_of_this_run(&source.name);
    if !has_token(source) {
        return Ok(of_this_run);
    }
    let kept = core.vault.lock().unwrap_or_else(PoisonError::into_inner).token(&source.name)?;
    Ok(Some(match Tokens::parse(&kept) {
        None => kept,
        Some(tokens) if !tokens.is_stale(core.clock.now()) => tokens.access,
        Some(tokens) => sign_in::renew(core, source, Some(&tokens.access)).map_err(connect::Error::from)?,
    }))
}

/// A token that somebody types in for what this program does now. It lies nowhere.
pub fn token_for_this_run(engine: &Engine, name: &str, token: &SecretString) -> Result<()> {
    let source = find(engine, name)?;
    let token = token.expose_secret().trim();
    if token.is_empty() || token.bytes().any(|byte| !byte.is_ascii_graphic()) {
        return Err(not_a_token());
    }
    let vault = engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner);
    vault.keep_for_this_run(&source.name, &SecretString::from(token));
    Ok(())
}

/// Its token was given for one run of this program, and that run is over.
fn asks_token(engine: &Engine, source: &StoredSource) -> bool {
    let held = || engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner).token_of_this_run(&source.name);
    is_for_one_run(source) && held().is_none()
}

fn is_for_one_run(source: &StoredSource) -> bool {
    setup(source).is_ok_and(|setup| setup.asks_token().unwrap_or(false))
}

fn not_a_token() -> Error {
    Error::BadInput("a token is one word of letters, digits and signs; this is not one".into())
}

pub(crate) fn bad_setup(bad: BadSetup) -> Error {
    match bad {
        BadSetup::Address(failure) => connect::Error::from(failure).into(),
        other => Error::BadInput(other.to_string()),
    }
}

fn detail(engine: &Engine, source: StoredSource) -> Result<SourceDetail> {
    let asked = setup(&source).ok();
    let reach = asked.as_ref().and_then(|setup| setup.connector().ok()).map(|found| found.site().reach());
    let has_token = has_token(&source);
    let options = asked.iter().flat_map(|setup| &setup.options);
    let writer = asked.as_ref().and_then(|setup| setup.writer().ok().flatten());
    let kinds = writer.iter().flat_map(|writer| writer.kinds());
    let may_write = asked.as_ref().is_some_and(|setup| setup.may_write().unwrap_or(false));
    let (paused, asks_token) = (is_paused(&source), asks_token(engine, &source));
    let left_out = LeftOut::of(&engine.core, &source.name)?.view();
    let failure = source.failure.map(|failure| {
        let hint = crate::error::hint_of(&failure.code).map(str::to_owned);
        SourceFailureView { code: failure.code, message: failure.words, hint, at: failure.at.0 }
    });
    Ok(SourceDetail {
        name: source.name.to_string(),
        kind: source.kind,
        tickets: source.tickets,
        last_ok_at: source.last_ok_at.map(|at| at.0),
        options: options.map(|(key, value)| SourceOption { key: key.clone(), value: value.clone() }).collect(),
        url: asked.as_ref().map(|setup| setup.url.clone()),
        reach: reach.map(|reach| reach.as_str().into()),
        has_token,
        asks_token,
        signs_in: asked.as_ref().is_some_and(|setup| matches!(setup.sign_in(), Ok(Some(_)))),
        writes: kinds.map(|kind| kind.as_str().into()).collect(),
        may_write,
        stopped: source.stopped && !paused,
        paused,
        not_before: source.not_before.map(|at| at.0),
        syncing: sync::is_running(&engine.core, &source.name),
        failure,
        left_out,
    })
}
