//! The contract and what the page was told of it are the same.

use std::path::Path;

/// `cargo xtask bindings` sets PRECEDENT_WRITE_BINDINGS and so writes the file.
#[test]
fn the_bindings_are_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/host/bindings.ts");
    let fresh = super::bindings();
    if std::env::var_os("PRECEDENT_WRITE_BINDINGS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == fresh, "the contract changed: run `cargo xtask bindings` and commit {}", path.display());
}
