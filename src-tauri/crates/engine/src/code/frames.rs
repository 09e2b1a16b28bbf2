//! The frames of a stack trace, each with its line at a version.

use super::{Known, find, releases};
use crate::{
    Engine, Error, Result,
    api::{
        args::FramesArgs,
        view::{CodeFrameView, FramesView},
    },
};
use ::code::{Choice, CommitId, Files, Repository};
use domain::Frame;
use std::path::Path;

/// Frames that are looked at: a trace of more is one that called itself.
pub(super) const MOST: usize = 200;

pub(crate) fn resolve(engine: &Engine, args: &FramesArgs) -> Result<FramesView> {
    let repo = find(engine, args.repo.as_deref())?;
    let known = Known::of(engine, &repo)?;
    let (commit, at) = match args.version.as_deref() {
        None => {
            let main = known.refs.main.as_ref();
            let head = known.refs.all.iter().find(|one| Some(&one.name) == main);
            head.map(|head| (head.commit, head.name.clone()))
                .ok_or(Error::NotFound { what: "main branch", id: "HEAD".into() })?
        }
        Some(asked) => match known.releases.choose(asked) {
            Choice::One(release) => (release.commit, release.name.clone()),
            Choice::Unknown => return Err(Error::NotFound { what: "release", id: asked.into() }),
            several @ Choice::Several(_) => {
                return Err(Error::Ambiguous { id: asked.into(), keys: releases::names(&several) });
            }
        },
    };
    let repository = Repository::open(Path::new(&repo.path))?;
    let files = repository.files(commit)?;
    let signatures = matching::signatures(&args.text);
    let frames = signatures.iter().flat_map(|signature| &signature.frames).take(MOST);
    Ok(FramesView {
        repo: repo.name.to_string(),
        commit: commit.to_string(),
        frames: frames.map(|frame| view(&repository, &files, commit, &at, frame)).collect(),
        at,
    })
}

pub(super) fn view(repository: &Repository, files: &Files, commit: CommitId, at: &str, frame: &Frame) -> CodeFrameView {
    let path = frame.file.as_deref().and_then(|file| files.find(&frame.function, file));
    let text = path.zip(frame.line).and_then(|(path, line)| repository.line(commit, path, line));
    CodeFrameView {
        raw: frame.raw.clone(),
        function: frame.function.clone(),
        path: path.map(str::to_owned),
        // A line that the file does not have is none: the source differs from what was built.
        line: frame.line.filter(|_| text.is_some()),
        at: at.to_owned(),
        text,
        basis: "stack_frame".into(),
    }
}
