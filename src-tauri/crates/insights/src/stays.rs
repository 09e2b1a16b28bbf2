//! How long a ticket stayed where, and how much of that somebody worked on it. Nobody says when they work: a while before each
//! reply counts as work, the rest is waiting. Both together are the whole time, to the millisecond.

/// Before a reply somebody worked on it so long, as far as it lay with them.
pub const BEFORE_A_REPLY: i64 = 15 * 60_000;

/// With one group. Times are UTC milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub group: Option<String>,
    pub from: i64,
    pub until: i64,
    pub touch: i64,
}

impl Stay {
    pub fn wait(&self) -> i64 {
        self.until - self.from - self.touch
    }
}

/// `handovers`: when, from whom, to whom, oldest first; `replies`: when support or engineering wrote. Until it was solved, or now.
pub fn stays(
    created: i64,
    until: i64,
    group: Option<&str>,
    handovers: &[(i64, Option<String>, Option<String>)],
    replies: &[i64],
) -> Vec<Stay> {
    let until = until.max(created);
    let mut stays = Vec::new();
    let mut from = created;
    let first = handovers.first().map_or(group.map(str::to_owned), |(_, was, _)| was.clone());
    let mut with = first;
    for (at, _, to) in handovers {
        let at = (*at).clamp(from, until);
        stays.push(Stay { group: with, from, until: at, touch: 0 });
        (from, with) = (at, to.clone());
    }
    stays.push(Stay { group: with, from, until, touch: 0 });
    let mut replies = replies.to_vec();
    replies.sort_unstable();
    for stay in &mut stays {
        // Work that two replies share counts once.
        let mut worked = stay.from;
        for reply in replies.iter().filter(|reply| (stay.from..=stay.until).contains(reply)) {
            let began = (reply - BEFORE_A_REPLY).max(worked);
            stay.touch += (reply - began).max(0);
            worked = worked.max(*reply);
        }
    }
    // Handed on at once: it was never there.
    stays.retain(|stay| stay.until > stay.from);
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    #[test]
    fn work_and_waiting_are_the_whole_time_wherever_it_was_handed_and_whoever_replied() {
        let hop = |at: i64, from: &str, to: &str| (at * MINUTE, Some(from.to_owned()), Some(to.to_owned()));
        let hops = [
            hop(60, "Desk", "L2"),
            hop(60, "L2", "Apps"),
            hop(600, "Apps", "Engineering"),
            hop(9999, "Engineering", "Desk"),
        ];
        let replies = [5, 10, 590, 595, 900, 20_000].map(|at| at * MINUTE);
        let stays = stays(0, 1000 * MINUTE, None, &hops, &replies);
        let told: Vec<_> = stays
            .iter()
            .map(|stay| (stay.group.as_deref().unwrap(), stay.from / MINUTE, stay.until / MINUTE, stay.touch / MINUTE))
            .collect();
        assert_eq!(told, [("Desk", 0, 60, 10), ("Apps", 60, 600, 20), ("Engineering", 600, 1000, 15)]);
        let whole: i64 = stays.iter().map(|stay| stay.touch + stay.wait()).sum();
        assert_eq!(whole, 1000 * MINUTE);
    }

    #[test]
    fn a_ticket_that_was_never_handed_on_stayed_where_it_is_and_one_solved_at_once_stayed_nowhere() {
        assert_eq!(
            stays(5, 9, Some("Desk"), &[], &[]),
            [Stay { group: Some("Desk".into()), from: 5, until: 9, touch: 0 }]
        );
        assert_eq!(stays(5, 5, Some("Desk"), &[], &[5]), []);
    }
}
