//! The ledger: every request that was made for a source, noted before it left.

use crate::{Result, Store, error::Doing};
use domain::{Millis, SourceName};

/// Lines that are kept: at ten thousand requests a day, two months.
const KEPT: i64 = 600_000;

/// More requests than are ever made while one is on its way.
const AT_ONCE: i64 = 1_000;
/// How a request ended that a killed process made.
const ENDED: &str = "program_ended";

/// A request that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    pub source: &'a SourceName,
    pub host: &'a str,
    pub method: &'a str,
    /// Without the query.
    pub path: &'a str,
    pub purpose: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRequest {
    pub at: Millis,
    pub source: String,
    pub host: String,
    pub method: String,
    pub path: String,
    pub purpose: String,
    /// `None`: there was no answer.
    pub status: Option<u16>,
    /// The code of the error that ended it.
    pub failed: Option<String>,
    pub bytes_out: u64,
    pub bytes_in: u64,
}

#[derive(Clone, Debug, Default)]
pub struct RequestFilter {
    pub since: Option<Millis>,
    pub source: Option<String>,
}

/// Over everything that a filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RequestTotals {
    pub requests: u64,
    pub bytes_out: u64,
    pub bytes_in: u64,
}

const WHERE: &str = "WHERE at >= ?1 AND (?2 IS NULL OR source = ?2)";

impl Store {
    /// Notes a request before it is made. Answers the line's number.
    pub fn begin_request(&self, request: &Request<'_>, now: Millis) -> Result<i64> {
        self.write_aside(|transaction| {
            let sql = "INSERT INTO request (at, source, host, method, path, purpose) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let Request { source, host, method, path, purpose } = request;
            transaction
                .prepare_cached(sql)
                .and_then(|mut statement| statement.execute((now.0, source.as_str(), host, method, path, purpose)))
                .doing("note a request")?;
            let number = transaction.last_insert_rowid();
            transaction
                .prepare_cached("DELETE FROM request WHERE id <= ?1")
                .and_then(|mut statement| statement.execute([number - KEPT]))
                .doing("note a request")?;
            Ok(number)
        })
    }

    /// Notes how it ended.
    pub fn end_request(
        &self,
        number: i64,
        status: Option<u16>,
        failed: Option<&str>,
        bytes_out: u64,
        bytes_in: u64,
    ) -> Result<()> {
        self.write_aside(|transaction| {
            transaction
                .prepare_cached(
                    "UPDATE request SET status = ?2, failed = ?3, bytes_out = ?4, bytes_in = ?5 WHERE id = ?1",
                )
                .and_then(|mut statement| {
                    statement.execute((number, status, failed, bytes_out as i64, bytes_in as i64))
                })
                .doing("note how a request ended")?;
            Ok(())
        })
    }

    /// What was on its way when a process ended: whether it arrived nobody knows. Only for whoever owns the workspace, before
    /// it asks anything itself. Looks at the newest lines alone: nothing is on its way for longer.
    pub fn close_requests(&self) -> Result<u64> {
        self.write_aside(|transaction| {
            let sql = "UPDATE request SET failed = ?1
                       WHERE status IS NULL AND failed IS NULL AND id > (SELECT max(id) FROM request) - ?2";
            let closed = transaction.execute(sql, (ENDED, AT_ONCE)).doing("note how a request ended")?;
            Ok(closed as u64)
        })
    }

    /// Newest first.
    pub fn requests(&self, filter: &RequestFilter, offset: u64, limit: u64) -> Result<Vec<StoredRequest>> {
        self.read(|reader| {
            let sql = format!(
                "SELECT at, source, host, method, path, purpose, status, failed, bytes_out, bytes_in FROM request {WHERE}
                 ORDER BY id DESC LIMIT ?3 OFFSET ?4"
            );
            let mut statement = reader.prepare_cached(&sql).doing("read the ledger")?;
            let since = filter.since.map_or(i64::MIN, |at| at.0);
            let rows = statement.query_map((since, &filter.source, limit as i64, offset as i64), |row| {
                Ok(StoredRequest {
                    at: Millis(row.get(0)?),
                    source: row.get(1)?,
                    host: row.get(2)?,
                    method: row.get(3)?,
                    path: row.get(4)?,
                    purpose: row.get(5)?,
                    status: row.get(6)?,
                    failed: row.get(7)?,
                    bytes_out: row.get::<_, i64>(8)? as u64,
                    bytes_in: row.get::<_, i64>(9)? as u64,
                })
            });
            rows.doing("read the ledger")?.collect::<rusqlite::Result<_>>().doing("read the ledger")
        })
    }

    pub fn request_totals(&self, filter: &RequestFilter) -> Result<RequestTotals> {
        self.read(|reader| {
            let sql = format!("SELECT count(*), total(bytes_out), total(bytes_in) FROM request {WHERE}");
            let since = filter.since.map_or(i64::MIN, |at| at.0);
            reader
                .query_row(&sql, (since, &filter.source), |row| {
                    Ok(RequestTotals {
                        requests: row.get::<_, i64>(0)? as u64,
                        bytes_out: row.get::<_, f64>(1)? as u64,
                        bytes_in: row.get::<_, f64>(2)? as u64,
                    })
                })
                .doing("sum the ledger up")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_stands_in_the_ledger_before_it_is_over_and_says_how_it_ended() {
        let store = Store::in_memory().unwrap();
        let source = SourceName::from_text("forge");
        let request =
            Request { source: &source, host: "api.github.com", method: "GET", path: "/repos", purpose: "issues" };
        let first = store.begin_request(&request, Millis(1_000)).unwrap();
        let lines = store.requests(&RequestFilter::default(), 0, 10).unwrap();
        assert_eq!((lines[0].status, lines[0].bytes_out), (None, 0), "a kill in between leaves this");
        assert_eq!(
            (store.close_requests().unwrap(), store.close_requests().unwrap()),
            (1, 0),
            "and the next start says so"
        );
        let lines = store.requests(&RequestFilter::default(), 0, 10).unwrap();
        assert_eq!((lines[0].status, lines[0].failed.as_deref()), (None, Some("program_ended")));
        store.end_request(first, Some(200), None, 120, 4_000).unwrap();
        let second = store.begin_request(&request, Millis(2_000)).unwrap();
        store.end_request(second, None, Some("timed_out"), 120, 0).unwrap();

        let lines = store.requests(&RequestFilter::default(), 0, 10).unwrap();
        let told: Vec<_> = lines.iter().map(|line| (line.at.0, line.status, line.failed.as_deref())).collect();
        assert_eq!(told, [(2_000, None, Some("timed_out")), (1_000, Some(200), None)]);
        let since = RequestFilter { since: Some(Millis(1_500)), source: None };
        let totals = store.request_totals(&since).unwrap();
        assert_eq!(totals, RequestTotals { requests: 1, bytes_out: 120, bytes_in: 0 });
        let other = RequestFilter { since: None, source: Some("other".into()) };
        assert_eq!(store.request_totals(&other).unwrap().requests, 0);
    }
}
