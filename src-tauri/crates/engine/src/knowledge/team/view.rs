use super::GOT;
use crate::{
    Engine, Result,
    api::view::{
        KnowledgeConflict, KnowledgeLine, KnowledgeMarked, KnowledgePast, KnowledgePiece, KnowledgeShared,
        KnowledgeStanding,
    },
};
use ::knowledge::{Conflict, Document, Edit, LineBy, Mark, Outcome, Past, Piece, Team};

pub(super) fn standing(engine: &Engine, team: &Team) -> Result<KnowledgeStanding> {
    let standing = team.standing()?;
    let got = engine.core.store.preferences()?.into_iter().find(|(key, _)| key == GOT);
    Ok(KnowledgeStanding {
        branch: standing.branch,
        remote: standing.remote,
        edited: standing.edited as u64,
        ahead: standing.ahead as u64,
        behind: standing.behind as u64,
        conflicts: standing.conflicts as u64,
        author: standing.author,
        got_at: got.and_then(|(_, at)| at.parse().ok()),
    })
}

pub(super) fn shared(
    engine: &Engine,
    team: &Team,
    outcome: Outcome,
    kept: bool,
    given: u64,
) -> Result<KnowledgeShared> {
    let (outcome, taken, waits) = match outcome {
        Outcome::Same => ("same", 0, Vec::new()),
        Outcome::Taken(files) => ("taken", files, Vec::new()),
        Outcome::Waits(paths) => ("waits", 0, paths),
    };
    let standing = standing(engine, team)?;
    Ok(KnowledgeShared {
        outcome: outcome.into(),
        taken: taken as u64,
        kept,
        given,
        waits,
        marked: Vec::new(),
        standing,
    })
}

pub(super) fn past(past: Past) -> KnowledgePast {
    let Past { commit, author, at, summary, edit } = past;
    let edit = match edit {
        Edit::Added => "added",
        Edit::Changed => "changed",
        Edit::Removed => "removed",
    };
    KnowledgePast { commit, author, at: at.0, summary, edit: edit.into() }
}

pub(super) fn marked((past, mark): (Past, Mark)) -> KnowledgeMarked {
    let Past { commit, author, at, summary, .. } = past;
    KnowledgeMarked { commit, author, at: at.0, summary, why: mark.as_str().into() }
}

pub(super) fn line(line: LineBy) -> KnowledgeLine {
    KnowledgeLine { text: line.text, commit: line.commit, author: line.author, at: line.at.map(|at| at.0) }
}

pub(super) fn conflict(conflict: Conflict) -> KnowledgeConflict {
    let Conflict { path, asked, ours, theirs, settled } = conflict;
    let title = ours.as_deref().or(theirs.as_deref()).and_then(|text| Document::parse(text).said("title"));
    KnowledgeConflict {
        title: title.unwrap_or_else(|| path.clone()),
        path,
        places: asked.places,
        pieces: asked.pieces.into_iter().map(piece).collect(),
        ours,
        theirs,
        settled,
    }
}

fn piece(piece: Piece) -> KnowledgePiece {
    match piece {
        Piece::Agreed(text) => KnowledgePiece { agreed: Some(text), place: String::new(), ours: None, theirs: None },
        Piece::Both { place, ours, theirs } => KnowledgePiece { agreed: None, place, ours, theirs },
    }
}
