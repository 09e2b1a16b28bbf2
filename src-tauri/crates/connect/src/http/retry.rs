//! Whether and when to ask again: pure, from what came back.

use super::{Failure, Response, quota};
use domain::Millis;
use std::time::Duration;

/// Every wait lies between these, whatever a server says.
pub(super) const SHORTEST: Duration = Duration::from_secs(1);
pub(super) const LONGEST: Duration = Duration::from_secs(5 * 60);
/// Of a limit that says nothing about its end.
const UNSAID: Duration = Duration::from_secs(60);

/// How often a run asks again before it ends for now.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For one request.
    pub attempts: u32,
    /// For all requests of a run together.
    pub retries: u32,
    /// So many good answers earn one more retry, up to as many as at the start: whoever fails now and then is asked to the
    /// end, however long that is, and whoever fails all the time is left alone soon.
    pub earned_by: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 6, retries: 30, earned_by: 5 }
    }
}

/// What is left of a run's patience.
pub(super) struct Budget {
    patience: Patience,
    retries: u32,
    /// Since the last retry was earned.
    answers: u32,
}

impl Budget {
    pub(super) fn of(patience: Patience) -> Self {
        Self { patience, retries: patience.retries, answers: 0 }
    }

    pub(super) fn earn(&mut self) {
        self.answers += 1;
        if self.answers >= self.patience.earned_by {
            (self.answers, self.retries) = (0, self.patience.retries.min(self.retries + 1));
        }
    }

    /// Whether a request that failed so often may be asked again.
    pub(super) fn spend(&mut self, attempts: u32) -> bool {
        let may = attempts < self.patience.attempts && self.retries > 0;
        self.retries -= u32::from(may);
        may
    }
}

/// Until when a host wants to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub Duration);

/// What an answer means for the request that it answers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Answer,
    /// Ask again after this long.
    Again(Duration),
    /// It would be longer than anybody waits.
    Later(Duration),
}

/// `attempt` counts from 0; `chance` lies between 0 and 1; `now` is the local clock, used where the server tells no time.
pub(crate) fn judge(response: &Response, attempt: u32, chance: f64, now: Millis) -> Verdict {
    if is_limit(response) {
        return limited(response, attempt, chance, now);
    }
    match response.status {
        408 | 425 | 500 | 502 | 503 | 504 | 520..=524 => {
            Verdict::Again(retry_after(response, now).unwrap_or_else(|| backoff(SHORTEST, attempt, chance)))
        }
        _ => Verdict::Answer,
    }
}

/// After a failure that left no answer.
pub(super) fn after_failure(failure: &Failure, attempt: u32, chance: f64) -> Option<Duration> {
    failure.is_passing().then(|| backoff(SHORTEST, attempt, chance))
}

fn is_limit(response: &Response) -> bool {
    if response.status == 429 {
        return true;
    }
    // Some say it with 403 and a header, some with 403 and words alone.
    let words = || {
        let body = String::from_utf8_lossy(response.body.get(..2048.min(response.body.len())).unwrap_or_default());
        let body = body.to_lowercase();
        ["rate limit", "abuse detection"].iter().any(|phrase| body.contains(phrase))
    };
    response.status == 403 && (response.header("retry-after").is_some() || quota::is_used_up(response) || words())
}

fn limited(response: &Response, attempt: u32, chance: f64, now: Millis) -> Verdict {
    if let Some(wait) = retry_after(response, now) {
        return Verdict::Again(wait);
    }
    if let Some(wait) = quota::ends_in(response, now) {
        return if wait > LONGEST { Verdict::Later(wait) } else { Verdict::Again(wait) };
    }
    Verdict::Again(backoff(UNSAID, attempt, chance))
}

/// Seconds or a date, whatever stands there, as a wait that makes sense. `None` where nothing readable does.
fn retry_after(response: &Response, now: Millis) -> Option<Duration> {
    let text = response.header("retry-after")?.trim();
    let seconds = match text.parse::<f64>() {
        Ok(seconds) if seconds.is_nan() => return None,
        Ok(seconds) => seconds,
        Err(_) => {
            let until = date(text)?;
            (until.0 - server_time(response).unwrap_or(now).0) as f64 / 1000.0
        }
    };
    Some(Duration::from_secs_f64(seconds.clamp(SHORTEST.as_secs_f64(), LONGEST.as_secs_f64())))
}

pub(super) fn server_time(response: &Response) -> Option<Millis> {
    date(response.header("date")?)
}

fn date(text: &str) -> Option<Millis> {
    let since = httpdate::parse_http_date(text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Millis)
}

/// Doubles with each attempt, and never comes at the same moment as everybody else's.
fn backoff(first: Duration, attempt: u32, chance: f64) -> Duration {
    let whole = first.saturating_mul(2u32.saturating_pow(attempt)).min(LONGEST);
    (whole.mul_f64(0.75 + 0.5 * chance)).clamp(SHORTEST, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Response { status, headers, body: body.into() }
    }

    const NOON: Millis = Millis(1_714_564_800_000);

    fn verdict(status: u16, headers: &[(&str, &str)], body: &str) -> Verdict {
        judge(&answer(status, headers, body), 0, 0.5, NOON)
    }

    #[test]
    fn a_wait_that_a_server_asks_for_is_kept_and_never_absurd() {
        let again = |seconds| Verdict::Again(Duration::from_secs(seconds));
        for (said, expected) in [
            ("1", 1),
            ("60", 60),
            ("0", 1),
            ("-5", 1),
            ("1000000000", 300),
            ("Wed, 01 May 2024 12:01:30 GMT", 90),
            ("Wed, 01 May 2024 11:00:00 GMT", 1),
            ("inf", 300),
        ] {
            assert_eq!(verdict(429, &[("retry-after", said)], ""), again(expected), "{said}");
        }
        assert_eq!(verdict(429, &[], ""), again(60), "unsaid");
        assert_eq!(verdict(429, &[("retry-after", "soon")], "<html>"), again(60), "unreadable");
        assert_eq!(verdict(503, &[("retry-after", "7")], ""), again(7));
    }

    #[test]
    fn the_servers_clock_decides_how_long_a_date_is_off() {
        let headers = [("retry-after", "Wed, 01 May 2024 12:01:30 GMT"), ("date", "Wed, 01 May 2024 12:01:00 GMT")];
        assert_eq!(verdict(429, &headers, ""), Verdict::Again(Duration::from_secs(30)));
        let reset = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1714564890"),
            ("date", "Wed, 01 May 2024 12:01:00 GMT"),
        ];
        assert_eq!(verdict(403, &reset, ""), Verdict::Again(Duration::from_secs(31)));
        // Some say in how many seconds, and one says it as a date of its own.
        let seconds = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "17")];
        assert_eq!(verdict(429, &seconds, ""), Verdict::Again(Duration::from_secs(17)));
        let date = [("x-ratelimit-reset", "2024-05-01T12:00:30.000Z")];
        assert_eq!(verdict(429, &date, ""), Verdict::Again(Duration::from_secs(31)));
        assert_eq!(verdict(429, &[("ratelimit-reset", "9")], ""), Verdict::Again(Duration::from_secs(9)));
    }

    #[test]
    fn a_limit_that_ends_in_an_hour_ends_the_run_and_is_not_waited_for() {
        let reset = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1714568400")];
        assert_eq!(verdict(403, &reset, ""), Verdict::Later(Duration::from_secs(3601)));
    }

    #[test]
    fn a_limit_is_told_from_a_refusal_by_its_headers_or_by_its_words() {
        for words in [
            r#"{"message":"You have exceeded a secondary rate limit."}"#,
            r#"{"message":"You have triggered an abuse detection mechanism."}"#,
            r#"{"message":"API rate limit exceeded for 1.2.3.4."}"#,
        ] {
            assert_eq!(verdict(403, &[], words), Verdict::Again(Duration::from_secs(60)), "{words}");
        }
        let remaining = [("x-ratelimit-remaining", "4988"), ("x-ratelimit-reset", "1714568400")];
        assert_eq!(verdict(403, &remaining, r#"{"message":"Resource not accessible"}"#), Verdict::Answer);
        for status in [400, 401, 404, 410, 422, 451] {
            assert_eq!(verdict(status, &[], "secondary rate limit"), Verdict::Answer, "{status}");
        }
    }

    #[test]
    fn waits_double_with_jitter_and_stay_within_their_bounds() {
        let waits: Vec<_> = (0..12).map(|attempt| backoff(SHORTEST, attempt, 0.5).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        assert!(backoff(SHORTEST, 4, 0.0) < backoff(SHORTEST, 4, 1.0));
        for chance in [0.0, 1.0] {
            assert!((SHORTEST..=LONGEST).contains(&backoff(SHORTEST, 0, chance)));
            assert!((SHORTEST..=LONGEST).contains(&backoff(UNSAID, 40, chance)));
        }
    }
}
