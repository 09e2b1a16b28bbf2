//! Who reports what, and when: nine months of tickets before a word of them is written.

use super::{
    abroad::{LETTERS, Letter},
    accounts::{self, ACCOUNTS, PEOPLE},
    company::{Product, has_fix, is_affected},
    facts::day_of_week,
    issues::{self, Issue},
    random::Random,
    singles::{self, Single},
};
use domain::{KnownErrorState, Millis, ResolutionClass, Version};

/// Nine months.
const DAYS: i64 = 272;
/// Minutes ago: a wave that is still coming in, thickest now.
const WAVE: [i64; 10] = [4, 9, 15, 26, 38, 57, 83, 118, 160, 215];

#[derive(Clone, Copy)]
pub(super) enum Matter {
    Issue(&'static Issue),
    /// An issue, in the customer's own language.
    Abroad(&'static Issue, &'static Letter),
    Single(&'static Single),
}

pub(super) struct Report {
    pub(super) matter: Matter,
    pub(super) account: usize,
    pub(super) person: usize,
    pub(super) at: Millis,
    pub(super) version: &'static str,
    /// The how-manieth of its issue: it decides the wording, so that no two in a row sound alike.
    pub(super) turn: usize,
    /// Tells this report from all others, whatever their order.
    pub(super) serial: u64,
    /// The serial of a report of the same company about the same thing.
    pub(super) follows: Option<u64>,
}

impl Matter {
    pub(super) fn issue(self) -> Option<&'static Issue> {
        match self {
            Self::Issue(issue) | Self::Abroad(issue, _) => Some(issue),
            Self::Single(_) => None,
        }
    }

    pub(super) fn product(self) -> Product {
        match self {
            Self::Issue(issue) | Self::Abroad(issue, _) => issue.product,
            Self::Single(single) => single.product,
        }
    }
}

/// Oldest first.
pub(super) fn plan(now: Millis) -> Vec<Report> {
    let mut reports = Vec::new();
    for issue in issues::all() {
        of_issue(issue, now, &mut reports);
    }
    from_abroad(now, &mut reports);
    once(now, &mut reports);
    reports.sort_by_key(|report| (report.at, report.serial));
    reports
}

fn of_issue(issue: &'static Issue, now: Millis, reports: &mut Vec<Report>) {
    let mut random = Random::new(seed(issue.key));
    for number in 0..issue.seen as usize {
        let recent = WAVE.get(number).filter(|_| number < issue.today);
        let (at, account, version) = match recent {
            Some(minutes) => {
                let (account, version) = meets(issue, 0, &mut random);
                (in_wave(*minutes, now), account, version)
            }
            None => sometime(issue, number < issue.this_week, now, &mut random),
        };
        let serial = seed(issue.key).wrapping_add(number as u64 * 2);
        let person = random.place(PEOPLE);
        let matter = Matter::Issue(issue);
        reports.push(Report { matter, account, person, at, version, turn: number, serial, follows: None });
        let again = Millis(at.0 + random.between(15, 1_700) * Millis::MINUTE);
        if random.chance(5) && again.0 < now.0 - Millis::MINUTE {
            let person = if random.chance(60) { (person + 1) % PEOPLE } else { person };
            let (serial, follows) = (serial + 1, Some(serial));
            reports.push(Report { matter, account, person, at: again, version, turn: number + 1, serial, follows });
        }
    }
}

/// Right after midnight the whole wave is pressed into the new day: "today" has others in it at any hour.
fn in_wave(minutes: i64, now: Millis) -> Millis {
    let longest = WAVE.iter().max().copied().unwrap_or(1) * Millis::MINUTE;
    let room = now.0.rem_euclid(Millis::DAY).min(longest);
    Millis(now.0 - minutes * Millis::MINUTE * room / longest)
}

/// A day on which somebody runs a version with this issue, and that somebody.
fn sometime(issue: &'static Issue, this_week: bool, now: Millis, random: &mut Random) -> (Millis, usize, &'static str) {
    let begin = issue.since.and_then(|since| issue.product.age_of(since)).unwrap_or(DAYS).min(DAYS);
    let mut days = 0;
    for _ in 0..8 {
        days = match issue.outbreak.filter(|_| random.chance(45)) {
            _ if this_week => random.between(0, 6),
            Some(outbreak) => (outbreak + random.between(-4, 3)).max(0),
            None => random.between(0, begin.saturating_sub(1)),
        };
        if let Some((account, version)) = affected(issue, days, random) {
            return (on_day(days, now, random), account, version);
        }
    }
    let (account, version) = meets(issue, days, random);
    (on_day(days, now, random), account, version)
}

fn affected(issue: &Issue, days: i64, random: &mut Random) -> Option<(usize, &'static str)> {
    for _ in 0..12 {
        let account = somebody(random);
        let version = issue.product.running(days, accounts::lag(account, issue.product.name()));
        // Now and then one part of an installation is older than its version says.
        let is_newer = issue.class == ResolutionClass::CodeFix
            && Version::parse(version).is_some_and(|running| has_fix(&running, issue.fixed_in));
        if is_affected(version, issue.since, issue.fixed_in) || (is_newer && random.chance(4)) {
            return Some((account, version));
        }
    }
    None
}

/// Somebody who took the newest release with this issue up at once. What came back after its fix is met there, too.
fn meets(issue: &Issue, days: i64, random: &mut Random) -> (usize, &'static str) {
    let came_back = issue.known.is_some_and(|known| known.state == KnownErrorState::Regressed);
    let fixed_in = if came_back { &[] } else { issue.fixed_in };
    let version = issue.product.newest_with(days, issue.since, fixed_in);
    (somebody(random), version.unwrap_or_else(|| issue.product.running(days, 0)))
}

/// Large customers write more.
fn somebody(random: &mut Random) -> usize {
    let place = random.place(ACCOUNTS.len());
    let is_large = ACCOUNTS.get(place).is_some_and(|account| account.plan == "enterprise");
    if is_large || random.chance(70) { place } else { random.place(ACCOUNTS.len()) }
}

/// In the customers' working hours, seldom at a weekend, never in the future.
fn on_day(days: i64, now: Millis, random: &mut Random) -> Millis {
    let midnight = now.0 - now.0.rem_euclid(Millis::DAY) - days * Millis::DAY;
    let minutes = 360 + random.between(0, 400) + random.between(0, 400);
    let mut at = midnight + minutes * Millis::MINUTE + random.between(0, 59_999);
    if matches!(day_of_week(Millis(at)), 0 | 6) && random.chance(75) {
        at -= random.between(1, 2) * Millis::DAY;
    }
    while at > now.0 - 3 * Millis::MINUTE {
        at -= Millis::DAY;
    }
    Millis(at)
}

fn from_abroad(now: Millis, reports: &mut Vec<Report>) {
    for (number, letter) in LETTERS.iter().enumerate() {
        let Some(issue) = issues::all().find(|issue| issue.key == letter.issue) else { continue };
        let serial = seed(letter.title);
        let mut random = Random::new(serial);
        let there: Vec<usize> =
            (0..ACCOUNTS.len()).filter(|at| ACCOUNTS.get(*at).is_some_and(|one| one.region == letter.from)).collect();
        let account = random.pick(&there).copied().unwrap_or_default();
        let (at, days) = match issue.today {
            0..=2 => {
                let days = random.between(1, 20) + number as i64 * 5;
                (on_day(days, now, &mut random), days)
            }
            _ => (Millis(now.0 - 31 * Millis::MINUTE), 0),
        };
        let (_, version) = meets(issue, days, &mut random);
        let person = random.place(PEOPLE);
        reports.push(Report {
            matter: Matter::Abroad(issue, letter),
            account,
            person,
            at,
            version,
            turn: number,
            serial,
            follows: None,
        });
    }
}

/// Spread over the whole time; the first few are of today, so that something in the queue is new.
fn once(now: Millis, reports: &mut Vec<Report>) {
    const TODAY: [i64; 3] = [12, 47, 131];
    let count = singles::all().count().max(1) as i64;
    for (number, single) in singles::all().enumerate() {
        let serial = seed(single.title);
        let mut random = Random::new(serial);
        // The table is sorted by product, the calendar is not: a stride without a common factor mixes it.
        let turn = (number as i64 * 29) % count;
        let days = turn * DAYS / count;
        let at = match TODAY.get(turn as usize) {
            Some(minutes) => Millis(now.0 - minutes * Millis::MINUTE),
            None => on_day(days, now, &mut random),
        };
        let account = somebody(&mut random);
        let version = single.product.running(days, accounts::lag(account, single.product.name()));
        let person = random.place(PEOPLE);
        reports.push(Report {
            matter: Matter::Single(single),
            account,
            person,
            at,
            version,
            turn: number,
            serial,
            follows: None,
        });
    }
}

/// FNV-1a: a name is its own seed, so that a new issue leaves all others as they are.
pub(super) fn seed(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
