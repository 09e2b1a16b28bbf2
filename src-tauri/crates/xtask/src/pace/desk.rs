//! A help desk that answers at once, or as slowly as a real one: its pages are written before anybody asks.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    fmt::Write as _,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

const PAGE: usize = 1000;
/// The first ticket of all was made then, in seconds.
const BEGAN: usize = 1_735_689_600;

pub(super) struct Desk {
    address: SocketAddr,
    tickets: Vec<String>,
    comments: Vec<String>,
    counts: Arc<(AtomicU64, AtomicU64)>,
}

/// What is asked for, and what is answered.
struct Pages {
    newest: String,
    tickets: Vec<String>,
    events: Vec<String>,
}

/// How a real one answers.
#[derive(Clone, Copy)]
pub(super) struct Slowly {
    /// Before each answer.
    pub(super) after: Duration,
    /// Of its exports; the next one is told when to come back.
    pub(super) exports_a_minute: usize,
}

impl Desk {
    /// Serves so many tickets, each with one comment, until the program ends.
    pub(super) fn open(tickets: usize) -> Result<Self> {
        Self::serving(tickets, None)
    }

    pub(super) fn slow(tickets: usize, slowly: Slowly) -> Result<Self> {
        Self::serving(tickets, Some(slowly))
    }

    fn serving(tickets: usize, slowly: Option<Slowly>) -> Result<Self> {
        let exports = Arc::new(Mutex::new(VecDeque::new()));
        let all: Vec<Value> = (1..=tickets).map(ticket).collect();
        let said: Vec<Value> = (1..=tickets).map(comment).collect();
        let text = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join(",");
        let newest: Vec<Value> = all.iter().rev().take(100).cloned().collect();
        let pages = Pages {
            newest: format!(r#"{{"tickets":[{}],"meta":{{"has_more":true}}}}"#, text(&newest)),
            tickets: all
                .chunks(PAGE)
                .enumerate()
                .map(|(number, page)| {
                    let (next, over) = (number + 1, (number + 1) * PAGE >= tickets);
                    format!(r#"{{"tickets":[{}],"after_cursor":"{next}","end_of_stream":{over}}}"#, text(page))
                })
                .collect(),
            events: said
                .chunks(PAGE)
                .enumerate()
                .map(|(number, page)| {
                    let events: Vec<Value> = page.iter().map(event).collect();
                    let over = (number + 1) * PAGE >= tickets;
                    let end = (number + 1) * PAGE;
                    format!(r#"{{"ticket_events":[{}],"end_time":{end},"end_of_stream":{over}}}"#, text(&events))
                })
                .collect(),
        };
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let counts = Arc::new((AtomicU64::new(0), AtomicU64::new(0)));
        let (counted, pages) = (Arc::clone(&counts), Arc::new(pages));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (counted, pages, exports) = (Arc::clone(&counted), Arc::clone(&pages), Arc::clone(&exports));
                // Whoever hangs up has had enough.
                std::thread::spawn(move || serve(stream, &pages, &counted, slowly, &exports).ok());
            }
        });
        let lines = |values: &[Value]| values.iter().map(Value::to_string).collect();
        Ok(Self { address, tickets: lines(&all), comments: lines(&said), counts })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn asked(&self) -> u64 {
        self.counts.0.load(Ordering::SeqCst)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.counts.1.load(Ordering::SeqCst)
    }

    /// The same tickets and comments as a file that is imported.
    pub(super) fn export(&self, path: &Path) -> Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for line in self.tickets.iter().chain(&self.comments) {
            writeln!(file, "{line}")?;
        }
        Ok(file.flush()?)
    }
}

/// Seconds until an export may be asked for again; `None`: it may, and is counted.
fn waits(exports: &Mutex<VecDeque<Instant>>, a_minute: usize) -> Option<u64> {
    const MINUTE: Duration = Duration::from_secs(60);
    let (mut exports, now) = (exports.lock().unwrap_or_else(PoisonError::into_inner), Instant::now());
    exports.retain(|at| now.duration_since(*at) < MINUTE);
    if exports.len() >= a_minute {
        let oldest = exports.front().map_or(MINUTE, |at| MINUTE.saturating_sub(now.duration_since(*at)));
        return Some(oldest.as_secs() + 1);
    }
    exports.push_back(now);
    None
}

fn serve(
    stream: TcpStream,
    pages: &Pages,
    counts: &(AtomicU64, AtomicU64),
    slowly: Option<Slowly>,
    exports: &Mutex<VecDeque<Instant>>,
) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(first) = lines.next().transpose()? {
        for line in lines.by_ref() {
            if line?.is_empty() {
                break;
            }
        }
        let path = first.split(' ').nth(1).context("it asks for nothing")?;
        let number =
            |name: &str| path.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.parse::<usize>().ok());
        if let Some(Slowly { after, exports_a_minute }) = slowly {
            std::thread::sleep(after);
            let wait = path.contains("/incremental/").then(|| waits(exports, exports_a_minute)).flatten();
            if let Some(seconds) = wait {
                counts.0.fetch_add(1, Ordering::SeqCst);
                let body = r#"{"error":"APIRateLimitExceeded","description":"Number of allowed incremental export API requests per minute exceeded"}"#;
                let length = body.len();
                write!(
                    writer,
                    "HTTP/1.1 429 X\r\nretry-after: {seconds}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
                )?;
                continue;
            }
        }
        let empty = r#"{"users":[],"meta":{"has_more":false}}"#;
        let (status, body) = if path.starts_with("/api/v2/tickets.json") {
            (200, pages.newest.as_str())
        } else if path.starts_with("/api/v2/incremental/tickets/cursor.json") {
            let page = number("cursor=").unwrap_or(0);
            (200, pages.tickets.get(page).map_or(r#"{"tickets":[],"end_of_stream":true}"#, String::as_str))
        } else if path.starts_with("/api/v2/incremental/ticket_events.json") {
            let page = number("start_time=").unwrap_or(0) / PAGE;
            let none = r#"{"ticket_events":[],"end_of_stream":true}"#;
            (200, pages.events.get(page).map_or(none, String::as_str))
        } else if path.starts_with("/api/v2/users.json") {
            (200, empty)
        } else if path.starts_with("/api/v2/groups.json") {
            (200, r#"{"groups":[],"meta":{"has_more":false}}"#)
        } else {
            (404, "{}")
        };
        counts.0.fetch_add(1, Ordering::SeqCst);
        counts.1.fetch_add(body.len() as u64, Ordering::SeqCst);
        let head =
            format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len());
        writer.write_all(head.as_bytes())?;
        writer.write_all(body.as_bytes())?;
    }
    Ok(())
}

/// Words that differ from ticket to ticket as those of people do: some often, some once.
fn words(seed: usize, count: usize) -> String {
    const COMMON: [&str; 24] = [
        "the", "invoice", "export", "stops", "after", "update", "customer", "cannot", "log", "in", "since", "this",
        "morning", "error", "when", "saving", "order", "voucher", "was", "not", "posted", "to", "ledger", "twice",
    ];
    let (mut state, mut text) = (seed as u64 + 1, String::new());
    for _ in 0..count {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let dice = state >> 33;
        match COMMON.get((dice % 32) as usize) {
            Some(word) => text.push_str(word),
            None => {
                let _ = write!(text, "w{}", (dice / 32) % 40_000);
            }
        }
        text.push(' ');
    }
    text
}

fn ticket(number: usize) -> Value {
    let at = BEGAN + number * 60;
    let trace = format!(
        "java.lang.IllegalStateException: ledger {} is sealed\n\tat acme.ledger.Posting.post(Posting.java:{})\n\tat acme.ledger.Batch.run(Batch.java:88)",
        number % 500,
        number % 900
    );
    let body = format!("{}\n\n{trace}\n\n{}", words(number, 120), words(number + 7_000_000, 60));
    json!({ "id": number, "subject": words(number + 3_000_000, 8).trim(), "description": body,
        "status": if number.is_multiple_of(3) { "open" } else { "solved" }, "priority": "normal", "requester_id": number % 4_000,
        "assignee_id": number % 40, "group_id": number % 6, "tags": ["ledger", format!("t{}", number % 90)],
        "created_at": stamp(at), "updated_at": stamp(at), "generated_timestamp": at })
}

fn comment(number: usize) -> Value {
    json!({ "id": 50_000_000 + number, "ticket_id": number, "author_id": number % 40, "body": words(number + 9_000_000, 60),
        "public": number.is_multiple_of(2), "created_at": stamp(BEGAN + number * 60 + 30) })
}

/// As the export of events holds a comment.
fn event(comment: &Value) -> Value {
    let id = comment["id"].as_u64().unwrap_or_default();
    let mut child = comment.clone();
    if let Some(fields) = child.as_object_mut() {
        fields.insert("event_type".into(), "Comment".into());
    }
    json!({ "id": id, "ticket_id": comment["ticket_id"], "timestamp": BEGAN as u64 + (id - 50_000_000) * 60 + 30,
        "updater_id": comment["author_id"], "child_events": [child] })
}

/// Within January: days, hours, minutes and seconds, and the years that follow as more of them.
fn stamp(at: usize) -> String {
    let since = at - BEGAN;
    let (day, rest) = (since / 86_400, since % 86_400);
    format!("2025-{:02}-{:02}T{:02}:{:02}:{:02}Z", day / 28 + 1, day % 28 + 1, rest / 3600, rest / 60 % 60, rest % 60)
}
