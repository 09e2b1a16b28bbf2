use crate::fixture::{of, rows, search, ticket, typed};
use domain::{DocId, DocKind};
use index::{Document, Error, SearchQuery};

const CODES: &str = "Seen as AMQ-1234 and ORA-00942 with 0x8007000E in org.apache.Foo$Bar at com/acme/pay.rs:42 since v2.3.1-rc1, \
    commit 9f2c41ab77de0c31a2b3, reported by jane.doe@example.com.";

#[test]
fn identifiers_are_found_whole_and_in_parts() {
    let index = of(&[ticket(1, "Nothing works", CODES), ticket(2, "Another matter", "Everything else is fine")]);
    for query in [
        "AMQ-1234", "amq-1234", "1234", "ORA-00942", "00942", "0x8007000E", "0x8007000e", "org.apache.Foo$Bar",
        "Foo$Bar", "apache.Foo", "Foo", "com/acme/pay.rs:42", "acme/pay.rs", "pay.rs", "pay.rs:42", "v2.3.1-rc1",
        "2.3.1-rc1", "v2.3.1", "2.3.1", "9f2c41ab77de0c31a2b3", "jane.doe@example.com", "jane.doe", "example.com",
    ] {
        assert_eq!(rows(&index, query), [1], "{query}");
    }
}

#[test]
fn the_beginning_of_an_identifier_finds_it_while_it_is_typed() {
    let index = of(&[ticket(1, "Nothing works", CODES), ticket(2, "Another matter", "Everything else is fine")]);
    for query in ["AMQ-12", "ORA-0", "0x8007", "org.apache.Fo", "acme/pa", "9f2c41", "jane.d", "jane.doe@exam", "v2.3."]
    {
        assert_eq!(typed(&index, query), [1], "{query}");
    }
}

#[test]
fn a_version_is_not_found_by_the_numbers_of_another() {
    let index = of(&[ticket(1, "Upgrade to 5.10.12", "")]);
    assert_eq!(rows(&index, "5.10.12"), [1]);
    assert_eq!(rows(&index, "6.10.12"), [] as [i64; 0]);
    assert_eq!(rows(&index, "10.12.3"), [] as [i64; 0]);
}

#[test]
fn accents_and_case_do_not_matter_and_scripts_without_spaces_are_searched_by_any_stretch() {
    let index = of(&[
        ticket(1, "Café déjà vu", "Größe überschritten"),
        ticket(2, "データベースへの接続エラー", "サーバーが応答しません"),
        ticket(3, "연결 오류", "数据库连接失败"),
    ]);
    for (query, row) in [
        ("cafe", 1),
        ("DEJA", 1),
        ("grösse", 1),
        ("uberschritten", 1),
        ("接続", 2),
        ("エラー", 2),
        ("接続エラー", 2),
        ("応", 2),
        ("오류", 3),
        ("连接失败", 3),
    ] {
        assert_eq!(rows(&index, query), [row], "{query}");
    }
    assert_eq!(rows(&index, "続接"), [] as [i64; 0]);
}

#[test]
fn a_phrase_in_quotes_is_found_in_its_order_only() {
    let index = of(&[
        ticket(1, "Broker", "the connection was refused by the broker"),
        ticket(2, "Broker", "refused the offer of a connection"),
    ]);
    assert_eq!(rows(&index, "\"connection was refused\""), [1]);
    assert_eq!(rows(&index, "“connection was refused”"), [1]);
    let both = rows(&index, "connection refused");
    assert_eq!(both.len(), 2);
    assert_eq!(typed(&index, "\"connection was refu"), [1]);
    assert_eq!(rows(&index, "\"refused connection\""), [] as [i64; 0]);
}

#[test]
fn all_words_come_first_and_any_word_only_if_no_document_has_all() {
    let index = of(&[
        ticket(1, "Timeout in the broker", ""),
        ticket(2, "Timeout in the client", ""),
        ticket(3, "Broker broker broker", ""),
    ]);
    let found = search(&index, "timeout broker", false);
    assert_eq!((found.total, found.understood.as_str()), (1, "timeout broker"));
    let found = search(&index, "timeout broker zebra", false);
    assert_eq!((found.total, found.understood.as_str()), (3, "timeout OR broker OR zebra"));
    assert_eq!(found.hits.first().map(|hit| hit.doc), Some(DocId::ticket(1)), "the one with two of the words");
}

#[test]
fn every_beginning_of_a_word_shows_the_document_that_has_it() {
    let index = of(&[ticket(1, "Connections are failing repeatedly", "authentication happiness queries")]);
    for word in ["connections", "connection", "failing", "repeatedly"] {
        for end in 1..=word.len() {
            assert_eq!(typed(&index, &word[..end]), [1], "{}", &word[..end]);
        }
    }
    for word in ["authentication", "happiness", "queries"] {
        for end in 3..=word.len() {
            assert_eq!(typed(&index, &word[..end]), [1], "{}", &word[..end]);
        }
    }
    let found = search(&index, "connec", false);
    assert_eq!(found.tiers, [0, 1, 0, 0], "a complete word is a beginning only where nothing has it whole");
}

#[test]
fn a_stop_word_on_the_way_to_another_word_hides_nothing() {
    let index = of(&[ticket(1, "Timeout while indexing", ""), ticket(2, "Timeout", "")]);
    assert_eq!(typed(&index, "timeout in"), [1, 2]);
    assert_eq!(typed(&index, "timeout ind"), [1]);
}

#[test]
fn fields_narrow_what_is_found() {
    let document = |row, status: &str, product: &str, component: &str| Document {
        status: status.into(),
        product: Some(product.into()),
        components: vec![component.into(), "Core".into()],
        ..ticket(row, "Timeout", "")
    };
    let index = of(&[
        document(1, "open", "Broker", "Message Store"),
        document(2, "on_hold", "Broker", "Web Console"),
        document(3, "closed", "Client", "Message Store"),
        Document {
            doc: DocId { kind: DocKind::KnownError, row: 4 },
            source: "team".into(),
            ..ticket(4, "Timeout", "")
        },
    ]);
    assert_eq!(rows(&index, "status:open timeout"), [4, 1]);
    assert_eq!(rows(&index, "status:OPEN product:broker"), [1]);
    assert_eq!(rows(&index, "status:on-hold"), [2]);
    assert_eq!(rows(&index, "component:\"message store\""), [3, 1]);
    assert_eq!(rows(&index, "status:closed status:on_hold"), [3, 2]);
    assert_eq!(rows(&index, "source:team"), [4]);
    assert_eq!(rows(&index, "kind:known_error timeout"), [4]);
    assert_eq!(rows(&index, "id:t-2"), [2]);
    assert_eq!(typed(&index, "product:cl"), [3]);
    assert_eq!(rows(&index, "product:cl"), [] as [i64; 0], "what is not being typed is the whole value");
    assert_eq!(rows(&index, "status:open zebra timeout"), [4, 1], "any word, but the fields still hold");
    assert_eq!(search(&index, "status:on-hold timeout", false).understood, "timeout status:on_hold");
    let query = SearchQuery { text: "timeout", kind: Some(DocKind::KnownError), k: 9, ..SearchQuery::default() };
    let found = index.search(&query, &|| false).unwrap();
    assert_eq!((found.total, found.hits[0].doc.row), (1, 4));
}

#[test]
fn the_ticket_whose_id_was_typed_comes_first() {
    let index = of(&[
        ticket(7, "Compare with T-8 and T-8 again", "T-8 T-8 T-8"),
        ticket(8, "Timeout", ""),
        ticket(80, "Timeout", ""),
    ]);
    assert_eq!(rows(&index, "T-8"), [8, 7]);
    assert_eq!(typed(&index, "t-8"), [8, 7, 80]);
    let document = |row, id: &str| Document { display_id: id.into(), ..ticket(row, "Timeout", "") };
    let index = of(&[document(1, "#4711"), document(2, "owner/app#4711")]);
    assert_eq!(rows(&index, "#4711").first(), Some(&1));
    assert_eq!(rows(&index, "owner/app#4711"), [2]);
}

#[test]
fn of_equal_hits_the_newest_comes_first_and_k_cuts_the_list_but_not_the_count() {
    let documents: Vec<_> = (1..=300).map(|row| ticket(row, "Timeout", "")).collect();
    let index = of(&documents);
    let found = index.search(&SearchQuery { text: "timeout", k: 3, ..SearchQuery::default() }, &|| false).unwrap();
    assert_eq!(found.total, 300);
    assert_eq!(found.hits.iter().map(|hit| hit.doc.row).collect::<Vec<_>>(), [300, 299, 298]);
}

#[test]
fn a_title_counts_more_than_a_body() {
    let index =
        of(&[ticket(1, "Printer", "deadlock deadlock"), ticket(2, "Deadlock", "printer"), ticket(3, "Paper", "")]);
    assert_eq!(rows(&index, "deadlock"), [2, 1]);
}

#[test]
fn nothing_typed_finds_nothing_and_nonsense_finds_nothing_quietly() {
    let index = of(&[ticket(1, "Timeout", "")]);
    for query in
        ["", "   ", "\"", "\"\"", ":", "status:", "---", "*", "((", "the", "\u{200b}", "🦀", "NOT AND OR", "a:b:c"]
    {
        assert_eq!(rows(&index, query), [] as [i64; 0], "{query}");
    }
    for query in ["\"", "status:", "*", "(", "-", "\\", "“", "«a"] {
        search(&index, query, true);
    }
    assert_eq!(rows(&of(&[]), "timeout"), [] as [i64; 0]);
}

#[test]
fn a_page_pasted_into_the_search_box_is_answered_by_its_first_words() {
    let index = of(&[ticket(1, "Timeout", "")]);
    let page = format!("timeout {}", "lorem ipsum dolor ".repeat(2000));
    assert_eq!(rows(&index, &page), [1]);
}

#[test]
fn a_replaced_question_stops() {
    let index = of(&[ticket(1, "Timeout", "")]);
    let query = SearchQuery { text: "timeout", prefix: true, k: 9, ..SearchQuery::default() };
    let error = index.search(&query, &|| true).unwrap_err();
    assert!(matches!(error, Error::Superseded));
    assert_eq!((error.code(), error.is_permanent(), error.needs_rebuild()), ("superseded", false, false));
}
