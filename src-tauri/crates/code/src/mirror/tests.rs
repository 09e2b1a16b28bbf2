use super::*;
use crate::{Repository, testing::Project};

const ADDRESS: &str = "ssh://git@git.acme.example/acme/shop.git";

/// A server that is reached through a stand-in for ssh, which runs here what it would run there, on one repository.
struct Server {
    project: Project,
    home: tempfile::TempDir,
    own: Vec<(OsString, OsString)>,
}

#[cfg(unix)]
impl Server {
    fn new() -> Self {
        let project = Project::new();
        let home = tempfile::tempdir().unwrap();
        let script = format!(
            "#!/bin/sh\n[ \"$1\" = -G ] && exit 1\necho \"$*\" >> {home}/asked\nexec git-upload-pack {path}\n",
            home = home.path().display(),
            path = project.path().display()
        );
        let file = home.path().join("ssh.sh");
        fs::write(&file, script).unwrap();
        fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let mut own = vec![("GIT_SSH_COMMAND".into(), file.into_os_string())];
        own.push(("PATH".into(), std::env::var_os("PATH").unwrap()));
        own.push(("HOME".into(), home.path().into()));
        Self { project, home, own }
    }

    fn dir(&self) -> PathBuf {
        self.home.path().join("mirrors/shop.git")
    }

    fn fetch(&self, room: Room) -> Result<u64> {
        let dir = self.dir();
        let mirror = Mirror::at(&dir, &self.own, room);
        mirror.ask_branch(&|| false)?;
        mirror.fetch(&|| false)
    }
}

#[cfg(unix)]
#[test]
fn a_mirror_is_fetched_once_whole_and_then_what_is_new_and_what_is_gone_there_goes() {
    let mut server = Server::new();
    server.project.git(&["checkout", "-q", "-b", "develop"]);
    server.project.commit("a", "one", "SHOP-1 begin");
    server.project.tag("v1.0.0");
    server.project.git(&["branch", "side"]);
    server.project.git(&["update-ref", "refs/pull/7/head", "HEAD"]);
    Mirror::create(&server.dir(), &Address::parse(ADDRESS).unwrap()).unwrap();
    assert!(server.fetch(Room::default()).unwrap() > 0);
    let refs = Repository::open(&server.dir()).unwrap().refs().unwrap();
    let names: Vec<_> = refs.all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["refs/heads/develop", "refs/heads/side", "refs/pull/7/head", "refs/tags/v1.0.0"]);
    assert_eq!(refs.main.as_deref(), Some("refs/heads/develop"), "as the other side has it");

    server.project.git(&["branch", "-D", "side"]);
    let new = server.project.commit("b", "two", "SHOP-2 more");
    server.fetch(Room::default()).unwrap();
    let mirror = Repository::open(&server.dir()).unwrap();
    assert!(mirror.has(new) && !mirror.refs().unwrap().all.iter().any(|one| one.name.contains("side")));
    assert_eq!(mirror.source(new, "b").unwrap().line(1).as_deref(), Some("two"));
    let hooks = fs::read_dir(server.dir().join("hooks")).into_iter().flatten();
    let hooks: Vec<_> = hooks.map(|hook| hook.unwrap().file_name()).filter(|name| name != "README.sample").collect();
    assert!(hooks.is_empty(), "no template of this machine is in it: {hooks:?}");
    // Asked as the address says, and nothing else.
    let asked = fs::read_to_string(server.home.path().join("asked")).unwrap();
    assert!(asked.lines().all(|line| line == "git@git.acme.example git-upload-pack '/acme/shop.git'"), "{asked}");
}

#[cfg(unix)]
#[test]
fn a_mirror_that_grows_without_end_is_given_up_and_leaves_no_remains() {
    let mut server = Server::new();
    // Nothing of it can be packed away.
    let mut state = 1u64;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    });
    server.project.write("large", noise.take(3 << 20).collect::<Vec<u8>>());
    server.project.git(&["add", "-A"]);
    server.project.commit_all("large");
    Mirror::create(&server.dir(), &Address::parse(ADDRESS).unwrap()).unwrap();
    let refused = server.fetch(Room { seconds: 60, megabytes: 1 }).unwrap_err();
    assert_eq!(refused.code(), "repository_too_large");
    let stopped = Mirror::at(&server.dir(), &server.own, Room::default()).fetch(&|| true).unwrap_err();
    assert_eq!(stopped.code(), "cancelled");
    assert!(server.fetch(Room::default()).is_ok(), "with room for it, it comes");
}

#[cfg(unix)]
#[test]
fn a_server_that_is_away_or_says_no_is_told_apart_and_no_secret_is_repeated() {
    let server = Server::new();
    Mirror::create(&server.dir(), &Address::parse(ADDRESS).unwrap()).unwrap();
    let says = |words: &str| {
        let script = format!(
            "#!/bin/sh\n[ \"$1\" = -G ] && exit 1\nyes 'remote: busy' | head -20000 >&2\necho \"{words}\" >&2\nexit 128\n"
        );
        fs::write(server.home.path().join("ssh.sh"), script).unwrap();
        server.fetch(Room::default()).unwrap_err()
    };
    let away = says("ssh: Could not resolve hostname git.acme.example: Temporary failure in name resolution");
    assert_eq!((away.code(), away.is_permanent()), ("repository_unreachable", false));
    assert_eq!(says("git@git.acme.example: Permission denied (publickey).").code(), "repository_denied");
    let odd = says("fatal: something at https://ann:ghp_secret@git.acme.example/acme").to_string();
    assert!(odd.contains("https://git.acme.example/acme") && !odd.contains("secret"), "{odd}");
}

#[test]
fn a_protocol_that_is_not_spoken_is_refused_by_git_itself_whatever_the_settings_say() {
    let dir = tempfile::tempdir().unwrap();
    let canary = dir.path().join("canary");
    let mirror = dir.path().join("mirror.git");
    Mirror::create(&mirror, &Address::parse(ADDRESS).unwrap()).unwrap();
    let own = [("PATH".into(), std::env::var_os("PATH").unwrap())];
    let git = git2::Repository::open_bare(&mirror).unwrap();
    let mut settings = git.config().unwrap();
    settings.set_str("protocol.allow", "always").unwrap();
    settings.set_str("protocol.ext.allow", "always").unwrap();
    for url in [format!("ext::sh -c touch% {}", canary.display()), format!("file://{}", dir.path().display())] {
        settings.set_str("remote.origin.url", &url).unwrap();
        let refused = Mirror::at(&mirror, &own, Room::default()).fetch(&|| false).unwrap_err();
        assert!(refused.to_string().contains("not allowed"), "{refused}");
        assert!(Mirror::address_of(&mirror).is_none());
    }
    assert!(!canary.exists());
}
