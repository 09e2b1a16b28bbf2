//! What people do with the workspace's key.

use crate::{
    Engine, Error, Result,
    api::{
        args::{ForgetArgs, PassphraseArgs},
        view::{Done, KeyView, RecoveryKeyView},
    },
    sources,
    vault::Vault,
};
use secrecy::ExposeSecret;
use std::sync::{MutexGuard, PoisonError};

pub(crate) fn status(engine: &Engine) -> Result<KeyView> {
    let vault = vault(engine);
    let ((kind, place), (made_at, recovery_at)) = (vault.place(), vault.made_at());
    let (made_at, recovery_made_at) = (made_at.map(|at| at.0), recovery_at.map(|at| at.0));
    Ok(KeyView { kind: kind.into(), place, tokens: vault.token_place(), made_at, recovery_made_at })
}

pub(crate) fn make_recovery_key(engine: &Engine) -> Result<RecoveryKeyView> {
    engine.must_own()?;
    let core = &engine.core;
    let words = vault(engine).make_recovery_key(core.home.dir(), core.clock.now())?;
    Ok(RecoveryKeyView { words: words.expose_secret().to_owned() })
}

pub(crate) fn rotate(engine: &Engine) -> Result<KeyView> {
    engine.must_own()?;
    let core = &engine.core;
    vault(engine).rotate(core.home.dir(), core.clock.now())?;
    status(engine)
}

pub(crate) fn set_passphrase(engine: &Engine, args: PassphraseArgs) -> Result<KeyView> {
    engine.must_own()?;
    let core = &engine.core;
    vault(engine).set_passphrase(core.home.dir(), &args.passphrase.into(), core.clock.now())?;
    status(engine)
}

/// The home is repeated by whoever asks: nobody destroys a workspace by a slip.
pub(crate) fn forget(engine: &Engine, args: &ForgetArgs) -> Result<Done> {
    engine.must_own()?;
    let home = engine.core.home.dir();
    if args.home != home.display().to_string() {
        return Err(Error::BadInput(format!("to forget this workspace, name its folder: {}", home.display())));
    }
    // A token opens somebody else's server: it goes first, while there is still a name to find it by.
    for source in engine.core.store.sources()?.iter().filter(|source| sources::has_token(source)) {
        vault(engine).erase_token(&source.name)?;
    }
    vault(engine).destroy(home)?;
    Ok(Done {})
}

fn vault(engine: &Engine) -> MutexGuard<'_, Vault> {
    engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner)
}
