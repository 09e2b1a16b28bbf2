//! When a line says that it was written.

/// Nothing beyond is looked at: a time stands at the front.
const HEAD: usize = 320;
const MONTHS: [&[u8; 3]; 12] =
    [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];

/// UTC milliseconds, and whether it says of which zone it is; without one it is taken for UTC.
pub(super) fn stamp(line: &[u8]) -> Option<(i64, bool)> {
    let head = line.get(..line.len().min(HEAD)).unwrap_or_default();
    let mut at = 0;
    while let Some(found) = head.get(at..)?.iter().position(u8::is_ascii_digit).map(|next| at + next) {
        let rest = head.get(found..)?;
        if let Some(told) = iso(rest).or_else(|| apache(rest)) {
            return Some(told);
        }
        let run = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        // Of JSON: seconds or milliseconds since 1970, after a colon.
        let before = head.get(..found)?.trim_ascii_end();
        let field = [&b"ts\":"[..], b"time\":", b"timestamp\":", b"timeMillis\":"];
        if field.iter().any(|name| before.ends_with(name)) {
            let number: i64 = std::str::from_utf8(rest.get(..run)?).ok()?.parse().ok()?;
            match run {
                10 => return Some((number * 1000 + fraction(rest.get(run..)?).0, true)),
                13 => return Some((number, true)),
                _ => {}
            }
        }
        at = found + run;
    }
    None
}

/// `2026-05-01T12:00:00.123+02:00`, with a space or slashes as well.
pub(super) fn iso(text: &[u8]) -> Option<(i64, bool)> {
    let (year, month, day) = (digits(text, 0, 4)?, digits(text, 5, 2)?, digits(text, 8, 2)?);
    if !matches!(text.get(4)?, b'-' | b'/')
        || text.get(4) != text.get(7)
        || !matches!(text.get(10)?, b'T' | b't' | b' ' | b'_')
    {
        return None;
    }
    let (time, rest) = clock(text.get(11..)?)?;
    let (zone, zoned) = zone(rest);
    Some((days(year, month, day)? * 86_400_000 + time - zone, zoned))
}

/// `10/Oct/2026:13:55:36 +0200`.
fn apache(text: &[u8]) -> Option<(i64, bool)> {
    if text.get(2)? != &b'/' || text.get(6)? != &b'/' || text.get(11)? != &b':' {
        return None;
    }
    let named = text.get(3..6)?;
    let month = MONTHS.iter().position(|month| month.as_slice() == named)? as i64 + 1;
    let (time, rest) = clock(text.get(12..)?)?;
    let (zone, zoned) = zone(rest);
    Some((days(digits(text, 7, 4)?, month, digits(text, 0, 2)?)? * 86_400_000 + time - zone, zoned))
}

/// Milliseconds of the day, and what follows.
fn clock(text: &[u8]) -> Option<(i64, &[u8])> {
    let (hour, minute, second) = (digits(text, 0, 2)?, digits(text, 3, 2)?, digits(text, 6, 2)?);
    if text.get(2)? != &b':' || text.get(5)? != &b':' || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let rest = text.get(8..)?;
    let (millis, length) = fraction(rest);
    Some((((hour * 60 + minute) * 60 + second) * 1000 + millis, rest.get(length..)?))
}

/// `.123456` or `,123` in milliseconds, and how long that is.
fn fraction(text: &[u8]) -> (i64, usize) {
    if !matches!(text.first(), Some(b'.' | b',')) {
        return (0, 0);
    }
    let run = text.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
    let digit = |at: usize| text.get(at).filter(|byte| byte.is_ascii_digit()).map_or(0, |byte| i64::from(byte - b'0'));
    if run == 0 { (0, 0) } else { (digit(1) * 100 + digit(2) * 10 + digit(3), run + 1) }
}

fn zone(text: &[u8]) -> (i64, bool) {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let minutes = |sign: i64| {
        let colon = usize::from(text.get(3) == Some(&b':'));
        let (hours, minutes) = (digits(text, 1, 2)?, digits(text, 3 + colon, 2)?);
        (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60_000)
    };
    match text.first() {
        Some(b'Z' | b'z') => (0, true),
        Some(b'+') => minutes(1).map_or((0, false), |zone| (zone, true)),
        Some(b'-') => minutes(-1).map_or((0, false), |zone| (zone, true)),
        _ if text.starts_with(b"UTC") || text.starts_with(b"GMT") => (0, true),
        _ => (0, false),
    }
}

fn digits(text: &[u8], from: usize, count: usize) -> Option<i64> {
    let run = text.get(from..from + count)?;
    run.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Since 1970, of the calendar that is in use.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1990..2100).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // A year that begins with March ends with the day that is sometimes there.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * month + 2) / 5 + day - 1;
    Some(365 * year + year / 4 - year / 100 + year / 400 + of_year - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_loggers_and_servers_write_them() {
        for (line, at, zoned) in [
            ("2026-05-01T12:00:00.123Z ERROR x", 1_777_636_800_123, true),
            ("2026-05-01 12:00:00,123 ERROR x", 1_777_636_800_123, false),
            ("[2026-05-01 14:00:00.123456+02:00] x", 1_777_636_800_123, true),
            ("127.0.0.1 - - [01/May/2026:10:00:00 -0200] \"GET /\" 500 12", 1_777_636_800_000, true),
            ("{\"level\":50,\"time\":1777636800123,\"msg\":\"x\"}", 1_777_636_800_123, true),
            ("{\"ts\":1777636800.5,\"msg\":\"x\"}", 1_777_636_800_500, true),
            ("{\"level\":\"error\",\"@timestamp\":\"2026-05-01T12:00:00Z\"}", 1_777_636_800_000, true),
        ] {
            assert_eq!(stamp(line.as_bytes()), Some((at, zoned)), "{line}");
        }
        for line in
            ["", "order 20260501 failed", "2026-13-01T12:00:00Z", "2026-05-01T25:00:00Z", "1777636800 x", "12:00:00 x"]
        {
            assert_eq!(stamp(line.as_bytes()), None, "{line}");
        }
    }
}
