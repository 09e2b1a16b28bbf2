//! A new file in the knowledge folder, begun from a ticket: what was asked, what ran, what was done. Nothing of a person
//! goes into it: the folder is the whole team's, and may be everybody's one day.

use super::{in_full, kind, read, shelf};
use crate::{
    Engine, Error, Result,
    api::{
        args::{KnowledgeNewArgs, RedactArgs},
        view::KnowledgeText,
    },
    privacy::redact::redact,
    text, ticket,
};
use ::knowledge::{Document, Kind};
use domain::Millis;
use serde_json::json;
use std::fmt::Write;
use store::StoredTicket;

/// What is known of a known error before its file is made, besides its ticket.
#[derive(Default)]
pub(crate) struct Told {
    /// In the place of the ticket's own words, where the ticket is not here.
    pub(crate) issue: String,
    pub(crate) cause: String,
    pub(crate) workaround: String,
    pub(crate) resolution: String,
    pub(crate) fix_versions: Vec<String>,
    /// In the place of the ticket's own, where the ticket is not here.
    pub(crate) product: Option<String>,
    pub(crate) affected_versions: Vec<String>,
    pub(crate) code: Vec<String>,
    pub(crate) environment: Option<String>,
    /// Somebody saw all of it: what is empty is meant to be, and the ticket's own words stay out.
    pub(crate) given: bool,
}

pub(crate) fn make(engine: &Engine, args: &KnowledgeNewArgs) -> Result<KnowledgeText> {
    make_of(engine, args, &Told::default())
}

pub(crate) fn make_of(engine: &Engine, args: &KnowledgeNewArgs, told: &Told) -> Result<KnowledgeText> {
    engine.must_own()?;
    let (shelf, kind) = (shelf(engine)?, kind(&args.kind)?);
    let stored = args.ticket.as_deref().map(|id| ticket::find(engine, id)).transpose()?;
    let clean = |given: &str| clean(engine, given, stored.as_ref());
    let title = match (args.title.as_deref().map(str::trim), &stored) {
        (Some(title), _) if !title.is_empty() => title.to_owned(),
        (_, Some(stored)) => clean(&stored.ticket.subject)?,
        _ => return Err(Error::BadInput("say what it is about: give it a title, or name a ticket".into())),
    };
    let id = match args.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => id_of(&title),
    };
    let mut document = Document::default();
    document.set("id", &json!(id));
    document.set("title", &json!(title));
    if kind == Kind::KnownError {
        let state = if told.workaround.is_empty() { "identified" } else { "workaround_available" };
        document.set("state", &json!(state));
    }
    document.set("confidence", &json!("not_validated"));
    document.set("audience", &json!("internal"));
    if let Some(StoredTicket { key, ticket, .. }) = &stored {
        let fixed = if told.fix_versions.is_empty() { &ticket.fix_versions } else { &told.fix_versions };
        let lists = [("affected_versions", &ticket.affected_versions), ("fix_versions", fixed)];
        for (field, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            document.set(field, &json!(list));
        }
        if let Some(product) = &ticket.product {
            document.set("product", &json!(product));
        }
        document.set("tickets", &json!([key.to_string()]));
    } else {
        let lists = [("affected_versions", &told.affected_versions), ("fix_versions", &told.fix_versions)];
        for (field, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            document.set(field, &json!(list));
        }
        if let Some(product) = &told.product {
            document.set("product", &json!(product));
        }
    }
    let links = told.code.iter().map(|link| super::edit::code_link(link)).collect::<Result<Vec<_>>>()?;
    if !links.is_empty() {
        document.set("code", &json!(links.iter().map(ToString::to_string).collect::<Vec<_>>()));
    }
    document.set("created", &json!(day(engine.core.clock.now())));
    document.body = body(kind, &title, stored.as_ref(), told, &clean)?;
    shelf.add(kind, &id, &document.to_string())?;
    read(engine)?;
    let state = shelf.read()?;
    let made = state.entries.iter().find(|entry| entry.kind == kind && entry.id == id);
    made.map(|entry| in_full(&state, entry)).ok_or(Error::NotFound { what: "entry", id })
}

fn body(
    kind: Kind,
    title: &str,
    stored: Option<&StoredTicket>,
    told: &Told,
    clean: &dyn Fn(&str) -> Result<String>,
) -> Result<String> {
    let of_ticket = |text: Option<&str>| text.map(clean).transpose().map(Option::unwrap_or_default);
    let stored = stored.filter(|_| !told.given);
    let asked = stored.map(|stored| text::plain(&stored.ticket.body, stored.ticket.body_format).into_owned());
    let ticket = stored.map(|stored| &stored.ticket);
    let given = |said: &'_ str| Some(said.trim().to_owned()).filter(|said| !said.is_empty());
    let issue = of_ticket(asked.or_else(|| given(&told.issue)).as_deref().map(str::trim))?;
    let environment = told.environment.as_deref().or_else(|| ticket.and_then(|ticket| ticket.environment.as_deref()));
    let environment = of_ticket(environment)?;
    let solved = given(&told.resolution).or_else(|| ticket.and_then(|ticket| ticket.resolution.clone()));
    let resolution = of_ticket(solved.as_deref())?;
    let (cause, workaround) = (clean(&told.cause)?, clean(&told.workaround)?);
    let sections: &[(&str, &str)] = match kind {
        Kind::KnownError => &[
            ("Issue", &issue),
            ("Environment", &environment),
            ("Cause", &cause),
            ("Workaround", &workaround),
            ("Resolution", &resolution),
        ],
        Kind::Article => {
            &[("Issue", &issue), ("Environment", &environment), ("Resolution", &resolution), ("Cause", &cause)]
        }
        Kind::Runbook => &[("When", &issue), ("Before", ""), ("Steps", ""), ("Back", "")],
        Kind::Concept => &[("Meaning", &issue)],
    };
    let mut body = format!("# {}\n", title.replace('\n', " "));
    for (heading, said) in sections {
        // A line of theirs that looks like a heading of ours is none.
        let said = said.lines().map(|line| if line.starts_with('#') { format!("\\{line}") } else { line.into() });
        let said = said.collect::<Vec<String>>().join("\n");
        let _ = write!(body, "\n## {heading}\n{}", if said.trim().is_empty() { String::new() } else { said + "\n" });
    }
    Ok(body)
}

pub(crate) fn clean(engine: &Engine, given: &str, stored: Option<&StoredTicket>) -> Result<String> {
    let tickets = stored.map(|stored| vec![stored.key.to_string()]);
    let clean = redact(engine, &RedactArgs { text: given.into(), tickets, people: None })?.text;
    let account = stored.and_then(|stored| stored.ticket.account.as_deref()).unwrap_or_default();
    Ok(without_account(clean, account))
}

/// Nobody needs to know whose it was. Shorter names are words like any other.
fn without_account(text: String, account: &str) -> String {
    let account = account.trim();
    if account.chars().count() < 4 {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    let folded = account.to_lowercase();
    // Found in any case: where lowering changes lengths, only what is written just so is.
    let find = |text: &str| {
        let lower = text.to_lowercase();
        let same = lower.len() == text.len();
        if same {
            lower.find(&folded).map(|at| (at, folded.len()))
        } else {
            text.find(account).map(|at| (at, account.len()))
        }
    };
    while let Some((at, long)) = find(rest) {
        let (before, after) = (rest.get(..at), rest.get(at + long..));
        let (Some(before), Some(after)) = (before, after) else { break };
        out.push_str(before);
        out.push_str("[customer 1]");
        rest = after;
    }
    out + rest
}

/// `import-stalls-at-row-4096`.
pub(crate) fn id_of(title: &str) -> String {
    let title = without_marks(title);
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(8);
    let id: String = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-").chars().take(60).collect();
    if id.is_empty() { "entry".into() } else { id.trim_end_matches('-').to_owned() }
}

/// Without `[customer 1]` and what else stands for somebody: a name of a file says nothing of them.
fn without_marks(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']') {
            Some((mark, behind))
                if mark
                    .rsplit_once(' ')
                    .is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) =>
            {
                rest = behind;
            }
            _ => {
                out.push(' ');
                rest = after;
            }
        }
    }
    out + rest
}

fn day(now: Millis) -> String {
    now.to_rfc3339().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_holds_nothing_that_stands_for_somebody() {
        assert_eq!(id_of("Import stalls at [customer 1]"), "import-stalls-at");
        assert_eq!(id_of("Mail to [email 2] bounces"), "mail-to-bounces");
        assert_eq!(id_of("[HTTP] proxy: index [0] is empty"), "http-proxy-index-0-is-empty");
        assert_eq!(id_of("[customer 1]"), "entry");
    }

    #[test]
    fn whose_it_was_is_taken_out_in_any_case_and_a_short_name_is_left() {
        let of = |text: &str, account: &str| without_account(text.into(), account);
        assert_eq!(
            of("Stalls - Kunde GmbH, says KUNDE GMBH.", "Kunde GmbH"),
            "Stalls - [customer 1], says [customer 1]."
        );
        assert_eq!(of("The tax is off", "tax"), "The tax is off");
        assert_eq!(of("İstanbul Ltd and İSTANBUL", "İstanbul Ltd"), "[customer 1] and İSTANBUL");
        assert_eq!(of("nothing", ""), "nothing");
    }
}
