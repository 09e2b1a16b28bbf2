//! The code that an entry is about: does the newest release still say there what it said when somebody last looked?

use super::{Known, map};
use crate::{Engine, Result, api::view::CodeChangedView};
use ::code::{Choice, CommitId, Release, Repository};
use ::knowledge::{CodeLink, Entry};
use domain::Millis;
use std::{collections::HashMap, sync::Arc};
use store::StoredRepo;

/// Releases between that are read to say in which one it changed.
const READ: usize = 40;

pub(crate) struct Linked {
    repos: Vec<(StoredRepo, Arc<Known>, Option<Repository>)>,
    /// Repositories of each product, in lower case.
    homes: HashMap<String, Vec<String>>,
}

impl Linked {
    pub(crate) fn of(engine: &Engine) -> Result<Self> {
        let mut repos = Vec::new();
        for repo in engine.core.store.repos()?.into_iter().filter(|repo| repo.read_at.is_some()) {
            let known = Known::of(engine, &repo)?;
            // It may lie on a disk that is not there today: then nothing is said of it.
            let open = known.open().ok();
            repos.push((repo, known, open));
        }
        let mut homes: HashMap<String, Vec<String>> = HashMap::new();
        for home in map::get(engine)?.homes {
            homes.entry(home.product.to_lowercase()).or_default().push(home.repo);
        }
        Ok(Self { repos, homes })
    }

    /// What changed of the code that an entry is about, by the order of its links.
    pub(crate) fn changed(&self, entry: &Entry) -> Vec<CodeChangedView> {
        entry.code().iter().filter_map(|link| self.change(entry, link)).collect()
    }

    /// The links of an entry as they are after somebody looked: each at the newest release.
    pub(crate) fn looked_at(&self, entry: &Entry) -> Vec<CodeLink> {
        let anew = |link: CodeLink| {
            let newest =
                self.places(entry, &link).find_map(|(_, known, _)| newest(known).map(|release| release.name.clone()));
            newest.map_or_else(|| link.clone(), |newest| link.at(&newest))
        };
        entry.code().into_iter().map(anew).collect()
    }

    fn places<'a>(
        &'a self,
        entry: &'a Entry,
        link: &'a CodeLink,
    ) -> impl Iterator<Item = (&'a StoredRepo, &'a Known, &'a Repository)> {
        let own = entry.product().and_then(|product| self.homes.get(&product.to_lowercase()));
        let meant = move |name: &str| match (&link.repo, own) {
            (Some(repo), _) => repo == name,
            (None, Some(own)) => own.iter().any(|repo| repo == name),
            (None, None) => true,
        };
        let open = self.repos.iter().filter_map(|(repo, known, open)| Some((repo, known.as_ref(), open.as_ref()?)));
        open.filter(move |(repo, ..)| meant(repo.name.as_str()))
    }

    fn change(&self, entry: &Entry, link: &CodeLink) -> Option<CodeChangedView> {
        self.places(entry, link).find_map(|(repo, known, open)| {
            let asked = format!("{link} {}", entry.written_at().unwrap_or_default().0);
            if let Some(said) = known.linked(&asked) {
                return said;
            }
            let said = change(repo, known, open, link, entry.written_at());
            known.keep_linked(asked, said.clone());
            said
        })
    }
}

fn change(
    repo: &StoredRepo,
    known: &Known,
    open: &Repository,
    link: &CodeLink,
    at: Option<Millis>,
) -> Option<CodeChangedView> {
    let looked = match &link.version {
        Some(version) => match known.releases.choose(version) {
            Choice::One(release) => release,
            _ => return None,
        },
        // What was out when it was written.
        None => {
            let at = at?;
            out(known).filter(|release| committed(known, release.commit).is_some_and(|then| then <= at)).last()?
        }
    };
    let newest = newest(known).filter(|newest| newest.version > looked.version)?;
    let before = open.source(looked.commit, &link.path)?;
    let symbol = link.symbol.as_deref();
    let same =
        |release: &Release| open.source(release.commit, &link.path).map(|after| before.says_the_same(&after, symbol));
    let now = same(newest);
    if now == Some(true) {
        return None;
    }
    let between = out(known).filter(|release| release.version > looked.version).take(READ);
    let first = between.into_iter().find(|release| same(release) != Some(true)).unwrap_or(newest);
    Some(CodeChangedView {
        repo: repo.name.to_string(),
        path: link.path.clone(),
        symbol: link.symbol.clone(),
        from: looked.name.clone(),
        to: first.name.clone(),
        newest: newest.name.clone(),
        gone: now.is_none(),
    })
}

/// What is out, the oldest version first.
fn out(known: &Known) -> impl Iterator<Item = &Release> {
    known.releases.all().iter().filter(|release| !release.is_branch && !release.is_prerelease())
}

fn newest(known: &Known) -> Option<&Release> {
    out(known).last()
}

fn committed(known: &Known, commit: CommitId) -> Option<Millis> {
    let commit = known.history.get(known.history.place(commit)?)?;
    Some(Millis(commit.committed_at.saturating_mul(1000)))
}
