//! Where a clause is looked for, and what a document gets for having it there.

use super::{
    marked::Marked,
    page::Scales,
    parse::{Clause, Prefix},
    sheet::{How, Sheet},
    spelling::Neighbour,
};
use crate::{
    Error,
    candidates::go_on,
    postings::{TermIn, TextField, each_of, failed, idf, unread},
    schema::Fields,
    view::View,
};
use std::cmp::Reverse;
use tantivy::{
    TERMINATED, Term,
    query::{EnableScoring, PhrasePrefixQuery, PhraseQuery, Query},
    schema::Field,
};

/// What a document gets for being the one whose id was typed, or for an id or code that begins so.
const NAMED: f32 = 1000.0;
const NEARLY_NAMED: f32 = 5.0;
/// So many words are looked at for one beginning in one field, in all segments together, and of those the most frequent
/// are read: a keypress may not cost more. Where there are more, the next letter leaves fewer.
const MOST_WORDS: usize = 2_000;
const MOST_READ: usize = 1_000;
const MOST_LAST_WORDS: u32 = 400;
/// Where the rarest part of an identifier is in more documents than this, reading the places of its parts costs more than
/// a keypress may.
const MOST_PHRASED: u64 = 20_000;

pub(super) struct Place {
    pub text: TextField,
    pub field: Field,
    weight: f32,
    /// Holds terms of the analysis, not exact values.
    analysed: bool,
    /// Every word of it stands at its position.
    positions: bool,
    /// Characters that a beginning must have to be looked for here.
    least: usize,
    /// All that it holds stands in the texts as well, word for word: what begins with letters is looked for there alone.
    repeats: bool,
    /// Points instead of BM25 for a whole value, and for a beginning.
    fixed: Option<(f32, f32)>,
}

/// What all places share while a query is answered.
pub(super) struct Round<'a> {
    pub view: &'a View,
    pub documents: u64,
    pub scales: &'a mut Scales,
    pub cancel: &'a dyn Fn() -> bool,
}

pub(super) fn places(fields: &Fields, view: &View, scales: &mut Scales) -> Result<Vec<Place>, Error> {
    let mut text = |name: domain::Field, weight, least| -> Result<Place, Error> {
        let (field, average) = (fields.text(name), scales.weigh(view.average(name)));
        Ok(Place {
            text: TextField::open(view, field, average)?,
            field,
            weight,
            analysed: true,
            positions: true,
            least,
            repeats: false,
            fixed: None,
        })
    };
    let words = [
        text(domain::Field::Title, 2.0, 1)?,
        text(domain::Field::Body, 1.0, 3)?,
        text(domain::Field::Resolution, 0.8, 3)?,
    ];
    // What has no length is of the average one.
    let plain = |field, weight, fixed| -> Result<Place, Error> {
        let text = TextField::open(view, field, 1.0)?;
        Ok(Place { text, field, weight, analysed: false, positions: false, least: 3, repeats: false, fixed })
    };
    let part = Place { analysed: true, repeats: true, ..plain(fields.part, 0.3, None)? };
    let named = Some((NAMED, NEARLY_NAMED));
    let exact = [
        Place { repeats: true, ..plain(fields.identifier, 0.5, None)? },
        Place { least: 1, ..plain(fields.display, 1.0, named)? },
        Place { least: 2, ..plain(fields.signature, 1.0, named)? },
        Place { repeats: true, ..plain(fields.frame, 0.5, None)? },
        plain(fields.version, 0.5, None)?,
        plain(fields.fixed, 0.5, None)?,
        plain(fields.requester, 0.5, None)?,
        plain(fields.account, 0.5, None)?,
    ];
    Ok(words.into_iter().chain([part]).chain(exact).collect())
}

pub(super) fn round<'a>(view: &'a View, scales: &'a mut Scales, cancel: &'a dyn Fn() -> bool) -> Round<'a> {
    Round { view, documents: view.documents(), scales, cancel }
}

impl Place {
    /// Sentences stand in it, and not codes or names.
    pub(super) fn has_words(&self) -> bool {
        self.analysed && self.positions
    }

    /// As it was typed: whole, or its parts side by side; and as the beginning that it may be while it is typed.
    pub(super) fn mark(
        &self,
        round: &mut Round<'_>,
        clause: &Clause,
        bit: u32,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), Error> {
        let values = if self.analysed { clause.terms.as_slice() } else { clause.exact.as_slice() };
        let how = match (clause.named, self.analysed) {
            (false, _) => How::Exact,
            (true, false) => How::Whole,
            (true, true) => How::Piece,
        };
        for value in values {
            go_on(round.cancel)?;
            let fixed = self.fixed.map(|(whole, _)| whole);
            self.score(round, &self.text.find(value)?, 1.0, bit, how, fixed, sheets)?;
        }
        if !clause.has_parts_begun() {
            self.side_by_side(round, clause, bit, sheets)?;
        }
        match &clause.prefix {
            Some(prefix) => self.begin(round, prefix, bit, sheets),
            None => Ok(()),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one line of a table: each is named where it is passed")]
    fn score(
        &self,
        round: &mut Round<'_>,
        found: &TermIn,
        share: f32,
        bit: u32,
        how: How,
        fixed: Option<f32>,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), Error> {
        let weight = share * self.weight * round.scales.weigh(idf(round.documents, found.df));
        if found.df == 0 {
            return Ok(());
        }
        for ((info, segment), sheet) in found.infos.iter().zip(&self.text.segments).zip(sheets) {
            let Some(info) = info else { continue };
            match fixed {
                Some(points) => each_of(&segment.inverted, info, |doc| sheet.add(doc, bit, how, points))?,
                None => self.text.score(segment, info, weight, |doc, points| sheet.add(doc, bit, how, points))?,
            }
        }
        Ok(())
    }

    /// All words that begin so count as one word, which a document has or has not: how often, and how long it is, says nothing
    /// of what somebody is about to type.
    pub(super) fn begin(
        &self,
        round: &mut Round<'_>,
        prefix: &Prefix,
        bit: u32,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), Error> {
        if self.analysed {
            for stem in &prefix.stems {
                go_on(round.cancel)?;
                self.score(round, &self.text.find(stem)?, 1.0, bit, How::Begun, None, sheets)?;
            }
        }
        let repeated = self.repeats && prefix.text.chars().all(char::is_alphabetic);
        if repeated || prefix.text.chars().count() < self.least {
            return Ok(());
        }
        let (looked_at, read) = self.shares();
        let mut begun = Vec::with_capacity(self.text.segments.len());
        let mut df = 0;
        for (segment, sheet) in self.text.segments.iter().zip(sheets.iter()) {
            go_on(round.cancel)?;
            let mut here = Vec::new();
            let mut words = segment.inverted.terms().range().ge(&prefix.text).into_stream().map_err(unread)?;
            while words.advance() && words.key().starts_with(prefix.text.as_bytes()) && here.len() < looked_at {
                here.push(words.value().clone());
            }
            if here.len() > read {
                // Of equals the first in the alphabet, for the sort is stable.
                here.sort_by_key(|info| Reverse(info.doc_freq));
                here.truncate(read);
            }
            let mut documents = Marked::new(sheet.documents());
            for info in &here {
                go_on(round.cancel)?;
                each_of(&segment.inverted, info, |doc| documents.mark(doc))?;
            }
            df += documents.count() - documents.among(&segment.dead);
            begun.push(documents);
        }
        let points = match self.fixed {
            Some((_, points)) => points,
            None => self.weight * round.scales.weigh(idf(round.documents, df)),
        };
        for (documents, sheet) in begun.iter().zip(sheets) {
            documents.each(|doc| sheet.add(doc, bit, How::Begun, points));
        }
        Ok(())
    }

    /// Words of each segment that are looked at for a beginning, and that are read.
    fn shares(&self) -> (usize, usize) {
        let segments = self.text.segments.len().max(1);
        (MOST_WORDS / segments, (MOST_READ / segments).max(1))
    }

    /// Words that are spelled nearly so count less the more mistakes they forgive.
    pub(super) fn forgive(
        &self,
        round: &mut Round<'_>,
        near: &[Neighbour],
        bit: u32,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), Error> {
        for neighbour in near {
            go_on(round.cancel)?;
            let share = 1.0 / f32::from(1 + neighbour.mistakes);
            self.score(round, &self.text.find(&neighbour.term)?, share, bit, How::Near, None, sheets)?;
        }
        Ok(())
    }

    /// The words of a phrase, or the parts of an identifier.
    pub(super) fn side_by_side(
        &self,
        round: &mut Round<'_>,
        clause: &Clause,
        bit: u32,
        sheets: &mut [Sheet<'_>],
    ) -> Result<(), Error> {
        let Some(phrase) = clause.phrase.as_ref().filter(|_| self.positions) else { return Ok(()) };
        go_on(round.cancel)?;
        let whole_words = phrase.terms.len() - usize::from(phrase.prefix);
        let mut points = 0.0;
        let mut rarest = u64::MAX;
        for (_, term) in phrase.terms.iter().take(whole_words) {
            let df = self.text.find(term)?.df;
            rarest = rarest.min(df);
            points += self.weight * round.scales.weigh(idf(round.documents, df));
        }
        // An identifier is found as a whole too: its parts side by side are worth looking for only where that is cheap.
        let dear = rarest > MOST_PHRASED && !(clause.terms.is_empty() && clause.prefix.is_none());
        if round.scales.choose(dear) || rarest == 0 {
            return Ok(());
        }
        let terms = phrase.terms.iter().map(|(at, term)| (*at, Term::from_field_text(self.field, term))).collect();
        let (query, how): (Box<dyn Query>, How) = if phrase.prefix {
            let mut query = PhrasePrefixQuery::new_with_offset(terms);
            query.set_max_expansions(MOST_LAST_WORDS);
            (Box::new(query), How::Begun)
        } else {
            (Box::new(PhraseQuery::new_with_offset(terms)), How::Exact)
        };
        let weight = query.weight(EnableScoring::disabled_from_searcher(&round.view.searcher)).map_err(failed)?;
        for (segment, sheet) in round.view.searcher.segment_readers().iter().zip(sheets) {
            let mut scorer = weight.scorer(segment, 1.0).map_err(failed)?;
            let mut doc = scorer.doc();
            while doc != TERMINATED {
                sheet.add(doc, bit, how, points);
                doc = scorer.advance();
            }
        }
        Ok(())
    }
}
