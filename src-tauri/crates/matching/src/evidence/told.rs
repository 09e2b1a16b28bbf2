//! As much of a file as goes along where its case goes: a short log as it is, of everything else what was read in it.

use super::{Found, Kind, narrow, rows, thrown, wide};
use crate::mask::clip;
use domain::Millis;
use std::fmt::Write;

/// More would be read by nobody, and is here still.
const MOST: usize = 32 << 10;

/// `whole`: nothing that the reader of files understands is missing.
pub fn told(kind: Kind, bytes: &[u8], found: &Found) -> (String, bool) {
    match kind {
        Kind::Picture => (String::new(), false),
        Kind::Log if bytes.len() <= MOST => {
            let text = if wide(bytes) { narrow(bytes) } else { String::from_utf8_lossy(bytes).into_owned() };
            (text.trim_start_matches('\u{feff}').replace('\r', ""), true)
        }
        Kind::Log => {
            // Every error in full first, then one line of each kind.
            let mut text = thrown(kind, bytes, found);
            for group in &found.groups {
                let _ = write!(text, "\n\nline {}, {} of its kind: {}", group.number, group.count, group.sample);
            }
            (clip(text.trim_start(), MOST).to_owned(), false)
        }
        // Without what the reader leaves out: headers, cookies, bodies, queries.
        Kind::Har | Kind::Sentry | Kind::Otel => {
            let mut text = thrown(kind, bytes, found);
            let (rows, total) = rows(kind, bytes, None, 0, 2_000).unwrap_or_default();
            for row in &rows {
                let at = row.at.map(|at| Millis(at).to_rfc3339()).unwrap_or_default();
                let _ = write!(text, "\n{} {} {}", at, row.level.as_str(), row.text);
            }
            let text = text.trim_start();
            (clip(text, MOST).to_owned(), rows.len() as u64 == total && text.len() <= MOST)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{kind, read};

    fn told(bytes: &[u8]) -> (String, bool) {
        let kind = kind(bytes).unwrap();
        super::told(kind, bytes, &read(kind, bytes).unwrap())
    }

    #[test]
    fn a_short_log_goes_as_it_is_and_of_a_long_one_every_error_and_each_kind_of_line() {
        let short = "2026-05-01T12:00:01Z ERROR no stock\r\n    at shop.Stock.take(Stock.java:7)\r\n";
        assert_eq!(told(short.as_bytes()), (short.replace('\r', ""), true));
        let long = "2026-05-01T12:00:00Z INFO served order 7\n".repeat(2_000) + short;
        let (text, whole) = told(long.as_bytes());
        assert!(text.starts_with("2026-05-01T12:00:01Z ERROR no stock\n    at shop.Stock.take"), "{text}");
        assert!(text.contains("line 1, 2000 of its kind: 2026-05-01T12:00:00Z INFO served order 7"), "{text}");
        assert!(!whole && text.len() < 1_000);
    }

    #[test]
    fn of_what_a_browser_wrote_no_header_and_no_query_goes_along() {
        let har = r#"{"log":{"entries":[{"startedDateTime":"2026-05-01T12:00:00.000Z","request":{"method":"POST","url":"https://shop.example/cart?token=hunter2","headers":[{"name":"Cookie","value":"sid=topsecret"}]},"response":{"status":502,"statusText":"Bad Gateway"}}]}}"#;
        let (text, whole) = told(har.as_bytes());
        assert!(whole && text.ends_with("error POST https://shop.example/cart → 502 Bad Gateway"), "{text}");
    }
}
