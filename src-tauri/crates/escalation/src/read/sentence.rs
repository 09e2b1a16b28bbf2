//! Sentences of prose; lines of a trace or a log are none.

/// In order, trimmed, at most 400 bytes each.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !is_printed(line)).flat_map(split).filter(|said| said.len() <= 400)
}

fn split(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line.trim();
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = end_of(rest);
        let (said, after) = rest.split_at(end);
        rest = after;
        Some(said.trim())
    })
}

/// After a stop that white space follows: the dots of `5.4.1` and `cart.js` end nothing.
fn end_of(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let closes = matches!(letter, '.' | '!' | '?');
        if closes && letters.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            return at + letter.len_utf8();
        }
    }
    text.len()
}

/// A frame, a log line, a greeting's quote: nobody said it in words.
fn is_printed(line: &str) -> bool {
    let bare = line.trim_start();
    let frame =
        bare.starts_with("at ") && bare.contains('(') || bare.starts_with("File \"") || bare.starts_with("Caused by");
    let log = bare.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit())) && bare.get(4..5) == Some("-");
    frame || log || bare.starts_with('>') || bare.starts_with("Traceback")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_inside_a_version_or_a_name_ends_no_sentence_and_a_trace_has_none() {
        let text = "It broke in 5.4.1 of cart.js. Why? \n\tat com.acme.A.run(A.java:3)\n2024-05-01 12:00 INFO x. y.";
        assert_eq!(sentences(text).collect::<Vec<_>>(), ["It broke in 5.4.1 of cart.js.", "Why?"]);
    }
}
