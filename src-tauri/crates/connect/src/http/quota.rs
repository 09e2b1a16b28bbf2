//! What a server says of how much it may still be asked, in the spellings that there are. Pure.

use super::{
    Response,
    retry::{LONGEST, SHORTEST, server_time},
};
use domain::Millis;
use std::time::Duration;

const LIMIT: [&str; 6] = [
    "x-ratelimit-limit",
    "x-ratelimit-total",
    "ratelimit-limit",
    "x-rate-limit",
    "x-rate-limit-limit",
    "x-sentry-rate-limit-limit",
];
const LEFT: [&str; 4] =
    ["x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining", "x-sentry-rate-limit-remaining"];
const RESET: [&str; 4] = ["x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset", "x-sentry-rate-limit-reset"];
/// Of one kind of request alone, in one header: `total=100; remaining=99; resets=41`.
const OF_A_KIND: &str = "zendesk-ratelimit-";
/// This part of what may be asked is left to whoever else asks with the same account.
const FOR_OTHERS: u64 = 5;
/// What comes back nobody knows when comes back within a minute: this is a fifth of one.
const UNSAID: Duration = Duration::from_secs(12);
/// A smaller number of seconds is how long, a larger one when.
const LONG_AGO: i64 = 1_000_000_000;

/// How long a host is left alone after this answer, so that the last fifth of what may be asked stays for others; of a quota
/// that comes back within minutes. One of an hour or a day is used up: nobody waits so long before a page.
pub(super) fn rest(response: &Response, now: Millis) -> Option<Duration> {
    let whole = [(first(response, &LIMIT), first(response, &LEFT), resets_in(response, now))];
    let of_kinds =
        response.headers.iter().filter(|(name, _)| name.starts_with(OF_A_KIND)).map(|(_, told)| of_kind(told));
    let low = whole.into_iter().chain(of_kinds).filter_map(|(limit, left, resets)| {
        let (limit, left) = (limit?, left?);
        (left * FOR_OTHERS < limit).then(|| resets.unwrap_or(UNSAID))
    });
    low.filter(|rest| *rest <= LONGEST).max()
}

/// Until a limit ends; `None` where that is not said, or where more may be asked all the same.
pub(super) fn ends_in(response: &Response, now: Millis) -> Option<Duration> {
    resets_in(response, now).filter(|_| first(response, &LEFT).is_none_or(|left| left == 0))
}

/// Whether it says that nothing is left.
pub(super) fn is_used_up(response: &Response) -> bool {
    first(response, &LEFT) == Some(0)
}

fn resets_in(response: &Response, now: Millis) -> Option<Duration> {
    let text = RESET.iter().find_map(|name| response.header(name))?.trim();
    // The server's own clock: ours may be wrong.
    let there = server_time(response).unwrap_or(now);
    let seconds = match text.parse::<i64>() {
        Ok(seconds) if (0..LONG_AGO).contains(&seconds) => seconds,
        Ok(at) => at - there.0 / 1000 + 1,
        Err(_) => (Millis::parse(text).ok()?.0 - there.0) / 1000 + 1,
    };
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)).max(SHORTEST))
}

fn first(response: &Response, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| number(response.header(name)?))
}

/// `100`, and of `100, 100;w=60` the first.
fn number(text: &str) -> Option<u64> {
    text.split([',', ';']).next()?.trim().parse().ok()
}

fn of_kind(told: &str) -> (Option<u64>, Option<u64>, Option<Duration>) {
    let of = |name: &str| {
        let part = told.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        part.and_then(|value| value.trim().parse::<u64>().ok())
    };
    (of("total"), of("remaining"), of("resets").map(|seconds| Duration::from_secs(seconds.max(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = Millis(1_714_564_800_000);

    fn told(headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Response { status: 200, headers, body: Vec::new() }
    }

    fn rest_of(headers: &[(&str, &str)]) -> Option<u64> {
        rest(&told(headers), NOON).map(|rest| rest.as_secs())
    }

    #[test]
    fn the_last_fifth_of_a_quota_of_minutes_is_left_to_others_in_every_spelling() {
        for (headers, expected) in [
            (&[("x-rate-limit", "700"), ("x-rate-limit-remaining", "140"), ("ratelimit-reset", "41")][..], None),
            (&[("x-rate-limit", "700"), ("x-rate-limit-remaining", "139"), ("ratelimit-reset", "41")], Some(41)),
            (&[("ratelimit-limit", "2000"), ("ratelimit-remaining", "3"), ("ratelimit-reset", "1714564830")], Some(31)),
            (&[("x-ratelimit-total", "200"), ("x-ratelimit-remaining", "10")], Some(12)),
            (&[("x-ratelimit-limit", "100"), ("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "7")], Some(7)),
            (
                &[
                    ("x-ratelimit-limit", "100"),
                    ("x-ratelimit-remaining", "1"),
                    ("x-ratelimit-reset", "2024-05-01T12:00:09Z"),
                ],
                Some(10),
            ),
            (
                &[
                    ("x-sentry-rate-limit-limit", "40"),
                    ("x-sentry-rate-limit-remaining", "0"),
                    ("x-sentry-rate-limit-reset", "1714564801"),
                ],
                Some(2),
            ),
            (&[("zendesk-ratelimit-tickets-index", "total=100; remaining=12; resets=41")], Some(41)),
            (&[("zendesk-ratelimit-tickets-index", "total=100; remaining=99; resets=41")], None),
            (&[("x-ratelimit-remaining", "1")], None),
        ] {
            assert_eq!(rest_of(headers), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_quota_of_an_hour_is_used_up_and_not_waited_for_page_by_page() {
        let hour = [("x-ratelimit-limit", "60"), ("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "1714568400")];
        assert_eq!(rest_of(&hour), None);
    }
}
