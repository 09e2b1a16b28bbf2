//! The package as Markdown: what a person reads, and what is pasted into an issue. Strangers' words never become markup:
//! what was printed stands in fences longer than any in it, and everything else is escaped.

mod escape;

use crate::{ErrorFact, FileFact, Lint, Owner, Package};
use domain::Millis;
use escape::{fenced, inline};
use std::fmt::Write;

/// `lint` is printed at its end, so that whoever reads it knows what it lacks. Ends with one line break.
pub fn markdown(package: &Package, lint: &Lint) -> String {
    let mut out = String::new();
    let ticket = &package.ticket;
    let _ = writeln!(out, "# {}\n", inline(or(&ticket.subject, "(no subject)")));
    row(&mut out, "Ticket", &ticket.id);
    row(&mut out, "Link", ticket.url.as_deref().unwrap_or_default());
    let reason = package.reason.map_or(String::new(), |reason| reason.as_str().replace('_', " "));
    let reason = [reason.as_str(), package.reason_text.as_str()].into_iter().filter(|text| !text.trim().is_empty());
    row(&mut out, "Reason", &reason.collect::<Vec<_>>().join(": "));
    row(&mut out, "To", &package.to);
    row(&mut out, "Status", &ticket.status);
    row(&mut out, "Priority", ticket.priority.as_deref().unwrap_or_default());
    row(&mut out, "Reported", &Millis(ticket.created_at).to_rfc3339());
    row(&mut out, "Still to ask", &package.ask);
    row(&mut out, "Guideline", &package.guideline);
    reproduction(&mut out, package);
    errors(&mut out, &package.errors);
    customer(&mut out, package);
    list(&mut out, "Recent actions", package.actions.iter().map(|action| timed(action.at, &action.text)));
    list(&mut out, "Evidence", package.evidence.iter().map(file));
    list(&mut out, "Already tried", package.tried.iter().map(|tried| timed(tried.at, &tried.text)));
    similar(&mut out, package);
    code(&mut out, package);
    let hops =
        package.hops.iter().map(|hop| format!("{}: {} → {}", Millis(hop.at), inline(&hop.from), inline(&hop.to)));
    list(&mut out, "Handoffs", hops);
    let because = |owner: &Owner| match inline(&owner.because) {
        because if because.is_empty() => inline(&owner.name),
        because => format!("{} ({because})", inline(&owner.name)),
    };
    list(&mut out, "Who may know", package.owner.iter().chain(&package.knowing).map(because));
    heading(&mut out, "As the customer wrote it");
    out.push_str(&fenced(&ticket.body));
    lacks(&mut out, lint);
    out
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.trim().is_empty() { other } else { text }
}

fn heading(out: &mut String, words: &str) {
    let _ = writeln!(out, "\n## {words}\n");
}

fn row(out: &mut String, label: &str, value: &str) {
    if !value.trim().is_empty() {
        let _ = writeln!(out, "- {label}: {}", inline(value));
    }
}

fn list(out: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.filter(|item| !item.trim().is_empty()).collect();
    if items.is_empty() {
        return;
    }
    heading(out, title);
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

fn timed(at: Option<i64>, text: &str) -> String {
    match at {
        Some(at) if !text.trim().is_empty() => format!("{}: {}", Millis(at), inline(text)),
        _ => inline(text),
    }
}

/// Too long to be read here: its text is in the other form of the package, and in a case bundle.
fn file(one: &FileFact) -> String {
    let goes = match (one.kind.as_str(), one.text.is_empty(), one.whole) {
        ("picture", ..) => "stays with the ticket: a picture cannot be cleaned of what belongs to somebody",
        ("replay", ..) => "a recording that lies there",
        (_, true, _) => "stays with the ticket",
        (_, false, true) => "its text goes with the case bundle",
        (_, false, false) => "what it says of errors, and one line of each kind, goes with the case bundle",
    };
    match one.size {
        0 => format!("{}: {goes}", inline(&one.name)),
        size => format!("{}, {size} bytes: {goes}", inline(&one.name)),
    }
}

fn reproduction(out: &mut String, package: &Package) {
    let told = &package.reproduction;
    heading(out, "Reproduction");
    for (number, step) in (1..).zip(&told.steps) {
        let _ = writeln!(out, "{number}. {}", inline(step));
    }
    if !told.steps.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "- Expected: {}", inline(or(&told.expected, "(not said)")));
    let _ = writeln!(out, "- Actual: {}", inline(or(&told.actual, "(not said)")));
}

fn errors(out: &mut String, errors: &[ErrorFact]) {
    if errors.is_empty() {
        return;
    }
    heading(out, "Errors");
    for (at, error) in errors.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if !error.code.is_empty() {
            let _ = writeln!(out, "Signature {}\n", inline(&error.code));
        }
        if !error.text.trim().is_empty() {
            out.push_str(&fenced(&error.text));
        }
        for time in &error.times {
            let utc = or(&time.utc, "zone not said");
            let local = if time.local.is_empty() {
                String::new()
            } else {
                format!("; for the customer {}", inline(&time.local))
            };
            let _ = writeln!(out, "- {} ({}{local})", inline(&time.written), inline(utc));
        }
    }
}

fn customer(out: &mut String, package: &Package) {
    let (customer, environment) = (&package.customer, &package.environment);
    heading(out, "Customer and version");
    for (label, value) in [
        ("Account", customer.account.as_str()),
        ("Requester", &customer.requester),
        ("Plan", &customer.plan),
        ("Role", &customer.role),
        ("Permissions", &customer.permissions),
        ("Time zone", &customer.zone),
        ("Product", &environment.product),
        ("Component", &environment.components.join(", ")),
        ("Version", &environment.version),
        ("Release in the repository", &environment.release),
        ("Environment", &environment.system),
    ] {
        row(out, label, value);
    }
}

fn similar(out: &mut String, package: &Package) {
    heading(out, "Similar cases, and why they are not the same");
    if package.similar.is_empty() {
        let _ = writeln!(out, "None among {} looked through.", package.searched);
    }
    for case in &package.similar {
        let fixed =
            if case.fixed_in.is_empty() { String::new() } else { format!(", fixed in {}", inline(&case.fixed_in)) };
        let _ = writeln!(out, "- {}: {}{fixed}", inline(&case.id), inline(&case.title));
        let _ = writeln!(out, "  - {}", inline(or(&case.why_not, "not ruled out")));
        if !case.answer.trim().is_empty() {
            let _ = writeln!(out, "  - there: {}", inline(&case.answer));
        }
        for fix in package.fixes.iter().filter(|fix| fix.case == case.id) {
            let releases = or(&fix.first_releases.join(", "), "no release yet").to_owned();
            let verdict =
                if fix.verdict.is_empty() { String::new() } else { format!("; {}", fix.verdict.replace('_', " ")) };
            let _ = writeln!(out, "  - its fix: {} in {}{verdict}", inline(&fix.state), inline(&releases));
        }
    }
}

fn code(out: &mut String, package: &Package) {
    if package.code.is_empty() && package.suspects.is_empty() {
        return;
    }
    heading(out, "Code");
    for line in &package.code {
        let number = line.line.map(|line| format!(":{line}")).unwrap_or_default();
        let symbol = if line.symbol.is_empty() { String::new() } else { format!(" in {}", inline(&line.symbol)) };
        let place = inline(&format!("{}{number}", line.path));
        let _ = writeln!(out, "{place} at {}{symbol}", inline(&format!("{} {}", line.repo, line.at)));
        row(out, "Link", &line.permalink);
        out.push('\n');
        if !line.near.is_empty() {
            let mark = |number: u32| if Some(number) == line.line { '>' } else { ' ' };
            let lines = line.near.iter().map(|(number, text)| format!("{}{number:>6}  {text}", mark(*number)));
            out.push_str(&fenced(&lines.collect::<Vec<_>>().join("\n")));
            out.push('\n');
        }
    }
    if !package.suspects.is_empty() {
        let _ = writeln!(out, "Changes to look at:\n");
    }
    for change in &package.suspects {
        let short = change.commit.get(..12).unwrap_or(&change.commit);
        let near = if change.near.is_empty() { String::new() } else { format!(", {}", change.near.replace('_', " ")) };
        let _ = writeln!(out, "- {} {} ({}{near})", inline(short), inline(&change.subject), inline(&change.author));
    }
}

fn lacks(out: &mut String, lint: &Lint) {
    heading(out, "How complete this is");
    let _ = writeln!(out, "{} of {} facts.", lint.filled, lint.needed);
    if !lint.missing.is_empty() {
        let missing: Vec<String> = lint.missing.iter().map(|fact| fact.as_str().replace('_', " ")).collect();
        let _ = writeln!(out, "\nMissing: {}.", missing.join(", "));
    }
    for lost in &lint.lost {
        let (fact, at) = (lost.fact.as_str().replace('_', " "), Millis(lost.at));
        let _ = writeln!(out, "\nLost: {fact} was known at {at}, before handoff {}.", lost.handoffs + 1);
    }
}

#[cfg(test)]
mod tests;
