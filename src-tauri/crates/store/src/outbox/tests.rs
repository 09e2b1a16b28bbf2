use super::*;

pub(crate) fn draft(mark: &str) -> OutboxDraft {
    OutboxDraft {
        mark: mark.into(),
        source: SourceName::from_text("desk"),
        kind: "note".into(),
        on: Some("7".into()),
        about: Some("desk:7".into()),
        host: "desk.example".into(),
        method: "POST".into(),
        path: "/7/notes".into(),
        payload: "{}".into(),
        title: None,
        body: "Seen before".into(),
        redacted: "[]".into(),
        by: "ann".into(),
        base: None,
    }
}

fn state(store: &Store, id: i64) -> (OutboxState, bool) {
    let item = store.outbox_item(id).unwrap().unwrap();
    (item.state, item.may_be_there)
}

const LATER: Millis = Millis(9_000);

#[test]
fn nothing_is_due_before_somebody_clicked_and_nothing_after_it_was_sent() {
    let store = Store::in_memory().unwrap();
    let id = store.outbox_add(&draft("a"), Millis(1)).unwrap();
    assert_eq!(store.outbox_due(LATER).unwrap(), [] as [i64; 0]);
    assert!(!store.outbox_begin(id, Millis(2)).unwrap(), "a draft cannot be sent");
    assert!(store.outbox_click(id, "ben", Millis(3)).unwrap());
    assert_eq!(store.outbox_due(LATER).unwrap(), [id]);
    assert!(store.outbox_begin(id, Millis(4)).unwrap());
    assert_eq!(store.outbox_due(LATER).unwrap(), [id], "a crash here leaves something to ask about");
    store.outbox_end(id, &OutboxEnd::Sent { id: "99".into(), url: None }, Millis(5)).unwrap();
    assert_eq!(store.outbox_due(LATER).unwrap(), [] as [i64; 0]);
    assert!(!store.outbox_click(id, "ben", Millis(6)).unwrap(), "sent is sent");
    assert!(!store.outbox_drop(id, Millis(6)).unwrap());
    let item = store.outbox_item(id).unwrap().unwrap();
    assert_eq!((item.sent_by.as_deref(), item.remote_id.as_deref(), item.attempts), (Some("ben"), Some("99"), 1));
}

#[test]
fn what_may_be_there_stays_so_until_the_other_side_said_otherwise() {
    let store = Store::in_memory().unwrap();
    let id = store.outbox_add(&draft("a"), Millis(1)).unwrap();
    store.outbox_click(id, "ann", Millis(2)).unwrap();
    store.outbox_begin(id, Millis(3)).unwrap();
    let words = || ("timed_out".to_owned(), "silent".to_owned());
    let (code, said) = words();
    store.outbox_end(id, &OutboxEnd::Ask { code, words: said, not_before: Millis(8_000) }, Millis(4)).unwrap();
    assert_eq!(state(&store, id), (OutboxState::Sending, true));
    assert!(!store.outbox_drop(id, Millis(5)).unwrap(), "it may be there");
    assert_eq!(store.outbox_due(Millis(7_999)).unwrap(), [] as [i64; 0]);
    let (code, said) = words();
    store.outbox_end(id, &OutboxEnd::Unclear { code, words: said }, Millis(6)).unwrap();
    store.outbox_click(id, "ann", Millis(7)).unwrap();
    assert_eq!(state(&store, id), (OutboxState::Pending, true), "another click asks again");
    store.outbox_begin(id, Millis(8)).unwrap();
    let (code, said) = words();
    store.outbox_end(id, &OutboxEnd::Later { code, words: said, not_before: LATER }, Millis(9)).unwrap();
    assert_eq!(state(&store, id), (OutboxState::Pending, false), "it said that it took nothing");
    assert!(store.outbox_drop(id, Millis(10)).unwrap());
}

#[test]
fn of_a_case_that_is_gone_the_text_goes_and_what_had_not_left_stays_here() {
    let store = Store::in_memory().unwrap();
    let (kept, sent) =
        (store.outbox_add(&draft("a"), Millis(1)).unwrap(), store.outbox_add(&draft("b"), Millis(1)).unwrap());
    store.outbox_click(sent, "ann", Millis(2)).unwrap();
    store.outbox_begin(sent, Millis(3)).unwrap();
    store.outbox_end(sent, &OutboxEnd::Sent { id: "1".into(), url: None }, Millis(4)).unwrap();
    store.write(|transaction| forget(transaction, "desk:7")).unwrap();
    let texts: Vec<_> = store.outbox().unwrap().into_iter().map(|item| (item.draft.body, item.draft.payload)).collect();
    assert!(texts.iter().all(|(body, payload)| body.is_empty() && payload.is_empty()), "{texts:?}");
    assert_eq!((state(&store, kept).0, state(&store, sent).0), (OutboxState::Dropped, OutboxState::Sent));
    assert_eq!(store.occurrences("Seen before").unwrap(), 0);
}
