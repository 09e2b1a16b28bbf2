//! A case that leaves in one signed file, and one that comes in. What comes in is proven whole, from somebody who is
//! known, and newer than what is here, before anything of it is written; each refusal leaves an audit line.

use super::{handed, returned};
use crate::{
    Engine, Error, Result,
    api::{
        args::{BundleOpenArgs, BundleSaveArgs, LimitArgs, NameArgs},
        view::{AuditLine, AuditView, BundleSaved, Done, EscalationAuthor, EscalationView},
    },
    text::unseen,
};
use ::escalation::{
    Package, State,
    bundle::{self, Author, Bundle, LARGEST, Part, Refused, Signer},
};
use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::PoisonError,
};
use store::{StoredAudit, StoredEscalation};

const PACKAGE: &str = "package.json";
const MARKDOWN: &str = "package.md";
/// What the author of this workspace's bundles is called, among the preferences.
const NAME: &str = "escalation.author";

/// The file holds what was written down when it was handed over, byte for byte.
pub(crate) fn save(engine: &Engine, args: &BundleSaveArgs) -> Result<BundleSaved> {
    engine.must_own()?;
    let path = place(&args.path)?;
    let one = handed::find(engine, args.id)?;
    if one.author.is_some() && one.answer.is_none() {
        let words = "it came in a bundle of somebody else's, and is not answered yet: hand that file on as it is";
        return Err(Error::BadInput(words.into()));
    }
    if one.package.is_empty() {
        return Err(Error::BadInput("what its package held of the customer was deleted".into()));
    }
    let author = author_name(engine, args.author.as_deref())?;
    let signer = signer(engine)?;
    let epoch = one.epoch + 1;
    let now = engine.core.clock.now();
    let parts = [(PACKAGE, &one.package), (MARKDOWN, &one.markdown)]
        .map(|(name, text)| Part { name: name.into(), bytes: text.as_bytes().to_vec() });
    let parts: Vec<Part> = parts.into_iter().chain(returned::part(&one)).collect();
    let bytes =
        bundle::write(&one.ticket, epoch, now.0, &author, &parts, &signer).ok_or(Error::Bundle(Refused::TooLarge))?;
    // The number is used up before a file carries it: no two files of one number differ.
    engine.core.store.put_escalation(&StoredEscalation { epoch, ..one })?;
    write_new(&path, &bytes).map_err(|cause| Error::BundleFile { doing: "written", path: path.clone(), cause })?;
    engine.core.store.audit("bundle_save", "done", &name_of(&path), now)?;
    let code = Author { key: signer.key(), name: author }.code();
    Ok(BundleSaved { path: path.display().to_string(), bytes: bytes.len() as u64, code })
}

/// Answers with the escalation that it became here.
pub(crate) fn open(engine: &Engine, args: &BundleOpenArgs) -> Result<EscalationView> {
    engine.must_own()?;
    let path = place(&args.path)?;
    let taken = take(engine, &path, args.trust.as_deref());
    let outcome = taken.as_ref().err().map_or("done", Error::code).to_owned();
    // A file that is not there was no attempt of anybody's.
    if outcome != "bundle_file" {
        engine.core.store.audit("bundle_open", &outcome, &name_of(&path), engine.core.clock.now())?;
    }
    handed::view(engine, taken?)
}

fn take(engine: &Engine, path: &Path, trust: Option<&str>) -> Result<StoredEscalation> {
    let bytes = read_file(path).map_err(|cause| Error::BundleFile { doing: "read", path: path.into(), cause })?;
    let bundle = bundle::read(&bytes).map_err(Error::Bundle)?;
    let (package, markdown) = contents(&bundle)?;
    let returned = returned::read(&bundle)?;
    let store = &engine.core.store;
    let key = hex(&bundle.author.key);
    let is_ours = signer(engine)?.key() == bundle.author.key;
    let is_known = is_ours || store.bundle_authors()?.iter().any(|(known, _)| *known == key);
    let code = bundle.author.code();
    let trusted = trust.is_some_and(|given| same_code(given, &code));
    if !is_known && !trusted {
        return Err(Error::BundleAuthorUnknown { name: shown(&bundle.author.name), code });
    }
    let own = |one: &StoredEscalation| if is_ours { one.author.is_none() } else { one.author.as_deref() == Some(&key) };
    let earlier = store.escalations_of(&bundle.case)?.into_iter().find(own);
    if is_ours {
        // It left from here: what is here is at least as new.
        return earlier.ok_or(Error::NotFound { what: "escalation of this bundle", id: bundle.case });
    }
    let of_ours =
        || -> Result<_> { Ok(store.escalations_of(&bundle.case)?.into_iter().find(|one| one.author.is_none())) };
    if let Some(returned) = &returned
        && let Some(ours) = of_ours()?
    {
        // Nothing of a file that is older than what is here is written, not even whose it was.
        returned.onto(&ours)?;
        know(engine, &bundle, is_known)?;
        return returned.join(engine, ours);
    }
    if let Some(earlier) = &earlier {
        if bundle.epoch < earlier.epoch || bundle.epoch == earlier.epoch && package_differs(earlier, &bundle) {
            return Err(Error::BundleOld { case: shown(&bundle.case) });
        }
        if bundle.epoch == earlier.epoch {
            return Ok(earlier.clone());
        }
    }
    // From here on things are written.
    let now = engine.core.clock.now();
    know(engine, &bundle, is_known)?;
    let lint = ::escalation::lint(&package, &[]);
    let new = StoredEscalation {
        state: State::Submitted.as_str().into(),
        created_at: bundle.made_at,
        ..StoredEscalation::default()
    };
    let one = StoredEscalation {
        ticket: bundle.case.clone(),
        reason: package.reason.map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
        target: package.to.clone(),
        title: package.ticket.subject.clone(),
        package: package_text(&bundle)?,
        markdown,
        filled: lint.filled as u32,
        needed: lint.needed as u32,
        signatures: package.errors.iter().map(|error| error.code.clone()).filter(|code| !code.is_empty()).collect(),
        author: Some(key),
        epoch: bundle.epoch,
        updated_at: now.0,
        ..earlier.unwrap_or(new)
    };
    let one = returned.map_or(Ok(None), |returned| returned.onto(&one))?.unwrap_or(one);
    let id = store.put_escalation(&one)?;
    Ok(StoredEscalation { id, ..one })
}

/// From now on, where somebody vouched for whoever made it.
fn know(engine: &Engine, bundle: &Bundle, is_known: bool) -> Result<()> {
    if !is_known {
        let (key, name) = (hex(&bundle.author.key), shown(&bundle.author.name));
        engine.core.store.add_bundle_author(&key, &name, engine.core.clock.now())?;
    }
    Ok(())
}

fn package_differs(earlier: &StoredEscalation, bundle: &Bundle) -> bool {
    bundle.part(PACKAGE) != Some(earlier.package.as_bytes())
        || bundle.part(MARKDOWN) != Some(earlier.markdown.as_bytes())
}

/// Both forms, readable.
fn contents(bundle: &Bundle) -> Result<(Package, String)> {
    let wrong = |what| Error::Bundle(Refused::Malformed(what));
    let package: Package =
        serde_json::from_str(&package_text(bundle)?).map_err(|_| wrong("its package is unreadable"))?;
    if package.format > ::escalation::FORMAT {
        return Err(Error::Bundle(Refused::Newer));
    }
    if package.ticket.id != bundle.case {
        return Err(wrong("it names one case outside and another inside"));
    }
    let markdown = bundle.part(MARKDOWN).and_then(|bytes| std::str::from_utf8(bytes).ok());
    Ok((package, markdown.ok_or_else(|| wrong("its text is missing"))?.to_owned()))
}

fn package_text(bundle: &Bundle) -> Result<String> {
    let text = bundle.part(PACKAGE).and_then(|bytes| std::str::from_utf8(bytes).ok());
    text.map(str::to_owned).ok_or(Error::Bundle(Refused::Malformed("its package is missing")))
}

pub(crate) fn own_author(engine: &Engine) -> Result<EscalationAuthor> {
    let author = Author { key: signer(engine)?.key(), name: author_name(engine, None)? };
    Ok(EscalationAuthor { code: author.code(), name: author.name })
}

/// Whose bundles are taken here.
pub(crate) fn authors(engine: &Engine) -> Result<Vec<EscalationAuthor>> {
    let known = engine.core.store.bundle_authors()?.into_iter();
    let view = |(key, name): (String, String)| {
        Some(EscalationAuthor { code: Author { key: key_of(&key)?, name: String::new() }.code(), name })
    };
    Ok(known.filter_map(view).collect())
}

/// By the code. What came from them stays.
pub(crate) fn forget_author(engine: &Engine, args: &NameArgs) -> Result<Done> {
    engine.must_own()?;
    for (key, _) in engine.core.store.bundle_authors()? {
        let code = key_of(&key).map(|key| Author { key, name: String::new() }.code());
        if code.is_some_and(|code| same_code(&args.name, &code)) {
            engine.core.store.remove_bundle_author(&key)?;
            return Ok(Done {});
        }
    }
    Err(Error::NotFound { what: "author of bundles", id: args.name.clone() })
}

pub(crate) fn audit(engine: &Engine, args: &LimitArgs) -> Result<AuditView> {
    let lines = engine.core.store.audits(args.limit.min(1_000))?.into_iter();
    let view =
        |line: StoredAudit| AuditLine { at: line.at.0, what: line.what, outcome: line.outcome, detail: line.detail };
    Ok(AuditView { lines: lines.map(view).collect() })
}

/// What this workspace signs with: a sub-key of its root key, kept nowhere.
fn signer(engine: &Engine) -> Result<Signer> {
    let vault = engine.core.vault.lock().unwrap_or_else(PoisonError::into_inner);
    Signer::from_seed(vault.bundle_author().expose()).ok_or(Error::NoRandomness)
}

/// As given, and remembered; else as remembered.
pub(super) fn author_name(engine: &Engine, given: Option<&str>) -> Result<String> {
    let given = given.map(str::trim).filter(|name| !name.is_empty());
    if let Some(name) = given {
        let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
        engine.core.store.set_preference(NAME, &name)?;
        return Ok(name);
    }
    let kept = engine.core.store.preferences()?.into_iter().find(|(key, _)| key == NAME);
    Ok(kept.map(|(_, name)| name).unwrap_or_default())
}

/// Hosts make a path whole: only they know what it is relative to.
fn place(path: &str) -> Result<PathBuf> {
    let path = Path::new(path.trim());
    if path.is_absolute() { Ok(path.into()) } else { Err(Error::BadInput("name the file with its whole path".into())) }
}

/// Never more than the largest bundle and a byte, whatever lies there; a pipe is not waited for.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is no file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whole or not at all, and never over something that is there.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(std::fs::remove_file(path)))
}

/// The folder says where somebody lives; the name is enough.
fn name_of(path: &Path) -> String {
    shown(&path.file_name().unwrap_or_default().to_string_lossy())
}

fn shown(text: &str) -> String {
    unseen::marked(text).into_owned()
}

/// Dashes, spaces and small letters do not matter.
fn same_code(given: &str, code: &str) -> bool {
    let bare = |text: &str| {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect::<String>()
    };
    bare(given) == bare(code)
}

fn hex(key: &[u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn key_of(hex: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}
