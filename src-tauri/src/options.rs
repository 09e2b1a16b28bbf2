//! The command line of the window.

use engine::Home;
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub home: PathBuf,
    /// Fill an empty workspace with the sample company.
    pub sample: bool,
}

impl Options {
    pub fn read(args: impl Iterator<Item = OsString>, from_env: Option<OsString>) -> Result<Options, String> {
        let mut home = from_env.filter(|home| !home.is_empty()).map(PathBuf::from);
        let mut sample = false;
        let mut args = args;
        while let Some(arg) = args.next() {
            match arg.to_str() {
                Some("--home") => home = Some(args.next().ok_or("--home needs a folder")?.into()),
                Some("--sample") => sample = true,
                _ => return Err(format!("{} is not an option: [--home DIR] [--sample]", arg.display())),
            }
        }
        let home = home.or_else(Home::default_dir).ok_or("no home directory is set: name a folder with --home DIR")?;
        Ok(Options { home, sample })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str], env: Option<&str>) -> Result<Options, String> {
        Options::read(args.iter().map(OsString::from), env.map(OsString::from))
    }

    #[test]
    fn the_argument_wins_over_the_environment() {
        assert_eq!(read(&["--home", "/a"], Some("/b")).unwrap().home, PathBuf::from("/a"));
        assert_eq!(read(&["--sample"], Some("/b")).unwrap(), Options { home: "/b".into(), sample: true });
    }

    #[test]
    fn what_is_not_understood_is_refused_in_words() {
        assert!(read(&["--home"], None).is_err());
        assert!(read(&["--hoem", "/a"], None).unwrap_err().contains("--hoem"));
    }
}
