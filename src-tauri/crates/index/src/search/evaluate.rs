//! Every clause read in full into dense arrays: which documents have it, and the points they get for it. What was typed
//! comes first; where little has all of it, what begins so and what is spelled nearly so is looked for too.

use super::{
    Facet, FoundDoc, SearchQuery, Tier, facets, filters,
    page::{Cursor, Scales},
    parse::{Clause, Plan, Wanted},
    place::{self, Place, Round},
    sheet::{Rows, Sheet},
    spelling,
    top::{self, Top},
};
use crate::{
    Error, analysis,
    candidates::{Gate, go_on},
    schema::Fields,
    view::View,
};
use domain::{DocId, DocKind, Millis, Scope};
use std::collections::HashSet;
use tantivy::Searcher;

/// Fewer matches than this are seen to their end at a glance: then more is looked for.
const FEW: u64 = 10;

pub(super) struct Outcome {
    /// Matches of each tier.
    pub tiers: [u64; 4],
    pub hits: Vec<FoundDoc>,
    /// No document has everything: these have some of it.
    pub any: bool,
    /// What was taken for what was typed.
    pub more: Vec<Clause>,
    pub next: Option<Cursor>,
    pub facets: Vec<Facet>,
}

/// What may be a hit, the words aside.
struct Bounds<'a> {
    scope: Scope,
    since: Option<Millis>,
    /// Only what is known, and that is this.
    known: Option<&'a HashSet<DocId>>,
    only: Option<&'a HashSet<DocId>>,
    asked: u32,
}

pub(super) fn run(
    fields: &Fields,
    view: &View,
    plan: &Plan,
    query: &SearchQuery<'_>,
    cancel: &dyn Fn() -> bool,
) -> Result<Outcome, Error> {
    let (searcher, id) = (&view.searcher, query.id());
    let (after, mut scales) = match query.after.map(|text| Cursor::read(text, id)).transpose()? {
        Some(cursor) => (Some(cursor.last), cursor.scales),
        None => (None, Scales::default()),
    };
    let mut outcome =
        Outcome { tiers: [0; 4], hits: Vec::new(), any: false, more: Vec::new(), next: None, facets: Vec::new() };
    if plan.is_empty() {
        return Ok(outcome);
    }
    let mut rows = Rows::of(searcher);
    let mut sheets = rows.sheets(searcher);
    let places = place::places(fields, view, &mut scales)?;
    let mut round = place::round(view, &mut scales, cancel);
    for (clause, bit) in numbered(plan) {
        for place in &places {
            place.mark(&mut round, clause, bit, &mut sheets)?;
        }
    }
    let bounds = bounds(fields, searcher, plan, query, &mut sheets, cancel)?;
    let required = numbered(plan).filter(|(clause, _)| !clause.optional).fold(0, |all, (_, bit)| all | bit);
    let page =
        |sheets: &[Sheet<'_>], judge: Judge| page(searcher, sheets, &bounds, Top::new(query.k, after), judge, cancel);
    let mut judge = Judge::All(required);
    let mut found = page(&sheets, judge)?;
    if round.scales.choose(found.total() < FEW && required != 0) {
        outcome.more = look_further(&mut round, plan, &places, &mut sheets)?;
        found = page(&sheets, judge)?;
    }
    outcome.any = round.scales.choose(found.total() == 0 && required.count_ones() > 1);
    if outcome.any {
        judge = Judge::Some(required);
        found = page(&sheets, judge)?;
    }
    outcome.tiers = found.tiers;
    outcome.next = found.hits.last().filter(|_| found.more).map(|last| Cursor::new(id, *last, scales));
    outcome.hits = found.hits.iter().map(|hit| FoundDoc { doc: hit.doc, points: hit.points, tier: hit.tier }).collect();
    if query.facets {
        let open = Bounds { asked: 0, scope: bounds.scope.clone(), ..bounds };
        let mut matches = Matches::new(&sheets, searcher, &open)?;
        each(searcher, &sheets, &open, cancel, judge, |hit, _| matches.put(hit.segment, hit.doc))?;
        outcome.facets = facets::count(fields, searcher, &plan.filters, bounds.asked, &sheets, &matches, cancel)?;
    }
    Ok(outcome)
}

fn numbered(plan: &Plan) -> impl Iterator<Item = (&Clause, u32)> {
    (0u32..).zip(&plan.clauses).map(|(at, clause)| (clause, 1 << at))
}

/// Beginnings of words that were typed in full, and what is spelled nearly so. Only clauses that little has are read so:
/// what many documents have was hardly mistyped, and an id that is there is no beginning of another.
fn look_further(
    round: &mut Round<'_>,
    plan: &Plan,
    places: &[Place],
    sheets: &mut [Sheet<'_>],
) -> Result<Vec<Clause>, Error> {
    let mut more = Vec::new();
    for (clause, bit) in numbered(plan).filter(|(clause, _)| !clause.optional) {
        let had: u64 = sheets.iter().zip(round.view.dead()).map(|(sheet, dead)| sheet.living(bit, dead)).sum();
        if round.scales.choose(clause.has_parts_begun() && had < FEW) {
            for place in places {
                place.side_by_side(round, clause, bit, sheets)?;
            }
        }
        let few = round.scales.choose(had == 0 || had < FEW && !clause.named);
        let Some(typed) = clause.typed.as_deref().filter(|_| few) else { continue };
        go_on(round.cancel)?;
        let mut found = Clause::default();
        if clause.prefix.is_none() && typed.chars().count() > 1 {
            found.prefix = clause.beginning();
        }
        if spelling::may_be_mistyped(typed) {
            let goes_on = clause.prefix.is_some();
            let looked_for = if goes_on { typed.to_owned() } else { analysis::with(|analyzer| analyzer.stem(typed)) };
            found.near = spelling::neighbours(places, &looked_for, goes_on)?;
        }
        for place in places {
            if let Some(prefix) = &found.prefix {
                place.begin(round, prefix, bit, sheets)?;
            }
            if place.has_words() {
                place.forgive(round, &found.near, bit, sheets)?;
            }
        }
        more.push(found);
    }
    Ok(more)
}

fn bounds<'a>(
    fields: &Fields,
    searcher: &Searcher,
    plan: &Plan,
    query: &SearchQuery<'a>,
    sheets: &mut [Sheet<'_>],
    cancel: &dyn Fn() -> bool,
) -> Result<Bounds<'a>, Error> {
    let asked = filters::mark(fields, searcher, &plan.filters, sheets, cancel)?;
    let (mut since, mut until): (Option<Millis>, Option<Millis>) = (None, None);
    let mut known = None;
    for filter in &plan.filters {
        match filter.wanted {
            Wanted::Since(moment) => since = since.max(Some(moment)),
            Wanted::Until(moment) => until = Some(until.map_or(moment, |until| until.min(moment))),
            Wanted::Known => known = query.known,
            Wanted::Value { .. } | Wanted::Range(..) | Wanted::Done(_) => {}
        }
    }
    let scope = Scope { kinds: query.kind.into_iter().collect(), as_of: until, ..Scope::default() };
    Ok(Bounds { scope, since, known, only: query.only, asked })
}

/// What a document must have of the clauses that are required.
#[derive(Clone, Copy)]
enum Judge {
    All(u32),
    Some(u32),
}

impl Judge {
    /// Gives `found` every match of a segment, with its tier and its points. What came last is mostly the newest, and of
    /// equals those come first: the others need not be put in order.
    #[inline(always)]
    fn each(self, sheet: &Sheet<'_>, found: impl FnMut(u32, Tier, f32)) {
        match self {
            Self::All(required) => sheet.all(required, found),
            Self::Some(required) => sheet.some(required, found),
        }
    }
}

struct Page {
    tiers: [u64; 4],
    hits: Vec<top::Place>,
    more: bool,
}

impl Page {
    fn total(&self) -> u64 {
        self.tiers.iter().sum()
    }
}

fn page(
    searcher: &Searcher,
    sheets: &[Sheet<'_>],
    bounds: &Bounds<'_>,
    mut top: Top,
    judge: Judge,
    cancel: &dyn Fn() -> bool,
) -> Result<Page, Error> {
    let mut tiers = [0; 4];
    each(searcher, sheets, bounds, cancel, judge, |hit, gate| {
        if let Some(count) = tiers.get_mut(hit.tier as usize) {
            *count += 1;
        }
        let Hit { tier, points, .. } = hit;
        if let Some(created) = top.wants(tier, points, || gate.created(hit.doc))
            && let Some(doc) = gate.admits(hit.doc)
        {
            top.take(top::Place { tier, points, created, doc });
        }
    })?;
    let (hits, more) = top.into_page();
    Ok(Page { tiers, hits, more })
}

/// A document that has what was typed.
#[derive(Clone, Copy)]
struct Hit {
    segment: usize,
    doc: u32,
    tier: Tier,
    points: f32,
}

/// Gives `found` every match that lies within the bounds.
fn each(
    searcher: &Searcher,
    sheets: &[Sheet<'_>],
    bounds: &Bounds<'_>,
    cancel: &dyn Fn() -> bool,
    judge: Judge,
    mut found: impl FnMut(Hit, &Gate<'_>),
) -> Result<(), Error> {
    let asked = bounds.asked;
    for (at, (segment, sheet)) in searcher.segment_readers().iter().zip(sheets).enumerate() {
        go_on(cancel)?;
        let gate = Gate::open(segment, &bounds.scope)?;
        let words_alone = gate.is_open() && bounds.only.is_none() && bounds.known.is_none();
        if words_alone && asked == 0 && bounds.since.is_none() {
            judge.each(sheet, |doc, tier, points| {
                // Ids are read of the best alone.
                if !segment.is_deleted(doc) {
                    found(Hit { segment: at, doc, tier, points }, &gate);
                }
            });
            continue;
        }
        judge.each(sheet, |doc, tier, points| {
            if asked != 0 && sheet.filters.get(doc as usize).is_none_or(|fits| fits & asked != asked)
                || bounds.since.is_some_and(|since| gate.created(doc) < since.0)
            {
                return;
            }
            let Some(id) = gate.admits(doc) else { return };
            let is_known = |known: &HashSet<DocId>| id.kind == DocKind::KnownError || known.contains(&id);
            if bounds.only.is_none_or(|only| only.contains(&id)) && bounds.known.is_none_or(is_known) {
                found(Hit { segment: at, doc, tier, points }, &gate);
            }
        });
    }
    Ok(())
}

/// Which documents match, whatever narrows them.
pub(super) struct Matches<'a> {
    found: Vec<Vec<bool>>,
    gates: Vec<Gate<'a>>,
}

impl<'a> Matches<'a> {
    fn new(sheets: &[Sheet<'_>], searcher: &'a Searcher, bounds: &'a Bounds<'_>) -> Result<Self, Error> {
        let gates = searcher.segment_readers().iter().map(|segment| Gate::open(segment, &bounds.scope));
        Ok(Self {
            found: sheets.iter().map(|sheet| vec![false; sheet.documents()]).collect(),
            gates: gates.collect::<Result<_, _>>()?,
        })
    }

    fn put(&mut self, segment: usize, doc: u32) {
        if let Some(slot) = self.found.get_mut(segment).and_then(|found| found.get_mut(doc as usize)) {
            *slot = true;
        }
    }

    pub(super) fn get(&self, segment: usize, doc: u32) -> Option<DocId> {
        let found = self.found.get(segment).and_then(|found| found.get(doc as usize));
        found.filter(|found| **found).and_then(|_| self.gates.get(segment)).and_then(|gate| gate.admits(doc))
    }
}
