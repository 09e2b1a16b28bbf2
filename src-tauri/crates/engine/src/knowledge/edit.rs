//! Other text, and other fields, in a file of the folder.

use super::{in_full, read, shelf};
use crate::{
    Engine, Error, Result,
    api::{
        args::{KnowledgeSaveArgs, KnowledgeSetArgs, KnowledgeTextArgs},
        view::{KnowledgeChanged, KnowledgeDraftCheck, KnowledgeText},
    },
    code::linked::Linked,
    ticket,
};
use ::knowledge::{CodeLink, Confidence, Document, Entry, Kind, Shelf, State, Unread, check};
use domain::{KnownErrorState, Version};
use serde_json::json;

const LONGEST: usize = 1 << 20;

/// What there is to mend in it. Nothing is written.
pub(crate) fn check_text(args: &KnowledgeTextArgs) -> KnowledgeDraftCheck {
    let kind = args.path.split('/').next().and_then(Kind::parse).unwrap_or(Kind::Article);
    let mut state = State::default();
    match Entry::read(kind, &args.path, &args.text) {
        Ok(entry) => state.entries.push(entry),
        Err(reason) => state.unread.push(Unread { path: args.path.clone(), reason }),
    }
    KnowledgeDraftCheck { findings: check(&state).into_iter().map(|finding| finding.what).collect() }
}

/// A text that cannot be read as an entry is not written: its known error would be gone.
pub(crate) fn save(engine: &Engine, args: &KnowledgeSaveArgs) -> Result<KnowledgeText> {
    engine.must_own()?;
    let shelf = shelf(engine)?;
    if args.text.len() > LONGEST {
        return Err(Error::BadInput(format!("an entry is at most {} MB long", LONGEST >> 20)));
    }
    let kind = args.path.split('/').next().and_then(Kind::parse);
    let kind = kind.ok_or_else(|| Error::NotFound { what: "entry", id: args.path.clone() })?;
    Entry::read(kind, &args.path, &args.text).map_err(Error::BadInput)?;
    shelf.change_entry(&args.path, &args.before, &args.text)?;
    read(engine)?;
    let state = shelf.read()?;
    let saved = state.entries.iter().find(|entry| entry.path == args.path);
    saved.map(|entry| in_full(&state, entry)).ok_or_else(|| Error::NotFound { what: "entry", id: args.path.clone() })
}

/// Fields alone: the rest of the file stays as it was written.
pub(crate) fn set(engine: &Engine, args: &KnowledgeSetArgs) -> Result<KnowledgeChanged> {
    engine.must_own()?;
    let shelf = shelf(engine)?;
    let (path, before, mut document) = open(&shelf, args.id.trim())?;
    if let Some(state) = &args.state {
        let known = KnownErrorState::ALL.map(KnownErrorState::as_str);
        document.set("state", &json!(word(state, "state", &known)?));
    }
    if let Some(confidence) = &args.confidence {
        let known = Confidence::ALL.map(Confidence::as_str);
        document.set("confidence", &json!(word(confidence, "confidence", &known)?));
    }
    if let Some(versions) = &args.fix_versions {
        let versions: Vec<&str> = versions.iter().map(|version| version.trim()).filter(|v| !v.is_empty()).collect();
        if let Some(strange) = versions.iter().find(|version| Version::parse(version).is_none()) {
            return Err(Error::BadInput(format!("\"{strange}\" is no version: write it as 5.4.1")));
        }
        document.set("fix_versions", &json!(versions));
    }
    for (field, said) in [("eta", &args.eta), ("eta_by", &args.eta_by)] {
        match said.as_deref().map(str::trim) {
            Some("") => document.unset(field),
            Some(said) => document.set(field, &json!(said)),
            None => {}
        }
    }
    let links = match &args.code {
        Some(links) => Some(links.iter().map(|link| code_link(link)).collect::<Result<Vec<_>>>()?),
        None if args.code_checked => Some(Linked::of(engine)?.looked_at(&entry_of(&path, &document.to_string())?)),
        None => None,
    };
    if let Some(links) = links {
        document.set("code", &json!(links.iter().map(ToString::to_string).collect::<Vec<_>>()));
    }
    if let Some(id) = &args.ticket {
        let key = ticket::find(engine, id)?.key;
        let entry = entry_of(&path, &document.to_string())?;
        let mut tickets = entry.tickets().to_vec();
        if !tickets.iter().any(|one| *one == key.to_string() || *one == key.id) {
            tickets.push(key.to_string());
            document.set("tickets", &json!(tickets));
        }
    }
    change(engine, &shelf, path, before, document.to_string())
}

/// Writes it where it is another text, and reads the folder again.
pub(super) fn change(
    engine: &Engine,
    shelf: &Shelf,
    path: String,
    before: String,
    text: String,
) -> Result<KnowledgeChanged> {
    entry_of(&path, &text)?;
    if text != before {
        shelf.change_entry(&path, &before, &text)?;
        read(engine)?;
    }
    Ok(KnowledgeChanged { path, before, text })
}

/// The one entry of that id or path: where it lies, what it holds.
pub(super) fn open(shelf: &Shelf, id: &str) -> Result<(String, String, Document)> {
    let state = shelf.read()?;
    // A known error's key is the source's name, a colon and its id.
    let bare = id.strip_prefix(super::SOURCE).and_then(|rest| rest.strip_prefix(':')).unwrap_or(id);
    let found: Vec<&Entry> = state.entries.iter().filter(|entry| entry.id == bare || entry.path == bare).collect();
    match found[..] {
        [] => Err(Error::NotFound { what: "entry", id: id.into() }),
        [entry] => {
            let text = entry.document.to_string();
            Ok((entry.path.clone(), text, entry.document.clone()))
        }
        _ => Err(Error::Ambiguous { id: id.into(), keys: found.iter().map(|entry| entry.path.clone()).collect() }),
    }
}

/// What an entry says to a customer, and in which language if in a certain one; `None` where it says nothing.
pub(crate) fn reply(engine: &Engine, id: &str, language: &str) -> Result<Option<(String, Option<String>)>> {
    let Ok(shelf) = super::shelf(engine) else { return Ok(None) };
    let (path, text, _) = open(&shelf, id)?;
    let entry = entry_of(&path, &text)?;
    Ok(entry.reply(language).map(|(text, language)| (text.to_owned(), language)))
}

fn entry_of(path: &str, text: &str) -> Result<Entry> {
    let kind = path.split('/').next().and_then(Kind::parse).unwrap_or(Kind::Article);
    Entry::read(kind, path, text).map_err(Error::BadInput)
}

pub(super) fn code_link(said: &str) -> Result<CodeLink> {
    CodeLink::parse(said).ok_or_else(|| {
        Error::BadInput(format!(
            "\"{said}\" names no file of a repository: write it as repository:src/file.rs#symbol@v1.2"
        ))
    })
}

fn word<'a>(said: &'a str, field: &str, known: &[&str]) -> Result<&'a str> {
    let said = said.trim();
    if known.contains(&said) {
        Ok(said)
    } else {
        Err(Error::BadInput(format!("{field} cannot be \"{said}\": it is {}", known.join(", "))))
    }
}
