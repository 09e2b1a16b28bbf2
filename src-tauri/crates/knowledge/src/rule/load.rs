//! A rule's file: YAML of strangers, read within bounds, with the place of everything that is wrong.

use super::{
    Backtested, Lane, Look, Mistake, Pattern, Phrase, Rule, RuleField, RuleState, Triage, edit, pattern::LARGEST,
};
use domain::VersionRange;
use serde::Deserialize;
use serde_saphyr::{Location, Spanned, budget, options};

/// Bytes of a file.
const LONGEST: usize = 64 << 10;
/// Lists in lists; a rule needs four.
const DEEPEST: usize = 8;
/// Of anything in one list.
const MOST: usize = 64;
/// Letters of a phrase, a title, a name.
const LONGEST_PHRASE: usize = 500;

type Word = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: Option<Word>,
    title: Option<Word>,
    #[serde(default)]
    state: Option<Word>,
    known_error: Option<Word>,
    ticket: Option<Word>,
    triage: Option<Suggests>,
    owner: Option<Word>,
    note: Option<Word>,
    backtest: Option<Backtested>,
    #[serde(default)]
    products: Vec<Word>,
    #[serde(default)]
    components: Vec<Word>,
    #[serde(default)]
    versions: Vec<Word>,
    #[serde(default)]
    fields: Fields,
    #[serde(default)]
    looks_for: Vec<Spanned<LookFor>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    priority: Option<Spanned<Vec<Word>>>,
    group: Option<Spanned<Vec<Word>>>,
    account: Option<Spanned<Vec<Word>>>,
    tag: Option<Spanned<Vec<Word>>>,
    source: Option<Spanned<Vec<Word>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggests {
    lane: Option<Word>,
    #[serde(default)]
    labels: Vec<Word>,
    queue: Option<Word>,
    owner: Option<Word>,
    came_before: Option<Spanned<usize>>,
    days: Option<Spanned<u32>>,
    #[serde(default)]
    known_error: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookFor {
    #[serde(default)]
    signatures: Vec<Word>,
    #[serde(default)]
    phrases: Vec<Word>,
    at_least: Option<Spanned<usize>>,
    #[serde(default)]
    regex: Vec<Word>,
}

/// What was found to be wrong so far.
#[derive(Default)]
struct Mistakes(Vec<Mistake>);

impl Mistakes {
    fn at(&mut self, place: Location, what: impl Into<String>) {
        self.0.push(mistake(Some(place), what.into()));
    }

    /// Checks a list's length and gives each of its words that is neither empty nor too long.
    fn words<'a>(&mut self, field: &str, words: &'a [Word]) -> Vec<(&'a str, Location)> {
        if let Some(word) = words.get(MOST) {
            self.at(word.referenced, format!("{field} holds more than {MOST}; make two rules of it"));
        }
        let mut kept = Vec::new();
        for word in words.iter().take(MOST) {
            if let Some(text) = self.word(field, word) {
                kept.push((text, word.referenced));
            }
        }
        kept
    }

    fn word<'a>(&mut self, field: &str, word: &'a Word) -> Option<&'a str> {
        let text = word.value.trim();
        if text.is_empty() {
            self.at(word.referenced, format!("{field} holds something empty; write it, or take it away"));
        } else if text.chars().count() > LONGEST_PHRASE && field != "regex" {
            self.at(
                word.referenced,
                format!("{field} holds more than {LONGEST_PHRASE} letters; a part of them is enough"),
            );
        } else {
            return Some(text);
        }
        None
    }

    fn one(&mut self, field: &str, word: Option<&Word>) -> Option<String> {
        self.word(field, word?).map(str::to_owned)
    }
}

impl Rule {
    /// `path` gives the id where the file does not say one. Everything that is wrong is told, in the order of the file.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Mistake>> {
        if text.len() > LONGEST {
            let what = format!("the file is longer than {} KB; a rule is a page at most", LONGEST >> 10);
            return Err(vec![mistake(None, what)]);
        }
        // An empty file is no mapping, and would be told as that.
        if text.trim().is_empty() {
            return Err(vec![mistake(
                None,
                "the file is empty; give it a title, and under looks_for what to look for".into(),
            )]);
        }
        let file: File =
            serde_saphyr::from_str_with_options(text, bounds()).map_err(|error| vec![unreadable(&error)])?;
        let mut wrong = Mistakes::default();
        let stem = path.rsplit('/').next().unwrap_or(path);
        let stem = stem.strip_suffix(".yml").or_else(|| stem.strip_suffix(".yaml")).unwrap_or(stem);
        let triage = file.triage.as_ref().map(|given| triage(given, &mut wrong));
        let looks = looks(&file.looks_for, &mut wrong);
        let state = state(file.state.as_ref(), &mut wrong);
        let versions = versions(&file.versions, &mut wrong);
        let fields = fields(&file.fields, &mut wrong);
        let mut words = |field: &str, words: &[Word]| {
            wrong.words(field, words).into_iter().map(|(word, _)| word.to_owned()).collect::<Vec<_>>()
        };
        let (products, components) = (words("products", &file.products), words("components", &file.components));
        let id = wrong.one("id", file.id.as_ref()).unwrap_or_else(|| stem.into());
        if crate::shelf::file_name(&id).is_err() {
            let place = file.id.as_ref().map(|id| id.referenced);
            let what =
                format!("\"{id}\" cannot be an id: use letters, digits, dots, dashes and underscores, at most 80");
            wrong.0.push(mistake(place, what));
        }
        let title = wrong.one("title", file.title.as_ref());
        if file.title.is_none() {
            wrong.0.push(mistake(None, "it has no title: say in a line what its tickets are about".into()));
        }
        let [known_error, ticket, owner] =
            [("known_error", &file.known_error), ("ticket", &file.ticket), ("owner", &file.owner)]
                .map(|(field, word)| wrong.one(field, word.as_ref()));
        if known_error.is_none() && ticket.is_none() && triage.is_none() {
            let what = "it names neither a known_error nor a ticket nor a triage: nobody would know what it stands for";
            wrong.0.push(mistake(None, what.into()));
        }
        // What points at one case is known by its words; what sorts tickets may go by anything they have.
        let sorts = known_error.is_none() && ticket.is_none() && triage.is_some();
        let limits = !fields.is_empty() || !products.is_empty() || !components.is_empty() || !versions.is_empty();
        if looks.is_empty() && !(sorts && (limits || triage.as_ref().is_some_and(Triage::asks))) {
            let what = if sorts {
                "it asks for nothing, and every ticket would be sorted: name fields, products, came_before or looks_for"
            } else {
                "it looks for nothing: name signatures, phrases or a regex under looks_for"
            };
            wrong.0.push(mistake(None, what.into()));
        }
        if !wrong.0.is_empty() {
            wrong.0.sort_by_key(|mistake| (mistake.line, mistake.column));
            return Err(wrong.0);
        }
        Ok(Self {
            title: title.unwrap_or_else(|| id.clone()),
            id,
            path: path.into(),
            state,
            known_error,
            ticket,
            triage,
            owner,
            note: file.note.map(|note| note.value),
            backtest: file.backtest,
            products,
            components,
            versions,
            fields,
            looks,
            hash: edit::hash(text),
        })
    }
}

fn bounds() -> serde_saphyr::Options {
    options! {
        budget: budget! {
            max_events: 4_000,
            max_nodes: 2_000,
            max_depth: DEEPEST,
            flow_nesting_limit: DEEPEST,
            max_documents: 1,
            max_anchors: 0,
            max_aliases: 0,
            max_merge_keys: 0,
            max_total_scalar_bytes: LONGEST,
        },
    }
}

fn looks(given: &[Spanned<LookFor>], wrong: &mut Mistakes) -> Vec<Look> {
    if let Some(look) = given.get(MOST) {
        wrong.at(look.referenced, format!("looks_for holds more than {MOST}; make two rules of it"));
    }
    let mut room = LARGEST;
    given.iter().take(MOST).map(|given| look(given, &mut room, wrong)).collect()
}

fn look(given: &Spanned<LookFor>, room: &mut usize, wrong: &mut Mistakes) -> Look {
    let place = given.referenced;
    let LookFor { signatures, phrases, at_least, regex } = &given.value;
    if signatures.is_empty() && phrases.is_empty() && regex.is_empty() {
        wrong
            .at(place, "this looks for nothing, and everything has nothing in it: name signatures, phrases or a regex");
    }
    let mut look = Look::default();
    for (code, place) in wrong.words("signatures", signatures) {
        match signature(code) {
            Some(code) => look.signatures.push(code),
            None => wrong
                .at(place, format!("\"{code}\" is no signature; they look like 7F3K-9Q2M, as beside a stack trace")),
        }
    }
    for (phrase, place) in wrong.words("phrases", phrases) {
        match Phrase::of(phrase) {
            Some(phrase) => look.phrases.push(phrase),
            None => wrong.at(place, "a phrase without a letter or a digit is in nearly every ticket"),
        }
    }
    for (pattern, place) in wrong.words("regex", regex) {
        match Pattern::of(pattern, *room) {
            Ok(pattern) => {
                *room = room.saturating_sub(pattern.size());
                look.patterns.push(pattern);
            }
            Err(reason) => wrong.at(place, reason),
        }
    }
    look.at_least = at_least.as_ref().map_or(phrases.len(), |least| least.value);
    if let Some(least) = at_least.as_ref().filter(|least| !(1..=phrases.len()).contains(&least.value)) {
        let what =
            format!("at_least is {}, of {} phrases; take a number between 1 and that", least.value, phrases.len());
        wrong.at(least.referenced, what);
    }
    look
}

/// Days that a rule may look back.
const LONGEST_AGO: u32 = 3650;

fn triage(given: &Suggests, wrong: &mut Mistakes) -> Triage {
    let Suggests { lane, labels, queue, owner, came_before, days, known_error } = given;
    let lane = lane.as_ref().and_then(|word| {
        let lane = Lane::parse(word.value.trim());
        if lane.is_none() {
            let words = Lane::ALL.map(Lane::as_str).join(", ");
            wrong.at(word.referenced, format!("lane cannot be \"{}\": it is {words}", word.value));
        }
        lane
    });
    if let Some(least) = came_before.as_ref().filter(|least| least.value == 0) {
        wrong.at(least.referenced, "came_before is 0, which is every ticket; take 1 or more, or take it away");
    }
    if let Some(days) = days.as_ref().filter(|days| !(1..=LONGEST_AGO).contains(&days.value)) {
        wrong.at(days.referenced, format!("days is {}; take a number between 1 and {LONGEST_AGO}", days.value));
    }
    let ago = days.as_ref().map_or(Triage::USUAL_DAYS, |days| days.value);
    let triage = Triage {
        lane,
        labels: wrong.words("labels", labels).into_iter().map(|(label, _)| label.to_owned()).collect(),
        queue: wrong.one("queue", queue.as_ref()),
        owner: wrong.one("owner", owner.as_ref()),
        came_before: came_before.as_ref().map(|least| (least.value, ago)),
        known_error: *known_error,
    };
    if triage.lane.is_none() && triage.labels.is_empty() && triage.queue.is_none() && triage.owner.is_none() {
        wrong.0.push(mistake(None, "its triage suggests nothing: name a lane, labels, a queue or an owner".into()));
    }
    triage
}

fn state(given: Option<&Word>, wrong: &mut Mistakes) -> RuleState {
    let Some(word) = given else { return RuleState::default() };
    RuleState::parse(word.value.trim()).unwrap_or_else(|| {
        let words = RuleState::ALL.map(RuleState::as_str).join(", ");
        wrong.at(word.referenced, format!("state cannot be \"{}\": it is {words}", word.value));
        RuleState::default()
    })
}

fn versions(given: &[Word], wrong: &mut Mistakes) -> Vec<VersionRange> {
    let mut kept = Vec::new();
    for (text, place) in wrong.words("versions", given) {
        match VersionRange::parse(text) {
            Some(range) => kept.push(range),
            None => wrong.at(place, format!("\"{text}\" is no version; write 2.1, 2.x or \">=2.1 <2.3.1\"")),
        }
    }
    kept
}

fn fields(given: &Fields, wrong: &mut Mistakes) -> Vec<(RuleField, Vec<String>)> {
    let Fields { priority, group, account, tag, source } = given;
    let given = [priority, group, account, tag, source];
    let mut kept = Vec::new();
    for (field, values) in RuleField::ALL.into_iter().zip(given) {
        let Some(values) = values else { continue };
        if values.value.is_empty() {
            wrong.at(values.referenced, format!("{} has no value, so no ticket would do", field.as_str()));
        }
        let values = wrong.words(field.as_str(), &values.value);
        kept.push((field, values.into_iter().map(|(value, _)| value.to_owned()).collect()));
    }
    kept
}

/// Capitals do not matter; letters that are never in one do.
fn signature(text: &str) -> Option<String> {
    let code = text.to_ascii_uppercase();
    let letter = |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"ILOU".contains(&byte));
    let fits =
        code.len() == 9 && code.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { letter(byte) });
    fits.then_some(code)
}

/// In one line, whatever the file holds that it speaks of.
fn mistake(place: Option<Location>, what: String) -> Mistake {
    let what = what.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let (line, column) = place.map_or((0, 0), |place| (place.line(), place.column()));
    Mistake { line: line as u32, column: column as u32, what }
}

/// The first line of what the reader says, without the place, which is told apart.
fn unreadable(error: &serde_saphyr::Error) -> Mistake {
    let plain = error.without_snippet().to_string();
    let first = plain.lines().find(|line| !line.trim().is_empty()).unwrap_or("it is no YAML").trim();
    let first = first.trim_start_matches("error:").trim();
    let first: String = first.chars().take(200).collect();
    mistake(error.location(), format!("this cannot be read: {first}"))
}
