//! The code lane of a package: lines that ran, changes to look at, where fixes of similar cases are. A repository that
//! cannot be read costs its own facts and nothing else.

use crate::{
    Engine, Error, Result,
    api::{
        args::{ChangesArgs, FileArgs, PassportArgs, RanArgs, SeenArgs},
        view::{CodeFrameView, OwnerKind, RanRepoView, RanState, SeenBefore, SuggestedOwnerView},
    },
    code,
};
use ::escalation::{CodeLine, FixFact, Owner, Package, Suspect};
use domain::Millis;

const LINES: usize = 6;
const CHANGES: usize = 5;
/// Who may know.
const OWNERS: usize = 5;

pub(super) struct Coded {
    /// There are some whose history was read.
    pub(super) repositories: bool,
    /// Some frames of the ticket lie in them.
    pub(super) frames: bool,
}

pub(super) fn add(engine: &Engine, package: &mut Package, seen: &SeenBefore, asked: &SeenArgs) -> Result<Coded> {
    let cases: Vec<String> = match seen.verdict.cases.as_slice() {
        [] => seen.hits.iter().map(|hit| hit.id.clone()).collect(),
        cases => cases.to_vec(),
    };
    let repos = engine.core.store.repos()?;
    let mut coded = Coded { repositories: repos.iter().any(|repo| repo.read_at.is_some()), frames: false };
    if !coded.repositories {
        own(package, knowing(engine, None, &cases, &[])?);
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
    }
    let ran = best.filter(|_| coded.frames);
    let owners = knowing(engine, ran, &cases, &package.suspects)?;
    own(package, owners);
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

fn own(package: &mut Package, owners: Vec<Owner>) {
    let mut owners = owners.into_iter();
    package.owner = owners.next();
    package.knowing = owners.collect();
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

/// Who may know, the best proposal first: whom the files belong to, who wrote the lines, who changed them lately, and where
/// cases like it ended.
fn knowing(engine: &Engine, best: Option<&RanRepoView>, cases: &[String], suspects: &[Suspect]) -> Result<Vec<Owner>> {
    let turn = engine.lanes.enter(None);
    let found = readable(code::who::of(engine, best, cases, &turn))?.map_or_else(Vec::new, |found| found.owners);
    // A clone that cannot be read costs nothing of what the cases say.
    let found = match (found.is_empty(), best) {
        (true, Some(_)) => code::who::of(engine, None, cases, &turn)?.owners,
        _ => found,
    };
    let (teams, people): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.kind == OwnerKind::Solved);
    let said = |one: SuggestedOwnerView| Owner { because: because(best, &one), name: one.name };
    let mut owners: Vec<Owner> = people.into_iter().map(said).collect();
    owners.extend(owner(suspects).filter(|last| !owners.iter().any(|known| known.name == last.name)));
    owners.extend(teams.into_iter().map(said));
    owners.truncate(OWNERS);
    Ok(owners)
}

fn because(best: Option<&RanRepoView>, one: &SuggestedOwnerView) -> String {
    let (count, of) = (one.count, one.of);
    let day = |at: i64| Millis(at).to_rfc3339().chars().take(10).collect::<String>();
    match one.kind {
        OwnerKind::Owns => {
            let repo = best.map_or("", |repo| repo.repo.as_str());
            let (path, pattern) = (one.path.as_deref().unwrap_or_default(), one.pattern.as_deref().unwrap_or_default());
            format!("CODEOWNERS of {repo} gives {path} to them, by {pattern}")
        }
        OwnerKind::Wrote => {
            let last = one.at.map_or(String::new(), |at| format!(", last on {}", day(at)));
            let active = one.active_at.map_or(String::new(), |at| format!("; committed here last on {}", day(at)));
            format!("wrote {count} of the {of} lines that ran{last}{active}")
        }
        OwnerKind::Solved => format!("{count} of {of} cases like this ended there"),
    }
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
