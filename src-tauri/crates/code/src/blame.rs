//! Who changed a line last, and in which commit, as git says it.

use crate::{
    CommitId, Error, Repository, Result, people,
    repository::oid,
    runner::{self, Limits},
};
use std::{collections::HashMap, fs, ops::RangeInclusive, path::Path};
use tempfile::TempDir;

const LIMITS: Limits = Limits { seconds: 20, megabytes: 64 };
/// Commits that are passed over: a list of more was made by a program.
const MOST_PASSED: usize = 500;
/// Where a team lists the commits that only moved things about.
const PASSED: &str = ".git-blame-ignore-revs";

/// What a team wrote down for whoever asks who wrote a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customs {
    /// Commits that are passed over: they only moved things about.
    pub passed_over: Vec<CommitId>,
    /// The version whose `.mailmap` says who is who.
    people: Option<CommitId>,
}

/// What git says of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blamed {
    pub line: u32,
    pub commit: CommitId,
    pub author: String,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
    pub summary: String,
    /// The file and the line that it was in that commit.
    pub path: String,
    pub was: u32,
}

impl Repository {
    /// What a version says in `.git-blame-ignore-revs`, less the commits that are not here, and in `.mailmap`.
    pub fn customs(&self, at: CommitId) -> Customs {
        let people = self.source(at, people::PLACE).map(|_| at);
        Customs { passed_over: self.passed_over(at), people }
    }

    fn passed_over(&self, at: CommitId) -> Vec<CommitId> {
        let Some(list) = self.source(at, PASSED) else { return Vec::new() };
        let lines = (1..=list.len()).filter_map(|line| list.line(line));
        let named = lines.filter_map(|line| CommitId::parse(line.split('#').next().unwrap_or_default().trim()));
        named.filter(|id| self.git.find_commit(oid(*id)).is_ok()).take(MOST_PASSED).collect()
    }

    /// Of some lines of a file at a version, in order. Lines that the file does not have are left out; nothing where it is
    /// no text.
    pub fn blame(
        &self,
        at: CommitId,
        path: &str,
        lines: &[RangeInclusive<u32>],
        customs: &Customs,
        stop: &dyn Fn() -> bool,
    ) -> Result<Vec<Blamed>> {
        // Only what the version holds as a file goes on a command line, alone and behind `--`.
        let Some(source) = self.source(at, path) else { return Ok(Vec::new()) };
        let ranges = lines.iter().filter_map(|lines| {
            let (from, to) = (*lines.start().max(&1), *lines.end().min(&source.len()));
            (from <= to).then(|| format!("-L{from},{to}"))
        });
        let ranges: Vec<String> = ranges.collect();
        if ranges.is_empty() {
            return Ok(Vec::new());
        }
        let ignored: Vec<String> = customs.passed_over.iter().map(|id| format!("--ignore-rev={id}")).collect();
        let commit = at.to_string();
        let mut args = vec!["blame", "--porcelain", "--no-textconv", "--no-ext-diff"];
        args.extend(ignored.iter().chain(&ranges).map(String::as_str));
        args.extend([commit.as_str(), "--", path]);
        let mut said = Vec::new();
        let bare = self.bare(customs)?;
        runner::run(bare.path(), &args, Vec::new(), LIMITS, stop, &mut |piece| {
            said.extend_from_slice(piece);
            Ok(())
        })?;
        let mut found = read(&said)?;
        found.sort_by_key(|one| one.line);
        found.dedup_by_key(|one| one.line);
        Ok(found)
    }
}

impl Repository {
    /// A repository with these objects and no settings but who is who: `blame.ignoreRevsFile`, which many teams set, is read from
    /// wherever git happens to stand, and git gives up where it is not there.
    fn bare(&self, customs: &Customs) -> Result<TempDir> {
        let objects = self.git.commondir().join("objects");
        let objects = objects.to_str().filter(|path| !path.contains(['\n', '\r']));
        let objects = objects.ok_or(Error::Runner(std::io::ErrorKind::InvalidFilename.into()))?;
        let make = || -> std::io::Result<TempDir> {
            let dir = tempfile::tempdir()?;
            fs::create_dir_all(dir.path().join("objects/info"))?;
            fs::create_dir(dir.path().join("refs"))?;
            fs::write(dir.path().join("HEAD"), "ref: refs/heads/none\n")?;
            fs::write(dir.path().join("objects/info/alternates"), format!("{objects}\n"))?;
            if let Some(at) = customs.people {
                let settings = format!("[core]\n\tbare = true\n[mailmap]\n\tblob = {at}:{}\n", people::PLACE);
                fs::write(dir.path().join("config"), settings)?;
            }
            let shallow = self.git.commondir().join("shallow");
            if shallow.is_file() {
                fs::copy(shallow, dir.path().join("shallow"))?;
            }
            Ok(dir)
        };
        make().map_err(Error::Runner)
    }
}

#[derive(Clone, Default)]
struct Written {
    author: String,
    at: i64,
    summary: String,
    path: String,
}

/// Git's porcelain: `HASH was line`, what it says of a commit where it names it for the first time, and the line behind a tab.
fn read(said: &[u8]) -> Result<Vec<Blamed>> {
    const GARBLED: Error = Error::Garbled("who changed a line");
    let text = String::from_utf8_lossy(said);
    let mut commits: HashMap<CommitId, Written> = HashMap::new();
    let mut found = Vec::new();
    let mut now: Option<(CommitId, u32, u32)> = None;
    for line in text.split('\n') {
        if line.starts_with('\t') {
            let (commit, was, line) = now.take().ok_or(GARBLED)?;
            let written = commits.get(&commit).cloned().unwrap_or_default();
            let Written { author, at, summary, path } = written;
            found.push(Blamed { line, commit, author, at, summary, path, was });
            continue;
        }
        let Some((commit, ..)) = now else {
            let mut words = line.split(' ');
            let Some(commit) = words.next().and_then(CommitId::parse) else { continue };
            let mut number = || words.next().and_then(|word| word.parse().ok()).ok_or(GARBLED);
            now = Some((commit, number()?, number()?));
            continue;
        };
        let written = commits.entry(commit).or_default();
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        match key {
            "author" => written.author = value.to_owned(),
            "author-time" => written.at = value.parse::<i64>().unwrap_or(0).saturating_mul(1_000),
            "summary" => written.summary = value.to_owned(),
            "filename" => written.path = value.to_owned(),
            _ => {}
        }
    }
    Ok(found)
}

/// The same line in another version of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Today {
    /// It stands there word for word.
    Same {
        path: String,
        line: u32,
    },
    /// The file is there, and the line is not: what stands in its place.
    Changed {
        path: String,
        line: u32,
    },
    Gone,
}

/// Files of the same name that are held against one that moved.
const MOST_MOVED: usize = 20;

impl Repository {
    /// Where a line of one version is in another: in the same file, else in the file of that name that has most of its lines.
    pub fn follow(&self, from: CommitId, path: &str, line: u32, to: CommitId, files: &crate::Files) -> Result<Today> {
        let Some(old) = self.source(from, path) else { return Ok(Today::Gone) };
        let place = |new_path: &str| -> Result<Option<(usize, Today)>> {
            let Some(new) = self.source(to, new_path) else { return Ok(None) };
            let path = new_path.to_owned();
            let (kept, there) = old.line_in(&new, line)?;
            let there = match there {
                Ok(line) => Today::Same { path, line },
                Err(line) => Today::Changed { path, line: line.clamp(1, new.len().max(1)) },
            };
            Ok(Some((kept, there)))
        };
        if files.has(path)
            && let Some((_, found)) = place(path)?
        {
            return Ok(found);
        }
        let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path);
        let mut best: Option<(usize, Today)> = None;
        for other in files.called(name).into_iter().take(MOST_MOVED) {
            let found = place(other)?.filter(|(kept, _)| kept * 2 >= old.len() as usize);
            if let Some(found) = found
                && best.as_ref().is_none_or(|(kept, _)| found.0 > *kept)
            {
                best = Some(found);
            }
        }
        Ok(best.map_or(Today::Gone, |(_, found)| found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Project;

    const CALM: &dyn Fn() -> bool = &|| false;

    #[test]
    fn a_line_has_the_commit_that_changed_it_last_also_over_a_rename() {
        let mut project = Project::new();
        let first = project.commit("a/cart.rs", "one\ntwo\nthree\n", "AMQ-1: Three lines");
        let second = project.commit("a/cart.rs", "one\n2\nthree\n", "AMQ-2: Say it in digits");
        project.git(&["mv", "a/cart.rs", "basket.rs"]);
        let head = project.commit_all("Move it");
        let found = project.open().blame(head, "basket.rs", &[1..=1, 2..=9], &Customs::default(), CALM).unwrap();
        let told: Vec<_> = found.iter().map(|one| (one.line, one.commit, one.was, one.path.as_str())).collect();
        assert_eq!(told, [(1, first, 1, "a/cart.rs"), (2, second, 2, "a/cart.rs"), (3, first, 3, "a/cart.rs")]);
        let Blamed { author, at, summary, .. } = &found[1];
        assert_eq!((author.as_str(), *at, summary.as_str()), ("Ann", 1_700_172_800_000, "AMQ-2: Say it in digits"));
    }

    #[test]
    fn what_only_moved_things_about_is_passed_over_where_the_team_says_so() {
        let mut project = Project::new();
        let wrote = project.commit("a.rs", "fn a() {\nb();\n}\n", "Write it");
        let indented = project.commit("a.rs", "fn a() {\n    b();\n}\n", "Indent everything");
        let list = format!("# moved\n{indented} # by a program\n{}\nnonsense\n", "0".repeat(40));
        let head = project.commit(PASSED, &list, "Pass over it");
        let repository = project.open();
        let customs = repository.customs(head);
        assert_eq!(customs.passed_over, [indented]);
        let commit = |customs: &Customs| repository.blame(head, "a.rs", &[2..=2], customs, CALM).unwrap()[0].commit;
        assert_eq!((commit(&Customs::default()), commit(&customs)), (indented, wrote));
    }

    #[test]
    fn who_wrote_under_another_name_is_called_as_the_team_calls_them() {
        let mut project = Project::new();
        let old = project.commit("a.rs", "one\n", "One");
        let new = project.commit(".mailmap", "Ann Lee <ann@example.org> <a@example.org>\n", "Say who is who");
        let repository = project.open();
        let author =
            |customs: &Customs| repository.blame(old, "a.rs", &[1..=1], customs, CALM).unwrap()[0].author.clone();
        assert_eq!(
            (author(&repository.customs(old)), author(&repository.customs(new))),
            ("Ann".into(), "Ann Lee".into())
        );
    }

    #[test]
    fn a_mailmap_that_is_none_or_names_nobody_costs_nothing() {
        let mut project = Project::new();
        project.commit("a.rs", "one\n", "One");
        let bad = project.commit(".mailmap", "<<<> \u{0}\u{1}\nAnn\n> <\n", "Nonsense");
        std::fs::remove_file(project.path().join(".mailmap")).unwrap();
        let folder = project.commit(".mailmap/x", "y\n", "A folder");
        let repository = project.open();
        for at in [bad, folder] {
            let found = repository.blame(at, "a.rs", &[1..=1], &repository.customs(at), CALM).unwrap();
            assert_eq!(found[0].author, "Ann");
        }
    }

    #[test]
    fn a_hostile_repository_runs_nothing_and_leads_nowhere() {
        let mut project = Project::new();
        project.commit("--output=x", "odd\n", "A name that looks like an option");
        let head = project.commit("a.rs", "one\n", "One");
        project.write(".git/info/attributes", "* diff=evil\n");
        let canary = project.path().join("canary");
        let config = project.path().join(".git/config");
        let evil = format!(
            "[diff \"evil\"]\n\ttextconv = touch {0}\n[diff]\n\texternal = touch {0}\n[core]\n\tfsmonitor = touch {0}\n\tpager = touch {0}\n\
             \tworktree = /\n[blame]\n\tignoreRevsFile = /nowhere/at/all\n",
            canary.display()
        );
        std::fs::write(&config, std::fs::read_to_string(&config).unwrap() + &evil).unwrap();
        let repository = project.open();
        for path in ["a.rs", "--output=x"] {
            assert_eq!(repository.blame(head, path, &[1..=1], &Customs::default(), CALM).unwrap().len(), 1, "{path}");
        }
        for path in ["../../etc/passwd", "/etc/passwd", ":(glob)*", "a.rs:1", ""] {
            assert!(repository.blame(head, path, &[1..=1], &Customs::default(), CALM).unwrap().is_empty(), "{path}");
        }
        assert!(repository.blame(head, "a.rs", &[7..=9], &Customs::default(), CALM).unwrap().is_empty());
        assert!(!canary.exists());
    }

    #[test]
    fn a_line_is_followed_through_edits_and_moves_and_its_end_is_told() {
        let mut project = Project::new();
        let text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";
        let old = project.commit("src/cart.rs", text, "Old");
        let edited = project.commit("src/cart.rs", &format!("zero\n{}", text.replace("four", "4")), "Edited");
        project.git(&["mv", "src/cart.rs", "cart.rs"]);
        project.write("other/cart.rs", "nothing of it\n");
        let moved = project.commit_all("Moved");
        project.git(&["rm", "-q", "cart.rs"]);
        let gone = project.commit_all("Gone");
        let repository = project.open();
        let at = |line, to| repository.follow(old, "src/cart.rs", line, to, &repository.files(to).unwrap()).unwrap();
        let same = |path: &str, line| Today::Same { path: path.into(), line };
        assert_eq!(at(2, edited), same("src/cart.rs", 3));
        assert_eq!(at(4, edited), Today::Changed { path: "src/cart.rs".into(), line: 5 });
        assert_eq!((at(7, edited), at(7, moved)), (same("src/cart.rs", 8), same("cart.rs", 8)));
        assert_eq!((at(2, gone), at(2, old)), (Today::Gone, same("src/cart.rs", 2)));
    }

    proptest::proptest! {
        #[test]
        fn whatever_git_says_is_read_without_a_panic(said in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
            let _ = read(&said);
            let mut line = b"0123456789012345678901234567890123456789 1 2\n".to_vec();
            line.extend(said);
            let _ = read(&line);
        }
    }
}
