//! Packages made up by chance: the same seed makes the same one on every machine.

use crate::{
    CodeLine, Customer, Environment, ErrorFact, FORMAT, Fact, FileFact, FixFact, HopFact, Noted, Owner, Package,
    Reason, Reproduction, Similar, Stamp, Suspect, TicketFacts, package,
};

pub struct Random(pub u64);

impl Random {
    /// SplitMix64.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

const WORDS: u64 = 46;

/// Words that nothing else contains: `full` puts each of them into a field of its own.
pub fn words(seed: u64) -> Vec<String> {
    (0..WORDS).map(|n| format!("w{seed}q{n}x")).collect()
}

/// Every fact is there.
pub fn full(seed: u64) -> Package {
    let mut random = Random(seed ^ 0xACE);
    let mut words = words(seed).into_iter();
    let mut word = || words.next().unwrap();
    let alike = word();
    let package = Package {
        format: FORMAT,
        ticket: TicketFacts {
            id: format!("files:{}", word()),
            url: Some(word()),
            subject: word(),
            status: word(),
            priority: Some(word()),
            created_at: 1_700_000_000_000,
            body: word(),
        },
        reason: Some(Reason::ALL[random.below(7) as usize]),
        reason_text: word(),
        to: word(),
        ask: word(),
        guideline: word(),
        reproduction: Reproduction {
            steps: (0..2 + random.below(4)).map(|n| format!("step {n}")).collect(),
            expected: word(),
            actual: word(),
        },
        errors: vec![ErrorFact {
            code: word(),
            text: word(),
            times: vec![Stamp { written: word(), utc: word(), local: word() }],
        }],
        customer: Customer {
            requester: word(),
            account: word(),
            plan: word(),
            role: word(),
            permissions: word(),
            zone: word(),
        },
        actions: (0..1 + random.below(3)).map(|n| Noted { at: Some(5), text: format!("did {n}") }).collect(),
        environment: Environment {
            product: word(),
            components: vec![word()],
            version: word(),
            release: word(),
            system: word(),
        },
        tried: (0..1 + random.below(3)).map(|n| Noted { at: None, text: format!("tried {n}") }).collect(),
        similar: vec![Similar {
            id: alike.clone(),
            title: word(),
            answer: word(),
            why_not: word(),
            ..Similar::default()
        }],
        searched: 0,
        code: vec![CodeLine { path: word(), line: Some(3), near: vec![(3, word())], ..CodeLine::default() }],
        suspects: vec![Suspect { commit: word(), subject: word(), author: word(), ..Suspect::default() }],
        fixes: vec![FixFact { case: alike, state: word(), ..FixFact::default() }],
        hops: vec![HopFact { at: 4, from: word(), to: word() }],
        evidence: vec![FileFact { name: word(), kind: "log".into(), text: word(), ..FileFact::default() }],
        owner: Some(Owner { name: word(), because: word() }),
        knowing: vec![Owner { name: word(), because: word() }],
        needed: Fact::ALL.to_vec(),
        waived: Vec::new(),
    };
    assert_eq!(words.next(), None, "every word has a field");
    package
}

/// As people lose a fact: the field is emptied, blanked, or the last of a list goes.
pub fn remove(package: &mut package::Package, fact: Fact, random: &mut Random) {
    let blank = if random.below(2) == 0 { "" } else { "  \n" };
    let texts = |text: &mut String| *text = blank.into();
    match fact {
        Fact::Steps => package.reproduction.steps.truncate(random.below(2) as usize),
        Fact::Expected => texts(&mut package.reproduction.expected),
        Fact::Actual => texts(&mut package.reproduction.actual),
        Fact::ErrorText => package.errors.iter_mut().for_each(|error| texts(&mut error.text)),
        Fact::ErrorTime => package.errors.iter_mut().for_each(|error| error.times.clear()),
        Fact::Account => texts(&mut package.customer.account),
        Fact::Plan => texts(&mut package.customer.plan),
        Fact::Role => texts(&mut package.customer.role),
        Fact::Permissions => texts(&mut package.customer.permissions),
        Fact::Actions => package.actions.iter_mut().for_each(|action| texts(&mut action.text)),
        Fact::Product => texts(&mut package.environment.product),
        Fact::Version => texts(&mut package.environment.version),
        Fact::Release => texts(&mut package.environment.release),
        Fact::Tried => package.tried.clear(),
        Fact::Similar => package.similar.clear(),
        Fact::CodeLane => package.code.clear(),
        Fact::Suspects => package.suspects.clear(),
        Fact::Owner => package.owner = None,
    }
}
