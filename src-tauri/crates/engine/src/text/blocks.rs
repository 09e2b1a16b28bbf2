//! Plain text as HTML: paragraphs, https links, and each error in a block of its own with its signature marked.

use domain::Signature;

/// `signatures` were read from this very text. Nothing of the text is lost or reordered.
pub(super) fn html(text: &str, signatures: &[Signature]) -> String {
    let mut traces: Vec<(usize, usize, &Signature)> =
        signatures.iter().filter(|signature| signature.frames.len() > 1).map(|s| (s.span.0, s.span.1, s)).collect();
    traces.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let mut at = 0;
    for (start, end, signature) in traces {
        // Spans may nest (a cause inside its chain): the outer one is the block.
        if start < at || end <= start {
            continue;
        }
        let (Some(before), Some(trace)) = (text.get(at..start), text.get(start..end)) else { continue };
        paragraphs(before, &mut out);
        out.push_str("<pre class=\"trace\">");
        mark(trace.trim_end(), signature, &mut out);
        out.push_str("</pre>");
        at = end;
    }
    paragraphs(text.get(at..).unwrap_or_default(), &mut out);
    out
}

fn paragraphs(text: &str, out: &mut String) {
    for paragraph in text.replace("\r\n", "\n").split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if paragraph.trim().is_empty() {
            continue;
        }
        out.push_str("<p>");
        for (number, line) in paragraph.lines().enumerate() {
            if number > 0 {
                out.push_str("<br>");
            }
            linked(line, out);
        }
        out.push_str("</p>");
    }
}

/// Marks the exception and the frames that take part in the fingerprint.
fn mark(trace: &str, signature: &Signature, out: &mut String) {
    let counted: Vec<&str> = signature.top_frames().map(|frame| frame.raw.as_str()).collect();
    for (number, line) in trace.lines().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let whole = counted.iter().any(|raw| !raw.is_empty() && line.trim() == *raw);
        match (whole, line.find(&signature.exception)) {
            (true, _) => wrapped(line, out),
            (false, Some(start)) if !signature.exception.is_empty() => {
                let end = start + signature.exception.len();
                escaped(line.get(..start).unwrap_or_default(), out);
                wrapped(line.get(start..end).unwrap_or_default(), out);
                escaped(line.get(end..).unwrap_or_default(), out);
            }
            _ => escaped(line, out),
        }
    }
}

fn wrapped(text: &str, out: &mut String) {
    out.push_str("<span class=\"sig\">");
    escaped(text, out);
    out.push_str("</span>");
}

/// https addresses become links; everything else is text.
fn linked(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(start) = rest.find("https://") {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"'`|\\^{}[]".contains(c)).unwrap_or(from.len());
        let address = from.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        escaped(before, out);
        if address.len() > "https://".len() {
            out.push_str("<a href=\"");
            escaped(address, out);
            out.push_str("\">");
            escaped(address, out);
            out.push_str("</a>");
        } else {
            escaped(address, out);
        }
        rest = from.get(address.len()..).unwrap_or_default();
    }
    escaped(rest, out);
}

fn escaped(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\0' => {}
            _ => out.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stands_in_a_block_of_its_own_between_paragraphs() {
        let text = "Hello,\nit fails:\n\njava.lang.IllegalStateException: no session 42\n\tat com.acme.Sessions.find(Sessions.java:12)\n\tat com.acme.Web.get(Web.java:7)\n\nThanks, see https://example.com/a?b=1&c=2.";
        let out = html(text, &matching::signatures(text));
        assert!(out.starts_with("<p>Hello,<br>it fails:</p><pre class=\"trace\">"), "{out}");
        assert!(out.contains("<span class=\"sig\">java.lang.IllegalStateException</span>"), "{out}");
        assert!(
            out.ends_with("<a href=\"https://example.com/a?b=1&amp;c=2\">https://example.com/a?b=1&amp;c=2</a>.</p>"),
            "{out}"
        );
    }
}
