//! What something is written on: as it was when that was shown, and as it is when it is about to leave.
//!
//! A reply fits what somebody read. Before anything leaves the record is asked for once more; where it was edited, moved on
//! or answered meanwhile, nothing leaves before a person saw what changed.

use crate::{
    Result,
    api::view::{OutboxChange, OutboxConflict, OutboxLine, OutboxSaid},
    text,
};
use connect::{
    http::Failure,
    push::{Piece, Push},
};
use domain::{Comment, Key, Ticket};
use serde::{Deserialize, Serialize};
use store::{OutboxItem, Store};

/// Of a text, in bytes and in lines: what is longer is compared so far.
const LONGEST: usize = 32 << 10;
const LINES: usize = 400;

/// A record at one moment. What a name is written with (numbers here, words there) is left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Standing {
    subject: String,
    status: String,
    priority: String,
    body: String,
    updated_at: i64,
    /// The newest that is known of it: what was said later is new.
    newest: i64,
    /// Ids of what was said.
    said: Vec<String>,
    /// What was said since.
    new: Vec<Said>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Said {
    by: Option<String>,
    at: i64,
    public: bool,
    text: String,
}

impl Standing {
    fn of(ticket: &Ticket) -> Self {
        Self {
            subject: ticket.subject.clone(),
            status: ticket.status.as_str().into(),
            priority: ticket.priority.clone().unwrap_or_default(),
            body: text::cut(&text::plain(&ticket.body, ticket.body_format), LONGEST).trim().to_owned(),
            updated_at: ticket.updated_at.0,
            newest: ticket.updated_at.0,
            ..Self::default()
        }
    }

    fn parse(json: Option<&String>) -> Option<Self> {
        json.and_then(|json| serde_json::from_str(json).ok())
    }

    fn write(&self) -> String {
        serde_json::to_string(self).expect("it has string keys and no failing serialiser")
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let words = |one: &Self| [one.subject.clone(), one.status.clone(), one.priority.clone(), one.body.clone()];
        words(self) == words(other)
    }
}

/// What is known here of a record, as JSON: what whoever writes on it may have read.
pub(super) fn base(store: &Store, on: &Key) -> Result<Option<String>> {
    let rows = store.find_ticket(&on.to_string())?;
    let Some(stored) = rows.first().map(|row| store.ticket(*row)).transpose()?.flatten() else { return Ok(None) };
    let mut standing = Standing::of(&stored.ticket);
    for stored in store.comments(stored.row)? {
        standing.newest = standing.newest.max(stored.comment.created_at.0);
        standing.said.push(stored.comment.id);
    }
    Ok(Some(standing.write()))
}

/// How a record is now, as JSON, where that is not as it was when the text was shown. `ours`: marks of what left from here.
pub(super) fn since(
    push: &mut Push,
    piece: &Piece,
    item: &OutboxItem,
    ours: &[String],
) -> std::result::Result<Option<String>, Failure> {
    let (Some(on), Some(base)) = (&piece.on, Standing::parse(item.draft.base.as_ref())) else { return Ok(None) };
    let Some(ticket) = push.record(on)? else {
        return Err(Failure::NotThere { what: format!("{on} on {}", item.draft.host) });
    };
    if ticket.updated_at.0 == base.updated_at {
        return Ok(None);
    }
    let mut now = Standing::of(&ticket);
    if now.body.is_empty() {
        // Some keep the text apart from the record.
        now.body.clone_from(&base.body);
    }
    (now.newest, now.said) = (now.newest.max(base.newest), base.said.clone());
    for comment in push.said(piece)? {
        if now.said.contains(&comment.id) {
            continue;
        }
        now.newest = now.newest.max(comment.created_at.0);
        now.said.push(comment.id.clone());
        if comment.created_at.0 >= base.newest && !ours.iter().any(|mark| comment.body.contains(mark.as_str())) {
            now.new.push(said(&comment));
        }
    }
    let same = base.says_the_same(&now) && now.new.is_empty();
    Ok((!same).then(|| now.write()))
}

fn said(comment: &Comment) -> Said {
    Said {
        by: comment.author.clone(),
        at: comment.created_at.0,
        public: comment.public,
        text: text::cut(&text::plain(&comment.body, comment.body_format), LONGEST).trim().to_owned(),
    }
}

/// Side by side, for who has to decide.
pub(super) fn view(item: &OutboxItem) -> Option<OutboxConflict> {
    let json = item.conflict.as_ref()?;
    let (was, now) = (Standing::parse(item.draft.base.as_ref())?, Standing::parse(Some(json))?);
    let texts = [
        ("subject", &was.subject, &now.subject),
        ("status", &was.status, &now.status),
        ("priority", &was.priority, &now.priority),
        ("body", &was.body, &now.body),
    ];
    let changed = texts.into_iter().filter(|(_, was, now)| was != now);
    let changes = changed.map(|(what, was, now)| OutboxChange { what: what.into(), lines: beside(was, now) });
    let said = now.new.iter().map(|said| OutboxSaid {
        by: said.by.clone(),
        at: said.at,
        public: said.public,
        text: said.text.clone(),
    });
    Some(OutboxConflict {
        seal: seal(json),
        was_at: was.updated_at,
        now_at: now.updated_at,
        changes: changes.collect(),
        said: said.collect(),
    })
}

/// Stands for what was shown of a conflict.
pub(super) fn seal(json: &str) -> String {
    blake3::hash(json.as_bytes()).to_hex().chars().take(16).collect()
}

/// Lines of both, those that stayed beside each other.
fn beside(was: &str, now: &str) -> Vec<OutboxLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (was.lines().take(LINES).collect(), now.lines().take(LINES).collect());
    // How much the ends of both have in common, from each pair of lines on.
    let mut common = vec![vec![0_u32; new.len() + 1]; old.len() + 1];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let value =
                if a == b { at(&common, i + 1, j + 1) + 1 } else { at(&common, i + 1, j).max(at(&common, i, j + 1)) };
            if let Some(cell) = common.get_mut(i).and_then(|row| row.get_mut(j)) {
                *cell = value;
            }
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    let line = |was: Option<&&str>, now: Option<&&str>, same| OutboxLine {
        was: was.map(|line| (*line).to_owned()),
        now: now.map(|line| (*line).to_owned()),
        same,
    };
    while i < old.len() || j < new.len() {
        let same = old.get(i).is_some() && old.get(i) == new.get(j);
        let (left, right) = (at(&common, i + 1, j), at(&common, i, j + 1));
        if same {
            lines.push(line(old.get(i), new.get(j), true));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && j < new.len() && left == right {
            // One in the place of the other.
            lines.push(line(old.get(i), new.get(j), false));
            (i, j) = (i + 1, j + 1);
        } else if i < old.len() && (j >= new.len() || left > right) {
            lines.push(line(old.get(i), None, false));
            i += 1;
        } else {
            lines.push(line(None, new.get(j), false));
            j += 1;
        }
    }
    lines
}

fn at(common: &[Vec<u32>], i: usize, j: usize) -> u32 {
    common.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(was: &str, now: &str) -> Vec<String> {
        let word = |line: &Option<String>| line.clone().unwrap_or_else(|| "-".into());
        let lines = beside(was, now);
        lines
            .iter()
            .map(|line| format!("{}|{}{}", word(&line.was), word(&line.now), if line.same { " =" } else { "" }))
            .collect()
    }

    #[test]
    fn lines_that_stayed_stand_beside_each_other_and_the_others_beside_what_took_their_place() {
        assert_eq!(shown("open", "solved"), ["open|solved"]);
        assert_eq!(shown("a\nb\nc", "a\nx\nc"), ["a|a =", "b|x", "c|c ="]);
        assert_eq!(shown("a\nc", "a\nb\nc"), ["a|a =", "-|b", "c|c ="]);
        assert_eq!(shown("a\nb\nc", "c"), ["a|-", "b|-", "c|c ="]);
        assert_eq!(shown("", "new"), ["-|new"]);
        assert_eq!(shown("gone", ""), ["gone|-"]);
        assert_eq!(shown("", ""), [""; 0]);
    }

    #[test]
    fn whatever_the_texts_every_line_of_both_is_shown_once_and_in_order() {
        let text = |mut seed: u32, letters: u32| {
            let mut lines = Vec::new();
            for _ in 0..seed % 9 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                lines.push(char::from_u32(97 + (seed >> 8) % letters).unwrap().to_string());
            }
            lines.join("\n")
        };
        for seed in 0..300_u32 {
            let (was, now) = (text(seed * 7 + 3, 3), text(seed * 13 + 5, 3));
            let lines = beside(&was, &now);
            let side =
                |pick: fn(&OutboxLine) -> Option<String>| lines.iter().filter_map(pick).collect::<Vec<_>>().join("\n");
            assert_eq!((side(|line| line.was.clone()), side(|line| line.now.clone())), (was, now));
            assert!(lines.iter().all(|line| line.same == (line.was == line.now)), "{lines:?}");
        }
    }
}
