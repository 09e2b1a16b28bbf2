//! The exam: past tickets whose answer is known today, asked as they were on their day, with what existed then.
//!
//! What was said and done later is out of sight: a question is answered from an index of every ticket as it was first
//! written, made for the exam alone, and of how a case ended only what had happened counts. Links, merges and what people
//! said are the answers that are known; ranking sees none of them.

pub(crate) mod adapt;
mod against;
mod ask;
pub(crate) mod by_itself;
pub(crate) mod calibration;
mod escalated;
mod gold;
mod kept;
mod measures;
mod past;
mod rows;
pub(crate) mod training;
mod view;

use crate::{
    Engine, Error, Result,
    api::{
        args::ReplayArgs,
        view::{ExamRun, JobView, ReplayReply},
    },
};
use ask::{Answer, Exam, Question};
use domain::Millis;
pub(crate) use escalated::Escalated;
use kept::{Configuration, Report, configurations, shipped};
pub(crate) use rows::rows;
use std::{cell::Cell, sync::Arc, time::Instant};
use store::PastTicket;
pub(crate) use view::get;

/// Tickets that are asked where nobody says how many.
const ASKED: usize = 1000;
/// Tickets that nothing ties to any other, asked besides for each that is.
const UNTIED: usize = 300;

/// In the background, as a job.
pub(crate) fn start(engine: &Arc<Engine>, args: &ReplayArgs) -> Result<JobView> {
    engine.must_own()?;
    // Two at once would measure the same twice, and each the slower for the other.
    if let Some(running) = engine.jobs().into_iter().find(|job| job.kind == "replay" && job.state == "running") {
        return Ok(running);
    }
    let limit = args.limit;
    engine.start_job("replay", "your own history", move |engine, job| {
        take(engine, limit, &|done, total| job.progress(done, Some(total)), &|| job.is_cancelled())?;
        Ok(None)
    })
}

/// Here and now. `progress` hears how much of the work is done, and how much there is.
pub fn run(engine: &Engine, args: &ReplayArgs, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<ReplayReply> {
    engine.must_own()?;
    take(engine, args.limit, progress, &|| false)?;
    let run: ExamRun = match view::last_two(engine)? {
        // Only escalations were asked: of those `avoidable_get` tells.
        [Some((_, report)), _] if report.cases.is_empty() => return Err(Error::NothingToMeasure),
        [Some(last), before] => view::view(engine, &last, before.as_ref(), args.k.unwrap_or(10))?,
        [None, _] => return Err(Error::Broken),
    };
    let in_use = run.configurations.first().map(|configuration| configuration.measures.clone());
    Ok(ReplayReply { measures: in_use.unwrap_or_default(), run })
}

fn take(
    engine: &Engine,
    limit: Option<u32>,
    progress: &(dyn Fn(u64, u64) + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<()> {
    let report = measure(engine, limit, progress, cancelled)?;
    let json = serde_json::to_string(&report).map_err(|_| Error::Broken)?;
    engine.core.store.keep_replay(&json, engine.core.clock.now())?;
    Ok(())
}

fn measure(
    engine: &Engine,
    limit: Option<u32>,
    progress: &(dyn Fn(u64, u64) + Sync),
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Report> {
    let store = &engine.core.store;
    let (tickets, known) = (store.past_tickets()?, store.past_known_errors()?);
    let gold = gold::gold(store, &tickets, &known)?;
    let labelled = gold.labelled.len();
    let most = limit.map_or(ASKED, |limit| limit as usize);
    let cases: Vec<Question> = gold.labelled.into_iter().skip(labelled.saturating_sub(most)).map(Into::into).collect();
    let (raises, escalated_total) = escalated::raises(engine)?;
    let ends = cases.first().map(|one| one.at).zip(cases.last().map(|one| one.at));
    let Some(newest) = ends.map(|(_, newest)| newest).max(raises.last().map(|one| one.at)) else {
        return Err(Error::NothingToMeasure);
    };
    let of_that_time = |ticket: &&PastTicket| ends.is_some_and(|(from, to)| (from..=to).contains(&ticket.created_at));
    let of_that_time: Vec<_> = gold.untied.iter().filter(of_that_time).collect();
    let untied_total = of_that_time.len() as u64;
    let untied: Vec<Question> =
        ask::spread(&of_that_time, UNTIED.min(cases.len())).into_iter().map(|one| Question::untied(one)).collect();

    let until = Millis(newest.0.saturating_add(1));
    let documents = past::size(&tickets, &known, until);
    let work = documents + (cases.len() + untied.len() + raises.len()) as u64;
    // What is learned is asked a second time.
    let told = Cell::new((0, work));
    let tell = |done: u64, total: u64| {
        progress(done, total);
        if cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    };
    tell(0, work)?;
    let started = Instant::now();
    let model = engine.core.pack.at_home(&engine.core)?;
    let model = model.as_deref();
    let past = past::of(engine, model, &tickets, &known, until, &|done| tell(done, work))?;
    told.set((documents, work));
    let prepared_ms = started.elapsed().as_secs_f64() * 1000.0;
    let mut ways = configurations(model.is_some(), None);
    let exam = Exam { engine, past: &past, known: &known, model, configurations: &ways, measured: true };
    let mut asked = step(&told, &tell, &cases, &|question| ask::one(&exam, question))?;
    let products = view::products(engine, asked.iter().map(|answer| answer.asked.ticket.as_str()))?;
    let adaptation = adapt::learn(&asked, &products, &shipped(model.is_some()), adapt::is_on(engine)?);
    if let Some(adapted) = adaptation.adopted() {
        ways = configurations(model.is_some(), Some((adapted, adaptation.on)));
        told.set((told.get().0, work + cases.len() as u64));
        let exam = Exam { engine, past: &past, known: &known, model, configurations: &ways, measured: false };
        asked = step(&told, &tell, &cases, &|question| ask::one(&exam, question))?;
    }
    let exam = Exam { engine, past: &past, known: &known, model, configurations: &ways, measured: false };
    let untied = step(&told, &tell, &untied, &|question| ask::one(&exam, question))?;
    let escalated = step(&told, &tell, &raises, &|raise| escalated::ask(&exam, raise))?;
    let plain = |answers: Vec<Answer>| answers.into_iter().map(|answer| answer.asked).collect();
    Ok(Report {
        configurations: ways.iter().map(|one| one.name.to_owned()).collect(),
        weights: ways.iter().map(Configuration::fingerprint).collect(),
        documents,
        labelled: labelled as u64,
        cases: plain(asked),
        untied: plain(untied),
        untied_total,
        judged: true,
        adaptation: Some(adaptation),
        escalated,
        escalated_total,
        prepared_ms,
    })
}

/// One part of the work: `told` is how much was done before it and how much there is, and says so after it, too.
fn step<Q: Sync, A: Send>(
    told: &Cell<(u64, u64)>,
    tell: &(dyn Fn(u64, u64) -> Result<()> + Sync),
    questions: &[Q],
    one: &(dyn Fn(&Q) -> Result<Option<A>> + Sync),
) -> Result<Vec<A>> {
    let (before, total) = told.get();
    let answers = ask::all(questions, &|done| tell(before + done, total), one)?;
    told.set((before + questions.len() as u64, total));
    Ok(answers)
}

/// When the newest exam was taken, how many counted as escalated, and those that it asked; `None` where none looked.
pub(crate) fn escalated(engine: &Engine) -> Result<Option<(i64, u64, Vec<Escalated>)>> {
    let [last, _] = view::last_two(engine)?;
    // An exam of an earlier version did not look: it would count nothing of nothing.
    let looked = last.filter(|(_, report)| report.adaptation.is_some());
    Ok(looked.map(|(kept, report)| (kept.at.0, report.escalated_total, report.escalated)))
}

/// An exam that found this for escalations, and asked nothing else.
#[cfg(test)]
pub(crate) fn report(escalated: serde_json::Value) -> String {
    let escalated: Vec<Escalated> = serde_json::from_value(escalated).expect("as an exam keeps it");
    let total = escalated.len() as u64;
    let report = Report {
        escalated,
        escalated_total: total,
        adaptation: Some(adapt::Adaptation::default()),
        ..Report::default()
    };
    serde_json::to_string(&report).expect("a report is written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyFile, OpenOptions};
    use std::sync::mpsc;

    #[test]
    fn no_second_exam_begins_while_one_runs() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let (go, wait) = mpsc::channel::<()>();
        let running = engine.start_job("replay", "your own history", move |_, _| {
            let _ = wait.recv();
            Ok(None)
        });
        let again = start(&engine, &ReplayArgs::default()).unwrap();
        assert_eq!((again.id, engine.jobs().len()), (running.unwrap().id, 1));
        drop(go);
    }

    #[test]
    fn a_pack_takes_part_once_it_has_read_the_workspace_and_is_held_against_the_words_alone() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Arc::new(KeyFile::at(dir.path().join("keys")));
        let engine = Engine::open(OpenOptions { secrets, ..OpenOptions::at(dir.path().join("home")) }).unwrap();
        let (pack, export) = (dir.path().join("tiny.pack"), dir.path().join("export.jsonl"));
        crate::pack::tests::tiny(&pack);
        let line = |day: u32, id: &str, subject: &str, of: &[&str]| {
            let at = format!("2026-01-{day:02}T10:00:00Z");
            serde_json::json!({ "kind": "ticket", "id": id, "subject": subject, "created_at": at, "updated_at": at,
                "duplicate_of": of })
            .to_string()
        };
        let lines = [
            line(1, "T-1", "broker journal locked", &[]),
            line(2, "T-2", "login loop", &[]),
            line(3, "T-3", "journal locked after crash", &["T-1"]),
        ];
        std::fs::write(&export, lines.join("\n")).unwrap();
        let args = serde_json::from_value(serde_json::json!({ "path": export, "source": "files" })).unwrap();
        crate::import_now(&engine, &args, &|_, _| {}).unwrap();
        engine.wait_until_searchable().unwrap();
        let exam = || {
            let run = run(&engine, &ReplayArgs::default(), &|_, _| {}).unwrap().run;
            let names: Vec<String> = run.configurations.iter().map(|one| one.name.clone()).collect();
            let found = run.configurations.iter().map(|one| one.measures.hit_at_10).collect::<Vec<_>>();
            (names, found)
        };
        let words = (vec!["in_use".to_owned(), "without_age".into()], vec![1.0, 1.0]);
        assert_eq!(exam(), words);
        let args = serde_json::json!({ "path": pack });
        crate::api::rpc(&engine, "model_install", args).unwrap();
        engine.read_meanings(&|_, _| true, &crate::embed).unwrap();
        let (names, found) = exam();
        assert_eq!(names, ["in_use", "without_age", "without_pack"]);
        assert_eq!(found, [1.0; 3]);
    }
}
