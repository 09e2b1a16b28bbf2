//! One ticket as the helpdesk keeps it: its fields, what was said, and who had it.

use super::{
    accounts::{ACCOUNTS, Person},
    facts::{Facts, day_of_week},
    letter::{self},
    plan::{Matter, Report},
    random::Random,
};
use domain::{AuthorRole, BodyFormat, Change, Comment, Hop, Link, LinkKind, Millis, Rating, Status, Ticket};

pub(super) const HELPDESK: &str = "https://helpdesk.halvern.example";

pub(super) struct Case {
    pub(super) ticket: Ticket,
    comments: Vec<Comment>,
    hops: Vec<Hop>,
    pub(super) facts: Facts,
    pub(super) random: Random,
    person: Person,
    now: Millis,
    /// How far this case has come.
    pub(super) at: Millis,
}

/// Office hours, in UTC.
const OPENS: i64 = 7;
const CLOSES: i64 = 19;
const HOUR: i64 = 60 * Millis::MINUTE;

impl Case {
    /// The ticket as it came in.
    pub(super) fn open(id: String, report: &Report, now: Millis) -> Self {
        let person = super::accounts::person(report.account, report.person);
        let mut facts = Facts::new(report.serial, report.at, report.version, report.account, &person);
        let mut random = Random::new(report.serial ^ 0x5EED);
        let written = letter::write(report, &person, &mut facts, &mut random);
        let mut ticket = Ticket {
            url: Some(format!("{HELPDESK}/tickets/{id}")),
            id,
            subject: written.title,
            body: written.body,
            body_format: written.format,
            status: Status::New,
            priority: Some(priority(report.matter, &mut random).into()),
            requester: Some(person.name()),
            group: Some(super::company::L1.into()),
            created_at: report.at,
            updated_at: report.at,
            ..Ticket::default()
        };
        describe(&mut ticket, report, &mut random);
        profile(&mut ticket, report, &person);
        Self { ticket, comments: Vec::new(), hops: Vec::new(), facts, random, person, now, at: report.at }
    }

    pub(super) fn into_changes(mut self) -> impl Iterator<Item = Change> {
        self.ticket.service.rating = self.rated();
        let comments = self.comments.into_iter().map(Change::Comment);
        let hops = self.hops.into_iter().map(Change::Hop);
        std::iter::once(Change::Ticket(Box::new(self.ticket))).chain(comments).chain(hops)
    }

    /// One customer in three says what they think of it, and most mind being handed on twice.
    fn rated(&self) -> Option<Rating> {
        let drawn: u32 = self.ticket.id.bytes().map(u32::from).sum();
        if !self.ticket.status.is_done() || !drawn.is_multiple_of(3) {
            return None;
        }
        let satisfied = drawn % 7 > if self.hops.len() > 1 { 3 } else { 0 };
        Some(Rating { score: if satisfied { "good" } else { "bad" }.into(), satisfied, said: None })
    }

    /// Some minutes later, in office hours. `None`: that has not happened yet.
    pub(super) fn pass(&mut self, least: i64, most: i64) -> Option<()> {
        let mut at = self.at.0 + self.random.between(least, most) * Millis::MINUTE + self.random.between(0, 59_000);
        let hour = at.rem_euclid(Millis::DAY) / HOUR;
        let opens_in = if hour >= CLOSES { 24 - hour + OPENS } else { OPENS - hour };
        if opens_in > 0 {
            // Nobody gets through what came in overnight in the first hour.
            at += opens_in * HOUR + self.random.between(0, 150) * Millis::MINUTE;
        }
        // The service desk also works on Saturdays; nobody does on Sundays.
        if day_of_week(Millis(at)) == 0 {
            at += Millis::DAY;
        }
        if at >= self.now.0 {
            return None;
        }
        self.at = Millis(at);
        self.ticket.updated_at = self.at;
        Some(())
    }

    pub(super) fn take(&mut self, group: &str, agent: &str) {
        self.ticket.group = Some(group.into());
        self.ticket.assignee = Some(agent.into());
        if self.ticket.status == Status::New {
            self.ticket.status = Status::Open;
        }
    }

    /// To another team: nobody has it until somebody there takes it.
    pub(super) fn hand_over(&mut self, to: &str, by: &str) {
        let from_group = self.ticket.group.replace(to.into());
        let hop = Hop {
            ticket: self.ticket.id.clone(),
            at: self.at,
            from_group,
            to_group: Some(to.into()),
            by: Some(by.into()),
        };
        self.hops.push(hop);
        self.ticket.assignee = None;
    }

    pub(super) fn reply(&mut self, agent: &str, text: &str) {
        self.say(AuthorRole::Agent, Some(agent), true, text);
    }

    pub(super) fn note(&mut self, agent: &str, text: &str) {
        self.say(AuthorRole::Agent, Some(agent), false, text);
    }

    pub(super) fn engineer(&mut self, name: &str, text: &str) {
        self.say(AuthorRole::Engineer, Some(name), false, text);
    }

    pub(super) fn requester(&mut self, text: &str) {
        let name = self.person.name();
        self.say(AuthorRole::Requester, Some(&name), true, text);
    }

    pub(super) fn system(&mut self, text: &str) {
        self.say(AuthorRole::System, None, false, text);
    }

    pub(super) fn link(&mut self, kind: LinkKind, to: &str) {
        self.ticket.links.push(Link { kind, to: to.into() });
    }

    pub(super) fn age_in_days(&self) -> f64 {
        self.now.days_since(self.ticket.created_at)
    }

    /// Days before now at which this case stands.
    pub(super) fn days_ago(&self) -> i64 {
        self.now.days_since(self.at).floor() as i64
    }

    fn say(&mut self, author_role: AuthorRole, author: Option<&str>, public: bool, text: &str) {
        if text.is_empty() {
            return;
        }
        // Two things that are said in one visit still come one after the other.
        let last = self.comments.last().map_or(self.at, |comment| Millis(comment.created_at.0 + 7_000));
        let created_at = last.max(self.at).min(self.now);
        self.comments.push(Comment {
            ticket: self.ticket.id.clone(),
            id: format!("{}-{}", self.ticket.id, self.comments.len() + 1),
            author: author.map(Into::into),
            author_role,
            public,
            body: self.facts.fill(text),
            body_format: BodyFormat::Text,
            created_at,
            links: Vec::new(),
        });
        self.ticket.updated_at = self.ticket.updated_at.max(created_at);
    }
}

/// What the form asks for. Not everybody fills everything in.
fn describe(ticket: &mut Ticket, report: &Report, random: &mut Random) {
    let product = report.matter.product();
    ticket.product = random.chance(97).then(|| product.name().into());
    let components: &[&str] = match report.matter {
        Matter::Issue(issue) | Matter::Abroad(issue, _) => issue.components,
        Matter::Single(single) => &[single.component],
    };
    let named = if random.chance(40) { components.len() } else { 1 };
    if random.chance(93) {
        ticket.components = components.iter().take(named).map(|&name| name.into()).collect();
    }
    if random.chance(88) {
        ticket.affected_versions = vec![report.version.into()];
    }
    let Some(account) = ACCOUNTS.get(report.account) else { return };
    ticket.account = Some(account.name.into());
    ticket.environment = if random.chance(6) {
        Some("test system".into())
    } else {
        random.chance(80).then(|| account.environment(report.account).into())
    };
    ticket.tags = report.matter.issue().map_or(&[][..], |issue| issue.tags).iter().map(|&tag| tag.into()).collect();
    ticket.tags.extend([format!("plan-{}", account.plan), account.region_tag().into()]);
}

/// The helpdesk's own fields: what it knows of the customer and of who wrote.
fn profile(ticket: &mut Ticket, report: &Report, person: &Person) {
    let Some(account) = ACCOUNTS.get(report.account) else { return };
    for (name, value) in [
        ("plan", account.plan),
        ("user_role", person.job),
        ("user_permissions", person.permissions()),
        ("time_zone", account.zone()),
    ] {
        ticket.extra.insert(name.into(), value.into());
    }
}

fn priority(matter: Matter, random: &mut Random) -> &'static str {
    let is_urgent = matter.issue().is_some_and(|issue| issue.urgent);
    match random.between(0, 99) {
        0..=29 if is_urgent => "urgent",
        _ if is_urgent => "high",
        0..=4 => "urgent",
        5..=22 => "high",
        23..=38 => "low",
        _ => "normal",
    }
}
