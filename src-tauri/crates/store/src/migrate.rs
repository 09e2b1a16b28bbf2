//! Migrations on `user_version`: each file runs once, in its own transaction together with the new version number.

use crate::{Result, error::Doing};
use domain::crash_point;
use rusqlite::{Connection, TransactionBehavior};

const MIGRATIONS: [&str; 31] = [
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
    include_str!("migrations/0008.sql"),
    include_str!("migrations/0009.sql"),
    include_str!("migrations/0010.sql"),
    include_str!("migrations/0011.sql"),
    include_str!("migrations/0012.sql"),
    include_str!("migrations/0013.sql"),
    include_str!("migrations/0014.sql"),
    include_str!("migrations/0015.sql"),
    include_str!("migrations/0016.sql"),
    include_str!("migrations/0017.sql"),
    include_str!("migrations/0018.sql"),
    include_str!("migrations/0019.sql"),
    include_str!("migrations/0020.sql"),
    include_str!("migrations/0021.sql"),
    include_str!("migrations/0022.sql"),
    include_str!("migrations/0023.sql"),
    include_str!("migrations/0024.sql"),
    include_str!("migrations/0025.sql"),
    include_str!("migrations/0026.sql"),
    include_str!("migrations/0027.sql"),
    include_str!("migrations/0028.sql"),
    include_str!("migrations/0029.sql"),
    include_str!("migrations/0030.sql"),
    include_str!("migrations/0031.sql"),
];

/// The schema that this version writes.
pub const SCHEMA_VERSION: i64 = MIGRATIONS.len() as i64;

pub(crate) fn version_of(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    let found = version_of(connection).doing("read its version")?;
    for (sql, version) in MIGRATIONS.iter().zip(1i64..).filter(|(_, version)| *version > found) {
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).doing("begin a migration")?;
        crash_point("migration begun");
        transaction.execute_batch(sql).doing("migrate")?;
        crash_point("migration run");
        transaction.pragma_update(None, "user_version", version).doing("note its version")?;
        crash_point("migration noted");
        transaction.commit().doing("commit a migration")?;
        crash_point("migration committed");
    }
    Ok(())
}

#[cfg(test)]
mod released;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_migration_runs_once_and_the_schema_is_the_reviewed_one() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        assert_eq!(version_of(&connection).unwrap(), SCHEMA_VERSION);
        let mut tables =
            connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").unwrap();
        let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(|row| row.unwrap()).collect();
        insta::assert_json_snapshot!(tables);
    }
}
