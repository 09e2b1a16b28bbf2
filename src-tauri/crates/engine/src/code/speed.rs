//! How long the code lane takes on this machine and in this workspace: everything in one run, so that it can be compared.

use super::{
    Known,
    changes::Scene,
    exam::{fixed_keys, longest_trace},
    find, frames, said,
};
use crate::{Engine, Result, api::view::CodeSpeedView};
use ::code::{
    History, Repository, Version,
    fix::{Sight, Subject, follow},
    history,
};
use std::{cell::RefCell, collections::HashMap, time::Instant};

/// Frames of the trace that is measured.
const FRAMES: usize = 30;
const FIXES: usize = 200;
/// Each is done so many times: the one in the middle counts, and the one that 95 of 100 are within.
const TIMES: usize = 20;

/// Here and now, warm: what is kept in memory is there already.
pub fn speed(engine: &Engine, repo: Option<&str>) -> Result<CodeSpeedView> {
    let repo = find(engine, repo)?;
    let known = Known::of(engine, &repo)?;
    let repository = known.open()?;
    let mut view = CodeSpeedView { repo: repo.name.to_string(), ..CodeSpeedView::default() };
    if let Some((mut question, to, release)) = longest_trace(engine, &repo, &known, &repository)? {
        for signature in &mut question.signatures {
            signature.frames.truncate(FRAMES);
        }
        question.signatures.truncate(1);
        let wanted: Vec<_> = question.signatures.iter().flat_map(|one| &one.frames).collect();
        view.frames = wanted.len() as u64;
        let files = known.files(&repository, to)?;
        (view.trace_ms, view.trace_p95_ms) = times(|| {
            let version = Version::new(&repository, to, &files);
            wanted.iter().for_each(|frame| drop(frames::view(&version, &release, frame)));
            Ok(())
        })?;
        let began = Instant::now();
        let literals = known.literals(&repository, to, &|| false)?;
        (view.texts, view.texts_ms) = (literals.len() as u64, since(began));
        (view.said_ms, _) = times(|| said::found(&question, &literals, &|| false).map(drop))?;
        let from = super::changes::previous(&known.releases, &release).map(|release| release.commit);
        let scene = Scene { engine, repo: repo.name.as_str(), known: &known, to, from, until: None };
        (view.changes_ms, view.changes_p95_ms) = times(|| scene.look(Some(&question), &[], None).map(drop))?;
    }
    fixes(&known, &repository, &mut view);
    // The disk is warm for both.
    repository.log_by_git()?;
    let began = Instant::now();
    repository.log_by_git()?;
    view.git_log_ms = since(began);
    let began = Instant::now();
    history::update(&repository, History::default(), &|_| {}, &|| false)?;
    view.index_ms = since(began);
    let pieces = engine.core.store.repo_pieces(&repo.name)?;
    view.kept = pieces.refs.iter().chain(&pieces.history).map(|piece| piece.len() as u64).sum();
    view.objects = repository.objects_size();
    Ok(view)
}

/// As each is asked for the first time: whatever is compared is read out of the repository, once, as it is then kept.
fn fixes(known: &Known, repository: &Repository, view: &mut CodeSpeedView) {
    let (patches, sketches) = (RefCell::new(HashMap::new()), RefCell::new(HashMap::new()));
    let patch = |commit| *patches.borrow_mut().entry(commit).or_insert_with(|| repository.patch_id(commit));
    let sketch = |commit| *sketches.borrow_mut().entry(commit).or_insert_with(|| repository.sketch(commit));
    let states = RefCell::new(HashMap::new());
    let file = |commit, path: &str| {
        let key = (commit, path.to_owned());
        *states.borrow_mut().entry(key).or_insert_with(|| repository.file_state(commit, path))
    };
    let sight = Sight {
        history: &known.history,
        refs: &known.refs,
        releases: &known.releases,
        links: known.links(),
        patch: &patch,
        sketch: &sketch,
        undone: &|_, _| false,
        running: &[],
        told: &[],
        file: &file,
    };
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for key in fixed_keys(&known.history, FIXES) {
        let subject = Subject::Key(key);
        for times in [&mut first, &mut again] {
            let began = Instant::now();
            let _ = follow(&subject, &sight);
            times.push(since(began));
        }
    }
    view.fixes = first.len() as u64;
    (view.fix_ms, view.fix_p95_ms) = shares(first);
    (_, view.fix_again_p95_ms) = shares(again);
}

/// The one in the middle, and the one that 95 of 100 are within.
fn shares(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    (at(50), at(95))
}

fn times(mut work: impl FnMut() -> Result<()>) -> Result<(f64, f64)> {
    work()?;
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        work()?;
        times.push(since(began));
    }
    Ok(shares(times))
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}
