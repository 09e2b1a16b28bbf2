//! Bodies as plain text (for reading and searching) and as safe HTML (for showing). What comes in was written by
//! strangers; what goes out of [`html()`] passed one allow-list.

mod allow;
mod blocks;
#[cfg(test)]
mod hostile;
mod jira;
pub(crate) mod shown;
pub(crate) mod unseen;

use domain::{BodyFormat, Signature};
use std::borrow::Cow;

/// Longer bodies are cut for reading and searching; the store keeps all of it.
const LONGEST: usize = 256 << 10;

/// Markup gone, line breaks kept.
pub(crate) fn plain(body: &str, format: BodyFormat) -> Cow<'_, str> {
    let body = cut(body, LONGEST);
    match format {
        BodyFormat::Text | BodyFormat::Markdown => Cow::Borrowed(body),
        BodyFormat::Jira => jira::plain(body),
        BodyFormat::Html => Cow::Owned(plain_html(body)),
    }
}

/// Whether what is read and shown is only the beginning of a body.
pub(crate) fn is_cut(body: &str) -> bool {
    body.len() > LONGEST
}

/// The longest start of a text that fits and does not split a character.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

fn plain_html(body: &str) -> String {
    // No wrapping: a wrapped stack trace is no stack trace. The limit is there for absurdly deep nesting.
    let plain = html2text::config::plain_no_decorate().no_link_wrapping().allow_width_overflow();
    match plain.string_from_read(body.as_bytes(), 4_000) {
        Ok(text) => text,
        Err(_) => ammonia::Builder::empty().clean(body).to_string(),
    }
}

/// The body as HTML that the window may insert as it is. In text and wiki markup, the lines of an error stand in one
/// block, and the parts that make up its signature are marked. Characters that mislead are shown.
pub(crate) fn html(body: &str, format: BodyFormat) -> String {
    let body = cut(body, LONGEST);
    let clean = match format {
        BodyFormat::Html => allow::strangers(body),
        BodyFormat::Markdown => allow::strangers(&comrak::markdown_to_html(body, &markdown())),
        BodyFormat::Text => allow::ours(&blocks::html(body, &signatures(body))),
        BodyFormat::Jira => {
            let plain = jira::plain(body);
            allow::ours(&blocks::html(&plain, &signatures(&plain)))
        }
    };
    match unseen::marked(&clean) {
        Cow::Owned(marked) => marked,
        Cow::Borrowed(_) => clean,
    }
}

fn signatures(text: &str) -> Vec<Signature> {
    matching::signatures(text)
}

fn markdown() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.render.r#unsafe = false;
    options.render.escape = true;
    options
}

#[cfg(fuzzing)]
pub mod fuzz {
    use super::*;

    /// As text and as HTML.
    pub fn body(body: &str, format: u8) -> (String, String) {
        let formats = [BodyFormat::Text, BodyFormat::Html, BodyFormat::Markdown, BodyFormat::Jira];
        let format = formats.into_iter().cycle().nth(usize::from(format % 4)).unwrap_or(BodyFormat::Html);
        (plain(body, format).into_owned(), html(body, format))
    }

    pub fn clean(html: &str) -> String {
        allow::ours(html)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_from_strangers_comes_out_without_scripts_images_styles_or_other_schemes() {
        let dirty = r#"<p onclick="x()">Hi <b>there</b><script>alert(1)</script><img src=x onerror=y>
            <a href="javascript:z()">bad</a> <a href="https://example.com/a">good</a>
            <svg><animate href="x"/></svg><style>p{}</style><iframe src="//x"></iframe></p>"#;
        let clean = html(dirty, BodyFormat::Html);
        for bad in ["script", "onclick", "onerror", "<img", "javascript", "svg", "style", "iframe", "alert"] {
            assert!(!clean.contains(bad), "{bad} in {clean}");
        }
        assert!(
            clean.contains(r#"<a href="https://example.com/a" rel="noopener noreferrer nofollow">good</a>"#),
            "{clean}"
        );
    }

    #[test]
    fn raw_html_inside_text_and_markdown_is_shown_and_not_run() {
        for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Jira] {
            let clean = html("before <img src=x onerror=alert(1)> after", format);
            assert!(!clean.contains("<img"), "{format:?}: {clean}");
            assert!(clean.contains("&lt;img"), "{format:?}: {clean}");
        }
    }

    #[test]
    fn long_lines_of_an_html_body_stay_whole_and_blocks_become_lines() {
        let line = "at com.acme.Very.long(Name.java:1) ".repeat(20);
        let text = plain(&format!("<p>First</p><pre>{line}\nsecond</pre><ul><li>one</li></ul>"), BodyFormat::Html)
            .into_owned();
        assert!(text.contains(line.trim_end()), "{text}");
        assert!(text.lines().any(|line| line.trim() == "First"), "{text}");
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        assert_eq!(cut("aé", 2), "a");
        assert_eq!(cut("aé", 3), "aé");
    }
}
