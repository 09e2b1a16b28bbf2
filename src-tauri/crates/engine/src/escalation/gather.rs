//! The package as far as it can be filled from what is here: the ticket, its conversation, similar cases, the code.

use super::{
    code,
    told::{self, Message},
    zone,
};
use crate::{
    Engine, Result,
    api::{
        args::SeenArgs,
        view::{HitView, NextQuestion, SeenBefore},
    },
    evidence::{self, KeptGroup},
    knowledge, seen,
};
use ::escalation::{
    Customer, Environment, ErrorFact, FORMAT, Fact, FileFact, HopFact, Known, Noted, Package, Reproduction, Similar,
    Stamp, TicketFacts, actions, actual, expected, since, steps, times, tried,
};
use domain::{AuthorRole, Millis, Question, Signature};
use serde_json::{Map, Value};
use store::StoredTicket;

/// How a helpdesk calls what has no column of its own here.
pub(crate) const PLAN: &[&str] = &["plan", "subscription", "edition", "customer_plan"];
pub(crate) const ROLE: &[&str] = &["role", "user_role", "requester_role"];
pub(crate) const RIGHTS: &[&str] = &["permissions", "rights", "scopes", "user_permissions"];
const LANGUAGE: &[&str] = &["language", "locale", "lang", "preferred_language"];
const ZONE: &[&str] = &["timezone", "time_zone", "iana_time_zone", "zone"];

const ERRORS: usize = 5;
const SIMILAR: usize = 5;
const NOTED: usize = 12;
/// Of files, so much of their texts goes along.
const TEXTS: usize = 128 << 10;

pub(super) fn gather(
    engine: &Engine,
    stored: &StoredTicket,
    seen: &SeenBefore,
    asked: &SeenArgs,
) -> Result<(Package, Vec<Known>)> {
    let store = &engine.core.store;
    let (comments, hops) = (store.comments(stored.row)?, store.hops(stored.row)?);
    let messages = told::messages(stored, &comments);
    let known = told::known(engine, stored, &messages, &hops)?;
    let question = seen::question_today(engine, stored)?;
    let ticket = &stored.ticket;
    let customer = customer(engine, stored, &messages)?;
    let theirs = |message: &&Message| message.role == AuthorRole::Requester;
    let own: Vec<&Message> = messages.iter().filter(theirs).collect();
    let first_own = |read: fn(&str) -> Option<String>| own.iter().find_map(|message| read(&message.text));
    let mut package = Package {
        format: FORMAT,
        ticket: TicketFacts {
            id: stored.key.to_string(),
            url: ticket.url.clone(),
            subject: ticket.subject.clone(),
            status: ticket.status.as_str().into(),
            priority: ticket.priority.clone(),
            created_at: ticket.created_at.0,
            body: messages.first().map(|message| message.text.clone()).unwrap_or_default(),
        },
        reproduction: Reproduction {
            steps: own.iter().map(|message| steps(&message.text)).find(|found| found.len() >= 2).unwrap_or_default(),
            expected: first_own(expected).unwrap_or_default(),
            // What the subject says stands above it: it is not what somebody saw happen.
            actual: first_own(actual).unwrap_or_default(),
        },
        errors: errors(&messages, &question, &customer.zone),
        actions: noted(own.iter().copied(), actions),
        environment: Environment {
            product: question.product.clone().unwrap_or_default(),
            components: question.components.clone(),
            version: question.versions.first().cloned().unwrap_or_default(),
            release: String::new(),
            system: ticket.environment.clone().unwrap_or_default(),
        },
        tried: ticked(engine, stored)?
            .into_iter()
            .chain(noted(messages.iter().filter(|message| !theirs(message)), tried))
            .collect(),
        similar: seen
            .hits
            .iter()
            .filter(|hit| hit.id != stored.key.to_string())
            .take(SIMILAR)
            .map(|hit| similar(hit, seen, &question))
            .collect(),
        searched: seen.searched,
        hops: hops
            .iter()
            .map(|hop| HopFact {
                at: hop.at.0,
                from: hop.from_group.clone().unwrap_or_default(),
                to: hop.to_group.clone().unwrap_or_default(),
            })
            .collect(),
        customer,
        ..Package::default()
    };
    from_files(engine, &mut package)?;
    let coded = code::add(engine, &mut package, seen, asked)?;
    package.needed = needed(&coded);
    if let Some(guideline) = super::guideline::of(engine, &package.environment.product)? {
        guideline.ask_of(&mut package);
    }
    package.ask = seen.next.as_ref().map(ask).unwrap_or_default();
    Ok((package, known))
}

/// The steps that somebody ticked on the ticket, word for word.
fn ticked(engine: &Engine, stored: &StoredTicket) -> Result<Vec<Noted>> {
    let told = knowledge::tried::told(engine, &stored.key)?.into_iter();
    Ok(told.map(|(at, text)| Noted { at: Some(at), text }).collect())
}

/// In words: `Which version? 2.2.0 (4), 2.3.1 (3)`.
fn ask(next: &NextQuestion) -> String {
    let what = match next.facet.as_str() {
        "exception" => "What is the error called?".to_owned(),
        "environment" => "On which system?".into(),
        facet => format!("Which {facet}?"),
    };
    let answers: Vec<String> = next.answers.iter().map(|one| format!("{} ({})", one.value, one.cases)).collect();
    format!("{what} Of {} similar cases: {}", next.of, answers.join(", "))
}

/// What an engineer asks for; of the code only what there can be.
fn needed(coded: &code::Coded) -> Vec<Fact> {
    let there = |fact: &Fact| match fact {
        Fact::Release => coded.repositories,
        Fact::CodeLane | Fact::Suspects => coded.repositories && coded.frames,
        _ => true,
    };
    Fact::ALL.into_iter().filter(there).collect()
}

fn customer(engine: &Engine, stored: &StoredTicket, messages: &[Message]) -> Result<Customer> {
    let extra = engine.core.store.ticket_extra(stored.row)?;
    let ticket = &stored.ticket;
    let tagged = || ticket.tags.iter().find_map(|tag| tag.strip_prefix("plan-").or_else(|| tag.strip_prefix("plan:")));
    let either =
        |names, read: fn(&str) -> Option<String>| of_extra(&extra, names).or_else(|| told::first(messages, read));
    Ok(Customer {
        requester: ticket.requester.clone().unwrap_or_default(),
        account: ticket.account.clone().unwrap_or_default(),
        plan: either(PLAN, told::plan).or_else(|| tagged().map(str::to_owned)).unwrap_or_default(),
        role: either(ROLE, told::role).unwrap_or_default(),
        permissions: either(RIGHTS, told::permissions).unwrap_or_default(),
        zone: either(ZONE, told::zone).unwrap_or_default(),
    })
}

/// The zone and the language of whoever asks; empty where nobody told.
pub(crate) fn speaks(engine: &Engine, stored: &StoredTicket) -> Result<(String, String)> {
    let extra = engine.core.store.ticket_extra(stored.row)?;
    let messages = told::messages(stored, &[]);
    let zone = of_extra(&extra, ZONE).or_else(|| told::first(&messages, told::zone)).unwrap_or_default();
    Ok((zone, of_extra(&extra, LANGUAGE).unwrap_or_default()))
}

/// Also where the source puts its own fields into an object of their own.
pub(crate) fn of_extra(extra: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let inner = extra.values().filter_map(Value::as_object);
    std::iter::once(extra).chain(inner).find_map(|fields| {
        let (_, value) = fields.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str()))?;
        match value {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Array(list) => {
                let list: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                Some(list.join(", ")).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    })
}

/// As they were printed, each once; without any, what stands in quotes.
fn errors(messages: &[Message], question: &Question, zone: &str) -> Vec<ErrorFact> {
    let mut errors: Vec<ErrorFact> = Vec::new();
    for message in messages {
        for signature in matching::signatures(&message.text) {
            let code = signature.code();
            if errors.len() < ERRORS && !errors.iter().any(|known| known.code == code) {
                errors.push(error(&message.text, &signature, code, zone));
            }
        }
    }
    if errors.is_empty() {
        let quoted = question.phrases.iter().take(1);
        errors.extend(quoted.map(|text| ErrorFact { text: text.clone(), ..ErrorFact::default() }));
    }
    // A time beside an error says when it was; one in the text around it, when nothing else does.
    if !errors.iter().any(|error| !error.times.is_empty()) {
        let around = messages.iter().flat_map(|message| times(&message.text)).take(2);
        let mut found: Vec<Stamp> = around.map(|written| zone::stamp(&written, zone)).collect();
        let told = messages.iter().find_map(|message| Some((since(&message.text)?, message.at)));
        if let (true, Some((words, at))) = (found.is_empty(), told) {
            // What was meant by Monday follows from the day on which it was said.
            found.push(Stamp { written: format!("{words}, as told on {}", Millis(at)), ..Stamp::default() });
        }
        match errors.first_mut() {
            Some(first) => first.times = found,
            None if found.is_empty() => {}
            None => errors.push(ErrorFact { times: found, ..ErrorFact::default() }),
        }
    }
    errors
}

fn error(text: &str, signature: &Signature, code: String, zone: &str) -> ErrorFact {
    let (start, end) = signature.span;
    // A log line begins with its time, which the signature leaves out.
    let start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let printed = text.get(start..end).unwrap_or_default().trim_end().to_owned();
    let times = times(&printed).into_iter().map(|written| zone::stamp(&written, zone)).collect();
    ErrorFact { code, text: printed, times }
}

/// What files of the ticket say failed, with its time, and what the user did before it; and as much of them as goes along.
fn from_files(engine: &Engine, package: &mut Package) -> Result<()> {
    let mut texts = 0;
    for (file, kept) in evidence::files(engine, &package.ticket.id)? {
        let failed: Vec<&KeptGroup> = kept.groups.iter().filter(|group| group.level == "error").collect();
        for signature in matching::signatures(&kept.thrown) {
            let code = signature.code();
            if package.errors.len() >= ERRORS || package.errors.iter().any(|known| known.code == code) {
                continue;
            }
            let one = error(&kept.thrown, &signature, code, &package.customer.zone);
            let first = one.text.lines().next().unwrap_or_default();
            let at = failed.iter().find(|group| group.sample.contains(first)).and_then(|group| group.first_at);
            let times = if one.times.is_empty() { at_time(at, &package.customer.zone) } else { one.times };
            package.errors.push(ErrorFact { times, ..one });
        }
        for group in failed {
            let begins = group.sample.lines().next().unwrap_or_default();
            let told = |error: &ErrorFact| {
                !error.text.is_empty() && (group.sample.contains(error.text.as_str()) || error.text.contains(begins))
            };
            if package.errors.len() >= ERRORS || package.errors.iter().any(told) {
                break;
            }
            let times = at_time(group.first_at, &package.customer.zone);
            package.errors.push(ErrorFact { times, text: group.sample.clone(), ..ErrorFact::default() });
        }
        let done = kept.groups.iter().filter(|group| file.kind == "sentry" && group.level != "error");
        let mut done: Vec<Noted> = done.map(|group| Noted { at: group.first_at, text: group.sample.clone() }).collect();
        done.sort_by_key(|one| one.at);
        package.actions.extend(done.into_iter().take(NOTED.saturating_sub(package.actions.len())));
        let goes = texts + kept.told.len() <= TEXTS;
        texts += if goes { kept.told.len() } else { 0 };
        package.evidence.push(FileFact {
            name: file.name,
            kind: file.kind,
            size: file.size,
            text: if goes { kept.told } else { String::new() },
            whole: kept.whole,
        });
    }
    Ok(())
}

fn at_time(at: Option<i64>, zone: &str) -> Vec<Stamp> {
    let at = at.map(|at| Millis(at).to_rfc3339()).unwrap_or_default();
    times(&at).iter().map(|written| zone::stamp(written, zone)).collect()
}

fn noted<'a>(messages: impl Iterator<Item = &'a Message>, read: fn(&str) -> Vec<String>) -> Vec<Noted> {
    let said =
        messages.flat_map(|message| read(&message.text).into_iter().map(|text| Noted { at: Some(message.at), text }));
    said.take(NOTED).collect()
}

/// A case with what tells it from this one; what nothing tells apart is *not ruled out*.
fn similar(hit: &HitView, seen: &SeenBefore, question: &Question) -> Similar {
    let mut why_not = Vec::new();
    if hit.feedback.as_deref() == Some("not_same") {
        why_not.push("somebody compared them: not the same".to_owned());
    }
    if let (Some(ours), Some(theirs)) = (&question.product, &hit.product)
        && !ours.eq_ignore_ascii_case(theirs)
    {
        why_not.push(format!("another product ({theirs})"));
    }
    let shares = |kind: &str| hit.receipt.iter().any(|part| part.kind == kind);
    if !seen.ran.is_empty() && !shares("signature") && !shares("frames") {
        why_not.push("another error: it shares neither the signature nor a frame".into());
    }
    if hit.outcome == "reopened" {
        why_not.push("its answer did not hold: it was opened again".into());
    }
    let fixed = hit.fix.as_ref();
    if let Some(fix) = fixed.filter(|fix| fix.state == crate::api::view::FixState::FixedInYours) {
        why_not.push(format!("its fix is in what the customer runs since {}", fix.version));
    }
    Similar {
        id: hit.id.clone(),
        title: hit.title.iter().map(|span| span.text.as_str()).collect(),
        answer: hit.answer.as_ref().map(|answer| answer.text.clone()).unwrap_or_default(),
        fixed_in: fixed.map(|fix| fix.version.clone()).unwrap_or_default(),
        why_not: why_not.join("; "),
        receipt: hit.receipt.iter().map(|part| (part.kind.clone(), part.points)).collect(),
    }
}
