//! One window to a workspace: a second start asks the first to show itself, and ends. They meet at a socket in the
//! workspace's folder, so two workspaces may have a window each. Where there can be no socket, a second window opens and
//! reads only.

use std::path::Path;

/// Who this start is.
pub enum Start {
    First(Door),
    /// The first was asked; there is nothing left to do.
    Second,
}

#[cfg(unix)]
mod at {
    use super::{Path, Start};
    use std::os::unix::net::{UnixListener, UnixStream};

    /// Where later starts knock; nothing is said there.
    pub struct Door(Option<UnixListener>);

    pub fn claim(home: &Path) -> Start {
        let socket = home.join("window.sock");
        if UnixStream::connect(&socket).is_ok() {
            return Start::Second;
        }
        // Nobody answers: what lies there was left by one that is gone.
        let bound = std::fs::create_dir_all(home).and_then(|()| match std::fs::remove_file(&socket) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(cause),
            _ => UnixListener::bind(&socket),
        });
        Start::First(Door(bound.inspect_err(|cause| tracing::warn!("a second window cannot hand over: {cause}")).ok()))
    }

    impl Door {
        /// Calls back for each later start, on a thread of its own.
        pub fn listen(self, knocked: impl Fn() + Send + 'static) {
            let Some(listener) = self.0 else { return };
            std::thread::spawn(move || listener.incoming().filter_map(Result::ok).for_each(|_| knocked()));
        }
    }
}

#[cfg(not(unix))]
mod at {
    use super::{Path, Start};

    pub struct Door;

    pub fn claim(_: &Path) -> Start {
        Start::First(Door)
    }

    impl Door {
        pub fn listen(self, _: impl Fn() + Send + 'static) {}
    }
}

pub use at::{Door, claim};

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_second_start_is_heard_by_the_first_and_another_workspace_is_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        let Start::First(door) = claim(&home) else { panic!("nobody was there before") };
        let (knock, knocks) = mpsc::channel();
        door.listen(move || knock.send(()).unwrap());
        assert!(matches!(claim(&home), Start::Second));
        knocks.recv().unwrap();
        assert!(matches!(claim(&dir.path().join("other")), Start::First(_)));
    }

    #[test]
    fn a_socket_that_a_crash_left_behind_stops_nobody() {
        let dir = tempfile::tempdir().unwrap();
        drop(std::os::unix::net::UnixListener::bind(dir.path().join("window.sock")).unwrap());
        let first = claim(dir.path());
        assert!(matches!((&first, claim(dir.path())), (Start::First(_), Start::Second)));
    }

    #[test]
    fn where_there_can_be_no_socket_the_window_opens_all_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let long = dir.path().join("x".repeat(200));
        assert!(matches!(claim(&long), Start::First(_)));
    }
}
