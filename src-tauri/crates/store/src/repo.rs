//! Product repositories: where they lie, and what was read of them. The pieces of a history are opaque here.

use crate::{Result, Store, error::Doing};
use domain::{Millis, SourceName};
use rusqlite::{OptionalExtension, Row};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRepo {
    pub name: SourceName,
    /// Where it lies on this machine.
    pub path: String,
    pub added_at: Millis,
    /// When its history was last brought up to date.
    pub read_at: Option<Millis>,
    /// Whether everything in it could be read then.
    pub whole: bool,
    /// Grows with every update.
    pub turn: u64,
}

/// What was read of a repository: its refs, and its history in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RepoPieces {
    pub refs: Option<Vec<u8>>,
    pub history: Vec<Vec<u8>>,
}

/// What an update of a repository brought.
#[derive(Clone, Debug)]
pub struct RepoUpdate<'a> {
    pub refs: &'a [u8],
    /// Stands behind what is kept already …
    pub piece: Option<&'a [u8]>,
    /// … or in its place.
    pub replace: bool,
    pub whole: bool,
}

const COLUMNS: &str = "name, path, added_at, read_at, whole, turn";

impl Store {
    /// Adds a repository, or tells where one of that name lies now.
    pub fn add_repo(&self, name: &SourceName, path: &str, now: Millis) -> Result<()> {
        self.write(|transaction| {
            transaction
                .execute(
                    "INSERT INTO repo (name, path, added_at) VALUES (?1, ?2, ?3)
                     ON CONFLICT (name) DO UPDATE SET path = excluded.path",
                    (name.as_str(), path, now.0),
                )
                .doing("add a repository")?;
            Ok(())
        })
    }

    /// Forgets a repository and everything that was read of it. `false`: there was none.
    pub fn remove_repo(&self, name: &SourceName) -> Result<bool> {
        self.write(|transaction| {
            let gone = transaction.execute("DELETE FROM repo WHERE name = ?1", [name.as_str()]);
            Ok(gone.doing("remove a repository")? > 0)
        })
    }

    /// By name.
    pub fn repos(&self) -> Result<Vec<StoredRepo>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM repo ORDER BY name");
            let mut statement = reader.prepare_cached(&sql).doing("list repositories")?;
            let rows = statement.query_map([], repo_of_row).doing("list repositories")?;
            rows.collect::<rusqlite::Result<_>>().doing("list repositories")
        })
    }

    pub fn repo(&self, name: &SourceName) -> Result<Option<StoredRepo>> {
        self.read(|reader| {
            let sql = format!("SELECT {COLUMNS} FROM repo WHERE name = ?1");
            reader.query_row(&sql, [name.as_str()], repo_of_row).optional().doing("find a repository")
        })
    }

    pub fn repo_pieces(&self, name: &SourceName) -> Result<RepoPieces> {
        const DOING: &str = "read a repository's history";
        self.read(|reader| {
            let sql = "SELECT refs FROM repo WHERE name = ?1";
            let refs = reader.query_row(sql, [name.as_str()], |row| row.get(0)).optional().doing(DOING)?.flatten();
            let sql =
                "SELECT bytes FROM repo_piece JOIN repo ON repo.id = repo_id WHERE name = ?1 ORDER BY repo_piece.id";
            let mut statement = reader.prepare_cached(sql).doing(DOING)?;
            let rows = statement.query_map([name.as_str()], |row| row.get(0)).doing(DOING)?;
            Ok(RepoPieces { refs, history: rows.collect::<rusqlite::Result<_>>().doing(DOING)? })
        })
    }

    /// Keeps what an update brought, in one transaction: refs never name a commit that is not here.
    pub fn update_repo(&self, name: &SourceName, update: &RepoUpdate<'_>, now: Millis) -> Result<()> {
        const DOING: &str = "keep a repository's history";
        self.write_aside(|transaction| {
            let sql = "SELECT id FROM repo WHERE name = ?1";
            // Removed while it was read: nothing of it is kept.
            let Some(repo) =
                transaction.query_row(sql, [name.as_str()], |row| row.get::<_, i64>(0)).optional().doing(DOING)?
            else {
                return Ok(());
            };
            if update.replace {
                transaction.execute("DELETE FROM repo_piece WHERE repo_id = ?1", [repo]).doing(DOING)?;
            }
            if let Some(piece) = update.piece {
                let sql = "INSERT INTO repo_piece (repo_id, bytes) VALUES (?1, ?2)";
                transaction.execute(sql, (repo, piece)).doing(DOING)?;
            }
            let sql = "UPDATE repo SET refs = ?2, whole = ?3, read_at = ?4, turn = turn + 1 WHERE id = ?1";
            transaction.execute(sql, (repo, update.refs, update.whole, now.0)).doing(DOING)?;
            Ok(())
        })
    }
}

fn repo_of_row(row: &Row<'_>) -> rusqlite::Result<StoredRepo> {
    Ok(StoredRepo {
        name: SourceName::from_text(&row.get::<_, String>(0)?),
        path: row.get(1)?,
        added_at: Millis(row.get(2)?),
        read_at: row.get::<_, Option<i64>>(3)?.map(Millis),
        whole: row.get(4)?,
        turn: row.get::<_, i64>(5)? as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_history_come_back_in_their_order_and_go_with_their_repository() {
        let store = Store::in_memory().unwrap();
        let name = SourceName::from_text("shop");
        store.add_repo(&name, "/src/shop", Millis(1)).unwrap();
        assert_eq!(store.repo_pieces(&name).unwrap(), RepoPieces::default());
        let update = |refs: &'static [u8], piece: &'static [u8], replace| RepoUpdate {
            refs,
            piece: Some(piece),
            replace,
            whole: true,
        };
        store.update_repo(&name, &update(b"one", b"first", false), Millis(2)).unwrap();
        store.update_repo(&name, &update(b"two", b"second", false), Millis(3)).unwrap();
        let pieces = store.repo_pieces(&name).unwrap();
        assert_eq!(
            (pieces.refs.unwrap(), pieces.history),
            (b"two".to_vec(), vec![b"first".to_vec(), b"second".to_vec()])
        );
        store.update_repo(&name, &update(b"two", b"all", true), Millis(4)).unwrap();
        assert_eq!(store.repo_pieces(&name).unwrap().history, [b"all".to_vec()]);
        let repo = store.repo(&name).unwrap().unwrap();
        assert_eq!((repo.turn, repo.read_at, repo.path.as_str()), (3, Some(Millis(4)), "/src/shop"));

        assert!(store.remove_repo(&name).unwrap());
        assert!(!store.remove_repo(&name).unwrap());
        assert_eq!(store.repo_pieces(&name).unwrap(), RepoPieces::default());
        store.update_repo(&name, &update(b"late", b"late", false), Millis(5)).unwrap();
        assert_eq!(store.repos().unwrap(), []);
    }
}
