//! What `git log` writes of a stranger's repository, what we keep of it, and the names of its tags.
#![no_main]

use code::{History, Links, Refs, Releases, StoredRef};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // A piece that we kept, damaged.
    let _ = History::load([data]);
    let _ = Refs::load(data);
    let Ok(history) = History::of_log(data) else { return };
    let kept = history.pack().expect("what was read can be kept");
    let again = History::load([kept.as_slice()]).expect("what was kept can be read");
    assert!(history.commits().eq(again.commits()), "what was kept is not what was read");
    for (place, commit) in history.commits() {
        assert!(commit.parents.iter().all(|parent| *parent < place), "a parent stands after its child");
        assert!(commit.subject.chars().count() <= 300, "a subject of {} bytes", commit.subject.len());
        assert!(commit.mentions.iter().all(|mention| history.naming(&mention.key).contains(&place)));
    }
    let tag = |path: &str, commit| StoredRef { name: format!("refs/tags/{path}"), commit };
    let tags = history.commits().flat_map(|(_, commit)| history.paths(commit).map(|path| tag(path, commit.id)));
    let branches = history.commits().map(|(_, commit)| {
        let name = format!("refs/heads/{}", commit.subject);
        StoredRef { name, commit: commit.id }
    });
    let main = history.commits().next().map(|(_, commit)| format!("refs/heads/{}", commit.subject));
    let links = Links::of(&history, &Refs { main, all: branches.collect() });
    for (place, _) in history.commits() {
        assert!(links.of_commit(place).iter().all(|key| links.naming(key).contains(&place)));
        let _ = links.of_merge(&history, place);
    }
    let releases = Releases::of(&Refs { main: None, all: tags.collect() });
    for release in releases.all() {
        let _ = (releases.choose(&release.name), release.line());
    }
});
