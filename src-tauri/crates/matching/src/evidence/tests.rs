use super::*;

fn told(bytes: &[u8]) -> (Kind, Found) {
    let kind = kind(bytes).unwrap();
    (kind, read(kind, bytes).unwrap())
}

fn named(found: &Found) -> Vec<(&'static str, &str)> {
    found.ids.iter().map(|id| (id.kind.as_str(), id.value.as_str())).collect()
}

#[test]
fn lines_that_differ_in_numbers_alone_are_one_group_and_each_can_be_read_again() {
    let mut log = String::new();
    for n in 0..50 {
        log += &format!("2026-05-01T12:00:{:02}Z INFO [web-{n}] served order {n} in {n} ms\n", n % 60);
        if n % 10 == 3 {
            log += &format!(
                "2026-05-01T12:00:{:02}Z ERROR [web-{n}] no stock for order {n} request_id=req-{n}abc\n    at shop.Stock.take(Stock.java:{n})\n",
                n % 60
            );
        }
    }
    let (kind, found) = told(log.as_bytes());
    assert_eq!((kind, found.entries, found.groups.len()), (Kind::Log, 55, 2));
    let worst = &found.groups[0];
    assert_eq!((worst.level, worst.count, worst.number), (Level::Error, 5, 5));
    assert_eq!(worst.template, "ERROR [web-<*>] no stock for order <*> request_id=req-<*>");
    assert_eq!((worst.first_at, worst.last_at), (Some(1_777_636_803_000), Some(1_777_636_843_000)));
    let (rows, total) = rows(kind, log.as_bytes(), Some(worst.key), 1, 2).unwrap();
    assert_eq!((rows.len(), total, rows[0].number), (2, 5, 17));
    assert!(rows[0].text.contains("order 13 request_id=req-13abc"));
    assert_eq!(found.ids.len(), 5);
}

#[test]
fn objects_to_a_line_are_told_apart_by_their_message() {
    let line = |level: &str, said: &str, n: u32| {
        format!(
            "{{\"time\":\"2026-05-01T12:00:0{n}Z\",\"level\":\"{level}\",\"msg\":\"{said}\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e473{n}\"}}\n"
        )
    };
    let log =
        line("error", "no route to host", 1) + &line("info", "started", 2) + &line("error", "no route to host", 3);
    let (kind, found) = told(log.as_bytes());
    let groups: Vec<_> = found.groups.iter().map(|one| (one.template.as_str(), one.count, one.level)).collect();
    assert_eq!((kind, groups), (Kind::Log, vec![("no route to host", 2, Level::Error), ("started", 1, Level::Info)]));
    assert_eq!(found.ids.len(), 3);
}

#[test]
fn a_har_tells_what_was_asked_and_what_came_back_without_its_query_and_its_cookies() {
    let har = r#"{"log":{"version":"1.2","entries":[
      {"startedDateTime":"2026-05-01T12:00:00.000Z","time":41.2,"request":{"method":"POST","url":"https://shop.example/cart?token=hunter2","headers":[{"name":"Cookie","value":"sid=topsecret"},{"name":"X-Request-Id","value":"req-778899"}]},"response":{"status":502,"statusText":"Bad Gateway","headers":[]}},
      {"startedDateTime":"2026-05-01T12:00:01.000Z","request":{"method":"GET","url":"https://shop.example/x"},"response":{"status":0,"_error":"net::ERR_FAILED"}},
      {"request":{}}]}}"#;
    let (kind, found) = told(har.as_bytes());
    assert_eq!((kind, found.entries), (Kind::Har, 3));
    let all = format!("{found:?}");
    assert!(all.contains("POST https://shop.example/cart → 502 Bad Gateway, 41 ms"), "{all}");
    assert!(all.contains("no answer net::ERR_FAILED"), "{all}");
    assert!(!all.contains("hunter2") && !all.contains("topsecret"));
    assert_eq!(named(&found), [("request", "req-778899")]);
}

#[test]
fn an_event_of_an_error_tracker_tells_what_was_done_in_order_and_then_what_failed() {
    let event = r#"{"event_id":"ab","timestamp":1777636805.5,"release":"shop@2.3.1","user":{"id":"u-77","email":"ann@example.com"},
      "contexts":{"trace":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}},"tags":[["request_id","req-778899"]],
      "breadcrumbs":{"values":[{"timestamp":1777636800,"category":"ui.click","message":"button.pay"},
        {"timestamp":"2026-05-01T12:00:01Z","category":"http","data":{"method":"POST","url":"https://x.example/pay?card=4111","status_code":500}}]},
      "exception":{"values":[{"type":"TypeError","value":"x is undefined","stacktrace":{"frames":[{"function":"main","filename":"a.js","lineno":1},{"function":"pay","filename":"b.js","lineno":42}]}}]}}"#;
    let (kind, found) = told(event.as_bytes());
    let (rows, total) = rows(kind, event.as_bytes(), None, 0, 10).unwrap();
    let said: Vec<_> = rows.iter().map(|row| (row.at, row.level, row.text.as_str())).collect();
    assert_eq!(
        said,
        [
            (Some(1_777_636_800_000), Level::Info, "ui.click: button.pay"),
            (Some(1_777_636_801_000), Level::Info, "http: POST https://x.example/pay → 500"),
            (Some(1_777_636_805_500), Level::Error, "TypeError: x is undefined\n  at pay (b.js:42)"),
        ]
    );
    assert_eq!((kind, total), (Kind::Sentry, 3));
    let ids = [
        ("request", "req-778899"),
        ("trace", "4bf92f3577b34da6a3ce929d0e0e4736"),
        ("release", "shop@2.3.1"),
        ("user", "u-77"),
    ];
    assert_eq!(named(&found), ids);
}

#[test]
fn spans_and_records_of_opentelemetry_are_read_as_one_object_and_as_lines() {
    let spans = r#"{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}},{"key":"service.version","value":{"stringValue":"2.3.1"}}]},"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","name":"POST /pay","startTimeUnixNano":"1777636800000000000","endTimeUnixNano":"1777636800250000000","status":{"code":2,"message":"declined"},"events":[{"name":"exception","attributes":[{"key":"exception.type","value":{"stringValue":"PayError"}},{"key":"exception.message","value":{"stringValue":"no funds"}}]}]}]}]}]}"#;
    let logs = r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1777636801000000000","severityNumber":17,"body":{"stringValue":"it broke"}}]}]}]}"#;
    for text in [spans.to_owned(), format!("{spans}\n{logs}\n{{\"cut")] {
        let (kind, found) = told(text.as_bytes());
        assert_eq!((kind, found.groups[0].level), (Kind::Otel, Level::Error));
        let first = &found.groups.iter().find(|one| one.sample.contains("POST")).unwrap().sample;
        assert_eq!(first, "checkout POST /pay, 250 ms: declined\n  PayError: no funds");
        assert!(named(&found).contains(&("release", "2.3.1")));
    }
    assert_eq!(read(Kind::Otel, format!("{spans}\n{logs}").as_bytes()).unwrap().entries, 2);
}

#[test]
fn what_cannot_be_read_is_refused_in_words_and_never_a_panic() {
    for (bytes, wrong) in [
        (&b""[..], Wrong::Empty),
        (b" \n\t", Wrong::Empty),
        (b"PK\x03\x04rest", Wrong::Packed),
        (b"\x1f\x8b\x08", Wrong::Packed),
        (b"\x7fELF\x00\x00", Wrong::Unknown),
        (b"{\"log\":{\"entries\":[", Wrong::Broken),
    ] {
        assert_eq!(kind(bytes), Err(wrong), "{:?}", String::from_utf8_lossy(bytes));
        assert!(wrong.words().starts_with("it "));
    }
    for (kind, text) in [
        (Kind::Har, "{\"log\":{\"entries\":[]}}"),
        (Kind::Sentry, "{\"event_id\":\"1\"}"),
        (Kind::Otel, "{\"resourceSpans\":7}"),
    ] {
        assert_eq!(read(kind, text.as_bytes()), Err(Wrong::Nothing(kind)));
    }
    // Every cut of a good file is read or refused.
    let event = br#"{"event_id":"ab","exception":[{"type":"E","value":"v"}],"breadcrumbs":[{"timestamp":"x"}],"tags":[[1],["request_id"]]}"#;
    for end in 0..=event.len() {
        for kind in [Kind::Log, Kind::Har, Kind::Sentry, Kind::Otel] {
            let _ = (super::kind(&event[..end]), read(kind, &event[..end]));
        }
    }
}

#[test]
fn text_of_windows_is_read_and_a_picture_is_known_by_its_first_bytes() {
    let text: Vec<u8> =
        "\u{feff}2026-05-01 12:00:00 ERROR no disk\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (kind, found) = told(&text);
    assert_eq!((kind, found.groups[0].template.as_str(), found.unzoned), (Kind::Log, "ERROR no disk", 1));
    assert_eq!(super::kind(b"\x89PNG\r\n\x1a\n...."), Ok(Kind::Picture));
}

/// Linear in its length: so much of it in each of a few shapes, in a debug build.
#[test]
fn a_long_line_and_many_kinds_of_lines_are_read_within_limits() {
    let long = "a=b:c ".repeat(40_000);
    let (_, found) = told(long.as_bytes());
    assert_eq!(found.entries, 1);
    assert!(found.groups[0].sample.len() <= 600);
    let many: String = (0..21_000u32).map(|n| format!("ERROR {}\n", letters(n))).collect();
    let (_, found) = told(many.as_bytes());
    assert_eq!((found.entries, found.groups.len()), (21_000, 400));
    assert!(found.others > 10_000);
}

fn letters(n: u32) -> String {
    n.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
}
