//! What a person wrote into a package, in the place of what was read in the ticket.

use super::zone;
use crate::{Error, Result, api::args::EscalationArgs, text};
use ::escalation::{ErrorFact, Fact, Noted, Package};

const LONGEST: usize = 20_000;

pub(super) fn apply(package: &mut Package, args: &EscalationArgs) -> Result<()> {
    let said = |text: &Option<String>| text::cut(text.as_deref().unwrap_or_default().trim(), LONGEST).to_owned();
    (package.reason_text, package.to) = (said(&args.reason_text), said(&args.to));
    for given in args.facts.iter().flatten() {
        let fact = writable(&given.fact)?;
        write(package, fact, text::cut(given.text.trim(), LONGEST));
    }
    for word in args.waived.iter().flatten() {
        let fact = Fact::parse(word.trim()).ok_or_else(|| unknown(word))?;
        if !package.waived.contains(&fact) {
            package.waived.push(fact);
        }
    }
    Ok(())
}

fn writable(word: &str) -> Result<Fact> {
    let fact = Fact::parse(word.trim()).ok_or_else(|| unknown(word))?;
    if Fact::WRITTEN.contains(&fact) {
        Ok(fact)
    } else {
        Err(Error::BadInput(format!(
            "{word} comes from cases and repositories; it can be said not to apply, and not written"
        )))
    }
}

fn unknown(word: &str) -> Error {
    let known = Fact::WRITTEN.map(Fact::as_str).join(", ");
    Error::BadInput(format!("\"{word}\" is no fact of a package; there is {known}"))
}

fn write(package: &mut Package, fact: Fact, text: &str) {
    let noted = || lines(text).map(|text| Noted { at: None, text }).collect();
    let owned = text.to_owned();
    match fact {
        Fact::Steps => package.reproduction.steps = lines(text).map(unnumbered).collect(),
        Fact::Expected => package.reproduction.expected = owned,
        Fact::Actual => package.reproduction.actual = owned,
        // One text stands for all that were read; taken out, none is left.
        Fact::ErrorText if text.is_empty() => package.errors.iter_mut().for_each(|error| error.text.clear()),
        Fact::ErrorText => match package.errors.first_mut() {
            Some(error) => error.text = owned,
            None => package.errors.push(ErrorFact { text: owned, ..ErrorFact::default() }),
        },
        Fact::ErrorTime => {
            let zone = package.customer.zone.clone();
            let times = lines(text).map(|line| zone::stamp(&line, &zone)).collect();
            package.errors.iter_mut().for_each(|error| error.times.clear());
            match package.errors.first_mut() {
                Some(error) => error.times = times,
                None => package.errors.push(ErrorFact { times, ..ErrorFact::default() }),
            }
        }
        Fact::Account => package.customer.account = owned,
        Fact::Plan => package.customer.plan = owned,
        Fact::Role => package.customer.role = owned,
        Fact::Permissions => package.customer.permissions = owned,
        Fact::Actions => package.actions = noted(),
        Fact::Product => package.environment.product = owned,
        Fact::Version => package.environment.version = owned,
        Fact::Tried => package.tried = noted(),
        Fact::Release | Fact::Similar | Fact::CodeLane | Fact::Suspects | Fact::Owner => {}
    }
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// They are numbered where they are written down.
fn unnumbered(step: String) -> String {
    let digits = step.chars().take_while(char::is_ascii_digit).count();
    match step.get(digits..).and_then(|rest| rest.strip_prefix(['.', ')', ':'])) {
        Some(rest) if (1..3).contains(&digits) && rest.starts_with(char::is_whitespace) => rest.trim().to_owned(),
        _ => step,
    }
}

/// As it is written and read by a person.
pub(super) fn text_of(package: &Package, fact: Fact) -> String {
    let noted = |all: &[Noted]| all.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n");
    let joined = |all: &mut dyn Iterator<Item = String>| all.collect::<Vec<_>>().join("\n");
    let (told, customer, environment) = (&package.reproduction, &package.customer, &package.environment);
    match fact {
        Fact::Steps => told.steps.join("\n"),
        Fact::Expected => told.expected.clone(),
        Fact::Actual => told.actual.clone(),
        Fact::ErrorText => joined(&mut package.errors.iter().take(1).map(|error| error.text.clone())),
        Fact::ErrorTime => {
            joined(&mut package.errors.iter().flat_map(|error| &error.times).map(|time| time.written.clone()))
        }
        Fact::Account => customer.account.clone(),
        Fact::Plan => customer.plan.clone(),
        Fact::Role => customer.role.clone(),
        Fact::Permissions => customer.permissions.clone(),
        Fact::Actions => noted(&package.actions),
        Fact::Product => environment.product.clone(),
        Fact::Version => environment.version.clone(),
        Fact::Release => environment.release.clone(),
        Fact::Tried => noted(&package.tried),
        Fact::Similar => joined(&mut package.similar.iter().map(|case| format!("{}: {}", case.id, case.title))),
        Fact::CodeLane => {
            let place = |path: &str, line: Option<u32>| line.map_or(path.to_owned(), |line| format!("{path}:{line}"));
            joined(&mut package.code.iter().map(|line| place(&line.path, line.line)))
        }
        Fact::Suspects => joined(&mut package.suspects.iter().map(|change| change.subject.clone())),
        Fact::Owner => {
            joined(&mut package.owner.iter().chain(&package.knowing).map(|one| match one.because.as_str() {
                "" => one.name.clone(),
                because => format!("{} ({because})", one.name),
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_reads_back_as_it_was_written() {
        let mut package = Package::default();
        for fact in Fact::WRITTEN {
            let given = if fact == Fact::Steps { "1. Open it\n2) Close it" } else { "first\nsecond" };
            write(&mut package, fact, given);
            let back = if fact == Fact::Steps { "Open it\nClose it" } else { "first\nsecond" };
            assert!(package.has(fact), "{fact:?}");
            assert_eq!(text_of(&package, fact), back, "{fact:?}");
            write(&mut package, fact, "");
            assert!(!package.has(fact), "{fact:?} was taken out");
            write(&mut package, fact, given);
        }
    }

    #[test]
    fn a_step_that_begins_with_a_number_keeps_it() {
        assert_eq!(unnumbered("2024.11 is installed".into()), "2024.11 is installed");
        assert_eq!(unnumbered("12 boxes".into()), "12 boxes");
    }
}
