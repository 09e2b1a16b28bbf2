//! Every hostile text of the corpus through every format: what comes out is read again by an HTML parser.

use super::{allow, html, unseen};
use domain::BodyFormat;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;

const FORMATS: [BodyFormat; 4] = [BodyFormat::Html, BodyFormat::Markdown, BodyFormat::Jira, BodyFormat::Text];
/// Written down once more: a tag that is added to the allow-list has to be wanted twice.
const TAGS: &str = " a b blockquote br code dd del div dl dt em h1 h2 h3 h4 hr i li ol p pre s span strong sub sup table \
                    tbody td th thead tr u ul ";

/// What the corpus and its names are: `tests/window` shows the same in the real window.
fn corpus() -> Vec<(String, String)> {
    let raw = include_str!("../../../../../tests/fixtures/hostile.json");
    let payloads: Vec<(String, String)> = serde_json::from_str(raw).unwrap();
    let filled = payloads.into_iter().map(|(name, text)| {
        let text = text.replace("{run}", "hostile(1)").replace("{url}", "http://127.0.0.1:9/1");
        (name, text.replace("{ipc}", "__TAURI_INTERNALS__.invoke('rpc',{name:'hostile',args:{}})"))
    });
    filled.collect()
}

fn each_case(look: impl Fn(&str, BodyFormat, &str)) {
    let corpus = corpus();
    assert!(corpus.len() >= 300, "{} payloads", corpus.len());
    for (name, text) in &corpus {
        for format in FORMATS {
            look(name, format, &html(&format!("before {text}\n\n{text} after"), format));
        }
    }
}

/// Collects the tags that an HTML parser sees, and everything else that is not text.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    odd: RefCell<Vec<String>>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => self.tags.borrow_mut().push(tag),
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.odd.borrow_mut().push(format!("{token:?}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn parsed(html: &str) -> (Vec<Tag>, Vec<String>) {
    let tokenizer = Tokenizer::new(Seen::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    _ = tokenizer.feed(&input);
    tokenizer.end();
    (tokenizer.sink.tags.take(), tokenizer.sink.odd.take())
}

/// What is wrong with a tag; empty for nothing.
fn complaint(tag: &Tag) -> String {
    if !TAGS.contains(&format!(" {} ", &*tag.name)) {
        return format!("<{}>", &*tag.name);
    }
    let wrong = tag.attrs.iter().find(|attribute| match (&*tag.name, &*attribute.name.local) {
        ("a", "href") => {
            let address = ammonia::Url::parse(&attribute.value).unwrap();
            let readable = address.scheme() == "https" && address.username().is_empty() && attribute.value.is_ascii();
            !readable || address.as_str() != &*attribute.value
        }
        ("a", "rel") => &*attribute.value != "noopener noreferrer nofollow",
        ("td", "colspan") => attribute.value.parse::<u8>().is_err(),
        ("pre", "class") => &*attribute.value != "trace",
        ("span", "class") => &*attribute.value != "sig",
        _ => true,
    });
    wrong
        .map(|attribute| format!("<{} {}={:?}>", &*tag.name, &*attribute.name.local, attribute.value))
        .unwrap_or_default()
}

#[test]
fn only_what_is_allowed_comes_out_of_a_hostile_body() {
    each_case(|name, format, html| {
        let (tags, odd) = parsed(html);
        assert!(odd.is_empty(), "{name} as {format:?}: {odd:?}");
        for tag in tags.iter().filter(|tag| tag.kind == TagKind::StartTag) {
            assert_eq!(complaint(tag), "", "{name} as {format:?}: {html}");
        }
    });
}

#[test]
fn what_was_sanitised_is_not_changed_by_doing_it_again() {
    each_case(|name, format, html| {
        let again = match format {
            BodyFormat::Html | BodyFormat::Markdown => allow::strangers(html),
            BodyFormat::Text | BodyFormat::Jira => allow::ours(html),
        };
        assert_eq!(again, html, "{name} as {format:?}");
    });
}

#[test]
fn no_character_that_misleads_is_left_in_a_body() {
    each_case(|name, format, html| assert_eq!(unseen::marked(html), html, "{name} as {format:?}"));
}

#[test]
fn what_is_not_allowed_is_complained_about() {
    for bad in [
        "<img src=x>",
        "<p onclick=x>",
        "<a href='http://a.example/'>",
        "<a href='https://\u{fc}.example/'>",
        "<p id=x>",
    ] {
        assert_ne!(complaint(&parsed(bad).0[0]), "", "{bad}");
    }
    assert_eq!(parsed("<!-- x --><!doctype html>").1.len(), 2);
}
