//! The facts of one ticket that its texts speak of: order numbers, times, versions, names.

use super::{
    accounts::{ACCOUNTS, Person},
    random::Random,
};
use domain::Millis;

pub(super) struct Facts {
    random: Random,
    /// When the next line of a log was written.
    logged: Millis,
    /// What stays the same wherever the ticket speaks of it.
    fixed: Vec<(&'static str, String)>,
}

impl Facts {
    pub(super) fn new(seed: u64, at: Millis, version: &str, account: usize, person: &Person) -> Self {
        let mut random = Random::new(seed);
        let cents = random.between(1_500, 480_000);
        let fixed = vec![
            ("version", version.to_owned()),
            ("account", ACCOUNTS.get(account).map_or("", |account| account.name).to_owned()),
            ("name", person.name()),
            ("first", person.first.to_owned()),
            ("user", person.login()),
            ("order", format!("SO-{}", random.between(184_000, 391_000))),
            ("invoice", format!("INV-{}", random.between(52_000, 98_000))),
            ("sku", format!("{}-{}", random.word(&["KX", "BR", "TL", "MD", "GH", "PN"]), random.between(1_010, 9_890))),
            ("uuid", uuid(&mut random)),
            ("amount", money(cents)),
            ("cent", money(cents + 1)),
            ("ip", format!("198.51.100.{}", random.between(2, 250))),
            ("host", format!("app-0{}", random.between(1, 4))),
            ("day", weekday(Millis(at.0 - random.between(0, 2) * Millis::DAY)).to_owned()),
            ("clock", clock(Millis(at.0 - random.between(5, 150) * Millis::MINUTE))),
        ];
        let logged = Millis(at.0 - random.between(600_000, 5_400_000));
        Self { random, logged, fixed }
    }

    pub(super) fn set(&mut self, name: &'static str, value: String) {
        self.fixed.retain(|(known, _)| *known != name);
        self.fixed.push((name, value));
    }

    /// Puts facts in place of `{order}`, `{n}` and the like; braces around anything else are text.
    pub(super) fn fill(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let value = after.split_once('}').and_then(|(name, tail)| Some((self.value(name)?, tail)));
            match value {
                Some((value, tail)) => {
                    out.push_str(&value);
                    rest = tail;
                }
                None => {
                    out.push('{');
                    rest = after;
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn value(&mut self, name: &str) -> Option<String> {
        if let Some((_, value)) = self.fixed.iter().find(|(known, _)| *known == name) {
            return Some(value.clone());
        }
        let random = &mut self.random;
        Some(match name {
            "n" => random.between(2, 9).to_string(),
            "many" => thousands(random.between(120, 4_800)),
            "id" => random.between(10_400, 987_000).to_string(),
            "line" => random.between(31, 420).to_string(),
            // A build's hash has a digit in it.
            "hash" => format!("{}{:07x}", random.between(2, 9), random.next() >> 36),
            "time" => {
                let line = self.logged;
                self.logged = Millis(line.0 + random.between(900, 48_000));
                stamp(line)
            }
            _ => return None,
        })
    }
}

fn uuid(random: &mut Random) -> String {
    let (a, b) = (random.next(), random.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        a >> 32,
        (a >> 16) & 0xffff,
        a & 0xfff,
        b >> 52,
        b & 0xffff_ffff_ffff
    )
}

fn money(cents: i64) -> String {
    format!("{}.{:02}", thousands(cents / 100), cents % 100)
}

fn thousands(number: i64) -> String {
    if number < 1_000 { number.to_string() } else { format!("{},{:03}", number / 1_000, number % 1_000) }
}

/// `2026-03-04 08:12:44,218`.
fn stamp(at: Millis) -> String {
    at.to_rfc3339().trim_end_matches('Z').replace('T', " ").replace('.', ",")
}

fn clock(at: Millis) -> String {
    at.to_rfc3339().get(11..16).unwrap_or_default().to_owned()
}

/// 0 is Sunday: the first day of 1970 was a Thursday.
pub(super) fn day_of_week(at: Millis) -> i64 {
    (at.0.div_euclid(Millis::DAY) + 4).rem_euclid(7)
}

fn weekday(at: Millis) -> &'static str {
    match day_of_week(at) {
        0 | 1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        _ => "Friday",
    }
}
