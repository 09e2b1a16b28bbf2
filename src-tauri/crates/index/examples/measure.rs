//! How well and how fast the index answers on labelled duplicates.
//!
//! `measure DIR` reads `corpus.jsonl.zst`, `queries.jsonl.zst` and `qrels.tsv`, asks every question of the tickets that
//! existed before it, and prints Recall@1/5/10/20, the mean reciprocal rank and how often the pool holds a right answer.
//! `measure DIR 300000` makes so many tickets out of the texts, and prints how long whole tickets and typed words take.

use domain::{CipherKey, DocId, Millis, Question, Scope};
use index::{Document, Index, Labels, Limits, SearchQuery, Watermark};
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    error::Error,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Ticket {
    id: String,
    seq: i64,
    title: String,
    body: Option<String>,
}

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let dir = args.next().ok_or("say where the data is")?;
    let dir = Path::new(&dir);
    let corpus = tickets(&dir.join("corpus.jsonl.zst"))?;
    let questions = tickets(&dir.join("queries.jsonl.zst"))?;
    match args.next() {
        None => recall(&corpus, &questions, &dir.join("qrels.tsv")),
        Some(count) => speed(&corpus, &questions, count.parse()?),
    }
}

fn tickets(path: &Path) -> Result<Vec<Ticket>> {
    let lines = BufReader::new(zstd::Decoder::new(File::open(path)?)?).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// Tickets were created in the order of their numbers.
fn document(row: i64, title: &str, body: &str) -> Document {
    Document {
        doc: DocId::ticket(row),
        display_id: format!("TIMOB-{row}"),
        title: title.into(),
        body: body.into(),
        resolution: String::new(),
        identifiers: Vec::new(),
        signatures: Vec::new(),
        frames: Vec::new(),
        source: "titanium".into(),
        product: None,
        components: Vec::new(),
        status: "closed".into(),
        labels: Labels::default(),
        created_at: Millis(row),
        updated_at: Millis(row),
    }
}

fn question(ticket: &Ticket) -> Question {
    Question { title: ticket.title.clone(), body: ticket.body.clone().unwrap_or_default(), ..Question::default() }
}

fn recall(corpus: &[Ticket], questions: &[Ticket], qrels: &Path) -> Result<()> {
    let rows: HashMap<&str, i64> = corpus.iter().map(|ticket| (ticket.id.as_str(), ticket.seq)).collect();
    let mut right: HashMap<String, HashSet<i64>> = HashMap::new();
    for line in BufReader::new(File::open(qrels)?).lines().skip(1) {
        let line = line?;
        let mut columns = line.split('\t');
        let (Some(question), Some(answer)) = (columns.next(), columns.next()) else { continue };
        right.entry(question.into()).or_default().extend(rows.get(answer));
    }
    let index = Index::in_ram()?;
    let mut writer = index.writer(400_000_000, 2)?;
    for ticket in corpus {
        writer.put(&document(ticket.seq, &ticket.title, ticket.body.as_deref().unwrap_or_default()))?;
    }
    let documents = writer.documents();
    writer.commit(Watermark { sequence: 1, documents })?;
    writer.finish()?;
    let mut ranks = Vec::new();
    let mut times = Vec::new();
    for asked in questions {
        let started = Instant::now();
        let scope =
            Scope { as_of: Some(Millis(asked.seq)), exclude: vec![DocId::ticket(asked.seq)], ..Scope::default() };
        let found = index.candidates(&question(asked), &scope, &Limits::default(), &|| false)?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
        let answers = right.get(&asked.id).ok_or("a question without an answer")?;
        ranks.push(found.iter().position(|candidate| answers.contains(&candidate.doc.row)));
    }
    let share = |count: usize| 100.0 * count as f64 / ranks.len() as f64;
    let within = |depth: usize| share(ranks.iter().flatten().filter(|rank| **rank < depth).count());
    let reciprocal: f64 =
        ranks.iter().flatten().filter(|rank| **rank < 20).map(|rank| 1.0 / (*rank as f64 + 1.0)).sum();
    println!(
        "{} questions of {documents}: R@1 {:.1}  R@5 {:.1}  R@10 {:.1}  R@20 {:.1}  MRR {:.1}  in the pool {:.1}",
        ranks.len(),
        within(1),
        within(5),
        within(10),
        within(20),
        100.0 * reciprocal / ranks.len() as f64,
        share(ranks.iter().flatten().count())
    );
    print_times("whole tickets", times);
    Ok(())
}

fn print_times(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at =
        |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or_default();
    println!(
        "{what}: {} asked, p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, most {:.2} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// A few lines of one ticket and a few of another: the words keep their frequencies, the tickets are all different.
fn resampled(corpus: &[Ticket], count: usize) -> impl Iterator<Item = (String, String)> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below.max(1)
    };
    (0..count).filter_map(move |_| {
        let (first, second) = (corpus.get(next(corpus.len()))?, corpus.get(next(corpus.len()))?);
        let mut title: Vec<&str> = first.title.split_whitespace().collect();
        let other: Vec<&str> = second.title.split_whitespace().collect();
        title.truncate(title.len().div_ceil(2));
        title.extend(other.iter().skip(other.len() / 2));
        let body = |ticket: &Ticket, half: usize| -> String {
            let words: Vec<&str> = ticket.body.as_deref().unwrap_or_default().split(' ').collect();
            let middle = words.len() / 2;
            let (from, to) = if half == 0 { (0, middle) } else { (middle, words.len()) };
            words.get(from..to).unwrap_or_default().join(" ")
        };
        Some((title.join(" "), format!("{}\n{}", body(first, next(2)), body(second, next(2)))))
    })
}

fn speed(corpus: &[Ticket], questions: &[Ticket], count: usize) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let index = Index::create(dir.path(), &CipherKey::new(Box::new([7; 32])))?;
    let started = Instant::now();
    let mut writer = index.writer(300_000_000, 1)?;
    let mut bytes = 0;
    for (row, (title, body)) in (1..).zip(resampled(corpus, count)) {
        bytes += title.len() + body.len();
        writer.put(&document(row, &title, &body))?;
        // As an import does.
        if row % 50_000 == 0 {
            let documents = writer.documents();
            writer.commit(Watermark { sequence: row, documents })?;
        }
    }
    let documents = writer.documents();
    writer.commit(Watermark { sequence: 1, documents })?;
    writer.finish()?;
    println!(
        "{documents} tickets, {} MB of text, indexed in {:.1} s",
        bytes / 1_000_000,
        started.elapsed().as_secs_f64()
    );
    drop(index);
    let started = Instant::now();
    let index = Index::open(dir.path(), &CipherKey::new(Box::new([7; 32])))?;
    println!("opened and verified in {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    let mut times = Vec::new();
    for asked in questions.iter().take(1000) {
        let started = Instant::now();
        index.candidates(&question(asked), &Scope::default(), &Limits::default(), &|| false)?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    print_times("whole tickets", times);
    let (mut keys, mut words, mut slowest) = (Vec::new(), Vec::new(), (0.0, String::new()));
    for asked in questions.iter().take(150) {
        let letters: Vec<usize> = asked.title.char_indices().map(|(at, c)| at + c.len_utf8()).take(40).collect();
        for end in letters {
            let text = asked.title.get(..end).unwrap_or_default();
            let started = Instant::now();
            index.search(&SearchQuery { text, prefix: true, k: 20, ..SearchQuery::default() }, &|| false)?;
            let ms = started.elapsed().as_secs_f64() * 1000.0;
            keys.push(ms);
            if ms > slowest.0 {
                slowest = (ms, text.to_owned());
            }
        }
        let started = Instant::now();
        index.search(&SearchQuery { text: &asked.title, k: 20, ..SearchQuery::default() }, &|| false)?;
        words.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    print_times("each key of a title", keys);
    println!("the slowest: {}", slowest.1);
    print_times("whole titles", words);
    Ok(())
}
