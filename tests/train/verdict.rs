//! How sure is sure enough: what of the text and of the title makes a case the same problem, and where the bars lie.

use crate::replay::{Question, Set};
use anyhow::{Context, Result};
use engine::{Bars, Considered, Ladder, Likeness, VerdictKind, said};

/// Cases of a question that are learned from: further down hardly any is right.
const LEARNED_FROM: usize = 5;
const STEPS: usize = 25;
/// What may be asked of a case before it is considered, in hundredths: of what the best has of the text, and of the title.
const NEAR: [u8; 6] = [70, 75, 80, 85, 90, 95];
const TITLE: [u8; 6] = [0, 20, 26, 34, 41, 50];

pub struct Learned {
    always: f64,
    both: f64,
    title: f64,
    considered: Considered,
    bars: Bars,
}

impl Learned {
    fn sureness(&self, like: &Likeness) -> f64 {
        // As in the product: the same error stands for the whole title.
        let title = if like.error { 1.0 } else { like.title };
        self.always + self.both * like.text * title + self.title * title
    }

    fn ladder(&self, question: &Question) -> Ladder {
        let mut ladder = Ladder::new();
        for (like, right) in of(&self.considered, question) {
            let sure = self.sureness(&like);
            if ladder.last().is_none_or(|(before, _)| sure > *before) {
                ladder.push((sure, right));
            }
        }
        ladder
    }
}

/// The cases of a question that are considered, and whether each is right.
fn of<'a>(considered: &Considered, question: &'a Question) -> impl Iterator<Item = (Likeness, bool)> + 'a {
    let likenesses: Vec<Likeness> = question.best.iter().map(|(like, _)| *like).collect();
    let considered = considered.of(&likenesses).into_iter().zip(&question.best);
    considered.filter_map(|(like, (_, right))| Some((like?, *right)))
}

/// Of all that may be asked of a case, that with which the most cases are shown rightly for each that is shown wrongly where
/// *seen before* is said, all that are meant and not the first alone.
pub fn learn(sets: &[&Set]) -> Result<Learned> {
    let questions: Vec<&Question> = sets.iter().flat_map(|set| &set.questions).collect();
    let mut best: Option<(i64, Learned)> = None;
    for (near, title) in NEAR.iter().flat_map(|near| TITLE.map(|title| (*near, title))) {
        let considered = Considered { near_the_best: f64::from(near) / 100.0, title: f64::from(title) / 100.0 };
        let Some(learned) = with(considered, &questions) else { continue };
        let shown = questions.iter().flat_map(|question| of(&considered, question));
        let (right, wrong): (Vec<bool>, Vec<bool>) = shown
            .filter(|(like, _)| learned.sureness(like) >= learned.bars.seen)
            .map(|(_, right)| right)
            .partition(|right| *right);
        println!("near {near}, title {title}: {} shown rightly, {} wrongly", right.len(), wrong.len());
        let gain = right.len() as i64 - wrong.len() as i64;
        if best.as_ref().is_none_or(|(most, _)| gain > *most) {
            best = Some((gain, learned));
        }
    }
    Ok(best.context("too few questions to put a bar")?.1)
}

/// Newton's method on the log-odds, a fixed number of steps in a fixed order; rounded as it is written. None where no bar can
/// be put.
fn with(considered: Considered, questions: &[&Question]) -> Option<Learned> {
    let cases: Vec<([f64; 3], f64)> = questions
        .iter()
        .flat_map(|question| of(&considered, question).take(LEARNED_FROM))
        .filter(|(like, _)| !like.error)
        .map(|(like, right)| ([1.0, like.text * like.title, like.title], f64::from(u8::from(right))))
        .collect();
    let mut weights = [0.0; 3];
    for _ in 0..STEPS {
        let (mut slope, mut bend) = ([0.0; 3], [[0.0; 3]; 3]);
        for (row, right) in &cases {
            let odds: f64 = row.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let share = 1.0 / (1.0 + (-odds).exp());
            for at in 0..3 {
                slope[at] += (right - share) * row[at];
                for other in 0..3 {
                    bend[at][other] += share * (1.0 - share) * row[at] * row[other];
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(bend, slope)) {
            *weight += step;
        }
    }
    let [always, both, title] = weights.map(|weight| (weight * 100.0).round() / 100.0);
    let mut learned = Learned { always, both, title, considered, bars: Bars { seen: 0.0, maybe: 0.0 } };
    let ladders: Vec<Ladder> = questions.iter().map(|question| learned.ladder(question)).collect();
    let bars = Bars::of(&ladders)?;
    // Rounded up: not one case less sure is let in.
    let up = |bar: f64| (bar * 100.0).ceil() / 100.0;
    learned.bars = Bars { seen: up(bars.seen), maybe: up(bars.maybe) };
    Some(learned)
}

/// Cramer's rule.
fn solve(of: [[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    let whole = determinant(of);
    [0, 1, 2].map(|column| {
        let mut with = of;
        for (row, value) in with.iter_mut().zip(right) {
            row[column] = value;
        }
        determinant(with) / whole
    })
}

fn determinant([a, b, c]: [[f64; 3]; 3]) -> f64 {
    a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])
}

/// Of each set with bars that were put for the others, and of sets that were never learned from.
pub fn report(sets: &[&Set], judged: &[Set], learned: &Learned) {
    println!("\nsaid with bars from the other sets, and right of the first case meant:");
    for set in sets {
        let others: Vec<Ladder> = sets
            .iter()
            .filter(|other| other.name != set.name)
            .flat_map(|other| &other.questions)
            .map(|question| learned.ladder(question))
            .collect();
        line(&set.name, set, learned, &Bars::of(&others).unwrap_or(learned.bars));
    }
    for set in judged {
        line(&format!("{}, never learned", set.name), set, learned, &learned.bars);
    }
}

fn line(what: &str, set: &Set, learned: &Learned, bars: &Bars) {
    let told: Vec<_> = set.questions.iter().map(|question| said(&learned.ladder(question), bars)).collect();
    let of = |kind: VerdictKind| {
        let those: Vec<bool> = told.iter().filter(|(said, _)| *said == kind).map(|(_, right)| *right).collect();
        format!("{} of {}", those.iter().filter(|right| **right).count(), those.len())
    };
    println!("{what:>34}: seen before {}, perhaps {}", of(VerdictKind::Seen), of(VerdictKind::Maybe));
}

pub fn words(learned: &Learned) -> String {
    let Learned { always, both, title, considered, bars: Bars { seen, maybe } } = learned;
    let Considered { near_the_best, title: least_title } = considered;
    println!("always {always:.2}, both {both:.2}, title {title:.2}, seen from {seen:.2}, perhaps from {maybe:.2}");
    println!("considered from {near_the_best:.2} of the best's text and {least_title:.2} of the title");
    format!(
        "//! Written by `cargo xtask train`; `tests/train/main.rs` says from what. Log-odds that a case is the same problem.\n\n\
         pub(crate) const ALWAYS: f64 = {always:.2};\n/// For all of the question's text and title.\npub(crate) const BOTH: f64 = {both:.2};\n\
         /// For all of its title.\npub(crate) const TITLE: f64 = {title:.2};\n\n\
         /// Cases that are considered: how much they have at least of what the best has of the text …\n\
         pub(crate) const NEAR_THE_BEST: f64 = {near_the_best:.2};\n/// … and of the title.\n\
         pub(crate) const LEAST_TITLE: f64 = {least_title:.2};\n\n\
         /// From here on a case is the same problem: right in 70 of 100 questions of the sets …\n\
         pub(crate) const SEEN: f64 = {seen:.2};\n/// … and from here on it may be: in 40.\npub(crate) const MAYBE: f64 = {maybe:.2};\n"
    )
}
