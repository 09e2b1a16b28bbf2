//! A rule proposed from a ticket that was solved: its errors, and the words that hardly any other ticket has. Which words
//! those are, and how many of them are enough, is counted over the whole history. Nothing is written.

use super::{gold::Ties, ticketed::Ticketed};
use crate::{
    Engine, Result,
    api::{args::IdArgs, view::RuleDraft},
    knowledge::new::{clean, id_of},
    seen, text, ticket,
};
use ::knowledge::fold;
use domain::{SignatureKind, Version};
use serde_json::json;
use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};
use store::{PastTicket, StoredTicket};

/// Words of a proposed rule.
const MOST: usize = 6;
/// Bytes of a text in which its words are looked for.
const READ: usize = 8 << 10;
/// How much more a word of the title says. This and the next were chosen on duplicates of a public tracker.
const TITLE: f64 = 3.0;
/// What more than one in so many tickets says, tells few of them apart.
const COMMON: usize = 33;
/// So many tickets of the history may fit, itself with them; or one in so many, where those are more.
const FEW: usize = 2;
const ONE_IN: usize = 2_000;

pub(crate) fn make(engine: &Engine, args: &IdArgs) -> Result<RuleDraft> {
    let stored = ticket::find(engine, &args.id)?;
    draft(engine, &stored, &engine.core.store.past_tickets()?)
}

pub(super) fn draft(engine: &Engine, stored: &StoredTicket, tickets: &[PastTicket]) -> Result<RuleDraft> {
    let question = seen::question_of(stored, None, &[]);
    let traces = question.signatures.iter().filter(|found| matches!(found.kind, SignatureKind::StackTrace(_)));
    let codes: Vec<String> = traces.map(domain::Signature::code).take(4).collect();
    let subject = impersonal(&clean(engine, &stored.ticket.subject, Some(stored))?);
    let ticketed = Ticketed::of(stored.clone(), false);
    let body = text::cut(ticketed.text(), READ).get(stored.ticket.subject.len()..).unwrap_or_default();
    let body = impersonal(&clean(engine, body, Some(stored))?);
    let mut candidates = candidates(&subject, &body);
    // A word that was taken out somewhere belongs to somebody wherever else it stands.
    let (before, after) = (tally(text::cut(ticketed.text(), READ)), tally(&format!("{subject}\n{body}")));
    candidates.retain(|one| before.get(&one.folded).copied() <= after.get(&one.folded).copied());
    let seen = count(engine, &candidates, tickets)?;
    let (chosen, least) = choose(&candidates, &seen);
    let words: Vec<&str> = chosen.iter().filter_map(|at| candidates.get(*at)).map(|one| one.written.as_str()).collect();
    let hits = seen.iter().filter(|said| least > 0 && has(said, &chosen) >= least).count();
    let text = written(engine, stored, &codes, &words, least)?;
    Ok(RuleDraft { text, hits: hits as u64 })
}

/// A word of the ticket.
struct Candidate {
    written: String,
    folded: String,
    in_title: bool,
}

/// Without what stands in the place of something that belonged to somebody: `[e-mail 1]`.
fn impersonal(clean: &str) -> String {
    let mut parts = clean.split('[');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push('\n');
        out.push_str(match part.split_once(']') {
            Some((taken, rest)) if taken.len() < 30 && taken.ends_with(|c: char| c.is_ascii_digit()) => rest,
            _ => part,
        });
    }
    out
}

/// What the ticket says that may be said elsewhere too.
fn candidates(subject: &str, body: &str) -> Vec<Candidate> {
    let mut taken = HashSet::new();
    let title = words(subject).into_iter().map(|word| (word, true));
    let all = title.chain(words(body).into_iter().map(|word| (word, false)));
    let all = all.filter(|(word, _)| word.chars().count() >= 3 && word.len() <= 120 && !is_data(word));
    let all = all.map(|(word, in_title)| Candidate { written: word.into(), folded: fold(word), in_title });
    all.filter(|one| !matching::is_stop(&one.folded) && taken.insert(one.folded.clone())).collect()
}

fn words(text: &str) -> Vec<&str> {
    let inner = |c: char| c.is_alphanumeric() || "_-.:/$".contains(c);
    let words = text.split(|c: char| !inner(c)).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).collect()
}

/// How often each word stands there, whole or as a part of a longer one.
fn tally(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in words(&fold(text)) {
        let parts = word.split(|c: char| !c.is_alphanumeric()).filter(|part| *part != word && !part.is_empty());
        for one in parts.chain([word]) {
            *counts.entry(one.to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

/// A number, a time, an address: it is another one in the next ticket.
fn is_data(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits * 3 > word.chars().count() || word.contains("://")
}

/// Which of the words each ticket has, whole or as a part of a longer name.
fn count(engine: &Engine, candidates: &[Candidate], tickets: &[PastTicket]) -> Result<Vec<Vec<usize>>> {
    let places: HashMap<&str, usize> =
        candidates.iter().enumerate().map(|(at, one)| (one.folded.as_str(), at)).collect();
    let part = |tickets: &[PastTicket]| -> Result<Vec<Vec<usize>>> {
        let mut all = Vec::with_capacity(tickets.len());
        for past in tickets {
            let Some(stored) = engine.core.store.ticket(past.row)? else { continue };
            let folded = fold(Ticketed::of(stored, false).text());
            let mut said: Vec<usize> = Vec::new();
            for word in words(&folded) {
                said.extend(places.get(word));
                said.extend(word.split(['_', '-', '.', ':', '/', '$']).filter_map(|part| places.get(part)));
            }
            said.sort_unstable();
            said.dedup();
            all.push(said);
        }
        Ok(all)
    };
    let (first, second) = tickets.split_at(tickets.len() / 2);
    let (own, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| part(second));
        (part(first), other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let mut all = own?;
    all.extend(other?);
    Ok(all)
}

/// How many of these a ticket has.
fn has(said: &[usize], chosen: &[usize]) -> usize {
    chosen.iter().filter(|at| said.binary_search(at).is_ok()).count()
}

/// The rarest that somebody else says too, those of the title before others, and the smallest number of them that leaves
/// few tickets.
fn choose(candidates: &[Candidate], seen: &[Vec<usize>]) -> (Vec<usize>, usize) {
    let mut counts = vec![0_usize; candidates.len()];
    for at in seen.iter().flatten() {
        if let Some(count) = counts.get_mut(*at) {
            *count += 1;
        }
    }
    let common = FEW.max(seen.len() / COMMON);
    let weighed = candidates.iter().zip(&counts).enumerate().filter(|(_, (_, count))| (2..=common).contains(*count));
    let mut order: Vec<(f64, usize)> = weighed
        .map(|(at, (one, count))| {
            let rare = (seen.len() as f64 / *count as f64).ln();
            (if one.in_title { rare * TITLE } else { rare }, at)
        })
        .collect();
    order.sort_by(|(a, first), (b, second)| b.total_cmp(a).then(first.cmp(second)));
    let chosen: Vec<usize> = order.into_iter().take(MOST).map(|(_, at)| at).collect();
    let few = FEW.max(seen.len() / ONE_IN);
    let fits = |least: usize| seen.iter().filter(|said| has(said, &chosen) >= least).count();
    let least = (2..=chosen.len()).find(|least| fits(*least) <= few).unwrap_or(chosen.len());
    (chosen, least)
}

fn written(engine: &Engine, stored: &StoredTicket, codes: &[String], phrases: &[&str], least: usize) -> Result<String> {
    let StoredTicket { key, ticket, .. } = stored;
    let title = clean(engine, &ticket.subject, Some(stored))?.replace(char::is_control, " ");
    let title: String = title.trim().chars().take(200).collect();
    let mut text = format!("id: {}\ntitle: {}\n", json!(id_of(&title)), json!(title));
    let known = engine.core.store.known_errors_of(key)?;
    if let [row] = known.as_slice()
        && let Some(known) = engine.core.store.known_error(*row)?
    {
        let _ = writeln!(text, "known_error: {}", json!(known.key.id));
    }
    let _ = writeln!(text, "ticket: {}\nstate: draft", json!(key.to_string()));
    if let Some(product) = ticket.product.as_deref().map(str::trim).filter(|product| !product.is_empty()) {
        let _ = writeln!(text, "products: {}", json!([product]));
    }
    if let Some(range) = versions(&ticket.affected_versions, &ticket.fix_versions) {
        let _ = writeln!(text, "versions: {}", json!([range]));
    }
    text.push_str("looks_for:\n");
    if !codes.is_empty() {
        let _ = writeln!(text, "  - signatures: {}", json!(codes));
    }
    if !phrases.is_empty() {
        text.push_str("  - phrases:\n");
        phrases.iter().for_each(|phrase| {
            let _ = writeln!(text, "      - {}", json!(phrase));
        });
        let _ = writeln!(text, "    at_least: {least}");
    }
    Ok(text)
}

/// Before the fix, where it is one and later than all that are affected.
fn versions(affected: &[String], fixed: &[String]) -> Option<String> {
    let parse = |all: &[String]| all.iter().filter_map(|one| Version::parse(one)).collect::<Vec<_>>();
    let (affected, fixed) = (parse(affected), parse(fixed));
    match fixed.as_slice() {
        [fix] if !affected.is_empty() && affected.iter().all(|version| version < fix) => {
            Some(format!("<{}", fix.as_str()))
        }
        _ => None,
    }
}

/// What rules made of the first ticket of known problems say of the others.
pub fn exam(engine: &Engine, problems: usize) -> Result<Vec<crate::api::view::RuleBacktest>> {
    let tickets = engine.core.store.past_tickets()?;
    let ties = Ties::read(&engine.core.store)?;
    let mut told = Vec::new();
    let (mut rules, mut golds, mut done) = (Vec::new(), Vec::new(), HashSet::new());
    for past in &tickets {
        let key = past.key.to_string();
        let others = ties.others(&key);
        let here = tickets.iter().filter(|ticket| others.contains(&ticket.key.to_string())).count();
        if others.is_empty() || here == 0 || !done.insert(key) {
            continue;
        }
        done.extend(others);
        let Some(stored) = engine.core.store.ticket(past.row)? else { continue };
        let draft = draft(engine, &stored, &tickets)?;
        let rule = super::read("rules/made.yml", &draft.text)?;
        golds.push(ties.gold(engine, &rule)?);
        rules.push(rule);
        if rules.len() == problems {
            break;
        }
    }
    let scanned = super::scan::scan(engine, &rules, &tickets)?;
    for ((rule, gold), scanned) in rules.iter().zip(&golds).zip(&scanned) {
        told.push(super::backtest::report(engine, rule, &tickets, gold, scanned)?);
    }
    Ok(told)
}
