//! What a text is nearly about, of entries of the folder and of known errors from elsewhere: by the rare words that both
//! have.

use ::knowledge::{Entry, Section};
use std::collections::{BTreeSet, HashMap};

/// Less than this is another subject.
const NEAR: f64 = 0.25;
/// So alike that one of them may be too many.
const SAME: f64 = 0.6;

pub(super) struct Near<T> {
    all: Vec<(T, BTreeSet<String>)>,
    /// How much a word says: the fewer have it, the more.
    weight: HashMap<String, f64>,
}

/// What an entry is about, in its own words.
pub(super) fn about(entry: &Entry) -> String {
    format!("{}\n{}", entry.title, entry.section(Section::Issue).unwrap_or_default())
}

impl<T: Copy> Near<T> {
    /// Each with the words that say what it is about.
    pub(super) fn of(all: impl Iterator<Item = (T, String)>) -> Self {
        let all: Vec<(T, BTreeSet<String>)> = all.map(|(one, text)| (one, words(&text))).collect();
        let mut counts: HashMap<String, f64> = HashMap::new();
        for word in all.iter().flat_map(|(_, words)| words) {
            *counts.entry(word.clone()).or_default() += 1.0;
        }
        let n = all.len() as f64;
        let weight = counts.into_iter().map(|(word, count)| (word, (1.0 + n / count).ln())).collect();
        Self { all, weight }
    }

    /// The nearest first, at most `most`; of equals in the order in which they were given.
    pub(super) fn to(&self, text: &str, most: usize) -> Vec<T> {
        let asked = words(text);
        let mut scored: Vec<(f64, T)> = self.all.iter().map(|(one, words)| (self.alike(&asked, words), *one)).collect();
        scored.retain(|(score, _)| *score >= NEAR);
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        scored.into_iter().take(most).map(|(_, one)| one).collect()
    }

    /// Pairs that say nearly the same, in the order in which they were given.
    pub(super) fn pairs(&self) -> Vec<(T, T)> {
        // Only what shares a rare word can be alike: entries meet by their words, not each with each.
        let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, words)) in self.all.iter().enumerate() {
            for word in words {
                holders.entry(word).or_default().push(at);
            }
        }
        let mut pairs = BTreeSet::new();
        for at in holders.into_values().filter(|holders| (2..=20).contains(&holders.len())) {
            for (n, one) in at.iter().enumerate() {
                pairs.extend(at.iter().skip(n + 1).map(|other| (*one, *other)));
            }
        }
        let same = |(one, other): (usize, usize)| {
            let ((a, words), (b, others)) = (self.all.get(one)?, self.all.get(other)?);
            (self.alike(words, others) >= SAME).then_some((*a, *b))
        };
        pairs.into_iter().filter_map(same).collect()
    }

    /// The weight of the words that both have, of what both weigh: 1 for the same words.
    fn alike(&self, a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
        let unseen = (1.0 + self.all.len() as f64).ln();
        let weigh = |word: &String| self.weight.get(word).copied().unwrap_or(unseen);
        let sum = |words: &BTreeSet<String>| words.iter().map(weigh).sum::<f64>();
        let both: f64 = a.intersection(b).map(weigh).sum();
        let all = (sum(a) * sum(b)).sqrt();
        if all > 0.0 { both / all } else { 0.0 }
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() >= 3 && !matching::is_stop(word)).take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::knowledge::Kind;

    fn entry(path: &str, title: &str, issue: &str) -> Entry {
        Entry::read(Kind::Article, path, &format!("---\ntitle: {title}\n---\n## Issue\n{issue}\n")).unwrap()
    }

    #[test]
    fn the_nearest_comes_first_and_another_subject_not_at_all() {
        let all = [
            entry("articles/a.md", "Import stalls at row 4096", "The nightly import stops and holds its lock."),
            entry("articles/b.md", "Export is empty", "The export of invoices has no rows."),
            entry("articles/c.md", "Import stops at row 4096", "The nightly import stalls and holds a lock."),
        ];
        let near = Near::of(all.iter().map(|entry| (entry, about(entry))));
        let found: Vec<&str> = near
            .to("nightly import stalls, lock is held at row 4096", 3)
            .iter()
            .map(|entry| entry.path.as_str())
            .collect();
        assert_eq!(found, ["articles/a.md", "articles/c.md"]);
        assert!(near.to("sign in fails on the phone", 3).is_empty());
        let pairs: Vec<(&str, &str)> = near.pairs().iter().map(|(a, b)| (a.path.as_str(), b.path.as_str())).collect();
        assert_eq!(pairs, [("articles/a.md", "articles/c.md")]);
    }
}
