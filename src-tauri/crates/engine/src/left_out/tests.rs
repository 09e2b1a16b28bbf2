use super::*;
use connect::Failure;

const NOON: Millis = Millis(1_800_000_000_000);

fn denied() -> Failure {
    Failure::AccessDenied { host: "acme.example".into(), said: "Admins only".into() }
}

fn bad(record: Option<&str>, reason: &str) -> BadRecord {
    BadRecord { file: record.map(str::to_owned), line: 3, reason: reason.into() }
}

fn refused(left_out: &LeftOut) -> Vec<&str> {
    left_out.refused.keys().map(String::as_str).collect()
}

#[test]
fn what_is_refused_is_told_since_when_until_it_is_read_to_its_end() {
    let mut left_out = LeftOut::default();
    let closed = || StreamPage { closed: Some(denied()), ..StreamPage::default() };
    left_out.hear("changes merge_requests", &closed(), NOON);
    left_out.hear("history merge_requests", &closed(), Millis(NOON.0 + 1));
    left_out.hear("events", &closed(), NOON);
    assert_eq!(refused(&left_out), ["events", "merge_requests"]);
    assert_eq!(left_out.refused["merge_requests"].at, NOON.0, "since the first time");
    left_out.hear("events", &StreamPage { more: true, ..StreamPage::default() }, NOON);
    left_out.hear("tickets", &StreamPage::default(), NOON);
    assert_eq!(
        refused(&left_out),
        ["events", "merge_requests"],
        "one page is not all of it, and another list is another"
    );
    left_out.hear("events", &StreamPage::default(), NOON);
    assert_eq!(refused(&left_out), ["merge_requests"]);
}

#[test]
fn a_record_that_cannot_be_read_counts_once_however_often_pages_repeat_it_and_not_at_all_once_it_is_read() {
    let mut left_out = LeftOut::default();
    let page =
        || StreamPage { bad: vec![bad(Some("12"), "no time"), bad(Some("13"), "no time")], ..StreamPage::default() };
    for stream in ["changes", "history", "changes"] {
        left_out.hear(stream, &page(), NOON);
    }
    assert_eq!(left_out.skipped.iter().map(|skip| skip.count).sum::<u64>(), 2);
    let ticket = domain::Ticket { id: "acme/ledger#12".into(), ..domain::Ticket::default() };
    left_out.hear(
        "changes",
        &StreamPage { changes: vec![Change::Ticket(ticket.into())], ..StreamPage::default() },
        NOON,
    );
    let view = left_out.view();
    assert_eq!((view.skipped, view.skips[0].record.as_deref()), (1, Some("13")));
}

#[test]
fn records_without_a_name_are_counted_by_run_and_the_next_run_that_meets_some_of_them_again_adds_nothing() {
    let mut left_out = LeftOut::default();
    let page = |n| StreamPage { bad: vec![bad(None, "cut off"); n], more: true, ..StreamPage::default() };
    left_out.hear("tickets", &page(3), NOON);
    left_out.hear("tickets", &page(2), NOON);
    let kept = serde_json::to_string(&left_out).unwrap();
    let mut next: LeftOut = serde_json::from_str(&kept).unwrap();
    next.hear("tickets", &page(1), NOON);
    assert!(!next.changed, "nothing to store");
    assert_eq!(next.view().skipped, 5);
}

#[test]
fn of_very_many_all_are_counted_and_some_kept() {
    let mut left_out = LeftOut::default();
    for id in 0..1000 {
        let page = StreamPage { bad: vec![bad(Some(&id.to_string()), "no time")], ..StreamPage::default() };
        left_out.hear("history", &page, NOON);
    }
    assert_eq!(left_out.skipped.len(), KEPT);
    let view = left_out.view();
    assert_eq!((view.skipped, view.skips.len()), (1000, SHOWN));
}

#[test]
fn a_file_that_is_read_again_says_anew_what_it_lacks() {
    let mut left_out = LeftOut::default();
    let report = |skipped| ImportReport { skipped, ..ImportReport::default() };
    left_out.hear_of_file("a.jsonl", &report(2));
    left_out.hear_of_file("b.jsonl", &report(1));
    left_out.hear_of_file("a.jsonl", &report(0));
    assert_eq!(left_out.view().skipped, 1);
}

#[test]
fn what_is_said_of_tickets_is_left_out_until_a_run_may_read_all_that_it_asks_for() {
    let mut left_out = LeftOut::default();
    let page = |detail| StreamPage { detail: Some(detail), more: true, ..StreamPage::default() };
    let read = || Detail { what: "details", refused: None };
    let hidden = || Detail { what: "details", refused: Some(denied()) };
    left_out.hear("changes", &page(read()), NOON);
    left_out.hear("changes", &page(hidden()), NOON);
    left_out.hear("changes", &page(read()), NOON);
    left_out.hear("changes", &StreamPage::default(), NOON);
    left_out.end();
    let next = |left_out: &LeftOut| serde_json::from_str::<LeftOut>(&serde_json::to_string(left_out).unwrap()).unwrap();
    let mut left_out = next(&left_out);
    left_out.end();
    assert_eq!(refused(&left_out), ["details"], "nothing was asked for, so nothing is known to be better");
    let mut left_out = next(&left_out);
    left_out.hear("changes", &page(read()), NOON);
    left_out.hear("changes", &page(Detail { what: "links", refused: Some(denied()) }), NOON);
    left_out.hear("whole deployments", &page(Detail { what: "deploys", refused: Some(denied()) }), NOON);
    left_out.end();
    assert_eq!(refused(&left_out), ["deploys", "links"], "each by itself");
}
