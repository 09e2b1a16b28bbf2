//! What is kept is what would be read now, whatever was written since.

use super::*;
use domain::{AuthorRole, Change, Comment, DocId, Hop, Millis, Signature, SignatureKind, SourceName, Status, Ticket};
use proptest::prelude::*;

/// Some of everything that tells figures something, and a moment at which it is kept.
#[derive(Clone, Debug)]
enum Step {
    Ticket { id: u8, at: i64, solved: bool, group: u8, merged: bool },
    Hop { id: u8, at: i64, group: u8 },
    Said { id: u8, at: i64, engineer: bool },
    Unsaid { id: u8 },
    Gone { id: u8 },
    Error { row: u8, of: u8 },
    Expired,
    Purged,
    Kept,
}

fn step() -> impl Strategy<Value = Step> {
    // A few of the many, so that what happens to one happens after each other; they lie in different pieces.
    let (id, at, group) = (prop::sample::select(vec![0u8, 62, 63, 149]), 0..1_000i64, 0..4u8);
    prop_oneof![
        4 => (id.clone(), at.clone(), any::<bool>(), group.clone(), prop::bool::weighted(0.1))
            .prop_map(|(id, at, solved, group, merged)| Step::Ticket { id, at, solved, group, merged }),
        3 => (id.clone(), at.clone(), group).prop_map(|(id, at, group)| Step::Hop { id, at, group }),
        3 => (id.clone(), at, any::<bool>()).prop_map(|(id, at, engineer)| Step::Said { id, at, engineer }),
        2 => id.clone().prop_map(|id| Step::Unsaid { id }),
        1 => id.clone().prop_map(|id| Step::Gone { id }),
        3 => (id.clone(), 0..4u8).prop_map(|(id, of)| Step::Error { row: id + 1, of }),
        1 => Just(Step::Expired),
        1 => Just(Step::Purged),
        5 => Just(Step::Kept),
    ]
}

fn group(of: u8) -> Option<String> {
    (of > 0).then(|| format!("Group {of}"))
}

fn ticket(id: u8, at: i64, nth: usize) -> Ticket {
    Ticket {
        id: format!("T-{id}"),
        subject: format!("{nth}"),
        product: (at % 3 > 0).then(|| format!("Product {}", at % 3)),
        affected_versions: if at % 2 > 0 { vec![format!("2.{}", at % 5)] } else { Vec::new() },
        requester: (at % 7 > 0).then(|| format!("person {}", at % 7)),
        created_at: Millis(at),
        updated_at: Millis(10_000 + nth as i64),
        ..Ticket::default()
    }
}

/// One of a code is none that figures count.
fn signature(of: u8) -> Signature {
    Signature {
        kind: if of == 0 { SignatureKind::ErrorCode } else { SignatureKind::LogLine },
        exception: format!("E-{of}"),
        message: Vec::new(),
        frames: Vec::new(),
        span: (0, 1),
    }
}

fn run(store: &Store, step: &Step, nth: usize) {
    let source = SourceName::from_text("desk");
    store.ensure_source(&source, "files", Millis(1)).unwrap();
    let apply = |change: Change| assert!(store.apply(&source, &[change], None, Millis(20_000)).is_ok());
    let name = |id: &u8| format!("T-{id}");
    match step {
        Step::Ticket { id, at, solved, group: of, merged } => apply(Change::Ticket(Box::new(Ticket {
            status: if *solved { Status::Solved } else { Status::Open },
            solved_at: solved.then(|| Millis(at + 50)),
            group: group(*of),
            merged_into: merged.then(|| "T-1".into()),
            ..ticket(*id, *at, nth)
        }))),
        Step::Hop { id, at, group: of } => apply(Change::Hop(Hop {
            ticket: name(id),
            at: Millis(*at),
            from_group: group(*of),
            to_group: group(of ^ 1),
            by: None,
        })),
        Step::Said { id, at, engineer } => apply(Change::Comment(Comment {
            ticket: name(id),
            id: format!("c{}", at % 2),
            author_role: if *engineer { AuthorRole::Engineer } else { AuthorRole::Agent },
            body: format!("{nth}"),
            created_at: Millis(*at),
            ..Comment::default()
        })),
        Step::Unsaid { id } => apply(Change::Said { ticket: name(id), ids: Vec::new() }),
        Step::Gone { id } => apply(Change::Delete { ticket: name(id) }),
        Step::Error { row, of } => {
            let read = if *of == 3 { Vec::new() } else { vec![signature(*of)] };
            store.set_signatures(&[(DocId::ticket(i64::from(*row)), read)]).unwrap();
        }
        Step::Expired => {
            let rule = crate::RetentionRule { days: 1, group: group(1), product: None };
            store.set_retention(&[rule]).unwrap();
            store.expire(Millis(10_000 + nth as i64 + Millis::DAY)).unwrap();
            store.set_retention(&[]).unwrap();
        }
        Step::Purged => drop(store.empty_source(&source).unwrap()),
        Step::Kept => drop(store.keep_facts().unwrap()),
    }
}

/// As if nothing were kept.
fn anew(store: &Store) -> Vec<TicketHistory> {
    let mut found = Vec::new();
    let rolled_back = store.write_aside(|transaction| -> Result<()> {
        transaction.execute("DELETE FROM fact_piece", []).unwrap();
        found = all(transaction)?;
        Err(crate::Error::Damaged)
    });
    assert!(rolled_back.is_err());
    found
}

fn now(store: &Store) -> Vec<TicketHistory> {
    let mut found = store.read(all).unwrap();
    found.sort_by_key(|one| one.row);
    found
}

fn kept(store: &Store) -> i64 {
    store.read(|reader| Ok(reader.query_row("SELECT count(*) FROM fact_piece", [], |row| row.get(0)).unwrap())).unwrap()
}

fn filled() -> Store {
    let store = Store::in_memory().unwrap();
    for id in 0..150 {
        run(&store, &Step::Ticket { id, at: i64::from(id), solved: id % 2 > 0, group: id % 4, merged: false }, 0);
    }
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn what_is_kept_is_what_would_be_read_now_whatever_was_written(steps in prop::collection::vec(step(), 1..40)) {
        let store = filled();
        store.keep_facts().unwrap();
        for (nth, step) in steps.iter().enumerate() {
            run(&store, step, nth + 1);
            prop_assert_eq!(now(&store), anew(&store), "after {:?}", step);
        }
    }
}

#[test]
fn a_change_costs_one_piece_and_what_figures_do_not_read_costs_none() {
    let store = filled();
    assert_eq!((kept(&store), store.keep_facts().unwrap(), kept(&store)), (0, 3, 3));
    assert_eq!(store.keep_facts().unwrap(), 0, "nothing changed");
    for (step, gone) in [
        (Step::Said { id: 100, at: 5, engineer: false }, 0),
        (Step::Said { id: 100, at: 6, engineer: true }, 1),
        (Step::Hop { id: 3, at: 9, group: 2 }, 1),
        (Step::Error { row: 149, of: 1 }, 1),
    ] {
        run(&store, &step, 7);
        assert_eq!(3 - kept(&store), gone, "{step:?}");
        assert_eq!(store.keep_facts().unwrap(), gone as u64);
    }
    store.set_preference("tiers", "{}").unwrap();
    assert_eq!(kept(&store), 3);
}

#[test]
fn a_piece_of_another_version_or_of_nonsense_is_read_anew() {
    let store = filled();
    store.keep_facts().unwrap();
    let spoil = |sql: &str| {
        let spoilt = store.write_aside(|transaction| Ok(transaction.execute(sql, []).unwrap()));
        assert_eq!(spoilt.unwrap(), 1);
    };
    let all = now(&store);
    spoil("UPDATE fact_piece SET body = x'0102' WHERE piece = 1");
    assert_eq!(now(&store), all);
    spoil("UPDATE fact_piece SET form = 0, body = x'00' WHERE piece = 0");
    assert_eq!(now(&store), all);
    assert_eq!(store.keep_facts().unwrap(), 1, "the one of another version");
    assert_eq!(now(&store), all);
}
