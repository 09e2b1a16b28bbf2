//! Handoffs, from what Jira notes of every change.

use super::{Person, Reason, reason};
use crate::formats::{fields::Loose, lenient};
use domain::{Change, Hop};
use serde::Deserialize;

/// What a search shows of an issue's changes, and how many there are.
#[derive(Deserialize)]
pub(super) struct Changelog<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::fitting")]
    histories: Vec<History<'a>>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<usize>,
}

#[derive(Deserialize)]
struct History<'a> {
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    author: Option<Person<'a>>,
    #[serde(borrow, default)]
    created: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::fitting")]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow, default)]
    field: Loose<'a>,
    #[serde(borrow, default)]
    from_string: Loose<'a>,
    #[serde(borrow, default)]
    to_string: Loose<'a>,
}

impl Changelog<'_> {
    pub(super) fn is_whole(&self) -> bool {
        self.total.is_none_or(|total| total <= self.histories.len())
    }

    pub(super) fn hops(self, ticket: &str) -> Result<Vec<Change>, Reason> {
        let hops = self.histories.into_iter().map(|history| history.hops(ticket)).collect::<Result<Vec<_>, _>>()?;
        Ok(hops.into_iter().flatten().collect())
    }
}

/// One entry of the list that an issue's changes have by themselves.
pub(crate) fn read_history(record: &str, ticket: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let history: History<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    changes.extend(history.hops(ticket)?);
    Ok(())
}

impl History<'_> {
    fn hops(self, ticket: &str) -> Result<Vec<Change>, Reason> {
        let by = self.author.and_then(Person::shown);
        let moved = self.items.into_iter().filter(|item| is_handoff(item.field.as_str())).collect::<Vec<_>>();
        if moved.is_empty() {
            return Ok(Vec::new());
        }
        let at = self.created.time().map_err(|bad| format!("a change's \"created\": {bad}"))?;
        let at = at.ok_or("a change has no \"created\"")?;
        let hop = |item: Item<'_>| {
            let (from_group, to_group) = (item.from_string.text(), item.to_string.text());
            Change::Hop(Hop { ticket: ticket.to_owned(), at, from_group, to_group, by: by.clone() })
        };
        Ok(moved.into_iter().map(hop).collect())
    }
}

/// From one person or one group to another. What groups are called is each site's own choice.
fn is_handoff(field: &str) -> bool {
    let field = field.to_lowercase();
    field == "assignee" || ["group", "team"].iter().any(|word| field.split([' ', '-', '_']).any(|part| part == *word))
}
