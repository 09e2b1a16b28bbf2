//! The frames of a stack trace, each with its line at a version.

use super::{Known, find, line, releases};
use crate::{
    Engine, Error, Result,
    api::{
        args::FramesArgs,
        view::{CodeFrameView, CodeLineView, FramesView},
    },
};
use ::code::{Choice, CommitId, Resolved, SourceMap, Statement, Version};
use domain::Frame;

/// Frames that are looked at: a trace of more is one that called itself.
pub(super) const MOST: usize = 200;
/// Frames whose last change is looked up: each asks git once.
const BLAMED: usize = 30;
/// Lines that are shown on either side.
const REACH: u32 = 4;
/// Bytes of a source map.
const MOST_MAP: u64 = 64 << 20;

pub(crate) fn resolve(engine: &Engine, args: &FramesArgs) -> Result<FramesView> {
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let (commit, at) = chosen(&known, args.version.as_deref())?;
    let repository = known.open()?;
    let files = known.files(&repository, commit)?;
    let version = Version::new(&repository, commit, &files).with_map(args.map.as_deref().map(given).transpose()?);
    let told = matching::traced(&args.text);
    let signatures = matching::signatures(told.rest.as_deref().unwrap_or(&args.text));
    let frames = signatures.iter().flat_map(|signature| &signature.frames);
    let thrown = told.errors.iter().flat_map(|error| &error.frames);
    let turn = engine.lanes.enter(None);
    let frames = frames.map(|frame| view(&version, &at, frame));
    let frames = frames.chain(thrown.chain(&told.frames).map(|frame| traced(&version, &at, frame)));
    let mut frames: Vec<_> = frames.take(MOST).collect();
    for frame in frames.iter_mut().take(BLAMED) {
        if let (Some(path), Some(number)) = (frame.path.as_deref(), frame.line) {
            frame.blame = line::blame(&repository, &known, commit, path, number, &turn)?.map(|(_, view)| view);
        }
    }
    Ok(FramesView { repo: repo.name.to_string(), commit: commit.to_string(), frames, at })
}

/// A source map that somebody has.
fn given(path: &str) -> Result<SourceMap> {
    let bad = |why: &str| Error::BadInput(format!("{path} is no source map: {why}"));
    let known = std::fs::metadata(path).map_err(|cause| bad(&cause.to_string()))?;
    if !known.is_file() || known.len() > MOST_MAP {
        return Err(bad("it is no file, or one of more than 64 MB"));
    }
    let text = std::fs::read(path).map_err(|cause| bad(&cause.to_string()))?;
    SourceMap::read(&text).ok_or_else(|| bad("it is not of version 3, or damaged"))
}

/// The one release that is meant, with its name; the main branch where none was asked for.
pub(super) fn chosen(known: &Known, asked: Option<&str>) -> Result<(CommitId, String)> {
    let Some(asked) = asked else {
        let main = known.refs.main.as_ref();
        let head = known.refs.all.iter().find(|one| Some(&one.name) == main);
        return head
            .map(|head| (head.commit, head.name.clone()))
            .ok_or(Error::NotFound { what: "main branch", id: "HEAD".into() });
    };
    match known.releases.choose(asked) {
        Choice::One(release) => Ok((release.commit, release.name.clone())),
        Choice::Unknown => Err(Error::NotFound { what: "release", id: asked.into() }),
        several @ Choice::Several(_) => Err(Error::Ambiguous { id: asked.into(), keys: releases::names(&several) }),
    }
}

pub(super) fn view(version: &Version<'_>, at: &str, frame: &Frame) -> CodeFrameView {
    let found = frame.file.as_deref().and_then(|file| version.lead(&frame.raw, &frame.function, file, frame.line));
    let basis = if found.as_ref().is_some_and(|found| found.mapped) { "source_map" } else { "stack_frame" };
    shown(found, basis, at, frame)
}

/// What a trace names. Where that is a function alone, it is the line that begins it.
pub(super) fn traced(version: &Version<'_>, at: &str, frame: &Frame) -> CodeFrameView {
    let placed = frame.file.as_deref().and_then(|file| version.lead(&frame.raw, &frame.function, file, frame.line));
    // Without a line, a span says which function it was of all the same.
    let whole = placed.filter(|found| found.line.is_some() || frame.line.is_some());
    shown(whole.or_else(|| version.of_function(&frame.function)), "trace", at, frame)
}

fn shown(found: Option<Resolved>, basis: &str, at: &str, frame: &Frame) -> CodeFrameView {
    let line = found.as_ref().and_then(|found| found.line);
    let source = found.as_ref().and_then(|found| found.source.as_ref());
    let near = line.zip(source).map(|(line, source)| source.near(line, REACH)).unwrap_or_default();
    CodeFrameView {
        raw: frame.raw.clone(),
        function: frame.function.clone(),
        path: found.as_ref().map(|found| found.path.clone()),
        line,
        at: at.to_owned(),
        text: near.iter().find(|(at, _)| Some(*at) == line).map(|(_, text)| text.clone()),
        symbol: found.as_ref().and_then(|found| found.symbol.clone()),
        differs: found.as_ref().is_some_and(|found| found.differs),
        near: near.into_iter().map(|(line, text)| CodeLineView { line, text }).collect(),
        basis: basis.into(),
        blame: None,
    }
}

/// A statement as a line of code; `None` where the file cannot be read.
pub(super) fn said(
    version: &Version<'_>,
    at: &str,
    quoted: &str,
    statement: &Statement,
    basis: &str,
) -> Option<CodeFrameView> {
    let source = version.source(&statement.path)?;
    let near = source.near(statement.line, REACH);
    Some(CodeFrameView {
        raw: quoted.to_owned(),
        function: String::new(),
        path: Some(statement.path.clone()),
        line: Some(statement.line),
        at: at.to_owned(),
        text: source.line(statement.line),
        symbol: source.outline().name_at(statement.line),
        differs: false,
        near: near.into_iter().map(|(line, text)| CodeLineView { line, text }).collect(),
        basis: basis.to_owned(),
        blame: None,
    })
}
