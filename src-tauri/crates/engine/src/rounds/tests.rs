use super::*;
use store::{Connection, SourceFailure};

const NOON: Millis = Millis(1_714_564_800_000);
const EVERY: i64 = 5 * Millis::MINUTE;

fn source() -> StoredSource {
    StoredSource {
        name: SourceName::from_text("ledger"),
        kind: "github".into(),
        tickets: 0,
        last_ok_at: Some(NOON),
        connection: Some(Connection { url: String::new(), options: BTreeMap::new(), has_token: false }),
        failure: None,
        stopped: false,
        not_before: None,
    }
}

fn failed(code: &str, at: Millis) -> Option<SourceFailure> {
    Some(SourceFailure { code: code.into(), words: String::new(), at })
}

/// Of one look after so many milliseconds.
fn due(source: &StoredSource, rounds: &mut BTreeMap<SourceName, Round>, after: i64) -> bool {
    is_due(source, rounds, EVERY, Millis(NOON.0 + after), 0.5)
}

#[test]
fn a_source_is_due_an_interval_after_it_was_read_by_whomever() {
    let mut rounds = BTreeMap::new();
    assert!(!due(&source(), &mut rounds, 0) && !due(&source(), &mut rounds, EVERY - 1));
    assert!(due(&source(), &mut rounds, EVERY));
    let by_hand = StoredSource { last_ok_at: Some(Millis(NOON.0 + EVERY)), ..source() };
    assert!(!due(&by_hand, &mut rounds, EVERY + 1));
    assert!(due(&by_hand, &mut rounds, 2 * EVERY));
}

#[test]
fn what_was_never_read_is_left_to_whoever_added_it_for_one_interval() {
    let mut rounds = BTreeMap::new();
    let fresh = StoredSource { last_ok_at: None, ..source() };
    assert!(!due(&fresh, &mut rounds, 0));
    assert!(due(&fresh, &mut rounds, EVERY));
}

#[test]
fn after_a_suspension_it_is_due_at_the_next_look_and_a_clock_set_back_delays_it_an_hour_at_most() {
    let mut rounds = BTreeMap::new();
    assert!(!due(&source(), &mut rounds, 0));
    assert!(due(&source(), &mut rounds, 9 * 60 * Millis::MINUTE));
    let ahead = StoredSource { last_ok_at: Some(Millis(NOON.0 + 365 * Millis::DAY)), ..source() };
    let mut rounds = BTreeMap::new();
    assert!(!due(&ahead, &mut rounds, 0));
    let kept = rounds[&ahead.name].due.0 - NOON.0;
    assert!(kept <= LAST_RETRY, "{kept}");
}

#[test]
fn what_goes_wrong_is_tried_later_each_time_and_soon_again_where_there_is_no_network() {
    let waits = |code| -> Vec<i64> {
        (1..=8).map(|failures| wait(Some(code), failures, EVERY, 0.5) / Millis::MINUTE).collect()
    };
    assert_eq!(waits("server_trouble"), [1, 2, 4, 8, 16, 32, 60, 60]);
    assert_eq!(waits("unreachable"), [1, 2, 4, 5, 5, 5, 5, 5]);
    assert_eq!(wait(None, 0, EVERY, 0.5), EVERY);
    assert!(wait(None, 0, EVERY, 0.0) < EVERY && wait(None, 0, EVERY, 1.0) > EVERY, "not everybody at once");
}

#[test]
fn a_round_that_went_wrong_is_followed_by_a_wait_and_one_that_went_well_by_the_interval() {
    let mut rounds = BTreeMap::new();
    assert!(due(&source(), &mut rounds, EVERY));
    rounds.get_mut(&source().name).unwrap().begun = true;
    let broken = StoredSource { failure: failed("server_trouble", NOON), ..source() };
    assert!(!due(&broken, &mut rounds, EVERY), "the wait begins");
    assert!(!due(&broken, &mut rounds, EVERY + FIRST_RETRY - 1) && due(&broken, &mut rounds, EVERY + FIRST_RETRY));
    rounds.get_mut(&source().name).unwrap().begun = true;
    let again = 2 * EVERY;
    assert!(!due(&broken, &mut rounds, again), "twice as long");
    assert!(!due(&broken, &mut rounds, again + FIRST_RETRY) && due(&broken, &mut rounds, again + 2 * FIRST_RETRY));
    rounds.get_mut(&source().name).unwrap().begun = true;
    let healed = StoredSource { last_ok_at: Some(Millis(NOON.0 + 3 * EVERY)), ..source() };
    assert!(!due(&healed, &mut rounds, 3 * EVERY) && due(&healed, &mut rounds, 4 * EVERY));
    assert_eq!(rounds[&healed.name].failures, 0);
}

#[test]
fn nobody_is_asked_before_the_time_that_a_server_named_unless_the_clock_jumped() {
    let asked_for =
        |minutes: i64| StoredSource { not_before: Some(Millis(NOON.0 + minutes * Millis::MINUTE)), ..source() };
    assert!(!due(&asked_for(30), &mut BTreeMap::new(), EVERY));
    assert!(due(&asked_for(30), &mut BTreeMap::new(), 31 * Millis::MINUTE));
    assert!(due(&asked_for(60 * 24 * 365), &mut BTreeMap::new(), EVERY), "nobody meant a year");
}

#[test]
fn battery_and_money_make_it_seldom_and_the_last_fifth_of_a_charge_makes_it_stop() {
    let minutes =
        |battery, metered| paced(EVERY, Surroundings { battery, metered }).map(|paced| paced / Millis::MINUTE);
    assert_eq!([minutes(None, false), minutes(Some(80), false)], [Some(5), Some(15)]);
    assert_eq!([minutes(None, true), minutes(Some(80), true)], [Some(30), Some(30)]);
    assert_eq!([minutes(Some(SPARE), false), minutes(Some(SPARE - 1), false)], [Some(15), None]);
    let left = |paced, after: i64| spared(&source(), paced, Millis(NOON.0 + after)) / Millis::MINUTE;
    assert_eq!([left(Some(3 * EVERY), EVERY), left(Some(3 * EVERY), 3 * EVERY), left(Some(EVERY), EVERY)], [10, 0, 0]);
    assert!(left(None, 99 * EVERY) > 0);
}
