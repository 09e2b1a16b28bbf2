use crate::fixture::{of, ticket};
use domain::{Candidate, DocId, DocKind, Field, Frame, Millis, Question, Scope, Signature, SignatureKind};
use index::{Document, Error, Index, Limits};
use std::cell::Cell;

fn ask(index: &Index, question: &Question, scope: &Scope) -> Vec<Candidate> {
    index.candidates(question, scope, &Limits::default(), &|| false).unwrap()
}

fn question(title: &str, body: &str) -> Question {
    Question { title: title.into(), body: body.into(), ..Question::default() }
}

fn found(candidates: &[Candidate]) -> Vec<i64> {
    candidates.iter().map(|candidate| candidate.doc.row).collect()
}

#[test]
fn the_case_with_the_telling_words_comes_first_and_says_which_they_are() {
    let index = of(&[
        ticket(1, "Broker hangs after failover", "The journal is locked and the broker does not start"),
        ticket(2, "Broker question", "How do I start the broker?"),
        ticket(3, "Printer", "Paper is missing"),
    ]);
    let candidates = ask(&index, &question("Failovers hang the broker", "journal locked again"), &Scope::default());
    assert_eq!(found(&candidates), [1, 2]);
    let first = &candidates[0];
    let told: Vec<_> = first.terms.iter().map(|hit| (hit.field, hit.term.as_str())).collect();
    assert!(told.contains(&(Field::Title, "Failovers")), "as the question writes it: {told:?}");
    assert!(told.contains(&(Field::Body, "journal")));
    assert!(first.terms.is_sorted_by(|a, b| a.points >= b.points));
    assert!(first.terms.iter().all(|hit| hit.points > 0.0));
    assert!(candidates.is_sorted_by(|a, b| a.bm25() >= b.bm25()));
}

#[test]
fn a_word_in_the_title_counts_more() {
    let index = of(&[ticket(1, "deadlock", "x"), ticket(2, "x", "deadlock")]);
    assert_eq!(found(&ask(&index, &question("deadlock", ""), &Scope::default())), [1, 2]);
}

#[test]
fn the_resolution_is_searched_too() {
    let index = of(&[Document { resolution: "Set wireFormat.maxInactivityDuration".into(), ..ticket(1, "Drops", "") }]);
    let candidates = ask(&index, &question("", "maxInactivityDuration"), &Scope::default());
    assert_eq!(candidates[0].terms[0].field, Field::Resolution);
}

#[test]
fn only_what_existed_and_was_not_left_out_may_answer() {
    let index = of(&[
        ticket(1, "Deadlock", ""),
        ticket(2, "Deadlock", ""),
        ticket(3, "Deadlock", ""),
        Document {
            doc: DocId { kind: DocKind::KnownError, row: 4 },
            created_at: Millis(0),
            ..ticket(4, "Deadlock", "")
        },
    ]);
    let asked = question("deadlock", "");
    let all = ask(&index, &asked, &Scope::default());
    assert_eq!(all.len(), 4);
    let before = Scope { as_of: Some(Millis(3000)), ..Scope::default() };
    assert_eq!(found(&ask(&index, &asked, &before)), [1, 2, 4]);
    let without = Scope { exclude: vec![DocId::ticket(1)], kinds: vec![DocKind::Ticket], ..Scope::default() };
    assert_eq!(found(&ask(&index, &asked, &without)), [2, 3]);
}

fn signature() -> Signature {
    let frame = Frame {
        raw: "at org.acme.Pay.charge(Pay.java:42)".into(),
        function: "org.acme.Pay.charge".into(),
        file: Some("Pay.java".into()),
        line: Some(42),
        in_project: true,
    };
    Signature {
        kind: SignatureKind::ErrorCode,
        exception: "ORA-00942".into(),
        message: Vec::new(),
        frames: vec![frame],
        span: (0, 9),
    }
}

#[test]
fn a_shared_signature_brings_a_document_in_without_a_shared_word() {
    let signature = signature();
    let carrier = Document {
        signatures: vec![signature.code()],
        frames: vec!["org.acme.Pay.charge".into()],
        ..ticket(900, "Zahlung bricht ab", "Fehler")
    };
    let mut documents: Vec<_> = (1..=400).map(|row| ticket(row, "Payment fails", "payment fails again")).collect();
    documents.push(carrier);
    let index = of(&documents);
    let asked = Question { signatures: vec![signature.clone()], ..question("Payment fails", "") };
    let candidates = ask(&index, &asked, &Scope::default());
    let carrier = candidates.iter().find(|candidate| candidate.doc.row == 900).expect("in the pool");
    assert_eq!(carrier.signatures, [signature.code()]);
    assert_eq!(carrier.frames, ["org.acme.Pay.charge"]);
    assert_eq!(candidates.len(), Limits::default().pool + 1);
}

#[test]
fn a_rare_identifier_and_the_id_of_another_ticket_bring_a_document_in() {
    let index = of(&[
        Document { identifiers: vec!["ERR-77".into()], ..ticket(1, "Lautlos", "") },
        ticket(2, "Stumm", ""),
        ticket(3, "Payment", ""),
    ]);
    let asked = Question { identifiers: vec!["err-77".into(), "T-2".into()], ..question("payment", "") };
    let candidates = ask(&index, &asked, &Scope::default());
    let shared = |row| candidates.iter().find(|candidate| candidate.doc.row == row).map(|one| one.identifiers.clone());
    assert_eq!(shared(1), Some(vec!["err-77".to_owned()]));
    assert_eq!(shared(2), Some(vec!["T-2".to_owned()]));
    assert_eq!(shared(3), Some(Vec::new()));
}

#[test]
fn the_same_content_gets_the_same_points_in_one_segment_or_in_many() {
    let documents: Vec<_> = (1..=60)
        .map(|row| {
            ticket(row, &format!("Broker {} stalls", row % 7), &format!("journal {} locked {}", row % 5, row % 3))
        })
        .collect();
    let one = of(&documents);
    let many = Index::in_ram().unwrap();
    for part in documents.chunks(20) {
        crate::fixture::fill(&many, part);
    }
    let asked = question("Broker 3 stalls", "journal 2 locked 1");
    let points = |index| -> Vec<(i64, f32)> {
        ask(index, &asked, &Scope::default()).iter().map(|candidate| (candidate.doc.row, candidate.bm25())).collect()
    };
    assert_eq!(points(&one), points(&many));
}

#[test]
fn a_replaced_question_stops_in_the_middle() {
    let index = of(&[ticket(1, "Broker hangs after failover", "journal")]);
    let asked = question("Broker hangs after failover", "journal");
    let calls = Cell::new(0);
    let count = || {
        calls.set(calls.get() + 1);
        false
    };
    index.candidates(&asked, &Scope::default(), &Limits::default(), &count).unwrap();
    let all = calls.get();
    assert!(all > 5, "asked {all} times whether to go on");
    for stop in 1..=all {
        calls.set(0);
        let cancel = || {
            calls.set(calls.get() + 1);
            calls.get() >= stop
        };
        let error = index.candidates(&asked, &Scope::default(), &Limits::default(), &cancel).unwrap_err();
        assert!(matches!(error, Error::Superseded));
    }
}

#[test]
fn an_empty_question_has_no_answer() {
    let index = of(&[ticket(1, "Deadlock", "")]);
    assert_eq!(ask(&index, &Question::default(), &Scope::default()), []);
    assert_eq!(ask(&of(&[]), &question("deadlock", ""), &Scope::default()), []);
}

#[test]
fn a_recent_case_and_one_of_the_same_component_are_looked_at_however_many_others_say_more() {
    let mut documents: Vec<Document> = (1..=60).map(|row| ticket(row, "Deadlock in the journal", "")).collect();
    let weak = || ticket(0, "A deadlock, seen in the warehouse on a quiet evening", "");
    documents.push(Document { doc: DocId::ticket(61), created_at: Millis(1_000_000_000), ..weak() });
    documents.push(Document { doc: DocId::ticket(62), components: vec!["Store".into()], ..weak() });
    documents.push(Document { doc: DocId::ticket(63), ..weak() });
    let index = of(&documents);
    let asked = Question { components: vec!["store".into()], ..question("Deadlock in the journal", "") };
    let scope = Scope { recent: Some(Millis(500_000_000)), ..Scope::default() };
    let limits = Limits { pool: 20, besides: 5, ..Limits::default() };
    let rows = found(&index.candidates(&asked, &scope, &limits, &|| false).unwrap());
    assert_eq!(rows.len(), 22);
    assert_eq!(rows[20..], [61, 62], "and not the 63rd, which is neither");
}

#[test]
fn a_case_that_is_named_besides_is_looked_at_without_a_word_in_common_where_the_scope_lets_it_in() {
    let index = of(&[ticket(1, "Deadlock", ""), ticket(2, "Everything hangs", ""), ticket(3, "It stands still", "")]);
    let also = vec![DocId::ticket(2), DocId::ticket(3), DocId::ticket(1), DocId::ticket(99)];
    let scope = Scope { also, exclude: vec![DocId::ticket(3)], ..Scope::default() };
    let candidates = ask(&index, &question("deadlock", ""), &scope);
    assert_eq!(found(&candidates), [1, 2], "each once, and nothing that is left out or not there");
    assert!(candidates.iter().any(|one| one.doc == DocId::ticket(2) && one.terms.is_empty()));
}

#[test]
fn a_candidate_says_which_words_the_title_asked_and_how_long_it_is() {
    let index = of(&[
        ticket(1, "Deadlock", "journal and more and more of it here"),
        ticket(2, "Another deadlock of some length", "x"),
    ]);
    let candidates = ask(&index, &question("deadlock", "journal"), &Scope::default());
    let asked: Vec<bool> = candidates[0].terms.iter().map(|hit| hit.asked_in_title).collect();
    assert_eq!((candidates[0].doc.row, asked.contains(&true), asked.contains(&false)), (1, true, true));
    assert!(candidates[0].title_length < candidates[1].title_length);
    assert!(candidates[0].body_length > 1.0 && candidates[1].body_length < 1.0);
}
