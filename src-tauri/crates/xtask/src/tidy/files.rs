//! The text files that people write, wherever they lie in the checkout.

use anyhow::{Context, Result};
use std::path::Path;

pub struct File {
    /// From the root, with `/` on every system.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// What is made, fetched or recorded, not written.
const OTHERS: [&str; 10] =
    ["corpus", ".git", "target", "node_modules", "dist", "gen", "out", "fixtures", "golden", "bench-results"];
const EXTENSIONS: [&str; 13] =
    ["rs", "ts", "svelte", "css", "js", "mjs", "html", "md", "toml", "sql", "json", "yml", "sh"];
const WRITTEN_BY_PROGRAMS: [&str; 2] = ["package-lock.json", "bindings.ts"];

pub fn read(root: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    walk(root, root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<File>) -> Result<()> {
    for entry in std::fs::read_dir(dir).with_context(|| format!("cannot list {}", dir.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() || OTHERS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if written_by_people(&name) {
            let text = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(File { path: relative, text: String::from_utf8_lossy(&text).into_owned() });
        }
    }
    Ok(())
}

fn written_by_people(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    EXTENSIONS.contains(&extension) && !WRITTEN_BY_PROGRAMS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_write_is_not_looked_at() {
        assert!(written_by_people("lib.rs") && written_by_people("App.svelte"));
        assert!(!written_by_people("bindings.ts") && !written_by_people("package-lock.json"));
        assert!(!written_by_people("Cargo.lock") && !written_by_people("icon.png"));
    }
}
