//! What was learned on a solved ticket becomes an entry: prefilled, cleaned of what belongs to somebody, and shown beside
//! what says nearly the same already.

use super::{
    edit::{change, open},
    kind,
    near::{Near, about},
    new::{Told, clean, make_of},
    shelf,
};
use crate::{
    Engine, Error, Result,
    api::{
        args::{
            AsideArgs, CaptureArgs, CaptureIntoArgs, CaptureSaveArgs, KnowledgeNewArgs, KnowledgeSaveArgs, RanArgs,
            SeenArgs,
        },
        view::{AsideView, CaptureDraft, CaptureNear, CodeFrameView, Done, KnowledgeChanged},
    },
    escalation, queue, text, ticket,
};
use ::knowledge::{CodeLink, Confidence, Entry, Kind, Section, Shelf, State};
use domain::AuthorRole;
use serde_json::json;
use std::collections::HashSet;
use store::{StoredKnownError, StoredTicket};

/// Entries that say nearly the same, at most.
const NEAR: usize = 3;
/// Rows of what waits that are shown at once.
const SHOWN: usize = 100;
/// Functions that an entry begins with: the innermost say most.
const LINKS: usize = 3;
const LONGEST: usize = 40_000;

pub(crate) fn draft(engine: &Engine, args: &CaptureArgs) -> Result<CaptureDraft> {
    let stored = ticket::find(engine, &args.ticket)?;
    let state = shelf(engine)?.read()?;
    let ticket = &stored.ticket;
    let asked = text::plain(&ticket.body, ticket.body_format).into_owned();
    let answer = escalation::answer_to(&engine.core.store, &stored.key.to_string())?.map(|answered| answered.answer);
    let resolution = match (&ticket.resolution, &answer) {
        (_, Some(answer)) if !answer.note.trim().is_empty() || !answer.fix.trim().is_empty() => {
            [&answer.note, &answer.fix].map(|text| text.trim()).join("\n\n").trim().to_owned()
        }
        // A label (`Fixed`) tells nobody what to do: then the last answer of an agent does.
        (Some(told), _) if told.contains(' ') => told.clone(),
        _ => last_answer(engine, &stored)?.or_else(|| ticket.resolution.clone()).unwrap_or_default(),
    };
    let said = |given: &str| clean(engine, text::cut(given.trim(), LONGEST), Some(&stored));
    let near = near(engine, &state, &format!("{}\n{asked}", ticket.subject))?;
    let tried = super::tried::told(engine, &stored.key)?;
    Ok(CaptureDraft {
        ticket: stored.key.to_string(),
        title: said(&ticket.subject)?,
        issue: said(&asked)?,
        environment: said(ticket.environment.as_deref().unwrap_or_default())?,
        cause: said(answer.as_ref().map_or("", |answer| answer.cause.as_str()))?,
        workaround: said(answer.as_ref().map_or("", |answer| answer.workaround.as_str()))?,
        resolution: said(&resolution)?,
        product: ticket.product.clone(),
        affected_versions: ticket.affected_versions.clone(),
        fix_versions: ticket.fix_versions.clone(),
        tried: tried.into_iter().map(|(_, text)| text).collect(),
        code: ran(engine, &stored)?,
        near,
    })
}

/// What says nearly the same already: entries of the folder, and known errors that the helpdesk has.
fn near(engine: &Engine, state: &State, text: &str) -> Result<Vec<CaptureNear>> {
    let live = |entry: &&Entry| {
        entry.confidence() != Confidence::Archived && matches!(entry.kind, Kind::KnownError | Kind::Article)
    };
    let entries: Vec<(CaptureNear, String)> =
        state.entries.iter().filter(live).map(|entry| (near_view(entry), about(entry))).collect();
    let known = engine.core.store.known_errors()?.into_iter().map(|(known, ..)| known);
    let elsewhere = known.filter(|known| known.key.source != super::list::source()).map(|known| {
        let error = &known.error;
        let said =
            [&error.title, error.error_text.as_deref().unwrap_or_default(), error.cause.as_deref().unwrap_or_default()]
                .join("\n");
        (elsewhere_view(&known), said)
    });
    let all: Vec<(CaptureNear, String)> = entries.into_iter().chain(elsewhere).collect();
    let nearest = Near::of(all.iter().map(|(view, said)| (view, said.clone()))).to(text, NEAR);
    Ok(nearest.into_iter().cloned().collect())
}

/// Of a helpdesk: it is written there, and a ticket can be tied to it here.
fn elsewhere_view(known: &StoredKnownError) -> CaptureNear {
    CaptureNear {
        kind: Kind::KnownError.as_str().into(),
        id: known.key.to_string(),
        path: None,
        title: known.error.title.clone(),
        said: known.error.workaround.first().cloned().or_else(|| known.error.cause.clone()).unwrap_or_default(),
        confidence: String::new(),
    }
}

/// The functions that ran, as links; none where no repository knows them.
fn ran(engine: &Engine, stored: &StoredTicket) -> Result<Vec<String>> {
    let question = SeenArgs { ticket: Some(stored.key.to_string()), ..SeenArgs::default() };
    let ran = crate::code::ran::ran(engine, &RanArgs { question, at: None, repo: None, lane: None })?;
    let links = ran.repos.into_iter().flat_map(|repo| {
        let at = repo.at.filter(|at| !at.starts_with("refs/"));
        let link = move |frame: CodeFrameView| {
            let symbol = frame.symbol.filter(|_| !frame.differs);
            Some(CodeLink { repo: Some(repo.repo.clone()), path: frame.path?, symbol, version: at.clone() }.to_string())
        };
        repo.frames.into_iter().filter_map(link)
    });
    let mut found: Vec<String> = Vec::new();
    for link in links {
        if !found.contains(&link) && found.len() < LINKS {
            found.push(link);
        }
    }
    Ok(found)
}

fn near_view(entry: &Entry) -> CaptureNear {
    let first = |section| entry.section(section).and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    let said = first(Section::Resolution).or_else(|| first(Section::Workaround)).or_else(|| first(Section::Issue));
    CaptureNear {
        kind: entry.kind.as_str().into(),
        id: entry.id.clone(),
        path: Some(entry.path.clone()),
        title: entry.title.clone(),
        said: said.unwrap_or_default().to_owned(),
        confidence: entry.confidence().as_str().into(),
    }
}

/// In public, by an agent or an engineer, the last one that says something.
pub(crate) fn last_answer(engine: &Engine, stored: &StoredTicket) -> Result<Option<String>> {
    let comments = engine.core.store.comments(stored.row)?.into_iter().map(|stored| stored.comment);
    let own = comments.filter(|one| matches!(one.author_role, AuthorRole::Agent | AuthorRole::Engineer));
    let told = own.map(|one| (one.public, text::plain(&one.body, one.body_format).trim().to_owned()));
    let told: Vec<(bool, String)> = told.filter(|(_, text)| text.chars().count() >= 20).collect();
    let public = told.iter().rev().find(|(public, _)| *public);
    Ok(public.or_else(|| told.last()).map(|(_, text)| text.clone()))
}

/// Saved as *not validated*: it is found at once, and a lead looks at it later.
pub(crate) fn save(engine: &Engine, args: &CaptureSaveArgs) -> Result<KnowledgeChanged> {
    let shelf = shelf(engine)?;
    let kind_of = kind(&args.kind)?;
    if !matches!(kind_of, Kind::KnownError | Kind::Article) {
        return Err(Error::BadInput("a ticket is captured as a known_error or as an article".into()));
    }
    if kind_of == Kind::Article && args.resolution.trim().is_empty() {
        return Err(Error::BadInput("say what helped: an article without a resolution answers nobody".into()));
    }
    let told = Told {
        issue: args.issue.clone(),
        environment: Some(args.environment.clone()),
        cause: args.cause.clone(),
        workaround: args.workaround.clone(),
        resolution: args.resolution.clone(),
        fix_versions: Vec::new(),
        code: args.code.clone(),
        given: true,
        ..Told::default()
    };
    let new = |id: Option<String>| KnowledgeNewArgs {
        kind: args.kind.clone(),
        title: Some(args.title.clone()),
        id,
        ticket: Some(args.ticket.clone()),
    };
    let made = match make_of(engine, &new(None), &told) {
        // The title came up before: the ticket's own id tells them apart.
        Err(Error::Knowledge(::knowledge::Error::Exists(_))) => {
            let key = ticket::find(engine, &args.ticket)?.key;
            let id = super::new::id_of(&format!("{} {}", key.id, args.title));
            make_of(engine, &new(Some(id)), &told)?
        }
        made => made?,
    };
    let path = made.entry.path;
    let text = shelf.entry_text(&path)?.unwrap_or_default();
    Ok(KnowledgeChanged { path, before: String::new(), text })
}

/// The ticket is about what an entry says already; with texts, they become what the entry says from now on.
pub(crate) fn into(engine: &Engine, args: &CaptureIntoArgs) -> Result<KnowledgeChanged> {
    engine.must_own()?;
    let shelf = shelf(engine)?;
    let stored = ticket::find(engine, &args.ticket)?;
    let (path, before, mut document) = open(&shelf, args.entry.trim())?;
    let state = shelf.read()?;
    let missing = || Error::NotFound { what: "entry", id: args.entry.clone() };
    let entry = state.entries.iter().find(|entry| entry.path == path).ok_or_else(missing)?;
    let mut tickets = entry.tickets().to_vec();
    let key = stored.key.to_string();
    if !tickets.iter().any(|one| *one == key || *one == stored.key.id) {
        tickets.push(key);
        document.set("tickets", &json!(tickets));
    }
    let given = [
        (Section::Issue, &args.issue),
        (Section::Environment, &args.environment),
        (Section::Cause, &args.cause),
        (Section::Workaround, &args.workaround),
        (Section::Resolution, &args.resolution),
    ];
    let mut anew = false;
    for (section, text) in given.into_iter().filter_map(|(section, text)| Some((section, text.as_deref()?))) {
        let text = clean(engine, text.trim(), Some(&stored))?;
        if !text.is_empty() && entry.section(section) != Some(text.as_str()) {
            document.set_section(section, &text);
            anew = true;
        }
    }
    if anew {
        // Nobody has looked at what it says now.
        document.set("confidence", &json!(Confidence::NotValidated.as_str()));
    }
    change(engine, &shelf, path, before, document.to_string())
}

/// Takes away what was just captured, if nobody changed it since.
pub(crate) fn undo(engine: &Engine, args: &KnowledgeSaveArgs) -> Result<Done> {
    engine.must_own()?;
    shelf(engine)?.take_away(&args.path, &args.before)?;
    super::read(engine)?;
    Ok(Done {})
}

/// Solved tickets that are tied to nothing known, nor set aside: what the team still owes itself. Latest first.
pub(super) fn waiting(engine: &Engine) -> Result<Vec<i64>> {
    let captured = captured(engine)?;
    let rows = engine.core.store.uncaptured()?;
    if captured.is_empty() {
        return Ok(rows.into_iter().map(|(row, _)| row).collect());
    }
    let ids: Vec<i64> = rows.iter().map(|(row, _)| *row).collect();
    let known = engine.core.store.ticket_rows(&ids)?;
    let open =
        known.into_iter().filter(|row| !captured.contains(&row.key.to_string()) && !captured.contains(&row.key.id));
    Ok(open.map(|row| row.row).collect())
}

/// Tickets that entries of the folder name.
fn captured(engine: &Engine) -> Result<HashSet<String>> {
    match shelf(engine).and_then(|shelf: Shelf| Ok(shelf.read()?)) {
        Ok(state) => Ok(state.entries.iter().flat_map(|entry| entry.tickets().to_vec()).collect()),
        Err(Error::NoKnowledge | Error::Knowledge(_)) => Ok(HashSet::new()),
        Err(error) => Err(error),
    }
}

pub(crate) fn to_capture(engine: &Engine) -> Result<crate::api::view::Queue> {
    let rows = waiting(engine)?;
    let total = rows.len() as u64;
    let shown: Vec<i64> = rows.into_iter().take(SHOWN).collect();
    let rows = engine.core.store.ticket_rows(&shown)?.into_iter().map(queue::row_view).collect();
    Ok(crate::api::view::Queue { total, rows })
}

/// Something need not be shown again. Answers what was said of it before, for the way back.
pub(crate) fn set_aside(engine: &Engine, args: &AsideArgs) -> Result<AsideView> {
    engine.must_own()?;
    let store = &engine.core.store;
    let item = args.item.trim();
    let known = ["capture:", "cluster:", "draft:", "duplicate:", "engineers:", "follow:", "look:", "repeat:"];
    if !known.iter().any(|kind| item.len() > kind.len() && item.starts_with(kind)) || item.len() > 1_000 {
        return Err(Error::BadInput(format!("\"{item}\" is nothing that can be set aside: {}", known.join(", "))));
    }
    match args.why.as_deref().map(|why| text::cut(why.trim(), 500)) {
        Some("") => return Err(Error::BadInput("say why: somebody will ask".into())),
        Some(why) => store.set_aside(item, why, engine.core.clock.now())?,
        None if store.take_up(item)? => {}
        None => return Err(Error::NotFound { what: "item that was set aside", id: item.into() }),
    }
    Ok(AsideView { item: item.into() })
}
