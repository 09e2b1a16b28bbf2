//! When to escalate, and what a package has to hold: an article of the team's folder, for one product or for all.
//! Its editions are those of the folder: a package names the one by which it was made.

use crate::{Engine, Error, Result, api::view::GuidelineView, knowledge, text};
use ::escalation::{Fact, Package};
use ::knowledge::Entry;
use domain::BodyFormat;

pub(super) struct Guideline {
    entry: Entry,
    /// What the article names, as far as there are such facts.
    needed: Vec<Fact>,
    unknown: Vec<String>,
}

/// That of the product, or else the one that is for all; `None` without either, and without a folder.
pub(super) fn of(engine: &Engine, product: &str) -> Result<Option<Guideline>> {
    let state = match knowledge::shelf(engine).and_then(|shelf| Ok(shelf.read()?)) {
        Ok(state) => state,
        // A folder that is gone for now stops nobody from handing a case over.
        Err(Error::NoKnowledge | Error::Knowledge(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let same = |name: &str| name.trim().eq_ignore_ascii_case(product.trim());
    let mut guides: Vec<Entry> = state.entries.into_iter().filter(|entry| entry.escalate().is_some()).collect();
    guides.retain(|entry| entry.product().is_none_or(same));
    guides.sort_by(|a, b| b.product().is_some().cmp(&a.product().is_some()).then_with(|| a.path.cmp(&b.path)));
    Ok(guides.into_iter().next().map(|entry| {
        let named = entry.escalate().unwrap_or_default().iter();
        let (mut needed, mut unknown) = (Vec::new(), Vec::new());
        for word in named {
            match Fact::parse(word.trim()) {
                Some(fact) => needed.push(fact),
                None => unknown.push(word.clone()),
            }
        }
        Guideline { entry, needed, unknown }
    }))
}

impl Guideline {
    /// An empty list asks for what is asked for without a guideline. What there cannot be (no repository, no trace) is not asked for.
    pub(super) fn ask_of(&self, package: &mut Package) {
        if !self.needed.is_empty() {
            let code = [Fact::Release, Fact::CodeLane, Fact::Suspects];
            let there = package.needed.clone();
            package.needed = Fact::ALL
                .into_iter()
                .filter(|fact| self.needed.contains(fact) && (!code.contains(fact) || there.contains(fact)))
                .collect();
        }
        package.guideline = format!("{} ({})", self.entry.path, edition(&self.entry));
    }
}

/// Another text is another edition; which one was when, the folder's history says.
fn edition(entry: &Entry) -> String {
    blake3::hash(entry.document.to_string().as_bytes()).to_hex().get(..8).unwrap_or_default().into()
}

pub(super) fn view(guideline: Guideline) -> GuidelineView {
    let Guideline { entry, needed, unknown } = guideline;
    GuidelineView {
        edition: edition(&entry),
        html: text::html(&entry.document.body, BodyFormat::Markdown),
        needed: needed.into_iter().map(|fact| fact.as_str().into()).collect(),
        unknown,
        product: entry.product().map(str::to_owned),
        title: entry.title,
        path: entry.path,
    }
}
