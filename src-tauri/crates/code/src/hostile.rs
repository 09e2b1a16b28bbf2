//! Repositories that mean harm: none makes a file, runs a program, hangs, or ends the process.

use crate::{CommitId, Repository, testing::Project};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

/// Everything below a folder, with its bytes: what reading must not change.
fn everything(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            let path = entry.path().display().to_string();
            if kind.is_dir() {
                found.push((path, Vec::new()));
                open.push(entry.path());
            } else if kind.is_file() {
                found.push((path, fs::read(entry.path()).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// As a repository on a disk would be that somebody prepared, not as git would let one be made.
fn put_ref(project: &Project, name: &str, commit: CommitId) {
    let mut packed = fs::read_to_string(project.path().join(".git/packed-refs")).unwrap_or_default();
    packed.push_str(&format!("{commit} {name}\n"));
    fs::write(project.path().join(".git/packed-refs"), packed).unwrap();
}

#[test]
fn settings_hooks_and_attributes_of_a_repository_run_nothing_and_reading_changes_nothing() {
    let mut project = Project::new();
    let canary = project.path().join("canary");
    let touch = format!("touch {}", canary.display());
    let head = project.commit("a.txt", "a\n", "AMQ-1 begin");
    project.commit(".gitattributes", "*.txt filter=evil diff=evil\n", "Attributes");
    for setting in [
        "core.fsmonitor",
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.alternateRefsCommand",
        "core.gitProxy",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.smudge",
        "filter.evil.clean",
        "filter.evil.process",
        "gpg.program",
        "credential.helper",
        "alias.log",
        "pager.log",
        "remote.origin.uploadpack",
        "uploadpack.packObjectsHook",
    ] {
        let value = if setting == "alias.log" { format!("!{touch}") } else { touch.clone() };
        project.git(&["config", setting, &value]);
    }
    // Objects that are missing would be fetched from here.
    for (setting, value) in [
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &format!("ext::sh -c \"{touch}\"")),
        ("protocol.ext.allow", "always"),
        ("log.showSignature", "true"),
        ("core.hooksPath", "hooks"),
    ] {
        project.git(&["config", setting, value]);
    }
    for hook in ["post-checkout", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman", "post-index-change"] {
        let file = project.path().join(".git/hooks").join(hook);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("#!/bin/sh\n{touch}\n")).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    // And one is missing.
    let blob = project.git(&["rev-parse", "HEAD~1:a.txt"]);
    fs::remove_file(project.path().join(".git/objects").join(&blob[..2]).join(&blob[2..])).unwrap();
    let before = everything(project.path());
    let read = project.read();
    assert_eq!((read.added, read.history.naming("AMQ-1").len()), (2, 1));
    assert!(read.history.place(head).is_some());
    assert!(!canary.exists(), "something was run");
    assert!(everything(project.path()) == before, "something was written");
}

#[test]
fn a_clone_that_leaves_objects_with_its_server_is_refused_in_words() {
    let mut project = Project::new();
    project.commit("a", "a\n", "begin");
    project.git(&["config", "core.repositoryFormatVersion", "1"]);
    project.git(&["config", "extensions.partialClone", "origin"]);
    let refused = Repository::open(project.path()).err().unwrap();
    assert_eq!(refused.code(), "repository_extension");
    assert!(refused.to_string().contains("partialclone"), "{refused}");
}

#[test]
fn a_ref_that_is_called_like_an_option_or_a_path_is_a_name_and_nothing_more() {
    let mut project = Project::new();
    let head = project.commit("a", "a\n", "begin");
    let names = [
        "refs/tags/--upload-pack=touch canary",
        "refs/tags/-oProxyCommand=touch canary",
        "refs/heads/--output=canary",
        "refs/tags/v1.0\u{202e}",
    ];
    for name in names {
        put_ref(&project, name, head);
    }
    put_ref(&project, "refs/tags/../../../canary", head);
    put_ref(&project, "refs/tags/v2.0.0", head);
    let before = everything(project.path());
    let read = project.read();
    assert_eq!(read.added, 1);
    assert!(read.refs.all.iter().all(|one| one.commit == head));
    assert!(read.refs.all.iter().any(|one| one.name == "refs/tags/v2.0.0"), "{:?}", read.refs);
    assert!(everything(project.path()) == before);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_link_in_the_place_of_a_file_is_refused_or_passed_over_and_never_waited_for() {
    use std::os::unix::fs::symlink;
    let pipe = |project: &Project, path: &str| {
        let path = project.path().join(path);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    };
    let began = Instant::now();
    for path in
        [".git/refs/heads/pipe", ".git/packed-refs", ".git/info/grafts", ".git/shallow", ".git/objects/pack/x.idx"]
    {
        let mut project = Project::new();
        project.commit("a", "a\n", "begin");
        pipe(&project, path);
        assert_eq!(Repository::open(project.path()).err().unwrap().code(), "repository_odd", "{path}");
    }
    // Links to elsewhere: the text behind them shows nowhere.
    let mut project = Project::new();
    let head = project.commit("a", "a\n", "begin");
    symlink("/etc/passwd", project.path().join(".git/refs/heads/passwd")).unwrap();
    symlink("/etc", project.path().join(".git/refs/tags/etc")).unwrap();
    symlink("/dev/zero", project.path().join(".git/refs/heads/zero")).unwrap();
    assert_eq!(Repository::open(project.path()).err().unwrap().code(), "repository_odd");
    fs::remove_file(project.path().join(".git/refs/heads/zero")).unwrap();
    let read = project.read();
    assert!(read.refs.all.iter().all(|one| one.commit == head && !one.name.contains("etc")), "{:?}", read.refs);
    assert!(began.elapsed() < Duration::from_secs(60));
}

#[test]
fn what_is_no_repository_is_told_in_words_and_folders_above_are_not_searched() {
    let project = Project::new();
    let inner = project.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let file = project.path().join("file");
    fs::write(&file, "x").unwrap();
    let nowhere = project.path().join("nowhere");
    for path in [&inner, &file, &nowhere, Path::new("--upload-pack=x")].map(AsRef::<Path>::as_ref) {
        assert_eq!(Repository::open(path).err().unwrap().code(), "no_repository", "{}", path.display());
    }
    // A file that sends the reader elsewhere, to nothing.
    fs::write(inner.join(".git"), "gitdir: ../../../../etc\n").unwrap();
    assert!(Repository::open(&inner).is_err());
}

#[test]
fn a_damaged_commit_costs_what_lies_behind_it_and_a_damaged_tree_its_files_alone() {
    let mut project = Project::new();
    project.commit("a", "a\n", "first");
    let second = project.commit("b", "b\n", "second");
    project.commit("c", "c\n", "third");
    project.git(&["checkout", "-q", "-b", "side", "HEAD~2"]);
    project.commit("d", "d\n", "on the side");
    let spoil = |object: &str| {
        let file = project.path().join(".git/objects").join(&object[..2]).join(&object[2..]);
        fs::remove_file(&file).unwrap();
        fs::write(&file, b"not an object").unwrap();
    };
    let tree = project.git(&["rev-parse", &format!("{second}^{{tree}}")]);
    spoil(&tree);
    let read = project.read();
    assert!(!read.whole, "it says that something is missing");
    assert_eq!(read.added, 4, "all commits are there");
    spoil(&second.to_string());
    let read = project.read();
    let subjects: Vec<_> = read.history.commits().map(|(_, commit)| commit.subject.to_string()).collect();
    assert!(!read.whole && subjects.contains(&"on the side".to_owned()), "{subjects:?}");
}

#[test]
fn grafts_replacements_and_shallow_ends_do_not_change_what_is_told() {
    let mut project = Project::new();
    let first = project.commit("a", "a\n", "first");
    let second = project.commit("b", "b\n", "second");
    let other = project.commit("c", "c\n", "third");
    project.git(&["replace", &second.to_string(), &first.to_string()]);
    fs::create_dir_all(project.path().join(".git/info")).unwrap();
    fs::write(project.path().join(".git/info/grafts"), format!("{other}\n")).unwrap();
    let read = project.read();
    assert_eq!(read.added, 3);
    let third = read.history.get(read.history.place(other).unwrap()).unwrap();
    assert_eq!(&third.parents[..], [read.history.place(second).unwrap()]);

    let shallow = tempfile::tempdir().unwrap();
    fs::remove_file(project.path().join(".git/info/grafts")).unwrap();
    let url = format!("file://{}", project.path().display());
    let target = shallow.path().join("clone");
    project.git(&["clone", "-q", "--depth", "2", &url, &target.display().to_string()]);
    let read = crate::history::update(&Repository::open(&target).unwrap(), Default::default(), &|_| {}, &|| false);
    let read = read.unwrap();
    assert_eq!((read.added, read.history.get(0).unwrap().parents.len()), (2, 0));
}

#[test]
fn a_hundred_thousand_tags_and_a_commit_of_fifty_thousand_files_are_read_in_bounded_time() {
    let mut project = Project::new();
    let head = project.commit("a", "a\n", "begin");
    let mut packed: Vec<String> = (0..100_000).map(|at| format!("{head} refs/tags/v1.{at}.0\n")).collect();
    packed.sort();
    fs::write(project.path().join(".git/packed-refs"), packed.concat()).unwrap();
    // Through an index alone: no fifty thousand files on the disk.
    let blob = project.git(&["rev-parse", "HEAD:a"]);
    let lines: String = (0..50_000).map(|at| format!("100644 {blob}\tdir{}/file{at}\n", at % 100)).collect();
    fs::write(project.path().join("lines"), lines).unwrap();
    let script = "git update-index --index-info < lines && git commit -q -m many";
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(project.path()).args(["-c", script]);
    for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
        shell.env(format!("{name}_NAME"), "Ann").env(format!("{name}_EMAIL"), "a@example.org");
    }
    assert!(shell.status().unwrap().success());
    let began = Instant::now();
    let read = project.read();
    let releases = crate::Releases::of(&read.refs);
    assert_eq!((releases.all().len(), read.added), (100_000, 2));
    let many = read.history.get(1).unwrap();
    assert_eq!((many.files, read.history.paths(many).count()), (50_000, 5_000));
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_utf_8_is_shown_with_replacements() {
    use std::os::unix::ffi::OsStrExt;
    let mut project = Project::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(project.path().join(name), "x").unwrap();
    project.git(&["add", "-A"]);
    project.commit_all("latin");
    let read = project.read();
    let commit = read.history.get(0).unwrap();
    assert_eq!(read.history.paths(commit).collect::<Vec<_>>(), ["caf\u{fffd}.txt"]);
}

#[cfg(unix)]
#[test]
fn objects_that_are_borrowed_from_elsewhere_are_looked_over_and_lead_round_in_no_circle() {
    let mut project = Project::new();
    let head = project.commit("a", "a\n", "AMQ-1 begin");
    let elsewhere = tempfile::tempdir().unwrap();
    let objects = project.path().join(".git/objects");
    let alternates = objects.join("info/alternates");
    fs::create_dir_all(objects.join("info")).unwrap();
    // To nothing, to a file, to itself, out of the repository and to what is no path.
    let lines = format!("/nowhere/objects\n/etc/passwd\n{}\n../../../../../etc\n\0\n", objects.display());
    fs::write(&alternates, lines).unwrap();
    let before = everything(project.path());
    assert_eq!(project.read().history.naming("AMQ-1").len(), 1);
    assert!(everything(project.path()) == before);
    // Two that name each other.
    fs::create_dir_all(elsewhere.path().join("info")).unwrap();
    fs::write(elsewhere.path().join("info/alternates"), format!("{}\n", objects.display())).unwrap();
    fs::write(&alternates, format!("{}\n", elsewhere.path().display())).unwrap();
    assert!(project.read().history.place(head).is_some());
    // What would be waited for ever lies there.
    fs::create_dir(elsewhere.path().join("pack")).unwrap();
    let pipe = elsewhere.path().join("pack/x.idx");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(Repository::open(project.path()).err().unwrap().code(), "repository_odd");
}

#[test]
fn a_file_of_a_gigabyte_is_a_name_in_the_history_and_its_text_is_never_read() {
    let mut project = Project::new();
    // Nothing but zeros: a megabyte in the pack, a gigabyte unpacked.
    let file = fs::File::create(project.path().join("large.java")).unwrap();
    file.set_len(1 << 30).unwrap();
    project.git(&["-c", "core.bigFileThreshold=1m", "-c", "core.compression=1", "add", "large.java"]);
    let head = project.commit_all("AMQ-1 a gigabyte");
    fs::remove_file(project.path().join("large.java")).unwrap();
    let began = Instant::now();
    let read = project.read();
    assert_eq!(read.history.naming("AMQ-1").len(), 1);
    let repository = project.open();
    assert!(repository.source(head, "large.java").is_none());
    assert!(repository.blame(head, "large.java", &[1..=1], &crate::Customs::default(), &|| false).unwrap().is_empty());
    assert!(repository.literals(head, &|| false).unwrap().is_empty());
    assert!(repository.hunks(head, "large.java").is_some_and(|hunks| hunks.is_empty()), "compared as a picture is");
    assert!(repository.patch_id(head).is_some());
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

#[test]
fn what_git_answers_beyond_its_limits_is_given_up() {
    let mut project = Project::new();
    for _ in 0..15 {
        project.commit_all(&"x".repeat(100_000));
    }
    let run = |limits| {
        crate::runner::run(project.open().git_dir(), &["log", "--all"], Vec::new(), limits, &|| false, &mut |_| Ok(()))
    };
    assert!(run(crate::runner::Limits { seconds: 60, megabytes: 8 }).is_ok());
    assert_eq!(run(crate::runner::Limits { seconds: 60, megabytes: 1 }).unwrap_err().code(), "repository_too_large");
    assert_eq!(run(crate::runner::Limits { seconds: 0, megabytes: 8 }).unwrap_err().code(), "repository_too_large");
}

#[test]
fn a_tree_that_names_paths_out_of_itself_shows_nothing_and_writes_nothing() {
    let mut project = Project::new();
    project.commit("a.java", "x(\"a text that is said here\");\n", "begin");
    let blob = project.git(&["rev-parse", "HEAD:a.java"]);
    // As no git would make one: names with slashes, dots and an own .git in them.
    let mut tree = Vec::new();
    for name in ["../../evil.java", ".git", "..", "/etc/evil.java", "evil\\..\\x.java"] {
        tree.extend_from_slice(format!("100644 {name}\0").as_bytes());
        tree.extend((0..20).map(|at| u8::from_str_radix(&blob[2 * at..2 * at + 2], 16).unwrap()));
    }
    let file = project.path().join("tree");
    fs::write(&file, tree).unwrap();
    let tree = project.git(&["hash-object", "-t", "tree", "-w", "--literally", "tree"]);
    fs::remove_file(file).unwrap();
    let commit = project.git(&["commit-tree", "-m", "AMQ-1 evil", &tree]);
    project.git(&["update-ref", "refs/heads/evil", &commit]);
    let evil = CommitId::parse(&commit).unwrap();
    let before = everything(project.path());
    let read = project.read();
    assert_eq!(read.history.naming("AMQ-1").len(), 1);
    let repository = project.open();
    for path in ["../../evil.java", "/etc/evil.java", "..", ".git"] {
        assert!(repository.source(evil, path).is_none_or(|source| source.line(1).unwrap().starts_with("x(")), "{path}");
    }
    let _ = (repository.files(evil), repository.literals(evil, &|| false));
    assert!(everything(project.path()) == before);
    assert!(!project.path().join("../../evil.java").exists());
}
