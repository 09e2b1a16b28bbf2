//! What a team does to escalate less: the steps that were ticked, what people told of their work, and how full the fields
//! of each source are. The first two are precious: only people write them.

use crate::{Result, Store, error::Doing};
use domain::Millis;
use rusqlite::{OptionalExtension, Row};

/// What somebody told of their work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    pub id: i64,
    /// The day of it.
    pub at: i64,
    pub role: String,
    pub pain: String,
    pub often: String,
    /// Names, with a comma between two.
    pub tools: String,
    pub quote: String,
}

/// How many of a source's newest tickets say what engineering asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFields {
    pub tickets: u64,
    pub product: u64,
    pub version: u64,
    pub system: u64,
    pub account: u64,
    pub requester: u64,
    /// What has no column, as the sources wrote it: JSON of each.
    pub extra: Vec<String>,
}

const COLUMNS: &str = "id, at, role, pain, often, tools, quote";

impl Store {
    /// Steps that somebody ticked here.
    pub fn ticks(&self) -> Result<Vec<String>> {
        self.read(|reader| {
            let mut statement =
                reader.prepare_cached("SELECT step FROM programme_tick ORDER BY step").doing("read the programme")?;
            let rows = statement.query_map([], |row| row.get(0)).doing("read the programme")?;
            rows.collect::<rusqlite::Result<_>>().doing("read the programme")
        })
    }

    pub fn tick(&self, step: &str, ticked: bool, now: Millis) -> Result<()> {
        self.write_aside(|transaction| {
            let done = if ticked {
                let sql = "INSERT INTO programme_tick (step, at) VALUES (?1, ?2) ON CONFLICT (step) DO NOTHING";
                transaction.execute(sql, (step, now.0))
            } else {
                transaction.execute("DELETE FROM programme_tick WHERE step = ?1", [step])
            };
            done.doing("tick a step")?;
            Ok(())
        })
    }

    /// The latest first.
    pub fn interviews(&self) -> Result<Vec<Interview>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM interview_note ORDER BY at DESC, id DESC");
            let mut statement = reader.prepare_cached(&sql).doing("read interviews")?;
            let rows = statement.query_map([], interview).doing("read interviews")?;
            rows.collect::<rusqlite::Result<_>>().doing("read interviews")
        })
    }

    pub fn interview(&self, id: i64) -> Result<Option<Interview>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM interview_note WHERE id = ?1");
            reader.query_row(&sql, [id], interview).optional().doing("read an interview")
        })
    }

    /// Under its number, or a new one where that is 0. Answers the number.
    pub fn keep_interview(&self, one: &Interview) -> Result<i64> {
        self.write_aside(|transaction| {
            let sql = "INSERT INTO interview_note (id, at, role, pain, often, tools, quote)
              VALUES (nullif(?1, 0), ?2, ?3, ?4, ?5, ?6, ?7)
              ON CONFLICT (id) DO UPDATE SET at = excluded.at, role = excluded.role, pain = excluded.pain,
                often = excluded.often, tools = excluded.tools, quote = excluded.quote";
            let values = (one.id, one.at, &one.role, &one.pain, &one.often, &one.tools, &one.quote);
            transaction.execute(sql, values).doing("keep an interview")?;
            Ok(if one.id == 0 { transaction.last_insert_rowid() } else { one.id })
        })
    }

    pub fn remove_interview(&self, id: i64) -> Result<bool> {
        self.write_aside(|transaction| {
            let gone = transaction.execute("DELETE FROM interview_note WHERE id = ?1", [id]);
            Ok(gone.doing("let go of an interview")? > 0)
        })
    }

    /// Of the newest tickets of a source, at most so many.
    pub fn source_fields(&self, source: &str, most: u32) -> Result<SourceFields> {
        self.read(|reader| {
            let sql = "SELECT product, affected_versions, environment, account, requester, extra FROM ticket
              WHERE source_id = (SELECT id FROM source WHERE name = ?1) AND deleted = 0 ORDER BY id DESC LIMIT ?2";
            let mut statement = reader.prepare_cached(sql).doing("count the fields of a source")?;
            let mut rows = statement.query((source, most)).doing("count the fields of a source")?;
            let mut fields = SourceFields::default();
            while let Some(row) = rows.next().doing("count the fields of a source")? {
                let full = |column: usize| -> rusqlite::Result<u64> {
                    let text: Option<String> = row.get(column)?;
                    Ok(u64::from(text.is_some_and(|text| !text.trim().is_empty() && text != "[]")))
                };
                let doing = "count the fields of a source";
                fields.tickets += 1;
                fields.product += full(0).doing(doing)?;
                fields.version += full(1).doing(doing)?;
                fields.system += full(2).doing(doing)?;
                fields.account += full(3).doing(doing)?;
                fields.requester += full(4).doing(doing)?;
                fields.extra.extend(row.get::<_, Option<String>>(5).doing(doing)?);
            }
            Ok(fields)
        })
    }

    /// Files that are kept on tickets as evidence, of these kinds.
    pub fn case_files_of_kinds(&self, kinds: &[&str]) -> Result<u64> {
        self.read(|reader| {
            let sql =
                "SELECT count(*) FROM case_file WHERE removed_at IS NULL AND kind IN (SELECT value FROM json_each(?1))";
            let kinds = serde_json::to_string(kinds).unwrap_or_default();
            reader.query_row(sql, [kinds], |row| row.get::<_, i64>(0)).map(|n| n as u64).doing("count evidence")
        })
    }
}

fn interview(row: &Row<'_>) -> rusqlite::Result<Interview> {
    Ok(Interview {
        id: row.get(0)?,
        at: row.get(1)?,
        role: row.get(2)?,
        pain: row.get(3)?,
        often: row.get(4)?,
        tools: row.get(5)?,
        quote: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_ticked_once_and_an_interview_changes_under_its_number() {
        let store = Store::in_memory().unwrap();
        store.tick("Interview", true, Millis(1)).unwrap();
        store.tick("Interview", true, Millis(2)).unwrap();
        assert_eq!(store.ticks().unwrap(), ["Interview"]);
        store.tick("Interview", false, Millis(3)).unwrap();
        assert_eq!(store.ticks().unwrap(), Vec::<String>::new());
        let told = Interview { at: 5, role: "l2".into(), pain: "No logs".into(), ..Interview::default() };
        let id = store.keep_interview(&told).unwrap();
        let changed = Interview { id, often: "weekly".into(), ..told };
        assert_eq!(store.keep_interview(&changed).unwrap(), id);
        assert_eq!(store.interviews().unwrap(), std::slice::from_ref(&changed));
        assert!(store.remove_interview(id).unwrap() && !store.remove_interview(id).unwrap());
        assert_eq!(store.keep_interview(&changed).unwrap(), id, "it comes back under its number");
    }
}
