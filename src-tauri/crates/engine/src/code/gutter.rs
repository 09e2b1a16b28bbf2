//! Who changed each line of a stretch of a file last.

use super::{Known, file::commit_of, find, frames, line::blame_view};
use crate::{
    Engine, Error, Result,
    api::{args::GutterArgs, view::GutterView},
};
use ::code::CommitId;
use std::collections::HashMap;

/// Lines that are looked at in one go.
const MOST: u32 = 2_000;

pub(crate) fn get(engine: &Engine, args: &GutterArgs) -> Result<GutterView> {
    let turn = engine.lanes.enter(args.lane.as_deref());
    let repo = find(engine, Some(&args.repo))?;
    let known = Known::of(engine, &repo)?;
    let (at, _) = commit_of(&known, &args.at)?;
    let repository = known.open()?;
    let first = args.first.max(1);
    let last = args.last.min(first.saturating_add(MOST - 1));
    let newest = frames::chosen(&known, None).map_or(at, |(main, _)| main);
    let customs = repository.customs(newest);
    let found = match repository.blame(at, &args.path, &[first..=last], &customs, &|| turn.is_stale()) {
        Err(::code::Error::Cancelled) => return Err(Error::Superseded),
        found => found?,
    };
    let mut commits = Vec::new();
    let mut places: HashMap<CommitId, u32> = HashMap::new();
    let mut lines = Vec::new();
    let mut next = first;
    for one in found {
        // Of a line that git says nothing of there is nothing to say.
        while next < one.line {
            lines.push(None);
            next += 1;
        }
        let place = *places.entry(one.commit).or_insert_with(|| {
            commits.push(blame_view(&one));
            commits.len() as u32 - 1
        });
        lines.push(Some(place));
        next = one.line + 1;
    }
    Ok(GutterView { commits, first, lines, cut: args.last > last })
}
