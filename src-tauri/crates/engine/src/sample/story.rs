//! What happens to a ticket: who takes it, who passes it on, what is found out, how it ends, and whether that lasts.

use super::{
    case::Case,
    company::{L1, L1_AGENTS, L2, L2_AGENTS, L3_COMMERCE, L3_PLATFORM, Product, engineer, has_fix},
    issues::Issue,
    phrases::{
        AGAIN, ANSWERED, BACK, BOUNCED, CHASE, DONE, DUPLICATE, ENGINEERING, ESCALATED, EXPLAINED, NEWER, RECEIVED,
        RETURNED, SAME, STEPS, THANKS, WAITING,
    },
    plan::{Matter, Report},
    singles::Single,
};
use domain::{KnownErrorState, LinkKind, ResolutionClass, Status, Version};

/// What the team already has on the same thing.
#[derive(Default)]
pub(super) struct Before {
    /// The ticket that this one follows up.
    pub(super) first: Option<String>,
    /// An earlier ticket of another customer.
    pub(super) earlier: Option<String>,
}

/// Plays the case until it is closed, stands still or reaches the present.
pub(super) fn live(case: &mut Case, report: &Report, before: &Before) {
    // What has not happened yet is no failure: the case stays as it is.
    let _ = match report.matter {
        Matter::Issue(issue) | Matter::Abroad(issue, _) => of_issue(case, issue, before),
        Matter::Single(single) => of_single(case, single),
    };
}

fn of_issue(case: &mut Case, issue: &Issue, before: &Before) -> Option<()> {
    if let Some(earlier) = before.first.as_ref().or(before.earlier.as_ref()) {
        case.facts.set("earlier", earlier.clone());
    }
    if case.random.chance(9) {
        case.system("Created from an e-mail to support@halvern.example.");
    }
    let l1 = first_reply(case, issue.question)?;
    if let Some(first) = &before.first {
        return repeat(case, l1, first);
    }
    if let Some(earlier) = before.earlier.as_ref().filter(|_| issue.known.is_some())
        && case.random.chance(5)
    {
        return duplicate(case, l1, earlier);
    }
    let mut notes = case.random.some(issue.notes, 2);
    if case.random.chance(50) {
        case.pass(5, 120)?;
        let note = notes.pop();
        case.note(l1, note.unwrap_or_default());
    } else if let Some(earlier) = before.earlier.as_ref()
        && case.random.chance(25)
    {
        case.link(LinkKind::Mentions, earlier);
        let note = case.random.word(&SAME);
        case.note(l1, note);
    }
    let solver = if case.random.chance(issue.to_l2) { second_level(case, issue, l1, notes.pop())? } else { l1 };
    if stands_still(case, issue) {
        case.ticket.status = if case.random.chance(50) { Status::OnHold } else { Status::Pending };
        let note = case.random.word(&WAITING);
        case.note(solver, note);
        return None;
    }
    case.pass(20, 1_300)?;
    resolve(case, issue, solver);
    afterwards(case, solver)
}

fn of_single(case: &mut Case, single: &Single) -> Option<()> {
    let l1 = first_reply(case, None)?;
    let needs_engineering = single.class == ResolutionClass::CodeFix;
    let mut solver = l1;
    if needs_engineering || (single.class != ResolutionClass::HowTo && case.random.chance(35)) {
        solver = to_l2(case, l1)?;
        if needs_engineering {
            to_l3(case, single.product, &[], solver)?;
            case.take(L2, solver);
        }
    }
    case.pass(60, 2_600)?;
    close_with(case, single.class, single.solved);
    last_word(case, solver, single.class);
    afterwards(case, solver)
}

/// L1 takes it and either asks or says that it is looked into.
fn first_reply(case: &mut Case, question: Option<&'static str>) -> Option<&'static str> {
    case.pass(4, 210)?;
    let l1 = case.random.word(&L1_AGENTS);
    case.take(L1, l1);
    match question.filter(|_| case.random.chance(45)) {
        Some(question) => {
            case.reply(l1, &format!("Hello {{first}}, thank you for your message. {question}"));
            case.ticket.status = Status::Pending;
            case.pass(30, 1_500)?;
            let answer = case.random.word(&ANSWERED);
            case.requester(answer);
            case.ticket.status = Status::Open;
        }
        None if case.random.chance(60) => {
            let reply = case.random.word(&RECEIVED);
            case.reply(l1, reply);
        }
        None => {}
    }
    Some(l1)
}

fn second_level(case: &mut Case, issue: &Issue, l1: &'static str, note: Option<&'static str>) -> Option<&'static str> {
    let l2 = to_l2(case, l1)?;
    if case.random.chance(55) {
        case.note(l2, note.unwrap_or_default());
    }
    if case.random.chance(issue.to_l3) {
        to_l3(case, issue.product, issue.engineers, l2)?;
        case.take(L2, l2);
    }
    Some(l2)
}

fn to_l2(case: &mut Case, l1: &'static str) -> Option<&'static str> {
    case.pass(20, 700)?;
    let note = case.random.word(&ESCALATED);
    case.note(l1, note);
    case.hand_over(L2, l1);
    case.pass(40, 1_200)?;
    let l2 = case.random.word(&L2_AGENTS);
    case.take(L2, l2);
    Some(l2)
}

/// To engineering and back again.
fn to_l3(case: &mut Case, product: Product, said: &[&'static str], l2: &'static str) -> Option<()> {
    case.pass(60, 2_000)?;
    let note = case.random.word(&ENGINEERING);
    case.note(l2, note);
    let team = product.engineering();
    if case.random.chance(10) {
        let wrong = if team == L3_COMMERCE { L3_PLATFORM } else { L3_COMMERCE };
        case.hand_over(wrong, l2);
        case.pass(120, 1_800)?;
        let engineer = engineer(wrong, &mut case.random);
        let note = case.random.word(&BOUNCED);
        case.engineer(engineer, note);
        case.hand_over(team, engineer);
    } else {
        case.hand_over(team, l2);
    }
    case.pass(200, 4_300)?;
    let engineer = engineer(team, &mut case.random);
    case.take(team, engineer);
    let said = case.random.some(said, 2);
    if let Some(first) = said.first() {
        case.engineer(engineer, first);
    }
    if case.random.chance(30) {
        case.pass(300, 2_000)?;
        let chase = case.random.word(&CHASE);
        case.requester(chase);
    }
    case.pass(900, 11_000)?;
    if let Some(second) = said.get(1) {
        case.engineer(engineer, second);
    }
    let note = case.random.word(&RETURNED);
    case.engineer(engineer, note);
    case.hand_over(L2, engineer);
    Some(())
}

/// Some wait for a customer, a window or a fix. Older ones have been cleared away.
fn stands_still(case: &mut Case, issue: &Issue) -> bool {
    let waits_for_fix = issue.known.is_some_and(|known| {
        matches!(known.state, KnownErrorState::FixInProgress | KnownErrorState::Identified | KnownErrorState::Regressed)
    });
    let percent = if waits_for_fix { 9 } else { 3 };
    case.age_in_days() < 90.0 && case.random.chance(percent)
}

fn resolve(case: &mut Case, issue: &Issue, solver: &'static str) {
    let came_back = issue.known.is_some_and(|known| known.state == KnownErrorState::Regressed);
    let running = case.ticket.affected_versions.first().and_then(|version| Version::parse(version));
    let has_it = !came_back
        && issue.class == ResolutionClass::CodeFix
        && running.as_ref().is_some_and(|running| has_fix(running, issue.fixed_in));
    // A version can only be named once it is out.
    let is_out =
        issue.fixed_in.iter().any(|version| issue.product.age_of(version).is_some_and(|age| age > case.days_ago()));
    let workaround = !issue.until_fixed.is_empty() && (came_back || !is_out || case.random.chance(18));
    let (class, answers) = if has_it {
        (ResolutionClass::RestartOrCache, &NEWER[..])
    } else if workaround && issue.known.is_some() {
        (ResolutionClass::KnownErrorWorkaround, issue.until_fixed)
    } else if workaround {
        (ResolutionClass::Configuration, issue.until_fixed)
    } else {
        (issue.class, issue.solved)
    };
    if class == ResolutionClass::CodeFix || has_it {
        case.ticket.fix_versions = issue.fixed_in.iter().map(|&version| version.into()).collect();
    }
    let fix = fix_for(issue, running.as_ref());
    case.facts.set("fix", fix.into());
    // What is written to the customer does not speak of "the customer".
    let spoken: Vec<&'static str> = answers.iter().copied().filter(|text| !text.contains("ustomer")).collect();
    if case.random.chance(20) && !spoken.is_empty() {
        let answer = case.random.word(&spoken);
        close(case, class);
        case.reply(solver, &format!("Hello {{first}}, {}", lower_first(answer)));
        return;
    }
    let answer = case.random.word(answers);
    close_with(case, class, answer);
    let steps = issue.known.filter(|_| class == ResolutionClass::KnownErrorWorkaround).map(|known| known.workaround);
    match steps {
        Some(steps) => {
            let lead = case.random.word(&STEPS);
            let steps: Vec<String> = steps.iter().enumerate().map(|(at, step)| format!("{}. {step}", at + 1)).collect();
            case.reply(solver, &format!("{lead}\n\n{}", steps.join("\n")));
        }
        None => last_word(case, solver, class),
    }
}

fn last_word(case: &mut Case, solver: &str, class: ResolutionClass) {
    let words = if class == ResolutionClass::HowTo { &EXPLAINED[..] } else { &DONE[..] };
    let reply = case.random.word(words);
    case.reply(solver, reply);
}

/// The version with the fix that is nearest to what the customer runs.
fn fix_for(issue: &Issue, running: Option<&Version>) -> &'static str {
    let later = issue.fixed_in.iter().find(|version| Version::parse(version).as_ref() > running);
    later.or(issue.fixed_in.last()).copied().unwrap_or("the next version")
}

fn lower_first(text: &str) -> String {
    let keeps =
        text.split(' ').next().is_some_and(|word| word.chars().skip(1).any(char::is_uppercase) || word.len() < 2);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !keeps => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

fn close(case: &mut Case, class: ResolutionClass) {
    case.ticket.status = Status::Solved;
    case.ticket.solved_at = Some(case.at);
    case.ticket.resolution_class = Some(class);
}

fn close_with(case: &mut Case, class: ResolutionClass, answer: &str) {
    close(case, class);
    case.ticket.resolution = Some(case.facts.fill(answer));
}

/// Thanks, a relapse, and in the end the file is closed.
fn afterwards(case: &mut Case, solver: &'static str) -> Option<()> {
    if case.random.chance(45) {
        let thanks = case.random.word(&THANKS);
        case.pass(15, 1_400)?;
        case.requester(thanks);
    } else if case.ticket.resolution_class != Some(ResolutionClass::HowTo) && case.random.chance(10) {
        case.pass(900, 6_000)?;
        let back = case.random.word(&BACK);
        case.requester(back);
        case.ticket.status = Status::Open;
        if case.age_in_days() < 60.0 && case.random.chance(40) {
            return None;
        }
        case.pass(60, 3_000)?;
        let again = case.random.word(&AGAIN);
        case.reply(solver, again);
        case.ticket.status = Status::Solved;
        case.ticket.solved_at = Some(case.at);
    }
    let solved = case.ticket.updated_at;
    case.pass(5 * 1_440, 6 * 1_440)?;
    case.ticket.status = Status::Closed;
    // Closing is no news: nobody has said anything.
    case.ticket.updated_at = solved;
    Some(())
}

/// A second mail of the same company: merged, or linked where it came as a ticket of its own.
fn repeat(case: &mut Case, l1: &'static str, first: &str) -> Option<()> {
    case.pass(5, 90)?;
    if case.random.chance(60) {
        case.ticket.merged_into = Some(first.into());
        case.system("Merged into {earlier}.");
        close(case, ResolutionClass::Duplicate);
        case.ticket.status = Status::Closed;
        return Some(());
    }
    duplicate(case, l1, first)
}

fn duplicate(case: &mut Case, l1: &'static str, of: &str) -> Option<()> {
    case.pass(10, 240)?;
    case.link(LinkKind::DuplicateOf, of);
    close_with(case, ResolutionClass::Duplicate, "Duplicate of {earlier}.");
    let note = case.random.word(&DUPLICATE);
    case.note(l1, note);
    let solved = case.ticket.updated_at;
    case.pass(5 * 1_440, 6 * 1_440)?;
    case.ticket.status = Status::Closed;
    case.ticket.updated_at = solved;
    Some(())
}
