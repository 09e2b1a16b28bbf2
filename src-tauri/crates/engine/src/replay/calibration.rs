//! How sure is sure enough to say *seen before*: bars from the workspace's own exam, and how often what was said was right.

use super::{
    adapt,
    kept::{Asked, Report},
};
use crate::{
    Engine, Result,
    api::view::{SaidView, VerdictKind, VerdictMeasured, VerdictsView},
};
use domain::Candidate;
use matching::{Bars, ENOUGH, Ladder, Weights, said};
use std::sync::{Arc, PoisonError};

/// What the newest exam says of the verdict.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Calibration {
    /// Of which exam; none where none was taken.
    id: Option<i64>,
    /// Whether what the team's own links taught may count.
    on: bool,
    pub bars: Bars,
    /// What they taught, and the shipped weights in whose place it counts.
    adapted: Option<(Weights, Weights)>,
    /// The bars come from the team's own history. Otherwise they are those that were shipped.
    own: bool,
    lines: Vec<SaidView>,
}

impl Calibration {
    /// Those that candidates are weighed with.
    pub(crate) fn weights(&self, candidates: &[Candidate]) -> Weights {
        let shipped = Weights::for_these(candidates);
        match self.adapted {
            Some((base, adapted)) if base == shipped => adapted,
            _ => shipped,
        }
    }

    pub(crate) fn measured(&self, kind: VerdictKind) -> Option<VerdictMeasured> {
        let line = self.lines.iter().find(|line| line.kind == kind && line.n > 0)?;
        let SaidView { right, n, of_untied, untied, .. } = *line;
        Some(VerdictMeasured { right, n, untied, of_untied, own: self.own })
    }

    pub(super) fn view(&self) -> Option<VerdictsView> {
        (!self.lines.is_empty()).then(|| VerdictsView { own: self.own, lines: self.lines.clone() })
    }
}

/// Of the newest exam. Worked out once for each.
pub(crate) fn newest(engine: &Engine) -> Result<Arc<Calibration>> {
    let (id, on) = (engine.core.store.last_replay_id()?, adapt::is_on(engine)?);
    let mut held = engine.core.calibration.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(held) = held.as_ref().filter(|held| held.id == id && held.on == on) {
        return Ok(Arc::clone(held));
    }
    let [last, _] = super::view::last_two(engine)?;
    let calibration = match &last {
        Some((kept, report)) => of(Some(kept.id), report, on),
        // Later versions wrote it, or there is none.
        None => Calibration { id, on, ..shipped() },
    };
    Ok(Arc::clone(held.insert(Arc::new(calibration))))
}

fn shipped() -> Calibration {
    Calibration { id: None, on: true, bars: Bars::default(), adapted: None, own: false, lines: Vec::new() }
}

/// Weights and bars go together: how sure a case is depends on what stands before it.
pub(super) fn of(id: Option<i64>, report: &Report, on: bool) -> Calibration {
    let adaptation = report.adaptation.as_ref();
    let adapted = adaptation.filter(|_| on).and_then(|adaptation| Some((adaptation.base()?, adaptation.adopted()?)));
    if !report.judged {
        return Calibration { id, on, adapted, ..shipped() };
    }
    // It was switched since: what the exam knows of the other weights counts.
    let switched = adaptation.is_some_and(|adaptation| adaptation.adopted().is_some() && adaptation.on != on);
    let sure = |asked: &Asked| if switched { asked.sure_otherwise.clone() } else { asked.sure.clone() };
    let ladders: Vec<Ladder> = report.cases.iter().map(sure).collect();
    // Of tickets that nothing ties to another it is not known that they were new. Bars are put as if they were: otherwise, where
    // nearly every known answer is found, *seen before* would be said of everything.
    let new: Vec<Ladder> =
        report.untied.iter().map(|asked| sure(asked).iter().map(|(sure, _)| (*sure, false)).collect()).collect();
    let put = |of: &[Ladder], new: &[Ladder]| Bars::of_any(&[of, new].concat());
    let own = put(&ladders, &new).filter(|_| ladders.len() >= ENOUGH);
    let bars = own.unwrap_or_default();
    // What is said with bars that were put where these very tickets are right proves nothing: each half of the time is held
    // against the bars of the other half.
    let (older, newer) = ladders.split_at(ladders.len() / 2);
    let (new_older, new_newer) = new.split_at(new.len() / 2);
    let elsewhere = |others, new| if own.is_some() { put(others, new).unwrap_or_default() } else { bars };
    let (of_older, of_newer) = (elsewhere(older, new_older), elsewhere(newer, new_newer));
    let told: Vec<_> = older
        .iter()
        .map(|ladder| said(ladder, &of_newer))
        .chain(newer.iter().map(|ladder| said(ladder, &of_older)))
        .collect();
    let untied: Vec<_> = report.untied.iter().map(|asked| said(&sure(asked), &bars).0).collect();
    let lines = KINDS.map(|(kind, view)| {
        let those: Vec<bool> = told.iter().filter(|(said, _)| *said == kind).map(|(_, right)| *right).collect();
        let (n, right) = (those.len() as f64, those.iter().filter(|right| **right).count() as f64);
        let alone = untied.iter().filter(|said| **said == kind).count() as f64;
        // Of what nothing ties to anything only some were asked.
        let times = report.untied_total.max(untied.len() as u64) as f64 / untied.len().max(1) as f64;
        let (n, right) = match kind {
            matching::VerdictKind::New => (n + alone, part(alone * times, alone * times + n)),
            _ => (n, part(right, n)),
        };
        SaidView {
            kind: view,
            n: n as u64,
            right,
            of_untied: part(alone, untied.len() as f64),
            untied: untied.len() as u64,
        }
    });
    Calibration { id, on, bars, adapted, own: own.is_some(), lines: lines.into() }
}

const KINDS: [(matching::VerdictKind, VerdictKind); 3] = [
    (matching::VerdictKind::Seen, VerdictKind::Seen),
    (matching::VerdictKind::Maybe, VerdictKind::Maybe),
    (matching::VerdictKind::New, VerdictKind::New),
];

fn part(of: f64, all: f64) -> f64 {
    if all > 0.0 { of / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(sure: f64, right: bool) -> Asked {
        Asked { sure: vec![(sure, right)], ..Asked::default() }
    }

    fn report(cases: Vec<Asked>, untied: Vec<Asked>) -> Report {
        Report { judged: true, untied_total: untied.len() as u64 * 4, cases, untied, ..Report::default() }
    }

    /// Surer than half: right nine times of ten; less sure: four times of ten; unsure: never.
    fn graded() -> Vec<Asked> {
        (0..300)
            .map(|n| match n % 3 {
                0 => asked(0.9, n % 10 != 0),
                1 => asked(0.4, n % 5 < 2),
                _ => asked(0.1, false),
            })
            .collect()
    }

    #[test]
    fn enough_labels_put_the_bars_where_as_many_are_right_as_shall_be() {
        let untied = (0..10).map(|n| asked(if n == 0 { 0.9 } else { 0.1 }, false)).collect();
        let of = of(Some(1), &report(graded(), untied), true);
        assert_eq!((of.own, of.bars), (true, Bars { seen: 0.9, maybe: 0.4 }));
        let line = |kind| of.lines.iter().find(|line| line.kind == kind).unwrap().clone();
        assert_eq!((line(VerdictKind::Seen).n, line(VerdictKind::Seen).right), (100, 0.9));
        assert_eq!((line(VerdictKind::Maybe).n, line(VerdictKind::Maybe).right), (100, 0.4));
        let new = line(VerdictKind::New);
        assert_eq!((new.n, new.of_untied), (109, 0.9));
        assert!(
            (new.right - 36.0 / 136.0).abs() < 1e-12,
            "nine of ten untied, four times as many as were asked: {new:?}"
        );
        assert_eq!(
            of.measured(VerdictKind::Seen),
            Some(VerdictMeasured { right: 0.9, n: 100, untied: 10, of_untied: 0.1, own: true })
        );
    }

    #[test]
    fn where_every_known_answer_is_found_not_everything_was_seen_before() {
        let cases = (0..300).map(|n| asked(0.5 + f64::from(n % 100) / 200.0, true)).collect();
        let untied = (0..300).map(|n| asked(f64::from(n % 100) / 200.0, false)).collect();
        let of = of(Some(1), &report(cases, untied), true);
        let seen = of.lines.iter().find(|line| line.kind == VerdictKind::Seen).unwrap();
        assert!(of.own && seen.n == 300 && seen.of_untied < 0.45, "{seen:?}");
    }

    #[test]
    fn with_fewer_labels_the_shipped_bars_stay_and_are_measured_all_the_same() {
        let of = of(Some(1), &report(graded().into_iter().take(99).collect(), Vec::new()), true);
        assert_eq!((of.own, of.bars), (false, Bars::default()));
        assert_eq!(of.lines.iter().map(|line| line.n).sum::<u64>(), 99);
    }

    #[test]
    fn an_exam_that_did_not_judge_measures_no_verdict() {
        let of = of(Some(1), &Report { judged: false, ..report(graded(), Vec::new()) }, true);
        assert_eq!((of.own, of.view(), of.measured(VerdictKind::Seen)), (false, None, None));
    }

    #[test]
    fn bars_are_never_measured_on_the_tickets_that_they_were_put_for() {
        // Later cases are right where earlier ones of the same sureness were not.
        let drifting = (0..400).map(|n| asked(0.5 + f64::from(n % 100) / 1000.0, n >= 200)).collect();
        let of = of(Some(1), &report(drifting, Vec::new()), true);
        let seen = of.lines.iter().find(|line| line.kind == VerdictKind::Seen).unwrap();
        assert!(seen.right < 0.7 || seen.n == 0, "what was put for the newer half fails in the older: {seen:?}");
    }
}
