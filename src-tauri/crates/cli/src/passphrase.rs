//! A passphrase, or a token for one run, comes from a terminal that does not show it, or from standard input; never from an argument.

use crate::{failed::Failed, output};
use anyhow::Context;
use engine::{Engine, OpenOptions, SecretString};
use std::{
    io::{IsTerminal, stdin},
    sync::Arc,
};

/// Asks for it where the workspace has one and somebody sits at a terminal. `repair`: what does not open is mended first.
pub(crate) fn open(options: OpenOptions, repair: bool) -> anyhow::Result<Arc<Engine>> {
    let made_now = !options.home.join("keys.json").exists();
    let open = if repair { engine::mend } else { Engine::open };
    let opened = match open(options.clone()) {
        Err(error) if error.code() == "passphrase_needed" && can_ask() => {
            open(OpenOptions { passphrase: Some(present()?), ..options })
        }
        opened => opened,
    };
    let engine = opened.map_err(Failed::from)?;
    // Offered once, when there is something new to lose.
    if made_now && can_ask() {
        output::note(
            "This workspace is encrypted. `precedent key recovery` makes a key to write down, for the day its own is lost.",
        );
    }
    Ok(engine)
}

pub(crate) fn can_ask() -> bool {
    stdin().is_terminal()
}

pub(crate) fn present() -> anyhow::Result<SecretString> {
    Ok(ask("Passphrase: ")?.into())
}

/// A new one: typed twice at a terminal, read once from anything else.
pub(crate) fn new() -> anyhow::Result<String> {
    if !can_ask() {
        return crate::read_input(None);
    }
    let first = ask("New passphrase: ")?;
    if ask("The same again: ")? != first {
        return Err(Failed::usage("The two differ; nothing was changed.", "Type the same passphrase twice.").into());
    }
    Ok(first)
}

/// A token that lies nowhere afterwards.
pub(crate) fn token(source: &str) -> anyhow::Result<SecretString> {
    let typed = if can_ask() { ask(&format!("Token of {source}: "))? } else { crate::read_input(None)? };
    Ok(typed.into())
}

fn ask(prompt: &str) -> anyhow::Result<String> {
    rpassword::prompt_password(prompt).context("nothing could be read from the terminal")
}
