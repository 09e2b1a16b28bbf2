//! What sources tell of versions: published, tagged, brought to an environment.

use crate::{Result, Store, error::Doing};
use domain::{Millis, Release, SourceName};
use rusqlite::Transaction;

/// A release, and who tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRelease {
    pub source: SourceName,
    pub release: Release,
}

impl Store {
    /// All of them, by when they were, those that do not say so first.
    pub fn releases(&self) -> Result<Vec<StoredRelease>> {
        self.read(|reader| {
            let mut statement = reader
                .prepare_cached(
                    "SELECT source.name, ext_id, product, version, commit_id, environment, at, release.url
                     FROM release JOIN source ON source.id = source_id ORDER BY at, release.id",
                )
                .doing("read releases")?;
            let rows = statement.query_map([], |row| {
                let release = Release {
                    id: row.get(1)?,
                    of: row.get(2)?,
                    version: row.get(3)?,
                    commit: row.get(4)?,
                    environment: row.get(5)?,
                    at: row.get::<_, Option<i64>>(6)?.map(Millis),
                    url: row.get(7)?,
                };
                Ok((row.get::<_, String>(0)?, release))
            });
            let rows = rows.doing("read releases")?;
            rows.map(|row| {
                let (source, release) = row.doing("read releases")?;
                Ok(StoredRelease { source: SourceName::from_text(&source), release })
            })
            .collect()
        })
    }

    /// Another number once any of them is another.
    pub fn releases_turn(&self) -> Result<(i64, i64)> {
        self.read(|reader| {
            let counted = reader
                .prepare_cached("SELECT COUNT(*), COALESCE(MAX(id), 0) FROM release")
                .and_then(|mut statement| statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))));
            counted.doing("count releases")
        })
    }
}

/// Answers whether it is new or another than before.
pub(crate) fn upsert(transaction: &Transaction<'_>, source_row: i64, release: &Release) -> Result<bool> {
    let Release { id, of, version, commit, environment, at, url } = release;
    let changed = transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO release (source_id, ext_id, product, version, commit_id, environment, at, url)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
             WHERE NOT EXISTS (SELECT 1 FROM release WHERE source_id = ?1 AND ext_id = ?2 AND product = ?3
               AND version = ?4 AND commit_id IS ?5 AND environment IS ?6 AND at IS ?7 AND url IS ?8)",
        )
        .and_then(|mut statement| {
            statement.execute((source_row, id, of, version, commit, environment, at.map(|at| at.0), url))
        })
        .doing("store a release")?;
    Ok(changed > 0)
}

/// Those of a list that are not named go.
pub(crate) fn keep_only(transaction: &Transaction<'_>, source_row: i64, list: &str, ids: &[String]) -> Result<()> {
    transaction
        .prepare_cached(
            "DELETE FROM release WHERE source_id = ?1 AND substr(ext_id, 1, length(?2) + 1) = ?2 || ' '
             AND ext_id NOT IN (SELECT value FROM json_each(?3))",
        )
        .and_then(|mut statement| statement.execute((source_row, list, crate::apply::json(&ids))))
        .doing("let releases go")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::Applied;
    use domain::Change;

    fn release(id: &str, version: &str, at: i64) -> Change {
        let of = "acme/ledger".into();
        Change::Release(Box::new(Release {
            id: id.into(),
            of,
            version: version.into(),
            at: Some(Millis(at)),
            ..Release::default()
        }))
    }

    #[test]
    fn a_release_is_stored_once_changes_with_its_source_and_goes_with_its_list() {
        let store = Store::in_memory().unwrap();
        let forge = SourceName::new("forge").unwrap();
        store.ensure_source(&forge, "github", Millis(0)).unwrap();
        let told = |changes: &[Change]| store.apply(&forge, changes, None, Millis(1)).unwrap();
        let page =
            [release("releases 1", "v1.0", 5), release("releases 2", "v1.1", 9), release("tags v1.0", "v1.0", 1)];
        assert_eq!(told(&page), Applied { releases: 3, ..Applied::default() });
        let turn = store.releases_turn().unwrap();
        assert_eq!(told(&page), Applied::default(), "the same again is nothing new");
        assert_eq!(store.releases_turn().unwrap(), turn);

        told(&[release("releases 2", "v1.1.0", 9)]);
        assert_ne!(store.releases_turn().unwrap(), turn, "one is another now");
        let all = || store.releases().unwrap().into_iter().map(|one| one.release.version).collect::<Vec<_>>();
        assert_eq!(all(), ["v1.0", "v1.0", "v1.1.0"]);

        told(&[Change::Releases { list: "releases".into(), ids: vec!["releases 2".into()] }]);
        assert_eq!(all(), ["v1.0", "v1.1.0"], "the tag stands in another list");
        store.purge_source(&forge).unwrap();
        assert_eq!(all(), Vec::<String>::new());
    }
}
