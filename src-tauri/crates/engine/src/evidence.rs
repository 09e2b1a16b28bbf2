//! Files that tell what happened on a ticket: logs, HARs, events, spans, pictures, and links to recordings. Strangers wrote
//! them: they are read within limits, kept in the encrypted store, and nothing of them leaves but through a package, redacted.

mod picture;
mod timeline;

use crate::{
    Engine, Error, Result,
    api::{
        args::{CaseFileAddArgs, CaseFileRemoveArgs, CaseLinesArgs, CaseTicketArgs},
        view::{
            CaseFileAdded, CaseFileGone, CaseFileView, CaseFilesView, CaseGroupView, CaseJoin, CaseLineView,
            CaseLinesView, SensitiveCount,
        },
    },
    privacy, ticket,
};
use matching::evidence::{Found, Kind, LARGEST, Wrong, ids, kind, read, rows};
pub(crate) use picture::get as picture;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, io::Read, path::Path};
use store::{Store, StoredFile, StoredTicket};
pub(crate) use timeline::{get as timeline, say as chain_say, unsay as chain_unsay};

/// To a ticket.
const MOST: usize = 40;
/// Bytes of all of them.
const ALL: u64 = 256 << 20;
/// Lines to a page, at most.
const PAGE: u32 = 500;
/// Groups whose words are looked through for what should not leave.
const MARKED: usize = 200;
const REPLAY: &str = "replay";
/// Shown, of ids that files have in common.
const JOINS: usize = 40;
/// What was taken away comes back for so long.
pub(crate) const BROUGHT_BACK: i64 = 30 * 86_400_000;
/// A file that was written so long before the ticket came in, or after it, is of another time.
const NEAR: i64 = 3 * 86_400_000;

/// Of what is kept beside a file: what an earlier one lacks is read again.
const EDITION: u32 = 1;

/// As it is kept beside the file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Kept {
    edition: u32,
    /// As its language would print it.
    pub(crate) thrown: String,
    /// What goes along where its case goes, once it is redacted.
    pub(crate) told: String,
    /// That is all that was read.
    pub(crate) whole: bool,
    pub(crate) lines: u64,
    entries: u64,
    others: u64,
    unzoned: u64,
    first_at: Option<i64>,
    last_at: Option<i64>,
    pub(crate) groups: Vec<KeptGroup>,
    /// Kind, value, how often.
    ids: Vec<(String, String, u64)>,
    sensitive: Vec<(String, u64)>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct KeptGroup {
    key: u64,
    pub(crate) level: String,
    template: String,
    pub(crate) sample: String,
    count: u64,
    number: u64,
    pub(crate) first_at: Option<i64>,
    last_at: Option<i64>,
}

pub(crate) fn add(engine: &Engine, args: &CaseFileAddArgs) -> Result<CaseFileAdded> {
    engine.must_own()?;
    let stored = ticket::find(engine, &args.ticket)?;
    let key = stored.key.to_string();
    let (name, bytes) = match (&args.path, &args.data, &args.link) {
        (Some(path), None, None) => from_disk(path.trim())?,
        (None, Some(data), None) => (args.name.clone().unwrap_or_default(), from_letters(data)?),
        (None, None, Some(link)) => (recording(link)?, Vec::new()),
        _ => return Err(Error::BadInput("name one file, or one link to a recording".into())),
    };
    let refused = |wrong: Wrong| Error::BadInput(format!("cannot take {name}: {}", wrong.words()));
    let (kind, kept) = if args.link.is_some() {
        (REPLAY, Kept::default())
    } else {
        let kind = kind(&bytes).map_err(refused)?;
        (kind.as_str(), kept(engine, &key, kind, &bytes)?.map_err(refused)?)
    };
    let there = engine.core.store.files_of(&key)?;
    let total: u64 = there.iter().map(|one| one.size).sum();
    if there.len() >= MOST || total + bytes.len() as u64 > ALL {
        return Err(Error::BadInput(format!(
            "a ticket holds {MOST} files of {} MB together: take one away first",
            ALL >> 20
        )));
    }
    let file = StoredFile {
        id: 0,
        ticket: key,
        kind: kind.into(),
        name: name.chars().filter(|letter| !letter.is_control()).take(300).collect(),
        size: bytes.len() as u64,
        at: engine.core.clock.now().0,
        found: serde_json::to_string(&kept).map_err(|_| Error::Broken)?,
    };
    let id = engine.core.store.add_file(&file, &bytes)?;
    engine.must_own()?.catch_up();
    Ok(CaseFileAdded { undo: id, file: view(&StoredFile { id, ..file }, kept) })
}

fn from_disk(path: &str) -> Result<(String, Vec<u8>)> {
    let place = Path::new(path);
    let cannot = |cause: std::io::Error| Error::BadInput(format!("cannot read {path}: {cause}"));
    // One more than is taken: a pipe has no size.
    let mut bytes = Vec::new();
    let file = std::fs::File::open(place).map_err(cannot)?;
    if file.metadata().map_err(cannot)?.is_dir() {
        return Err(Error::BadInput(format!("name the files in it: {path} is a folder")));
    }
    file.take(LARGEST as u64 + 1).read_to_end(&mut bytes).map_err(cannot)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, bytes))
}

fn from_letters(data: &str) -> Result<Vec<u8>> {
    let bytes: std::result::Result<Vec<u8>, _> = data.chars().map(|letter| u8::try_from(u32::from(letter))).collect();
    bytes.map_err(|_| Error::BadInput("what is in a file comes as bytes, one to a letter".into()))
}

/// Nobody asks it: it is opened in the person's own browser.
fn recording(link: &str) -> Result<String> {
    let link = link.trim();
    let plain = link.starts_with("https://")
        && link.len() <= 2000
        && !link.chars().any(|c| c.is_whitespace() || c.is_control());
    if plain {
        Ok(link.to_owned())
    } else {
        Err(Error::BadInput("a recording is an address that begins with https://".into()))
    }
}

fn kept(engine: &Engine, key: &str, kind: Kind, bytes: &[u8]) -> Result<std::result::Result<Kept, Wrong>> {
    let found = match read(kind, bytes) {
        Ok(found) => found,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let thrown = matching::evidence::thrown(kind, bytes, &found);
    let (told, whole) = matching::evidence::told(kind, bytes, &found);
    Ok(Ok(Kept { edition: EDITION, thrown, told, whole, ..summed(engine, key, found)? }))
}

fn summed(engine: &Engine, key: &str, found: Found) -> Result<Kept> {
    let shown: Vec<&str> = found.groups.iter().take(MARKED).map(|group| group.sample.as_str()).collect();
    let people = privacy::redact::people_of(engine, key)?;
    let mut sensitive: BTreeMap<String, u64> = BTreeMap::new();
    for span in privacy::redact::redact_text(&shown.join("\n"), people).spans {
        *sensitive.entry(span.kind).or_default() += 1;
    }
    Ok(Kept {
        lines: found.lines,
        entries: found.entries,
        others: found.others,
        unzoned: found.unzoned,
        first_at: found.first_at,
        last_at: found.last_at,
        ids: found.ids.into_iter().map(|id| (id.kind.as_str().into(), id.value, id.count)).collect(),
        sensitive: sensitive.into_iter().collect(),
        groups: found
            .groups
            .into_iter()
            .map(|group| KeptGroup {
                key: group.key,
                level: group.level.as_str().into(),
                template: group.template,
                sample: group.sample,
                count: group.count,
                number: group.number,
                first_at: group.first_at,
                last_at: group.last_at,
            })
            .collect(),
        ..Kept::default()
    })
}

/// Of a ticket, with what was found in each; what another version found otherwise is read again, once.
pub(crate) fn files(engine: &Engine, key: &str) -> Result<Vec<(StoredFile, Kept)>> {
    let store = &engine.core.store;
    let mut files = Vec::new();
    for file in store.files_of(key)? {
        let mut kept: Kept = serde_json::from_str(&file.found).unwrap_or_default();
        if let Some(kind) = Kind::parse(&file.kind).filter(|_| kept.edition < EDITION)
            && let Ok(indexer) = engine.must_own()
            && let Ok(anew) = self::kept(engine, key, kind, &store.file_bytes(file.id)?)?
        {
            kept = anew;
            store.put_found(file.id, &serde_json::to_string(&kept).map_err(|_| Error::Broken)?)?;
            indexer.catch_up();
        }
        files.push((file, kept));
    }
    Ok(files)
}

/// What files of a ticket say was thrown, with the name of each.
pub(crate) fn thrown(store: &Store, key: &str) -> Result<Vec<(String, String)>> {
    let files = store.files_of(key)?.into_iter();
    let told = files.map(|file| {
        let kept: Kept = serde_json::from_str(&file.found).unwrap_or_default();
        (file.name, kept.thrown)
    });
    Ok(told.filter(|(_, thrown)| !thrown.is_empty()).collect())
}

pub(crate) fn list(engine: &Engine, args: &CaseTicketArgs) -> Result<CaseFilesView> {
    let stored = ticket::find(engine, &args.ticket)?;
    let files = files(engine, &stored.key.to_string())?;
    let joins = joins(engine, &stored, &files)?;
    Ok(CaseFilesView { files: files.into_iter().map(|(file, kept)| view(&file, kept)).collect(), joins })
}

/// What several files name, or one and the ticket: the request, the trace, the release, the user, and the time.
fn joins(engine: &Engine, stored: &StoredTicket, files: &[(StoredFile, Kept)]) -> Result<Vec<CaseJoin>> {
    let mut named: BTreeMap<(String, String), CaseJoin> = BTreeMap::new();
    let join =
        |kind: &str, value: &str| CaseJoin { kind: kind.into(), value: value.into(), files: Vec::new(), ticket: false };
    for (file, kept) in files {
        for (kind, value, _) in &kept.ids {
            named.entry((kind.clone(), value.clone())).or_insert_with(|| join(kind, value)).files.push(file.id);
        }
    }
    let ticket = &stored.ticket;
    let comments = engine.core.store.comments(stored.row)?;
    let texts = [ticket.subject.as_str(), ticket.body.as_str()]
        .into_iter()
        .chain(comments.iter().map(|one| one.comment.body.as_str()));
    let text = texts.collect::<Vec<_>>().join("\n");
    let mut say = |kind: &str, value: &str| {
        if let Some(join) = named.get_mut(&(kind.to_owned(), value.to_owned())) {
            join.ticket = true;
        }
    };
    ids(&text, |kind, value| say(kind.as_str(), value));
    ticket.affected_versions.iter().for_each(|version| say("release", version));
    ticket.requester.iter().for_each(|who| say("user", who));
    // An id that is named without saying what it is.
    for join in
        named.values_mut().filter(|join| join.value.len() >= 8 && matches!(join.kind.as_str(), "request" | "trace"))
    {
        join.ticket |= text.contains(&join.value);
    }
    let mut joins: Vec<CaseJoin> = named.into_values().filter(|join| join.files.len() > 1 || join.ticket).collect();
    joins.sort_by_key(|join| (!join.ticket, usize::MAX - join.files.len()));
    joins.truncate(JOINS);
    let near = |kept: &Kept| {
        let (first, last) = kept.first_at.zip(kept.last_at)?;
        let at = ticket.created_at.0;
        Some((first - NEAR..=last + NEAR).contains(&at))
    };
    let then: Vec<i64> = files.iter().filter(|(_, kept)| near(kept) == Some(true)).map(|(file, _)| file.id).collect();
    if !then.is_empty() {
        joins.push(CaseJoin { kind: "time".into(), value: String::new(), files: then, ticket: true });
    }
    Ok(joins)
}

pub(crate) fn lines(engine: &Engine, args: &CaseLinesArgs) -> Result<CaseLinesView> {
    let missing = || Error::NotFound { what: "file", id: args.id.to_string() };
    let file = engine.core.store.file_by_number(args.id)?.ok_or_else(missing)?;
    let Some(kind) = Kind::parse(&file.kind) else { return Ok(CaseLinesView { lines: Vec::new(), total: 0 }) };
    let bytes = engine.core.store.file_bytes(args.id)?;
    let limit = args.limit.clamp(1, PAGE) as usize;
    let (rows, total) = rows(kind, &bytes, args.group, args.offset as usize, limit)
        .map_err(|wrong| Error::BadInput(format!("cannot read {} again: {}", file.name, wrong.words())))?;
    let line = |row: matching::evidence::Row| CaseLineView {
        number: row.number,
        at: row.at,
        level: row.level.as_str().into(),
        text: row.text,
    };
    Ok(CaseLinesView { lines: rows.into_iter().map(line).collect(), total })
}

/// It comes back for a while; its ticket is told, for the log.
pub(crate) fn remove(engine: &Engine, args: &CaseFileRemoveArgs) -> Result<CaseFileGone> {
    let indexer = engine.must_own()?;
    let (store, id) = (&engine.core.store, args.undo);
    let missing = || Error::NotFound { what: "file", id: id.to_string() };
    if args.back {
        if !store.bring_back_file(id)? {
            return Err(missing());
        }
        let ticket = store.file_by_number(id)?.ok_or_else(missing)?.ticket;
        indexer.catch_up();
        return Ok(CaseFileGone { ticket });
    }
    let ticket = store.file_by_number(id)?.ok_or_else(missing)?.ticket;
    store.remove_file(id, engine.core.clock.now())?;
    indexer.catch_up();
    Ok(CaseFileGone { ticket })
}

fn view(file: &StoredFile, kept: Kept) -> CaseFileView {
    let of = |level: &str| kept.groups.iter().filter(|group| group.level == level).map(|group| group.count).sum();
    let (errors, warnings) = (of("error"), of("warn"));
    CaseFileView {
        id: file.id,
        kind: file.kind.clone(),
        name: file.name.clone(),
        size: file.size,
        at: file.at,
        lines: kept.lines,
        entries: kept.entries,
        errors,
        warnings,
        first_at: kept.first_at,
        last_at: kept.last_at,
        unzoned: kept.unzoned,
        others: kept.others,
        sensitive: kept.sensitive.into_iter().map(|(kind, count)| SensitiveCount { kind, count }).collect(),
        groups: kept
            .groups
            .into_iter()
            .map(|group| CaseGroupView {
                key: group.key,
                level: group.level,
                template: group.template,
                sample: group.sample,
                count: group.count,
                number: group.number,
                first_at: group.first_at,
                last_at: group.last_at,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests;
