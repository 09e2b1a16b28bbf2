//! A frame of a stack trace → the line of code that it names, at the version that the customer runs.

use crate::{CommitId, Repository, Result, error::Doing, repository::oid};
use git2::{ObjectType, TreeWalkMode, TreeWalkResult};
use std::collections::HashMap;

/// More files than any project has in one version.
const MOST_FILES: usize = 1_000_000;

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
}

impl Files {
    pub fn has(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.by_name.get(name).is_some_and(|paths| paths.iter().any(|own| own == path))
    }

    /// Whether some file lies in a folder, or below it.
    pub(crate) fn has_folder(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        self.by_name.values().flatten().any(|path| path.starts_with(&start))
    }

    /// The last names of the files that lie in a folder itself.
    pub(crate) fn names_in<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f str> {
        let paths = self.by_name.values().flatten();
        paths.filter_map(move |path| match path.rsplit_once('/') {
            Some((own, name)) => (own == folder).then_some(name),
            None => folder.is_empty().then_some(path.as_str()),
        })
    }

    /// Files that are called like a class: `Cart.java` of `Cart`.
    pub fn named(&self, class: &str) -> Vec<&str> {
        let endings = [
            "java", "kt", "scala", "groovy", "cs", "ts", "tsx", "js", "swift", "php", "cpp", "h", "py", "rb", "rs",
            "go",
        ];
        let found = endings.iter().filter_map(|ending| self.by_name.get(&format!("{class}.{ending}")));
        found.flatten().map(String::as_str).collect()
    }

    /// Files of this last name, wherever they lie.
    pub(crate) fn called(&self, name: &str) -> Vec<&str> {
        self.by_name.get(name).into_iter().flatten().map(String::as_str).collect()
    }

    /// The files that a frame may mean, best fits alone. Of Java's kind it names a package and a file; of the others a path,
    /// whose end is what counts.
    pub fn candidates(&self, function: &str, file: &str) -> Vec<&str> {
        let file = file.replace('\\', "/");
        let parts: Vec<&str> =
            file.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..").collect();
        let Some((name, dirs)) = parts.split_last() else { return Vec::new() };
        let Some(named) = self.by_name.get(*name) else { return Vec::new() };
        let packaged = ["java", "kt", "scala", "groovy"].iter().any(|end| name.ends_with(end));
        if dirs.is_empty() && packaged {
            return in_package(named, function, name);
        }
        let shared = |path: &String| {
            let own: Vec<&str> = path.split('/').rev().skip(1).collect();
            own.iter().zip(dirs.iter().rev()).take_while(|(a, b)| a == b).count()
        };
        let best = named.iter().map(shared).max();
        named.iter().filter(|path| Some(shared(path)) == best).map(String::as_str).collect()
    }
}

/// `org.apache.Broker$1.run`: the package is what comes before the class.
fn in_package<'a>(named: &'a [String], function: &str, name: &str) -> Vec<&'a str> {
    let parts: Vec<&str> = function.split('.').collect();
    let Some(class) = parts.iter().position(|part| part.starts_with(char::is_uppercase)) else { return Vec::new() };
    let package = parts.get(..class).unwrap_or_default().join("/");
    let whole = if package.is_empty() { name.to_owned() } else { format!("{package}/{name}") };
    let tail = format!("/{whole}");
    named.iter().filter(|path| **path == whole || path.ends_with(&tail)).map(String::as_str).collect()
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
        assert_eq!(files.candidates("org.acme.Cart$1.run", "Cart.java"), [java]);
        assert!(files.candidates("org.none.Cart.run", "Cart.java").is_empty());
        assert_eq!(files.candidates("show", "/srv/app/views/cart.py"), ["app/views/cart.py"]);
        assert_eq!(files.candidates("show", "C:\\srv\\lib\\views\\cart.py"), ["lib/views/cart.py"]);
        assert_eq!(files.candidates("show", "cart.py"), ["app/views/cart.py", "lib/views/cart.py"], "both fit");
        assert!(files.candidates("show", "../../etc/passwd").is_empty());
        let line_of = |at, path: &str, line| repository.source(at, path).and_then(|source| source.line(line));
        for (commit, line) in [(old, 2), (new, 3)] {
            assert_eq!(line_of(commit, java, line).as_deref(), Some("  total();"));
            let shown = project.git(&["show", &format!("{commit}:{java}")]);
            assert_eq!(shown.lines().nth(line as usize - 1).unwrap(), "  total();");
        }
        assert_eq!(line_of(old, java, 4).as_deref(), Some("last"));
        for (path, line) in
            [(java, 0), (java, 4), (java, u32::MAX), ("../../etc/passwd", 1), ("/etc/passwd", 1), ("core", 1)]
        {
            assert_eq!(line_of(new, path, line), None, "{path} {line}");
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
        assert_eq!(repository.files(head).unwrap().candidates("f", "passwd.py"), [""; 0]);
        let line_of = |at, path: &str, line| repository.source(at, path).and_then(|source| source.line(line));
        assert_eq!(line_of(head, "passwd.py", 1).as_deref(), Some("/etc/passwd"), "the link itself, as git shows it");
        assert_eq!(line_of(head, "large.py", 1), None);
        assert_eq!(line_of(head, "zero.py", 1), None);
    }
}
