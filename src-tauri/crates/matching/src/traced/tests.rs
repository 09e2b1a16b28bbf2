use super::*;

/// As the file exporter of a collector writes it, with the older names.
const OTLP: &str = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"cart"}},{"key":"service.version","value":{"stringValue":"2.2.4"}}]},"scopeSpans":[{"spans":[
{"traceId":"a1","spanId":"01","name":"POST /pay","status":{},"attributes":[{"key":"code.namespace","value":{"stringValue":"com.acme.Pay"}},{"key":"code.function","value":{"stringValue":"post"}},{"key":"code.filepath","value":{"stringValue":"Pay.java"}},{"key":"code.lineno","value":{"intValue":"12"}}]},
{"traceId":"a1","spanId":"02","parentSpanId":"01","name":"total","status":{"code":2},"attributes":[{"key":"code.namespace","value":{"stringValue":"com.acme.Cart"}},{"key":"code.function","value":{"stringValue":"total"}}],"events":[{"name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"java.lang.IllegalStateException"}},{"key":"exception.message","value":{"stringValue":"totals differ by 3"}},{"key":"exception.stacktrace","value":{"stringValue":"java.lang.IllegalStateException: totals differ by 3\n\tat com.acme.Totals.check(Totals.java:118)\n\tat com.acme.Cart.total(Cart.java:64)\n"}}]}]}
]}]}]}"#;

fn places(traced: &Traced) -> Vec<(&str, Option<&str>, Option<u32>)> {
    traced.frames.iter().map(|frame| (frame.function.as_str(), frame.file.as_deref(), frame.line)).collect()
}

#[test]
fn spans_name_their_code_and_what_failed_comes_first() {
    let found = traced(OTLP);
    assert_eq!(
        places(&found),
        [("com.acme.Cart.total", None, None), ("com.acme.Pay.post", Some("Pay.java"), Some(12))]
    );
    assert_eq!(found.frames[0].raw, "cart: total");
    assert_eq!((found.spans, found.versions.as_slice()), (2, &["2.2.4".to_owned()][..]));
    let error = &found.errors[0];
    assert_eq!(error.exception, "java.lang.IllegalStateException");
    assert_eq!(error.frames.iter().map(|frame| frame.line).collect::<Vec<_>>(), [Some(118), Some(64)]);
}

#[test]
fn an_exception_of_a_span_is_the_error_that_its_stack_trace_is() {
    let text = "java.lang.IllegalStateException: totals differ by 9\n\tat com.acme.Totals.check(Totals.java:120)\n\tat com.acme.Cart.total(Cart.java:70)";
    assert_eq!(traced(OTLP).errors[0].code(), crate::signatures(text)[0].code());
    let asked = crate::Asked { title: "Cannot pay", body: OTLP, product: None, components: &[], versions: &[] };
    let question = crate::read(&asked);
    assert_eq!(question.signatures[0].code(), crate::signatures(text)[0].code());
    assert_eq!((question.versions.as_slice(), question.signatures.len()), (&["2.2.4".to_owned()][..], 1));
    // Names that every trace has are nothing to look for.
    let looked_for = question.identifiers.join(" ");
    assert!(!looked_for.contains("resourceSpans") && looked_for.contains("com.acme.Totals.check"), "{looked_for}");
    let functions: Vec<&str> = question.traced.iter().map(|frame| frame.function.as_str()).collect();
    assert_eq!(functions, ["com.acme.Totals.check", "com.acme.Cart.total", "com.acme.Cart.total", "com.acme.Pay.post"]);
}

#[test]
fn the_newer_names_and_other_shapes_say_the_same() {
    for text in [
        // As the Python SDK prints it.
        r#"{"name":"pay","context":{"trace_id":"0x1","span_id":"0x2"},"parent_id":null,"status":{"status_code":"ERROR"},"attributes":{"code.function.name":"shop.cart.total","code.file.path":"/srv/shop/cart.py","code.line.number":7}}"#,
        // Jaeger's export.
        r#"{"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"2","operationName":"pay","references":[],"processID":"p1","tags":[{"key":"code.function","type":"string","value":"total"},{"key":"code.namespace","type":"string","value":"shop.cart"},{"key":"code.filepath","type":"string","value":"/srv/shop/cart.py"},{"key":"code.lineno","type":"int64","value":7},{"key":"error","type":"bool","value":true}],"logs":[]}],"processes":{"p1":{"serviceName":"shop","tags":[]}}}]}"#,
        // A record of a log, in the middle of what somebody wrote.
        "See {here}:\n{\"severityText\":\"ERROR\",\"attributes\":[{\"key\":\"code.function\",\"value\":{\"stringValue\":\"shop.cart.total\"}},{\"key\":\"code.file.path\",\"value\":{\"stringValue\":\"/srv/shop/cart.py\"}},{\"key\":\"code.line.number\",\"value\":{\"intValue\":7}}]}\nThanks",
    ] {
        assert_eq!(places(&traced(text)), [("shop.cart.total", Some("/srv/shop/cart.py"), Some(7))], "{text}");
    }
}

#[test]
fn one_object_a_line_is_read_to_its_end_and_a_place_counts_once() {
    let line = OTLP.replace('\n', "");
    let found = traced(&format!("{line}\n{line}\n{{\"broken\": \n"));
    assert_eq!((found.spans, found.frames.len(), found.errors.len()), (4, 2, 1));
}

#[test]
fn a_text_without_a_trace_holds_none() {
    for text in
        ["", "{}", "\"spanId\"", r#"{"spanId":"1","name":"GET /"}"#, r#"{"name":"cart","attributes":{"size":3}}"#]
    {
        assert_eq!(traced(text), Traced::default(), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_pasted_is_read_without_a_panic(text in "[\\[\\]{}\":,a-c\\\\n0-9]{0,300}") {
        let _ = traced(&text);
        let _ = traced(&format!("\"spanId\"{text}{OTLP}{text}"));
    }
}

#[test]
fn what_somebody_wrote_around_a_trace_stays_in_its_place() {
    let log = "2026-01-05 10:00:00 ERROR c.a.Pay - refused by the bank";
    let text = format!("é before\n{OTLP}\n{log}");
    let rest = traced(&text).rest.unwrap();
    assert_eq!(
        (rest.len(), rest.trim_end().ends_with(log), rest.starts_with("é before\n  ")),
        (text.len(), true, true)
    );
    let asked = crate::Asked { title: "", body: &text, product: None, components: &[], versions: &[] };
    let question = crate::read(&asked);
    let (start, end) = question.signatures.iter().find(|one| one.exception.contains("Pay")).unwrap().span;
    assert!(text.get(start..end).unwrap().contains("refused by the bank"));
}
