//! A frame of a stack trace → the line of code that it names, at the version that the customer runs.

use crate::{CommitId, Repository, Result, error::Doing, repository::oid};
use git2::{ObjectType, TreeWalkMode, TreeWalkResult};
use std::collections::HashMap;

/// A file that a person would read: what is larger was made by a program.
const LONGEST: usize = 8 << 20;
/// More files than any project has in one version.
const MOST_FILES: usize = 1_000_000;
const LONGEST_LINE: usize = 2_000;

/// The files of one version, by their last name.
pub struct Files {
    by_name: HashMap<String, Vec<String>>,
}

impl Repository {
    /// Links and submodules are no files: they are not followed.
    pub fn files(&self, at: CommitId) -> Result<Files> {
        const DOING: &str = "list the files of a version";
        let tree = self.git.find_commit(oid(at)).and_then(|commit| commit.tree()).doing(DOING)?;
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        let mut count = 0;
        tree.walk(TreeWalkMode::PreOrder, |dir, entry| {
            let is_file = entry.kind() == Some(ObjectType::Blob) && entry.filemode() & 0o170_000 == 0o100_000;
            if let (true, Ok(name)) = (is_file, entry.name()) {
                by_name.entry(name.to_owned()).or_default().push(format!("{dir}{name}"));
                count += 1;
            }
            if count < MOST_FILES { TreeWalkResult::Ok } else { TreeWalkResult::Abort }
        })
        .or_else(|cause| if count < MOST_FILES { Err(cause) } else { Ok(()) })
        .doing(DOING)?;
        Ok(Files { by_name })
    }

    /// A line as `git show COMMIT:PATH` has it, without its end; `None` where the file is shorter, larger than 8 MB, or no
    /// text. `line` counts from 1.
    pub fn line(&self, at: CommitId, path: &str, line: u32) -> Option<String> {
        let tree = self.git.find_commit(oid(at)).ok()?.tree().ok()?;
        let entry = tree.get_path(std::path::Path::new(path)).ok()?;
        let (size, kind) = self.git.odb().ok()?.read_header(entry.id()).ok()?;
        if kind != ObjectType::Blob || size > LONGEST {
            return None;
        }
        let blob = self.git.find_blob(entry.id()).ok()?;
        let bytes = blob.content();
        if bytes.iter().take(8_000).any(|byte| *byte == 0) {
            return None;
        }
        let found = bytes.split(|byte| *byte == b'\n').nth(usize::try_from(line).ok()?.checked_sub(1)?)?;
        let found = found.strip_suffix(b"\r").unwrap_or(found);
        let text = String::from_utf8_lossy(found.get(..LONGEST_LINE).unwrap_or(found)).into_owned();
        // The nothing behind the last line break is no line.
        let is_last = text.is_empty() && bytes.iter().filter(|byte| **byte == b'\n').count() < line as usize;
        (!is_last).then_some(text)
    }
}

impl Files {
    /// The one file that a frame means. Of Java's kind it names a package and a file; of the others a path, whose end is what
    /// counts. `None` where there is none, or several fit equally well: nothing is guessed.
    pub fn find(&self, function: &str, file: &str) -> Option<&str> {
        let file = file.replace('\\', "/");
        let parts: Vec<&str> =
            file.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").collect();
        let (name, dirs) = parts.split_last()?;
        let candidates = self.by_name.get(*name)?;
        let package: Vec<&str>;
        let dirs = if dirs.is_empty() && ["java", "kt", "scala", "groovy"].iter().any(|end| name.ends_with(end)) {
            // `org.apache.Broker$1.run`: the package is what comes before the class.
            let parts: Vec<&str> = function.split('.').collect();
            let class = parts.iter().position(|part| part.starts_with(char::is_uppercase))?;
            package = parts.into_iter().take(class).collect();
            let whole = format!("{}/{name}", package.join("/"));
            let fits = |path: &&String| **path == whole || path.ends_with(&format!("/{whole}"));
            let mut fitting = candidates.iter().filter(fits);
            let found = fitting.next()?;
            return fitting.next().is_none().then_some(found);
        } else {
            dirs
        };
        let shared = |path: &String| {
            let own: Vec<&str> = path.split('/').rev().skip(1).collect();
            own.iter().zip(dirs.iter().rev()).take_while(|(a, b)| a == b).count()
        };
        let best = candidates.iter().map(shared).max()?;
        let mut fitting = candidates.iter().filter(|path| shared(path) == best);
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Project;

    #[test]
    fn a_frame_finds_its_file_and_line_at_each_version_and_the_text_is_what_git_shows() {
        let mut project = Project::new();
        let java = "core/src/main/java/org/acme/Cart.java";
        let old = project.commit(java, "a\n  total();\r\n\nlast", "old");
        project.write("web/src/main/java/org/other/Cart.java", "x\n");
        project.write("app/views/cart.py", "one\ntwo\n");
        project.write("lib/views/cart.py", "three\n");
        let new = project.commit(java, "added\na\n  total();\n", "new");
        let repository = project.open();
        let files = repository.files(new).unwrap();
        assert_eq!(files.find("org.acme.Cart$1.run", "Cart.java"), Some(java));
        assert_eq!(files.find("org.none.Cart.run", "Cart.java"), None);
        assert_eq!(files.find("show", "/srv/app/views/cart.py"), Some("app/views/cart.py"));
        assert_eq!(files.find("show", "C:\\srv\\lib\\views\\cart.py"), Some("lib/views/cart.py"));
        assert_eq!(files.find("show", "cart.py"), None, "two fit");
        assert_eq!(files.find("show", "../../etc/passwd"), None);
        for (commit, line) in [(old, 2), (new, 3)] {
            assert_eq!(repository.line(commit, java, line).as_deref(), Some("  total();"));
            let shown = project.git(&["show", &format!("{commit}:{java}")]);
            assert_eq!(shown.lines().nth(line as usize - 1).unwrap(), "  total();");
        }
        assert_eq!(repository.line(old, java, 4).as_deref(), Some("last"));
        for (path, line) in
            [(java, 0), (java, 4), (java, u32::MAX), ("../../etc/passwd", 1), ("/etc/passwd", 1), ("core", 1)]
        {
            assert_eq!(repository.line(new, path, line), None, "{path} {line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_repository_and_a_file_of_nine_megabytes_show_nothing() {
        let mut project = Project::new();
        std::os::unix::fs::symlink("/etc/passwd", project.path().join("passwd.py")).unwrap();
        project.write("large.py", vec![b'a'; 9 << 20]);
        let head = project.commit("zero.py", "a\0b\n", "all");
        let repository = project.open();
        assert_eq!(repository.files(head).unwrap().find("f", "passwd.py"), None);
        assert_eq!(
            repository.line(head, "passwd.py", 1).as_deref(),
            Some("/etc/passwd"),
            "the link itself, as git shows it"
        );
        assert_eq!(repository.line(head, "large.py", 1), None);
        assert_eq!(repository.line(head, "zero.py", 1), None);
    }
}
