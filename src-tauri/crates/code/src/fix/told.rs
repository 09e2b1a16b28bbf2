//! Commits that a ticket's comments name: by their revision of Subversion (`Fixed with svn revision 1329662`), or as the fix
//! of another issue (`Fixed by AMQ-3547`).

use crate::{
    CommitId, History,
    history::{Place, fixed_by, told_revisions},
};

const DAY: i64 = 86_400;
/// Some fix first and write the ticket then.
const EARLIER: i64 = 14 * DAY;
/// Comments that are read, and commits that they may name; an issue with more is a project of its own.
const MOST_COMMENTS: usize = 200;
const MOST: usize = 12;

/// `opened`: when the ticket was made. `comments`: each with when it was written; seconds. What is older than the ticket or
/// younger than the comment is not what the comment means.
pub fn told<'c>(history: &History, opened: i64, comments: impl IntoIterator<Item = (i64, &'c str)>) -> Vec<CommitId> {
    let mut found = Vec::new();
    for (at, comment) in comments.into_iter().take(MOST_COMMENTS) {
        let mut places: Vec<Place> =
            told_revisions(comment).into_iter().flat_map(|revision| history.of_revision(revision)).collect();
        for key in fixed_by(comment) {
            let about = |place: &&Place| {
                let mentions = history.get(**place).map(|commit| &commit.mentions);
                mentions.is_some_and(|all| all.iter().any(|mention| mention.about && *mention.key == *key))
            };
            places.extend(history.naming(&key).iter().filter(about));
        }
        for commit in places.into_iter().filter_map(|place| history.get(place)) {
            let in_time = (opened - EARLIER..=at + DAY).contains(&commit.committed_at);
            if in_time && !found.contains(&commit.id) && found.len() < MOST {
                found.push(commit.id);
            }
        }
    }
    found
}
