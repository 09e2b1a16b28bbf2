//! A Rust file that no `mod` leads to is neither compiled nor tested, and nobody is told.

use super::Finding;
use super::files::File;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// The first file of every target: `lib.rs`, `main.rs`, `tests/main.rs`, …
pub fn roots(metadata: &Value, root: &Path) -> Vec<String> {
    let packages = metadata["packages"].as_array().map_or(&[][..], Vec::as_slice);
    let targets = packages.iter().filter_map(|package| package["targets"].as_array()).flatten();
    let paths = targets.filter_map(|target| target["src_path"].as_str());
    let relative = paths.filter_map(|path| Path::new(path).strip_prefix(root).ok());
    relative.map(|path| path.to_string_lossy().replace('\\', "/")).collect()
}

pub fn check(files: &[File], roots: &[String]) -> Vec<Finding> {
    let rust: Vec<&File> = files.iter().filter(|file| file.is(&["rs"])).collect();
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> = roots.to_vec();
    while let Some(path) = open.pop() {
        let Some(file) = rust.iter().find(|file| file.path == path) else { continue };
        if reached.insert(path.clone()) {
            open.extend(children(file, roots.contains(&path)));
        }
    }
    let lost = rust.iter().filter(|file| !reached.contains(&file.path));
    lost.map(|file| Finding::new(&file.path, 0, "no `mod` leads here, so it is never compiled or tested")).collect()
}

/// The files that a file's `mod name;` lines may mean.
fn children(file: &File, is_root: bool) -> Vec<String> {
    let dir = file.path.rsplit_once('/').map_or("", |(dir, _)| dir);
    let own = if is_root { dir.to_owned() } else { file.path.trim_end_matches(".rs").to_owned() };
    let mut found = Vec::new();
    let mut named: Option<String> = None;
    for (_, line) in file.lines() {
        let line = line.trim();
        if let Some(path) = line.strip_prefix("#[path = \"").and_then(|rest| rest.split('"').next()) {
            named = Some(format!("{dir}/{path}"));
        } else if let Some(name) = module(line) {
            found.push(named.take().unwrap_or_else(|| format!("{own}/{name}.rs").trim_start_matches('/').to_owned()));
        }
    }
    found
}

/// `pub(crate) mod name;` → `name`.
fn module(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) => rest.trim_start_matches(|char| char != ' '),
        None => line,
    };
    line.trim_start().strip_prefix("mod ")?.strip_suffix(';')
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn a_test_file_that_main_forgot_is_found() {
        let files =
            [file("tests/main.rs", "mod journeys;\n"), file("tests/journeys.rs", ""), file("tests/lost.rs", "")];
        let findings = check(&files, &["tests/main.rs".into()]);
        assert_eq!(findings.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["tests/lost.rs"]);
    }

    #[test]
    fn modules_are_followed_down_whatever_their_visibility() {
        let files = [
            file("a/src/lib.rs", "pub mod b;\npub(crate) mod c;\n#[path = \"other/place.rs\"]\nmod d;\n"),
            file("a/src/b.rs", "    mod deep;\n"),
            file("a/src/b/deep.rs", ""),
            file("a/src/c.rs", "mod tests {}"),
            file("a/src/other/place.rs", ""),
        ];
        assert_eq!(check(&files, &["a/src/lib.rs".into()]), []);
    }

    #[test]
    fn roots_are_the_first_files_of_targets() {
        let metadata = serde_json::json!({ "packages": [{ "targets": [{ "src_path": "/r/tests/main.rs" }] }] });
        assert_eq!(roots(&metadata, Path::new("/r")), ["tests/main.rs"]);
    }
}
