use super::*;
use domain::{Comment, Hop, KnownError, KnownErrorState, LinkKind, ResolutionClass, SignatureKind};
use std::collections::{BTreeMap, BTreeSet, HashSet};

struct Sample {
    now: Millis,
    tickets: BTreeMap<String, Ticket>,
    comments: Vec<Comment>,
    hops: Vec<Hop>,
    errors: Vec<KnownError>,
}

fn at(time: &str) -> Sample {
    let now = Millis::parse(time).unwrap();
    let mut all = Sample { now, tickets: BTreeMap::new(), comments: vec![], hops: vec![], errors: vec![] };
    for change in sample(now) {
        match change {
            Change::Ticket(ticket) => {
                let twin = all.tickets.insert(ticket.id.clone(), *ticket);
                assert!(twin.is_none(), "{twin:?}");
            }
            Change::Comment(comment) => all.comments.push(comment),
            Change::Hop(hop) => all.hops.push(hop),
            Change::KnownError(error) => all.errors.push(*error),
            Change::Release(_) | Change::Releases { .. } => panic!("the sample company has no forge"),
            Change::Delete { ticket } | Change::Said { ticket, .. } => panic!("something of {ticket} is taken back"),
            Change::Article(_) | Change::Shelf { .. } => panic!("it has no help centre"),
            Change::Promise(_) | Change::Name(_) | Change::Merge { .. } | Change::Attached(_) | Change::Tied { .. } => {
                panic!("it is told in full")
            }
        }
    }
    all
}

fn tuesday() -> Sample {
    at("2026-03-10T11:17:42Z")
}

fn signature_codes(text: &str) -> HashSet<String> {
    matching::signatures(text).iter().map(domain::Signature::code).collect()
}

#[test]
fn the_same_moment_gives_the_same_company() {
    let now = Millis::parse("2026-03-10T11:17:42Z").unwrap();
    assert_eq!(sample(now), sample(now));
}

#[test]
fn there_is_enough_of_everything_on_any_day() {
    for time in ["2026-03-10T11:17:42Z", "2026-03-08T00:00:30Z", "2026-11-24T06:03:00Z"] {
        let all = at(time);
        let count = |test: &dyn Fn(&Ticket) -> bool| all.tickets.values().filter(|ticket| test(ticket)).count();
        let since = |days| count(&|ticket| ticket.created_at > all.now.minus_days(days));
        let open = count(&|ticket| !ticket.status.is_done());
        let unassigned = count(&|ticket| !ticket.status.is_done() && ticket.assignee.is_none());
        let merged = count(&|ticket| ticket.merged_into.is_some());
        let (day, week) = (since(1), since(7));
        let found = format!(
            "{time}: {} tickets, {} comments, {} hops, {} known errors, {open} open, {unassigned} unassigned, {merged} \
             merged, {day} in a day, {week} in a week",
            all.tickets.len(),
            all.comments.len(),
            all.hops.len(),
            all.errors.len()
        );
        assert!((1_400..=1_600).contains(&all.tickets.len()), "{found}");
        assert!(all.comments.len() > 3_000 && all.hops.len() > 400 && all.errors.len() >= 25, "{found}");
        assert!((60..=115).contains(&open) && unassigned >= 5 && merged > 10, "{found}");
        assert!((15..=60).contains(&day) && week > day, "{found}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let all = tuesday();
    let exists = |id: &str| assert!(all.tickets.contains_key(id), "{id}");
    for ticket in all.tickets.values() {
        ticket.links.iter().for_each(|link| exists(&link.to));
        ticket.merged_into.iter().for_each(|id| exists(id));
        assert!(ticket.links.iter().all(|link| link.to != ticket.id), "{} links to itself", ticket.id);
        for id in ticket.links.iter().map(|link| &link.to).chain(&ticket.merged_into) {
            assert!(all.tickets[id].created_at < ticket.created_at, "{} points forward", ticket.id);
        }
    }
    all.comments.iter().for_each(|comment| exists(&comment.ticket));
    all.hops.iter().for_each(|hop| exists(&hop.ticket));
    all.errors.iter().flat_map(|error| &error.tickets).for_each(|id| exists(id));
    let ids: HashSet<(&str, &str)> = all.comments.iter().map(|one| (&*one.ticket, &*one.id)).collect();
    assert_eq!(ids.len(), all.comments.len());
}

#[test]
fn nothing_but_a_promise_lies_in_the_future_at_any_hour() {
    for time in ["2026-03-10T11:17:42Z", "2026-03-08T00:00:30Z", "2025-12-31T23:59:59.999Z", "2026-11-24T06:03:00Z"] {
        let all = at(time);
        for ticket in all.tickets.values() {
            let times = [Some(ticket.created_at), Some(ticket.updated_at), ticket.solved_at];
            assert!(times.into_iter().flatten().all(|at| at <= all.now), "{ticket:?}");
            assert!(times.into_iter().flatten().all(|at| at >= ticket.created_at), "{ticket:?}");
            assert!(!ticket.status.is_done() || ticket.solved_at.is_some(), "{ticket:?}");
            assert!(all.now.days_since(ticket.created_at) < 300.0, "{ticket:?}");
        }
        assert!(all.comments.iter().all(|one| one.created_at <= all.now));
        assert!(all.comments.iter().all(|one| one.created_at >= all.tickets[&one.ticket].created_at));
        assert!(all.hops.iter().all(|one| one.at <= all.now && one.at >= all.tickets[&one.ticket].created_at));
        assert!(all.errors.iter().all(|one| one.created_at <= one.updated_at && one.updated_at <= all.now));
        assert!(all.errors.iter().any(|one| one.eta_at.is_some_and(|eta| eta < all.now)));
        assert!(all.errors.iter().any(|one| one.eta_at.is_some_and(|eta| eta > all.now)));
        let last_hours = |ticket: &&Ticket| ticket.created_at.0 > all.now.0 - 4 * 60 * Millis::MINUTE;
        assert!(all.tickets.values().filter(last_hours).count() >= 12, "{time}");
    }
}

#[test]
fn a_queue_is_never_the_same_title_over_and_over() {
    let reports = plan::plan(tuesday().now);
    let all = tuesday();
    let mut titles: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (report, id) in reports.iter().zip(ids(&reports)) {
        if let Some(issue) = report.matter.issue() {
            titles.entry(issue.key).or_default().insert(&all.tickets[&id].subject);
        }
    }
    for issue in issues::all() {
        let distinct: BTreeSet<_> = issue.titles.iter().collect();
        assert!(distinct.len() >= 6 && distinct.len() == issue.titles.len(), "{}", issue.key);
        let written = titles[issue.key].len() as u32;
        assert!(written >= issue.seen.min(5), "{}: {written} titles of {}", issue.key, issue.seen);
    }
    assert!(issues::all().count() >= 60);
    let bodies: HashSet<&str> = all.tickets.values().map(|ticket| ticket.body.as_str()).collect();
    assert!(bodies.len() * 100 > all.tickets.len() * 90, "{} different bodies", bodies.len());
}

#[test]
fn no_place_is_left_unfilled_and_no_address_belongs_to_anybody() {
    let all = tuesday();
    let texts = all.tickets.values().flat_map(|ticket| {
        [Some(&ticket.subject), Some(&ticket.body), ticket.resolution.as_ref(), ticket.url.as_ref()]
            .into_iter()
            .flatten()
    });
    let texts = texts.chain(all.comments.iter().map(|one| &one.body));
    let texts =
        texts.chain(all.errors.iter().flat_map(|one| one.error_text.iter().chain(&one.workaround).chain(&one.url)));
    let place = regex::Regex::new(r"\{[a-z]+\}").unwrap();
    // A Ruby method ends in a quotation mark and PHP's paths in a colon: an address has letters on both sides.
    let address = regex::Regex::new(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)").unwrap();
    let url = regex::Regex::new(r"https?://([^/\s]+)").unwrap();
    for text in texts {
        let left = place.find(text).map(|found| found.as_str()).filter(|found| *found != "{main}");
        assert_eq!(left, None, "{text}");
        for found in address.captures_iter(text).chain(url.captures_iter(text)) {
            assert!(found[1].ends_with(".example") || found[1].ends_with("example.com"), "{text}");
        }
    }
}

#[test]
fn people_have_names_of_their_own() {
    let mut names = HashSet::new();
    for account in 0..accounts::ACCOUNTS.len() {
        for which in 0..accounts::PEOPLE {
            let person = accounts::person(account, which);
            assert!(names.insert(person.name()), "{}", person.name());
            assert!(person.address(&accounts::ACCOUNTS[account]).is_ascii());
        }
    }
    let domains: HashSet<String> = accounts::ACCOUNTS.iter().map(accounts::Account::domain).collect();
    assert_eq!(domains.len(), accounts::ACCOUNTS.len());
}

#[test]
fn an_error_is_the_same_error_in_every_ticket_and_in_its_known_error() {
    let all = tuesday();
    let mut languages = HashSet::new();
    let mut with_text = 0;
    for error in &all.errors {
        let Some(text) = &error.error_text else { continue };
        with_text += 1;
        let signatures = matching::signatures(text);
        let strongest = signatures.first().unwrap_or_else(|| panic!("no signature in {text}"));
        if let SignatureKind::StackTrace(language) = strongest.kind {
            languages.insert(language.as_str());
            assert!(strongest.frames.iter().any(|frame| frame.in_project), "{text}");
        }
        let code = strongest.code();
        let bodies =
            error.tickets.iter().map(|id| &all.tickets[id]).map(|one| crate::text::plain(&one.body, one.body_format));
        let carried = bodies.filter(|body| signature_codes(body).contains(&code)).count();
        assert!(carried * 4 >= error.tickets.len(), "{}: {carried} of {}: {text}", error.title, error.tickets.len());
    }
    assert!(with_text >= 15, "{with_text}");
    assert!(languages.len() >= 7, "{languages:?}");
    let traces = issues::all().filter_map(|issue| issue.error).count();
    assert!(traces >= 20, "{traces}");
}

#[test]
fn known_errors_come_in_every_state_and_tickets_end_in_every_way() {
    let all = tuesday();
    for state in KnownErrorState::ALL {
        assert!(all.errors.iter().any(|error| error.state == state), "{state:?}");
    }
    for class in ResolutionClass::ALL {
        assert!(all.tickets.values().any(|ticket| ticket.resolution_class == Some(class)), "{class:?}");
    }
    for kind in [LinkKind::DuplicateOf, LinkKind::Mentions] {
        assert!(all.tickets.values().any(|ticket| ticket.links.iter().any(|link| link.kind == kind)), "{kind:?}");
    }
    for status in domain::Status::ALL {
        assert!(all.tickets.values().any(|ticket| ticket.status == status), "{status:?}");
    }
    assert!(all.tickets.values().any(|ticket| !ticket.status.is_done() && ticket.solved_at.is_some()), "none reopened");
    assert!(all.errors.iter().all(|error| !error.tickets.is_empty()));
}

#[test]
fn fixes_are_ahead_of_some_customers_and_behind_others() {
    let all = tuesday();
    let mut verdicts = HashSet::new();
    for ticket in all.tickets.values() {
        let parse =
            |versions: &[String]| versions.iter().filter_map(|one| domain::Version::parse(one)).collect::<Vec<_>>();
        let (running, fixes) = (parse(&ticket.affected_versions), parse(&ticket.fix_versions));
        verdicts.insert(match domain::fix_verdict(running.first(), &fixes) {
            domain::FixVerdict::FixedInYours { .. } => "behind",
            domain::FixVerdict::FixedLater { .. } => "ahead",
            _ => "neither",
        });
    }
    assert_eq!(verdicts.len(), 3, "{verdicts:?}");
}
