//! Fix passports of what the pane shows: where the fix of each case is, and what that means for what the customer runs.

use super::{Known, deploys, fix, ran::running};
use crate::{
    Engine, Error, Result,
    api::{
        args::{FixArgs, PassportArgs},
        view::{CodeFixView, DeployView, PassportView, PassportsView},
    },
    seen,
};
use domain::{DocKind, Key};
use std::sync::Arc;
use store::StoredRepo;

/// Cases of one question that are looked up; the pane shows fewer.
const MOST: usize = 60;
/// How a helpdesk's tickets are called among what commits name.
const HELPDESK: &str = "zendesk:";
/// Tickets of one known error that are tried.
const TICKETS: usize = 20;

/// Asked apart from the answer itself. Of what no repository knows there is no passport.
pub(crate) fn list(engine: &Engine, args: &PassportArgs) -> Result<PassportsView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let repos = engine.core.store.repos()?.into_iter().filter(|repo| repo.read_at.is_some());
    let repos: Vec<(StoredRepo, Arc<Known>)> =
        repos.map(|repo| Known::of(engine, &repo).map(|known| (repo, known))).collect::<Result<_>>()?;
    let mut passports = Vec::new();
    if repos.is_empty() {
        return Ok(PassportsView { passports });
    }
    let deploys = deploys::all(engine)?;
    let version = running(&seen::question(engine, &args.question)?).map(str::to_owned);
    for id in args.ids.iter().take(MOST) {
        for (reference, address) in references(engine, id)? {
            if turn.is_stale() {
                return Err(Error::Superseded);
            }
            let asked = Asked { args, version: version.as_deref(), deploys: &deploys };
            if let Some(fix) = furthest(engine, &repos, &reference, address.as_deref(), &asked)? {
                passports.push(PassportView { id: id.clone(), fix });
                break;
            }
        }
    }
    Ok(PassportsView { passports })
}

/// What holds for every case.
struct Asked<'a> {
    args: &'a PassportArgs,
    /// What the customer runs.
    version: Option<&'a str>,
    deploys: &'a [DeployView],
}

/// In the repository where it has come furthest.
fn furthest(
    engine: &Engine,
    repos: &[(StoredRepo, Arc<Known>)],
    reference: &str,
    address: Option<&str>,
    asked: &Asked<'_>,
) -> Result<Option<CodeFixView>> {
    let Asked { args, version, deploys } = *asked;
    let mut best: Option<CodeFixView> = None;
    for (repo, known) in repos {
        // A number is an issue in its own repository alone; `AMQ-100` is the same everywhere.
        let reference = if is_key(reference) {
            reference
        } else {
            let forge = known.forge();
            match address.filter(|address| forge.is_some_and(|forge| forge.is_home_of(address))) {
                Some(address) => address,
                None => continue,
            }
        };
        let chosen = args.at.clone().filter(|_| args.repo.as_deref().is_none_or(|name| name == repo.name.as_str()));
        let asked = chosen.or_else(|| version.map(str::to_owned)).filter(|asked| !asked.contains(['<', '>']));
        let asked = FixArgs { reference: reference.into(), repo: None, version: asked };
        let view = fix::of(engine, repo, &asked, deploys)?;
        if view.state != "none" && best.as_ref().is_none_or(|best| fix::rank(&view) > fix::rank(best)) {
            best = Some(view);
        }
    }
    Ok(best)
}

/// Under which names a fix of it may be known: its own, and those of the tickets that a known error caused.
fn references(engine: &Engine, id: &str) -> Result<Vec<(String, Option<String>)>> {
    let mut found = Vec::new();
    for doc in seen::docs_of(engine, id)? {
        let store = &engine.core.store;
        match doc.kind {
            DocKind::Ticket => {
                if let Some(stored) = store.ticket(doc.row)? {
                    let url = stored.ticket.url;
                    // A commit names a helpdesk's ticket by its address.
                    let at_helpdesk = url.as_deref().is_some_and(|url| url.contains("/agent/tickets/"));
                    found.extend(at_helpdesk.then(|| (format!("{HELPDESK}{}", stored.key.id), None)));
                    found.push((stored.key.id, url));
                }
            }
            DocKind::KnownError => {
                let Some(stored) = store.known_error(doc.row)? else { continue };
                for ticket in stored.error.tickets.iter().take(TICKETS) {
                    let key = Key::new(stored.key.source.clone(), ticket.as_str());
                    let rows = store.find_ticket(&key.to_string())?;
                    let url = rows.first().map(|row| store.ticket(*row)).transpose()?.flatten();
                    found.push((ticket.clone(), url.and_then(|stored| stored.ticket.url)));
                }
                found.insert(0, (stored.key.id, stored.error.url));
            }
            DocKind::Article => {}
        }
    }
    Ok(found)
}

/// `AMQ-100`: a project and a number; `zendesk:12`.
fn is_key(reference: &str) -> bool {
    if let Some(number) = reference.strip_prefix(HELPDESK) {
        return number.bytes().all(|b| b.is_ascii_digit());
    }
    reference.split_once('-').is_some_and(|(project, number)| {
        project.starts_with(|c: char| c.is_ascii_alphabetic())
            && project.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}
