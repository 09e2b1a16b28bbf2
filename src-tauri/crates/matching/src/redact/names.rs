//! Names of people that the caller knows: whole or in part, in any case, with or without their accents, possessive too.

use super::{
    scan::Scan,
    span::{Found, Sensitive},
};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words that are names and words: they count beside another part of the same name, or where somebody is addressed.
/// Sorted.
const COMMON: &[&str] = &[
    "account", "admin", "agent", "april", "art", "august", "baker", "bank", "bell", "best", "bill", "bishop", "black",
    "blue", "bond", "brown", "bush", "card", "carol", "carpenter", "case", "cash", "chance", "christian", "church",
    "cloud", "cook", "day", "dean", "duke", "earl", "engineer", "ernst", "faith", "fall", "field", "fields", "fisher",
    "flores", "ford", "forest", "fox", "frank", "gay", "gene", "glass", "gold", "grace", "grant", "gray", "green",
    "guest", "hall", "heath", "hill", "hope", "hunter", "ida", "iris", "jack", "jean", "joy", "june", "key", "king",
    "kunde", "lane", "lang", "law", "long", "love", "low", "major", "mark", "marsh", "martin", "mason", "may", "miles",
    "miller", "mills", "moon", "neu", "nick", "norm", "order", "page", "park", "parker", "pat", "pearl", "penny",
    "pierce", "pike", "pool", "pope", "porter", "price", "ray", "reed", "reich", "rich", "rob", "robin", "rod", "root",
    "rose", "ruby", "rush", "sales", "sandy", "service", "shell", "short", "skip", "small", "stark", "stone", "storm",
    "street", "summer", "sun", "support", "system", "teller", "test", "tester", "trip", "user", "van", "victor", "von",
    "walker", "ward", "waters", "web", "weiss", "west", "white", "will", "wolf", "wood", "woods", "wright", "young",
];

/// Words after which a name follows.
const ADDRESSED: &[&str] = &[
    "bonjour", "cheers", "ciao", "dear", "frau", "hallo", "hello", "herr", "hey", "hi", "hola", "liebe", "lieber",
    "miss", "mr", "mrs", "ms", "regards", "signed", "thanks",
];

/// Whose names a text may hold.
#[derive(Clone, Default)]
pub struct Names {
    /// Folded parts, and the person that each belongs to.
    parts: HashMap<String, usize>,
}

impl Names {
    /// One entry for each person, as their source names them. An address of e-mail is no name and is passed over, with
    /// a name before it or without.
    pub fn new<'a>(people: impl IntoIterator<Item = &'a str>) -> Self {
        let mut parts = HashMap::new();
        for (person, name) in people.into_iter().enumerate() {
            let name = name.split('<').next().filter(|name| !name.contains('@')).unwrap_or_default();
            for (_, part) in words(name) {
                let many = part.chars().count() >= 3 || part.chars().any(|c| c > '\u{2e7f}');
                if !many || !part.chars().all(|c| c.is_alphabetic() || "'’-".contains(c)) {
                    continue;
                }
                for form in [folded(part), folded(&spelt_out(part))] {
                    if !crate::words::is_stop(&form) || is_common(&form) {
                        parts.entry(form).or_insert(person);
                    }
                }
            }
        }
        Self { parts }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(super) fn find(&self, scan: &Scan<'_>, found: &mut Vec<Found>) {
        if self.is_empty() {
            return;
        }
        let (mut last, mut addressed): (Option<Run>, bool) = (None, false);
        let mut put = |run: Option<Run>| found.extend(run.filter(|run| run.sure).map(|run| run.name));
        for (start, word) in words(scan.text) {
            let known = self.of(word);
            let Some((person, end, common)) = known.map(|(person, length, common)| (person, start + length, common))
            else {
                let was = word.trim_end_matches('.').to_lowercase();
                addressed = ADDRESSED.binary_search(&was.as_str()).is_ok();
                put(last.take());
                continue;
            };
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            // `Mark the box` is no person; `Mark Stone` and `Hi Mark` are.
            let sure = !common || (capital && addressed);
            match &mut last {
                Some(run) if run.name.person == Some(person) && joins(scan.slice(run.name.end, start)) => {
                    run.sure |= sure || (run.capital && capital);
                    run.name.end = end;
                }
                _ => {
                    put(last.take());
                    let name = Found { person: Some(person), ..Found::new(Sensitive::Name, start, end) };
                    last = Some(Run { name, capital, sure });
                }
            }
        }
        put(last.take());
    }

    /// Whose name a word is, how many bytes of it are the name, and whether it is also a plain word.
    fn of(&self, word: &str) -> Option<(usize, usize, bool)> {
        if word.len() > 80 {
            return None;
        }
        let bare = ["'s", "’s", "'S", "’S", "'", "’"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let genitive = bare.strip_suffix('s').filter(|rest| rest.chars().count() >= 4);
        for form in [word, bare].into_iter().chain(genitive) {
            let key = folded(form);
            if let Some(person) = self.parts.get(&key) {
                return Some((*person, form.len(), is_common(&key)));
            }
        }
        // `Jean-Pierre` where the parts are known, and the other way round.
        let mut pieces = bare.split('-').map(|piece| self.parts.get(&folded(piece)));
        let first = pieces.next().flatten()?;
        (bare.contains('-') && pieces.all(|piece| piece == Some(first))).then_some((*first, bare.len(), false))
    }
}

/// Parts of one name that follow each other.
struct Run {
    name: Found,
    capital: bool,
    /// Not only words that are also plain words.
    sure: bool,
}

/// Names are not for logs.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({} parts)", self.parts.len())
    }
}

fn is_common(folded: &str) -> bool {
    COMMON.binary_search(&folded).is_ok() || crate::words::is_stop(folded)
}

/// What may stand between two parts of one name: `Doe, Jane`, `Jane M. Doe`.
fn joins(between: &str) -> bool {
    let between = between.trim_matches(' ');
    between.is_empty() || between == "," || (between.len() == 2 && between.ends_with('.'))
}

/// Words with their places; apostrophes and hyphens inside belong to them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphabetic)?;
        let is_inside = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "'’-_".contains(c);
        let rest = text.get(start..)?;
        let end = start + rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
        at = end;
        let word = text.get(start..end)?;
        Some((start, word.trim_end_matches(['-', '_'])))
    })
}

/// Case and accents gone.
fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut out = String::with_capacity(text.len());
    for c in plain {
        match c {
            '’' => out.push('\''),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            other => out.push(other),
        }
    }
    out
}

/// As it is written where the keys are missing: `Müller` → `Mueller`.
fn spelt_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            other => out.push(other),
        }
    }
    out
}
