//! The report as a file: into the folder that somebody names, or where downloads go. Never over something that is there.

use crate::{
    Engine, Error, Result,
    api::{
        args::ReportSaveArgs,
        view::{ReportSaved, ReportView},
    },
};
use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Names that are tried where the first is taken.
const TRIED: u32 = 200;

pub(crate) fn save(engine: &Engine, args: &ReportSaveArgs) -> Result<ReportSaved> {
    let folder = match args.folder.as_deref().map(str::trim).filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => {
            downloads().ok_or_else(|| Error::BadInput("name the folder: this machine has none for downloads".into()))?
        }
    };
    if !folder.is_absolute() {
        return Err(Error::BadInput("name the folder with its whole path".into()));
    }
    if !folder.is_dir() {
        return Err(Error::BadInput(format!("{} is no folder", folder.display())));
    }
    let report = super::report::write(engine, &args.report)?;
    let path = write_new(&folder, &report)
        .map_err(|cause| Error::BadInput(format!("cannot write into {}: {cause}", folder.display())))?;
    Ok(ReportSaved { path: path.display().to_string(), bytes: report.text.len() as u64 })
}

/// Where a browser would put it.
fn downloads() -> Option<PathBuf> {
    let home = std::env::home_dir()?;
    [home.join("Downloads"), home].into_iter().find(|folder| folder.is_absolute() && folder.is_dir())
}

/// `insights-2026-05-01.csv`, else `insights-2026-05-01 (2).csv`. Whole or not at all.
fn write_new(folder: &Path, report: &ReportView) -> io::Result<PathBuf> {
    let (stem, ending) = report.name.rsplit_once('.').unwrap_or((&report.name, "txt"));
    for nth in 1..=TRIED {
        let name = if nth == 1 { report.name.clone() } else { format!("{stem} ({nth}).{ending}") };
        let path = folder.join(name);
        let mut file = match File::create_new(&path) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => continue,
            opened => opened?,
        };
        let written = file.write_all(report.text.as_bytes()).and_then(|()| file.sync_all());
        written.inspect_err(|_| drop(std::fs::remove_file(&path)))?;
        return Ok(path);
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{TRIED} reports of that day lie there")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_never_written_over_another_one() {
        let dir = tempfile::tempdir().unwrap();
        let report = |text: &str| ReportView { name: "insights-2026-05-01.csv".into(), text: text.into() };
        let [first, second] = ["a", "b"].map(|text| write_new(dir.path(), &report(text)).unwrap());
        assert_eq!([first.as_path(), second.as_path()].map(|path| std::fs::read_to_string(path).unwrap()), ["a", "b"]);
        assert!(second.ends_with("insights-2026-05-01 (2).csv"));
        assert!(write_new(&dir.path().join("none"), &report("c")).is_err());
    }
}
