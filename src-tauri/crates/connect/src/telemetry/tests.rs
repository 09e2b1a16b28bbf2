use super::*;
use proptest::prelude::*;

/// Recorded: datadog-api-client-rust, logs search.
const LINE: &str = "AQAAAYAZdbh47dGwNwAAAABBWUFaZGJyMUFBQ0s4OEN3YmZ1UDJRQUI";

fn urls(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    named(text, &["https://app.datadoghq.eu".into()], &mut found);
    found.into_iter().map(|named| named.url.replace("https://app.datadoghq.eu/", "")).collect()
}

#[test]
fn a_trace_is_found_however_a_log_writes_its_id() {
    for text in [
        "[dd.service=billing dd.env=prod dd.trace_id=8956127339821907234 dd.span_id=17] Not posted",
        r#"{"level":"error","dd.trace_id":"8956127339821907234","msg":"Not posted"}"#,
        r#"{\"dd\":{\"trace_id\":\"8956127339821907234\"}}"#,
        "X-Datadog-Trace-Id: 8956127339821907234",
        "The traceId is given as traceId 8956127339821907234.",
        // The same in hexadecimal.
        "trace_id=7c4a8e5d2d3fbd22",
    ] {
        assert_eq!(urls(text), ["apm/trace/8956127339821907234"], "{text}");
    }
    let wide = "apm/trace/4bf92f3577b34da6a3ce929d0e0e4736";
    assert_eq!(urls("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"), [wide]);
    assert_eq!(urls("trace_id=4BF92F3577B34DA6A3CE929D0E0E4736 trace_id=4bf92f3577b34da6a3ce929d0e0e4736"), [wide]);
    let mut found = Vec::new();
    named("dd.trace_id=8956127339821907234", &["https://us5.datadoghq.com".into()], &mut found);
    assert_eq!(found[0].logs.as_deref(), Some("https://us5.datadoghq.com/logs?query=trace_id%3A8956127339821907234"));
}

#[test]
fn what_is_no_id_of_a_trace_leads_nowhere() {
    for text in [
        "dd.trace_id=0",
        "trace_id=00000000000000000000000000000000",
        "trace_id: none",
        "order 8956127339821907234",
        "trace_id=12",
        "traceparent: 4bf92f3577b34da6a3ce929d0e0e4736",
        "dd.trace_id=99999999999999999999",
        "4bf92f3577b34da6a3ce929d0e0e4736",
    ] {
        assert_eq!(urls(text), [""; 0], "{text}");
    }
}

#[test]
fn a_line_of_a_log_is_known_by_its_id_which_says_when_it_was_written() {
    let mut found = Vec::new();
    named(&format!("See {LINE}."), &["https://app.datadoghq.com".into()], &mut found);
    assert_eq!(found[0].url, format!("https://app.datadoghq.com/logs?event={LINE}"));
    assert_eq!((found[0].kind, found[0].at), (Kind::Log, Millis::parse("2022-04-11T16:29:47Z").ok()));
    // As long, and no time in it.
    assert_eq!(urls("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), [""; 0]);
}

#[test]
fn an_address_of_the_explorers_leads_there_without_what_else_it_carried() {
    let mut found = Vec::new();
    let issue = "5f8ebd5c-6dd9-11f0-8a28-da7ad0900002";
    let text = format!(
        "<a href=\"https://acme.datadoghq.com/apm/trace/8956127339821907234?spanID=1&amp;colorBy=service\">it</a> and\n\
         https://app.datadoghq.com/logs?query=a&cols=b&event={LINE}&token=zanzibar, (https://us3.datadoghq.com/error-tracking?a=1&issueId={issue})\n\
         https://app.datadoghq.com/error-tracking/issue/{issue}?x=1. https://datadoghq.com.evil.example/apm/trace/1234567890123456\n\
         http://app.datadoghq.com/apm/trace/1234567890123456 https://app.datadoghq.com/apm/trace/..%2f..%2fx https://app.datadoghq.com/dashboard/1"
    );
    named(&text, &[], &mut found);
    let urls: Vec<&str> = found.iter().map(|named| named.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://acme.datadoghq.com/apm/trace/8956127339821907234".to_owned(),
            format!("https://app.datadoghq.com/logs?event={LINE}"),
            format!("https://us3.datadoghq.com/error-tracking?issueId={issue}"),
            format!("https://app.datadoghq.com/error-tracking?issueId={issue}"),
        ]
    );
    // An id alone says nothing where no source says where its Datadog is.
    found.clear();
    named("dd.trace_id=8956127339821907234", &[], &mut found);
    assert_eq!(found, []);
}

#[test]
fn a_source_says_where_its_explorers_are() {
    let of = |kind: &str, url: &str| app(&Setup { kind: kind.into(), url: url.into(), options: Default::default() });
    assert_eq!(of("datadog", "https://app.datadoghq.eu/logs").as_deref(), Some("https://app.datadoghq.eu"));
    assert_eq!(of("datadog", "https://api.us3.datadoghq.com").as_deref(), Some("https://us3.datadoghq.com"));
    assert_eq!(of("datadog", "https://acme.datadoghq.com").as_deref(), Some("https://app.datadoghq.com"));
    assert_eq!(of("github", "https://github.com/acme/ledger"), None);
}

proptest! {
    #[test]
    fn whatever_a_text_holds_every_link_leads_to_datadog(text in ".{0,200}", key in "(dd.trace_id=|traceparent: 00-|https://x.datadoghq.com/logs[?]event=)", id in "[a-zA-Z0-9./?#&%-]{0,60}") {
        let mut found = Vec::new();
        named(&format!("{text} {key}{id} {text}"), &["https://app.datadoghq.com".into()], &mut found);
        for named in found {
            let url = Url::parse(&named.url).unwrap();
            prop_assert!(url.host_str().unwrap().ends_with(".datadoghq.com") && url.scheme() == "https");
        }
    }
}
