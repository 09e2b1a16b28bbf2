//! How a requester puts it: a title and a body, in as many moods as there are customers.

use super::{
    accounts::{ACCOUNTS, Person},
    facts::Facts,
    issues::Issue,
    phrases::{CLOSE, FOLLOW, FOLLOW_TITLE, GREET, IMPACT},
    plan::{Matter, Report},
    random::Random,
};
use domain::BodyFormat;

pub(super) struct Written {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) format: BodyFormat,
}

enum Part {
    Prose(String),
    List(Vec<String>),
    /// A trace or log: printed as it is.
    Printed(String),
}

pub(super) fn write(report: &Report, person: &Person, facts: &mut Facts, random: &mut Random) -> Written {
    match report.matter {
        Matter::Issue(issue) if report.follows.is_some() => follow_up(issue, facts, random),
        Matter::Issue(issue) => {
            let title = title(issue, report.turn, facts, random);
            let format = format(random);
            let body = render(&tell(issue, report, person, facts, random), format);
            Written { title, body, format }
        }
        Matter::Abroad(_, letter) => {
            Written { title: facts.fill(letter.title), body: facts.fill(letter.body), format: BodyFormat::Text }
        }
        Matter::Single(single) => {
            let format = format(random);
            let mut parts = vec![Part::Prose(facts.fill(single.told))];
            frame(&mut parts, report, person, facts, random);
            Written { title: single.title.to_owned(), body: render(&parts, format), format }
        }
    }
}

fn format(random: &mut Random) -> BodyFormat {
    match random.between(0, 99) {
        0..=67 => BodyFormat::Text,
        68..=84 => BodyFormat::Html,
        _ => BodyFormat::Markdown,
    }
}

fn title(issue: &Issue, turn: usize, facts: &mut Facts, random: &mut Random) -> String {
    let title = facts.fill(nth(issue.titles, turn));
    match random.between(0, 99) {
        0..=5 => format!("URGENT: {title}"),
        6..=11 => title.to_lowercase(),
        12..=17 => facts.fill(&format!("{title} ({{version}})")),
        18..=23 => facts.fill(&format!("{title} - {{account}}")),
        24..=26 => format!("[Production] {title}"),
        _ => title,
    }
}

fn nth(texts: &[&'static str], turn: usize) -> &'static str {
    texts.get(turn % texts.len().max(1)).copied().unwrap_or_default()
}

fn follow_up(issue: &Issue, facts: &mut Facts, random: &mut Random) -> Written {
    facts.set("title", random.word(issue.titles).to_owned());
    let title = facts.fill(random.word(&FOLLOW_TITLE));
    // The title that was put in may have places of its own.
    let title = facts.fill(&title);
    let body = format!("{}\n\n{}", facts.fill(random.word(&FOLLOW)), facts.fill(random.word(issue.told)));
    Written { title, body, format: BodyFormat::Text }
}

/// Most write a few sentences, some only paste what was on the screen, some tell everything.
fn tell(issue: &Issue, report: &Report, person: &Person, facts: &mut Facts, random: &mut Random) -> Vec<Part> {
    let mood = random.between(0, 99);
    if let (Some(error), 0..=9) = (issue.error, mood) {
        return vec![Part::Printed(facts.fill(error))];
    }
    // A title mostly goes with the same story, as two people who see the same screen call it alike.
    let told = if random.chance(60) { report.turn % issue.titles.len().max(1) } else { random.place(issue.told.len()) };
    let mut told = facts.fill(nth(issue.told, told));
    let points_to_it = told.ends_with(':') || told.contains("below") || told.contains("attached");
    let mut parts = Vec::new();
    if (90..=95).contains(&mood) {
        let other = facts.fill(random.word(issue.told));
        if other != told {
            parts.push(Part::Prose(other));
        }
        if !issue.facts.is_empty() {
            parts.push(Part::List(issue.facts.iter().map(|fact| facts.fill(fact)).collect()));
        }
    } else if !told.ends_with(':') {
        let most = random.place(3);
        for fact in random.some(issue.facts, most) {
            told.push(' ');
            told.push_str(&facts.fill(fact));
        }
    }
    if (96..=99).contains(&mood) {
        told = told.to_lowercase();
    } else if random.chance(14) {
        told = misspelled(&told, random);
    }
    parts.insert(0, Part::Prose(told));
    if let Some(error) = issue.error
        && (points_to_it || random.chance(60))
    {
        parts.push(Part::Printed(printed(error, facts, random)));
    }
    frame(&mut parts, report, person, facts, random);
    parts
}

/// Some paste a log with what stands around the line that matters.
fn printed(error: &str, facts: &mut Facts, random: &mut Random) -> String {
    let is_line = error.lines().count() == 1 && error.starts_with("{time}");
    let around = if is_line && random.chance(30) { random.between(2, 6) } else { 0 };
    let mut lines: Vec<String> = (0..around)
        .map(|_| {
            facts.fill(random.word(&["{time} INFO  scheduler - {n} jobs due", "{time} INFO  health - ok, queue {n}"]))
        })
        .collect();
    lines.push(facts.fill(error));
    lines.join("\n")
}

/// Greeting, what it means, farewell: everybody has their own habit.
fn frame(parts: &mut Vec<Part>, report: &Report, person: &Person, facts: &mut Facts, random: &mut Random) {
    if random.chance(35) {
        let impact = Part::Prose(facts.fill(random.word(&IMPACT)));
        parts.push(impact);
    }
    let greets = parts.first().is_some_and(|part| matches!(part, Part::Prose(text) if is_greeting(text)));
    if !greets && random.chance(45) {
        parts.insert(0, Part::Prose(random.word(&GREET).to_owned()));
    }
    if random.chance(55) {
        let close = random.word(&CLOSE);
        let account = ACCOUNTS.get(report.account);
        let signed = match (random.between(0, 9), account) {
            (0..=1, Some(account)) => {
                let (job, company, address) = (person.job, account.name, person.address(account));
                format!("{close}\n{}\n{job}, {company}\n{address}", person.name())
            }
            (2..=6, _) => format!("{close}\n{}", person.name()),
            // Nobody ends on a comma.
            _ if close.ends_with(',') => format!("{close}\n{}", person.first),
            (7, _) => format!("{close} 🙏"),
            _ => close.to_owned(),
        };
        parts.push(Part::Prose(signed));
    }
}

fn is_greeting(text: &str) -> bool {
    ["hello", "hi ", "hi,", "good morning", "good afternoon"].iter().any(|start| text.to_lowercase().starts_with(start))
}

/// A slip or two, as on a phone or in a hurry.
fn misspelled(text: &str, random: &mut Random) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let long: Vec<usize> = (0..words.len())
        .filter(|at| words.get(*at).is_some_and(|word| word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase())))
        .collect();
    for _ in 0..2 {
        let Some(word) = random.pick(&long).and_then(|at| words.get_mut(*at)) else { break };
        let at = 1 + random.place(word.len() - 3);
        let (Some(before), Some(pair), Some(after)) = (word.get(..at), word.get(at..at + 2), word.get(at + 2..)) else {
            break;
        };
        // Either two letters change places or one gets lost.
        let swapped: String =
            if random.chance(60) { pair.chars().rev().collect() } else { pair.chars().take(1).collect() };
        *word = format!("{before}{swapped}{after}");
    }
    words.join(" ")
}

fn render(parts: &[Part], format: BodyFormat) -> String {
    let blocks: Vec<String> = parts
        .iter()
        .map(|part| match (part, format) {
            (Part::Prose(text), BodyFormat::Html) => format!("<p>{}</p>", escaped(text).replace('\n', "<br>")),
            (Part::List(items), BodyFormat::Html) => {
                let items: String = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
                format!("<ul>{items}</ul>")
            }
            (Part::Printed(text), BodyFormat::Html) => format!("<pre>{}</pre>", escaped(text)),
            (Part::Printed(text), BodyFormat::Markdown) => format!("```\n{text}\n```"),
            (Part::Prose(text) | Part::Printed(text), _) => text.clone(),
            (Part::List(items), _) => items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"),
        })
        .collect();
    blocks.join(if format == BodyFormat::Html { "\n" } else { "\n\n" })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
