//! The one allow-list that everything passes before the window inserts it.

use ammonia::{Builder, Url, UrlRelative};
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

const TAGS: [&str; 34] = [
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "hr", "i",
    "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u",
    "ul",
];

/// How often HTML is read anew until reading it changes nothing any more. Twice is usual; more is somebody's trick.
const READINGS: usize = 4;

/// What a stranger wrote: no class either, or it could pass for something that we marked.
pub(super) fn strangers(html: &str) -> String {
    static LIST: LazyLock<Builder<'static>> = LazyLock::new(builder);
    settled(&LIST, html)
}

/// What we made out of plain text ourselves, errors marked.
pub(super) fn ours(html: &str) -> String {
    static LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = builder();
        builder.allowed_classes([("span", HashSet::from(["sig"])), ("pre", HashSet::from(["trace"]))].into());
        builder
    });
    settled(&LIST, html)
}

/// A parser moves what may not stand inside one another, so that the same HTML read twice can be two different trees.
/// What comes out here is read by the window as it was read here; what never settles is shown as text.
fn settled(list: &Builder<'_>, html: &str) -> String {
    let mut clean = list.clean(html).to_string();
    for _ in 1..READINGS {
        let again = list.clean(&clean).to_string();
        if again == clean {
            return clean;
        }
        clean = again;
    }
    ammonia::clean_text(html)
}

/// No images, no styles, no forms, no SVG or MathML, no ids or names; links to https only, which the host opens outside.
fn builder() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(["script", "style", "title", "noscript", "template", "svg", "math"]))
        .tag_attributes([("a", HashSet::from(["href"])), ("td", HashSet::from(["colspan"]))].into())
        .url_schemes(HashSet::from(["https"]))
        .url_relative(UrlRelative::Deny)
        .attribute_filter(|_, name, value| match name {
            "href" => address(value).map(Cow::Owned),
            "colspan" => value.parse::<u8>().ok().filter(|columns| (1..=100).contains(columns)).map(|_| value.into()),
            _ => Some(value.into()),
        })
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
}

/// An address as browsers read it, host in ASCII: what is shown is what opens. One that hides its host behind a name is
/// none.
fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    plain.then(|| url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str) -> String {
        strangers(html)
    }

    const REL: &str = "rel=\"noopener noreferrer nofollow\"";

    #[test]
    fn a_link_leads_where_it_says_or_nowhere() {
        assert_eq!(
            clean("<a href=' hTTps:\\\\\\\\B\u{fc}cher.example\t/\u{fc}'>x</a>"),
            format!("<a href=\"https://xn--bcher-kva.example/%C3%BC\" {REL}>x</a>")
        );
        for bad in [
            "javascript:x()",
            "JaVa\tScRiPt:x()",
            "&#1;javascript:x()",
            "java&#0;script:x()",
            "java&NewLine;script:x()",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "\\\\server\\share",
            "//server/share",
            "tauri://localhost",
            "ipc://localhost/rpc",
            "ms-msdt:/id",
            "mailto:a@b.example",
            "http://a.example",
            "https://github.com@evil.example/",
            "https:",
            "/relative",
            "#hash",
            "?query",
        ] {
            let html = clean(&format!("<a href=\"{bad}\">x</a>"));
            assert!(!html.contains("href"), "{bad} became {html}");
        }
    }

    #[test]
    fn what_never_settles_is_shown_as_text() {
        let nested = "<a><table>".repeat(READINGS + 1);
        let html = clean(&nested);
        assert_eq!(clean(&html), html);
    }

    #[test]
    fn a_stranger_s_class_id_or_name_is_gone() {
        let html = "<span class=\"sig\" id=app name=body>a</span><pre class=\"trace\">b</pre><td colspan=1000000>";
        assert_eq!(clean(html), "<span>a</span><pre>b</pre>");
        assert!(ours("<span class=\"sig other\">a</span>").contains("class=\"sig\""));
    }
}
