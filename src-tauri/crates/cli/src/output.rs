//! The only way to stdout and stderr: one JSON document, or plain words that cannot steer a terminal.
//!
//! Deliberately absent: `println!` and `eprintln!`, which panic when nobody reads on.

use crate::{Host, failed, failed::Failed};
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::{ErrorKind, Write as _},
};

/// Runs a command of the contract.
pub(crate) fn call(host: &Host, name: &str, args: &impl Serialize) -> anyhow::Result<Value> {
    let args = serde_json::to_value(args)?;
    Ok(engine::api::rpc(&host.engine, name, args).map_err(Failed::of_call)?)
}

pub(crate) fn print(json: bool, value: &impl Serialize, words: impl FnOnce() -> String) -> anyhow::Result<()> {
    let text = if json { json_text(value)? } else { safe(&words()) };
    line(text).map(drop)
}

/// One line of a stream of JSON documents. `false`: nobody reads on.
pub(crate) fn print_line(value: &impl Serialize) -> anyhow::Result<bool> {
    line(json_text(value)?)
}

/// `precedent … | head` is no failure: what was asked for was done, and nobody wants more of it.
fn line(mut text: String) -> anyhow::Result<bool> {
    text.push('\n');
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(anyhow::Error::new(error).context("the output could not be written")),
    }
}

/// With `--json` a script gets the code on stdout; people get the words on stderr either way.
pub(crate) fn failure(error: &anyhow::Error, json: bool) {
    if let Some(view) = failed::view(error).filter(|_| json) {
        // A failure to say that it failed has nowhere left to go.
        let _ = print_line(&json!({ "error": view }));
    }
    note(&format!("precedent: {error:#}"));
}

/// One line for people, beside whatever stdout carries.
pub(crate) fn note(words: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", safe(words));
}

/// Words on their way to a terminal. Tickets are written by strangers: a control character in them could recolour,
/// overwrite or retitle the terminal, and a direction override or a hidden character could make a line read as something
/// else. Each of them is shown instead of obeyed; line breaks and tabs stay.
pub(crate) fn safe(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\u{27e8}U+000D\u{27e9}");
    engine::shown_text(&words).into_owned()
}

/// JSON itself lets DEL, C1 controls and direction overrides through. They are written as escapes: the same document to
/// a program, and harmless on a terminal.
fn json_text(value: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string(value)?;
    if !text.chars().any(steers) {
        return Ok(text);
    }
    // Outside of strings JSON is ASCII without controls, so every such character stands inside one.
    let mut out = String::with_capacity(text.len() + 64);
    for letter in text.chars() {
        if steers(letter) {
            let _ = write!(out, "\\u{:04x}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    Ok(out)
}

/// C0 and C1 controls (ESC, CSI, BEL, …), DEL, and what turns the direction of text.
fn steers(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_a_terminal_is_shown_and_not_obeyed() {
        let hostile = "a\u{1b}[2Jb\u{7}c\u{9b}31md\u{202e}e\u{2066}f\u{7f}g\rh";
        let shown = "a⟨U+001B⟩[2Jb⟨U+0007⟩c⟨U+009B⟩31md⟨U+202E⟩e⟨U+2066⟩f⟨U+007F⟩g⟨U+000D⟩h";
        assert_eq!(safe(hostile), shown);
    }

    #[test]
    fn every_character_that_steers_is_caught() {
        for letter in (0..=0x10_ffff).filter_map(char::from_u32).filter(|letter| steers(*letter)) {
            let stays = safe(&letter.to_string()).contains(letter);
            assert_eq!(stays, matches!(letter, '\n' | '\t'), "U+{:04X}", u32::from(letter));
        }
    }

    #[test]
    fn a_host_that_is_split_by_something_invisible_shows_it() {
        assert_eq!(safe("https://pay\u{200b}pal.example"), "https://pay⟨U+200B⟩pal.example");
    }

    #[test]
    fn line_breaks_and_tabs_and_other_scripts_stay() {
        assert_eq!(safe("at Foo\r\n\tat Bar\nשלום 接続"), "at Foo\n\tat Bar\nשלום 接続");
    }

    #[test]
    fn json_says_the_same_with_escapes() {
        let value = json!({ "a\u{9b}": "b\u{202e}\u{1b}\n\u{7f}é" });
        let text = json_text(&value).unwrap();
        assert!(!text.chars().any(steers), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
