//! A database of every released schema still opens, and says the same.

use super::{MIGRATIONS, SCHEMA_VERSION};
use crate::{Store, open::unlock};
use domain::CipherKey;
use rusqlite::{Connection, types::Value};
use std::{fmt::Write, path::Path};

/// One for each schema: what that version wrote beyond the one before it. A migration without its own does not pass.
const RELEASED: [&str; 31] = [
    include_str!("released/0001.sql"),
    include_str!("released/0002.sql"),
    include_str!("released/0003.sql"),
    include_str!("released/0004.sql"),
    include_str!("released/0005.sql"),
    include_str!("released/0006.sql"),
    include_str!("released/0007.sql"),
    include_str!("released/0008.sql"),
    include_str!("released/0009.sql"),
    include_str!("released/0010.sql"),
    include_str!("released/0011.sql"),
    include_str!("released/0012.sql"),
    include_str!("released/0013.sql"),
    include_str!("released/0014.sql"),
    include_str!("released/0015.sql"),
    include_str!("released/0016.sql"),
    include_str!("released/0017.sql"),
    include_str!("released/0018.sql"),
    include_str!("released/0019.sql"),
    include_str!("released/0020.sql"),
    include_str!("released/0021.sql"),
    include_str!("released/0022.sql"),
    include_str!("released/0023.sql"),
    include_str!("released/0024.sql"),
    include_str!("released/0025.sql"),
    include_str!("released/0026.sql"),
    include_str!("released/0027.sql"),
    include_str!("released/0028.sql"),
    include_str!("released/0029.sql"),
    include_str!("released/0030.sql"),
    include_str!("released/0031.sql"),
];

fn key() -> CipherKey {
    CipherKey::new(Box::new([7; 32]))
}

/// A file as the version of that schema left it.
fn released(path: &Path, version: usize) {
    let connection = Connection::open(path).unwrap();
    unlock(&connection, &key()).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    for (schema, rows) in MIGRATIONS.iter().zip(RELEASED).take(version) {
        connection.execute_batch(schema).unwrap();
        connection.execute_batch(rows).unwrap();
    }
    connection.pragma_update(None, "user_version", version as i64).unwrap();
}

/// Every row of every table, in words.
fn dump(store: &Store) -> String {
    store
        .read(|reader| {
            let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
            let mut tables = reader.prepare(tables).unwrap();
            let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            let mut out = String::new();
            for name in names {
                let mut statement = reader.prepare(&format!("SELECT * FROM {name} ORDER BY 1, 2")).unwrap();
                let columns: Vec<String> = statement.column_names().map(String::from).collect();
                let mut rows = statement.query([]).unwrap();
                while let Some(row) = rows.next().unwrap() {
                    let value = |at| match row.get::<_, Value>(at).unwrap() {
                        Value::Null => "-".into(),
                        Value::Integer(number) => number.to_string(),
                        Value::Real(number) => number.to_string(),
                        Value::Text(text) => text,
                        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
                    };
                    let values: Vec<String> =
                        columns.iter().enumerate().map(|(at, column)| format!("{column}={}", value(at))).collect();
                    writeln!(out, "{name}: {}", values.join(" ")).unwrap();
                }
            }
            Ok(out)
        })
        .unwrap()
}

#[test]
fn a_database_of_every_released_schema_opens_with_all_of_its_rows_and_was_copied_before() {
    assert_eq!(RELEASED.len() as i64, SCHEMA_VERSION, "write the rows that the last released version left");
    let dir = tempfile::tempdir().unwrap();
    for version in 1..=RELEASED.len() {
        let (path, copy) = (dir.path().join(format!("{version}.db")), dir.path().join(format!("{version}.copy.db")));
        released(&path, version);
        let store = Store::open_keeping(&path, &key(), Some(&copy)).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "schema {version}");
        assert_eq!(
            copy.exists(),
            (version as i64) < SCHEMA_VERSION,
            "schema {version}: a copy is made before a migration"
        );
        insta::assert_snapshot!(format!("schema_{version}"), dump(&store));
    }
}

#[test]
fn a_file_of_an_older_schema_is_copied_whole_before_it_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("store.db"), dir.path().join("copies/copy.db"));
    released(&path, 1);
    let store = Store::open_keeping(&path, &key(), Some(&copy)).unwrap();
    let old = Connection::open(&copy).unwrap();
    unlock(&old, &key()).unwrap();
    assert_eq!(super::version_of(&old).unwrap(), 1, "it is as it was");
    drop(old);
    // And it opens like any other.
    assert_eq!(dump(&Store::open(&copy, &key()).unwrap()), dump(&store));
}
