//! The code lane of a package: lines that ran, changes to look at, where fixes of similar cases are. A repository that
//! cannot be read costs its own facts and nothing else.

use crate::{
    Engine, Error, Result,
    api::{
        args::{ChangesArgs, FileArgs, PassportArgs, RanArgs, SeenArgs},
        view::{CodeFrameView, RanRepoView, RanState},
    },
    code,
};
use ::escalation::{CodeLine, FixFact, Owner, Package, Suspect};

const LINES: usize = 6;
const CHANGES: usize = 5;

pub(super) struct Coded {
    /// There are some whose history was read.
    pub(super) repositories: bool,
    /// Some frames of the ticket lie in them.
    pub(super) frames: bool,
}

pub(super) fn add(engine: &Engine, package: &mut Package, asked: &SeenArgs) -> Result<Coded> {
    let repos = engine.core.store.repos()?;
    let mut coded = Coded { repositories: repos.iter().any(|repo| repo.read_at.is_some()), frames: false };
    if !coded.repositories {
        return Ok(coded);
    }
    let question = SeenArgs { lane: None, ..asked.clone() };
    let ran = readable(code::ran(engine, &RanArgs { question: question.clone(), ..RanArgs::default() }))?;
    let best = ran.iter().flat_map(|ran| &ran.repos).find(|repo| repo.state == RanState::Resolved);
    if let Some(repo) = best {
        package.environment.release = repo.at.clone().unwrap_or_default();
        coded.frames = !repo.frames.is_empty();
        for frame in repo.frames.iter().filter(|frame| frame.line.is_some()).take(LINES) {
            package.code.push(line(engine, repo, frame));
        }
    }
    if coded.frames {
        let repo = best.map(|repo| repo.repo.clone());
        let args = ChangesArgs { question: question.clone(), repo: repo.clone(), ..ChangesArgs::default() };
        if let Some(found) = readable(code::changes(engine, &args))? {
            let near = found.changes.iter().take(CHANGES);
            package.suspects = near
                .map(|change| Suspect {
                    repo: found.repo.clone(),
                    commit: change.commit.clone(),
                    subject: change.subject.clone(),
                    author: change.author.clone(),
                    release: change.release.clone().unwrap_or_default(),
                    near: change.near.clone().unwrap_or_default(),
                    url: change.url.clone().unwrap_or_default(),
                })
                .collect();
        }
        package.owner = match best {
            Some(repo) => answers_for(engine, repo)?.or_else(|| owner(&package.suspects)),
            None => owner(&package.suspects),
        };
    }
    let ids = package.similar.iter().map(|case| case.id.clone()).collect();
    let passports = PassportArgs { question, ids, ..PassportArgs::default() };
    for passport in readable(code::passports(engine, &passports))?.into_iter().flat_map(|all| all.passports) {
        package.fixes.push(FixFact {
            case: passport.id,
            state: passport.fix.state,
            first_releases: passport.fix.releases.into_iter().map(|release| release.name).collect(),
            verdict: passport.fix.verdict.unwrap_or_default(),
        });
    }
    Ok(coded)
}

/// Without what a clone that is elsewhere today would have said. What was overtaken is over.
fn readable<T>(asked: Result<T>) -> Result<Option<T>> {
    match asked {
        Ok(found) => Ok(Some(found)),
        Err(Error::Superseded) => Err(Error::Superseded),
        Err(_) => Ok(None),
    }
}

fn line(engine: &Engine, repo: &RanRepoView, frame: &CodeFrameView) -> CodeLine {
    let (path, at) = (frame.path.clone().unwrap_or_default(), repo.at.clone().unwrap_or_default());
    let file =
        FileArgs { repo: repo.repo.clone(), at: at.clone(), path: path.clone(), line: frame.line, reach: Some(0) };
    CodeLine {
        repo: repo.repo.clone(),
        commit: repo.commit.clone().unwrap_or_default(),
        symbol: frame.symbol.clone().unwrap_or_else(|| frame.function.clone()),
        near: frame.near.iter().map(|near| (near.line, near.text.clone())).collect(),
        permalink: code::file(engine, &file).ok().and_then(|file| file.permalink).unwrap_or_default(),
        line: frame.line,
        path,
        at,
    }
}

/// Whom `CODEOWNERS` gives the first of the files that ran to.
fn answers_for(engine: &Engine, repo: &RanRepoView) -> Result<Option<Owner>> {
    let paths = repo.frames.iter().filter_map(|frame| frame.path.as_deref());
    Ok(readable(code::owners(engine, &repo.repo, repo.commit.as_deref().unwrap_or_default(), paths))?.flatten().map(
        |(path, owners)| Owner {
            name: owners.names.join(" "),
            because: format!("CODEOWNERS of {} gives {} to them, by {}", repo.repo, path, owners.pattern),
        },
    ))
}

/// Who changed what ran, last and nearest.
fn owner(suspects: &[Suspect]) -> Option<Owner> {
    let near =
        suspects.iter().find(|change| matches!(change.near.as_str(), "same_line" | "same_symbol" | "same_file"))?;
    let short = near.commit.get(..12).unwrap_or(&near.commit);
    Some(Owner {
        name: near.author.clone(),
        because: format!("changed the {} last, in {short}", near.near.trim_start_matches("same_")),
    })
}
