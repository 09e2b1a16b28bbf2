use super::*;
use crate::{QueueFilter, SavedCursor};
use domain::{DocKind, Link, LinkKind};

fn source() -> SourceName {
    SourceName::new("files").unwrap()
}

fn store() -> Store {
    let store = Store::in_memory().unwrap();
    store.ensure_source(&source(), "files", Millis(1)).unwrap();
    store
}

fn ticket(id: &str, subject: &str, updated_at: i64) -> Change {
    let ticket = Ticket { id: id.into(), subject: subject.into(), updated_at: Millis(updated_at), ..Ticket::default() };
    Change::Ticket(Box::new(ticket))
}

fn comment(ticket: &str, id: &str, body: &str) -> Change {
    Change::Comment(Comment { ticket: ticket.into(), id: id.into(), body: body.into(), ..Comment::default() })
}

fn hop(ticket: &str, at: i64) -> Change {
    Change::Hop(Hop { ticket: ticket.into(), at: Millis(at), to_group: Some("L2".into()), ..Hop::default() })
}

fn subject(store: &Store, id: &str) -> Option<String> {
    let row = *store.find_ticket(id).unwrap().first()?;
    Some(store.ticket(row).unwrap()?.ticket.subject)
}

#[test]
fn the_same_page_twice_changes_nothing_the_second_time() {
    let store = store();
    let page = [ticket("T-1", "one", 5), comment("T-1", "c1", "hello"), hop("T-1", 7)];
    let first = store.apply(&source(), &page, None, Millis(10)).unwrap();
    assert_eq!(first, Applied { added: 1, comments: 1, hops: 1, ..Applied::default() });
    let sequence = store.sequence().unwrap();
    let second = store.apply(&source(), &page, None, Millis(20)).unwrap();
    assert_eq!(second, Applied { unchanged: 1, ..Applied::default() });
    assert_eq!(store.sequence().unwrap(), sequence, "nothing for the index to do");
}

#[test]
fn an_older_state_never_replaces_a_newer_one() {
    let store = store();
    store.apply(&source(), &[ticket("T-1", "new", 9)], None, Millis(10)).unwrap();
    let late = store.apply(&source(), &[ticket("T-1", "old", 5)], None, Millis(11)).unwrap();
    assert_eq!((late.unchanged, subject(&store, "T-1")), (1, Some("new".into())));
}

#[test]
fn comments_and_handoffs_that_come_first_wait_for_their_ticket() {
    let store = store();
    let early = store.apply(&source(), &[comment("T-1", "c1", "early"), hop("T-1", 3)], None, Millis(1)).unwrap();
    assert_eq!((early.comments, early.hops), (1, 1));
    let late = store.apply(&source(), &[ticket("T-1", "late", 5)], None, Millis(2)).unwrap();
    assert_eq!((late.comments, late.hops), (0, 0), "they were counted when they came");
    let row = store.find_ticket("T-1").unwrap()[0];
    assert_eq!(store.comments(row).unwrap()[0].comment.body, "early");
    assert_eq!(store.hops(row).unwrap().len(), 1);
}

#[test]
fn a_deleted_ticket_leaves_a_tombstone_without_text_that_the_same_export_does_not_wake() {
    let store = store();
    let page = [ticket("T-1", "secret", 5), comment("T-1", "c1", "secret"), Change::Delete { ticket: "T-1".into() }];
    let first = store.apply(&source(), &page, None, Millis(1)).unwrap();
    assert_eq!((first.added, first.deleted), (1, 1));
    assert_eq!(subject(&store, "T-1"), None);
    assert_eq!(store.counts().unwrap().comments, 0);
    let again = store.apply(&source(), &page, None, Millis(2)).unwrap();
    assert_eq!((again.added, again.changed, again.deleted, again.comments), (0, 0, 0, 0));
    let revived = store.apply(&source(), &[ticket("T-1", "restored", 9)], None, Millis(3)).unwrap();
    assert_eq!((revived.changed, subject(&store, "T-1")), (1, Some("restored".into())));
}

#[test]
fn a_comment_puts_its_ticket_at_the_end_of_the_change_sequence() {
    let store = store();
    store.apply(&source(), &[ticket("T-1", "one", 1), ticket("T-2", "two", 1)], None, Millis(1)).unwrap();
    let before = store.sequence().unwrap();
    store.apply(&source(), &[comment("T-1", "c1", "more")], None, Millis(2)).unwrap();
    let changed = store.changes_since(before, 10).unwrap();
    let row = store.find_ticket("T-1").unwrap()[0];
    assert_eq!(changed, [(before + 1, DocId { kind: DocKind::Ticket, row })]);
}

#[test]
fn the_cursor_moves_with_the_rows_or_not_at_all() {
    let store = store();
    let saved = SavedCursor { cursor: "17".into(), done: false };
    store.apply(&source(), &[ticket("T-1", "one", 1)], Some(("export", &saved)), Millis(1)).unwrap();
    assert_eq!(store.cursor(&source(), "export").unwrap(), Some(saved));
    let missing = SourceName::new("nobody").unwrap();
    let failed =
        store.apply(&missing, &[], Some(("export", &SavedCursor { cursor: "99".into(), done: true })), Millis(2));
    assert!(failed.is_err());
    assert_eq!(store.cursor(&source(), "export").unwrap().unwrap().cursor, "17");
}

#[test]
fn links_are_followed_through_duplicates_of_duplicates() {
    let store = store();
    let linked = |id: &str, to: &str| {
        let links = vec![Link { kind: LinkKind::DuplicateOf, to: to.into() }];
        Change::Ticket(Box::new(Ticket { id: id.into(), links, ..Ticket::default() }))
    };
    store.apply(&source(), &[ticket("A", "a", 0), linked("B", "A"), linked("C", "B")], None, Millis(1)).unwrap();
    let mut same: Vec<_> =
        store.same_problem(&"files:A".parse().unwrap()).unwrap().into_iter().map(|key| key.id).collect();
    same.sort();
    assert_eq!(same, ["B", "C"]);
}

#[test]
fn comments_that_a_source_no_longer_has_are_gone_and_no_other_ticket_s() {
    let store = store();
    let said = |ticket: &str, id: &str| {
        Change::Comment(domain::Comment {
            ticket: ticket.into(),
            id: id.into(),
            body: "text".into(),
            ..Default::default()
        })
    };
    let all = [ticket("A", "a", 0), ticket("B", "b", 0), said("A", "1"), said("A", "2"), said("B", "1")];
    store.apply(&source(), &all, None, Millis(1)).unwrap();
    let only = |ids: &[&str]| {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        store.apply(&source(), &[Change::Said { ticket: "A".into(), ids }], None, Millis(2)).unwrap().unsaid
    };
    assert_eq!((only(&["1", "2"]), only(&["2", "9"]), only(&["2"]), only(&[])), (0, 1, 0, 1));
    let left = store.holdings(&source()).unwrap().unwrap();
    assert_eq!((left.tickets, left.comments), (2, 1));
    let unknown = Change::Said { ticket: "C".into(), ids: Vec::new() };
    assert_eq!(store.apply(&source(), &[unknown], None, Millis(3)).unwrap(), crate::Applied::default());
}

#[test]
fn a_source_takes_its_own_links_back_and_a_persons_link_stays() {
    let store = store();
    let (a, b) = ("files:A".parse().unwrap(), "files:B".parse().unwrap());
    let links = vec![Link { kind: LinkKind::Mentions, to: "B".into() }];
    let with = Change::Ticket(Box::new(Ticket { id: "A".into(), links, ..Ticket::default() }));
    store.apply(&source(), &[with], None, Millis(1)).unwrap();
    store.add_link(&a, LinkKind::SameAs, &b, Millis(2)).unwrap();
    store.apply(&source(), &[ticket("A", "no links", 9)], None, Millis(3)).unwrap();
    let kinds: Vec<_> = store.links(&a).unwrap().into_iter().map(|link| link.kind).collect();
    assert_eq!(kinds, [LinkKind::SameAs]);
    assert_eq!(store.remove_link(&b, &a).unwrap(), 1, "in either direction");
}

#[test]
fn what_a_source_keeps_apart_from_a_ticket_is_what_it_last_told_beside_what_comments_say() {
    let store = store();
    let a = "files:A".parse().unwrap();
    let links = |to: &[&str]| to.iter().map(|to| Link { kind: LinkKind::FixedBy, to: (*to).to_owned() }).collect();
    let tied = |to: &[&str]| Change::Tied { ticket: "A".into(), links: links(to) };
    let apply = |changes: &[Change]| store.apply(&source(), changes, None, Millis(1)).unwrap();
    let to = || store.links(&a).unwrap().into_iter().map(|link| link.to.id).collect::<Vec<_>>();
    apply(&[tied(&["Z"]), ticket("A", "one", 1), tied(&["B", "C"])]);
    assert_eq!(to(), ["B", "C"], "what comes before its ticket comes again");
    let said = Comment { ticket: "A".into(), id: "1".into(), links: links(&["D"]), ..Comment::default() };
    apply(&[ticket("A", "changed", 2), Change::Comment(said)]);
    assert_eq!(to(), ["B", "C", "D"]);
    apply(&[tied(&["C"])]);
    assert_eq!(to(), ["C", "D"]);
    apply(&[tied(&[])]);
    assert_eq!(to(), ["D"]);
    apply(&[tied(&["B"]), Change::Delete { ticket: "A".into() }, tied(&["B"])]);
    assert_eq!(to(), Vec::<String>::new(), "a tombstone is tied to nothing");
}

#[test]
fn what_comments_say_of_other_tickets_holds_as_long_as_they_say_it() {
    let store = store();
    let a = "files:A".parse().unwrap();
    let said = |id: &str, at: i64, to: &[&str]| {
        let links = to.iter().map(|to| Link { kind: LinkKind::DuplicateOf, to: (*to).to_owned() }).collect();
        let (ticket, id) = ("A".to_owned(), id.to_owned());
        Change::Comment(Comment { ticket, id, created_at: Millis(at), links, ..Comment::default() })
    };
    let apply = |changes: &[Change]| store.apply(&source(), changes, None, Millis(1)).unwrap();
    let to = || store.links(&a).unwrap().into_iter().map(|link| link.to.id).collect::<Vec<_>>();
    // One comment comes before its ticket.
    apply(&[said("1", 1, &["B"]), ticket("A", "one", 1), said("2", 2, &["C"])]);
    assert_eq!(to(), ["B", "C"]);
    apply(&[ticket("A", "changed", 2)]);
    assert_eq!(to(), ["B", "C"], "the ticket says nothing of them");
    apply(&[said("1", 1, &[])]);
    assert_eq!(to(), ["C"], "the comment was written anew");
    apply(&[Change::Said { ticket: "A".into(), ids: vec!["1".into()] }]);
    assert_eq!(to(), Vec::<String>::new());
    apply(&[said("3", 3, &["B"]), Change::Delete { ticket: "A".into() }]);
    assert_eq!(to(), Vec::<String>::new(), "a tombstone says nothing");
}

#[test]
fn the_queue_shows_what_changed_last_first_and_counts_all_of_it() {
    let store = store();
    store
        .apply(
            &source(),
            &[ticket("T-1", "one", 1), ticket("T-2", "two", 3), ticket("T-3", "three", 2)],
            None,
            Millis(1),
        )
        .unwrap();
    let page = store.queue(QueueFilter::Open, &[], 0, 2).unwrap();
    let ids: Vec<_> = page.rows.iter().map(|row| row.key.id.as_str()).collect();
    assert_eq!((page.total, ids), (3, vec!["T-2", "T-3"]));
    assert_eq!(store.queue(QueueFilter::Solved, &[], 0, 10).unwrap().total, 0);
}
