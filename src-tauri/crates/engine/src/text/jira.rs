//! Jira's wiki markup, as far as support tickets use it.

use regex::{Captures, Regex};
use std::{borrow::Cow, sync::LazyLock};

static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    let parts = [
        r"(?m)^[ \t]*\{(?:code|noformat|quote|panel|color)(?::[^}\n]{0,200})?\}[ \t]*\n?", // a fence on a line of its own
        r"\{(?:code|noformat|quote|panel|color)(?::[^}\n]{0,200})?\}",
        r"\[(?P<text>[^|\]\n]{1,300})\|(?P<url>https?://[^\]\s]{1,2000})\]",
        r"\[(?P<bare>https?://[^\]\s]{1,2000})\]",
        r"\[~(?P<person>[^\]\n]{1,100})\]",
        r"(?m)^h[1-6]\. ",
        r"\{\{(?P<mono>[^}\n]{1,500})\}\}",
    ];
    Regex::new(&parts.join("|")).expect("a fixed pattern")
});

/// Fences and link syntax gone; what stands between them stays as it is.
pub(super) fn plain(body: &str) -> Cow<'_, str> {
    if !body.contains(['{', '[']) && !body.contains(". ") {
        return Cow::Borrowed(body);
    }
    MARKUP.replace_all(body, |found: &Captures<'_>| {
        let part = |name| found.name(name).map(|part| part.as_str());
        match (part("text"), part("url")) {
            (Some(text), Some(url)) if text == url => url.to_owned(),
            (Some(text), Some(url)) => format!("{text} ({url})"),
            _ => part("bare").or(part("person")).or(part("mono")).unwrap_or_default().to_owned(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_and_links_become_plain_text_and_code_stays_untouched() {
        let body = "h3. Steps\nSee [the docs|https://example.com/x] and {{max.size}}, [~jane]\n{code:java}\nint[] a = {1, 2};\n{code}\nend";
        assert_eq!(
            plain(body),
            "Steps\nSee the docs (https://example.com/x) and max.size, jane\nint[] a = {1, 2};\nend"
        );
    }

    #[test]
    fn text_without_markup_is_not_copied() {
        assert!(matches!(plain("nothing special here"), Cow::Borrowed(_)));
    }
}
