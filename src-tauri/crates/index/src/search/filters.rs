//! Which documents fit each filter.

use super::{
    parse::{Filter, Name, Wanted},
    sheet::Sheet,
};
use crate::{
    Error,
    candidates::go_on,
    postings::{each_of, failed, unread},
    schema::Fields,
};
use domain::{Status, Version};
use std::cmp::Ordering;
use tantivy::{Searcher, schema::Field};

/// Marks what fits, and returns the marks that a document must have. Values of one field are alternatives; the ends of a
/// range of versions hold together.
pub(super) fn mark(
    fields: &Fields,
    searcher: &Searcher,
    filters: &[Filter],
    sheets: &mut [Sheet<'_>],
    cancel: &dyn Fn() -> bool,
) -> Result<u32, Error> {
    let mut asked = 0;
    for filter in filters {
        let Some(field) = filter.name.field(fields).filter(|_| !matches!(filter.wanted, Wanted::Known)) else {
            continue;
        };
        let bit = filter.bit();
        if asked & bit != 0 && filter.is_range() {
            // All ends of a range were looked at together with the first.
            continue;
        }
        asked |= bit;
        let ends: Vec<&Filter> =
            filters.iter().filter(|other| other.name == filter.name && other.is_range() && filter.is_range()).collect();
        for (segment, sheet) in searcher.segment_readers().iter().zip(sheets.iter_mut()) {
            go_on(cancel)?;
            sheet.filters.resize(sheet.documents(), 0);
            let inverted = segment.inverted_index(field).map_err(failed)?;
            let from = filter.begins().unwrap_or_default();
            let mut values = inverted.terms().range().ge(from).into_stream().map_err(unread)?;
            while values.advance() {
                let Ok(value) = std::str::from_utf8(values.key()) else { continue };
                if filter.begins().is_some_and(|from| !value.starts_with(from)) {
                    break;
                }
                let fits = if ends.is_empty() { filter.fits(value) } else { ends.iter().all(|end| end.fits(value)) };
                if fits {
                    each_of(&inverted, values.value(), |doc| {
                        if let Some(slot) = sheet.filters.get_mut(doc as usize) {
                            *slot |= bit;
                        }
                    })?;
                }
            }
        }
    }
    Ok(asked)
}

impl Name {
    /// Where its values lie; dates and `is:known` have none.
    pub(super) fn field(self, fields: &Fields) -> Option<Field> {
        Some(match self {
            Self::Status | Self::Is => fields.status,
            Self::Product => fields.product,
            Self::Component => fields.component,
            Self::Version => fields.version,
            Self::Fixed => fields.fixed,
            Self::Priority => fields.priority,
            Self::Group => fields.group,
            Self::Assignee => fields.assignee,
            Self::Account => fields.account,
            Self::Requester => fields.requester,
            Self::Tag => fields.tag,
            Self::Source => fields.source,
            Self::Kind => fields.kind,
            Self::Id => fields.display,
            Self::Before | Self::After => return None,
        })
    }

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl Filter {
    /// `is:open` holds beside `status:new`, so it has a mark of its own.
    fn bit(&self) -> u32 {
        match self.wanted {
            Wanted::Done(true) => 1 << 30,
            Wanted::Done(false) => 1 << 31,
            _ => self.name.bit(),
        }
    }

    fn is_range(&self) -> bool {
        matches!(self.wanted, Wanted::Range(..))
    }

    /// What all values begin with that can fit.
    fn begins(&self) -> Option<&str> {
        match &self.wanted {
            Wanted::Value { text, version: None, .. } => Some(text),
            _ => None,
        }
    }

    fn fits(&self, value: &str) -> bool {
        match &self.wanted {
            Wanted::Value { text, prefix: true, .. } if value.starts_with(text) => true,
            Wanted::Value { text, version, .. } => {
                value == text || version.as_ref().is_some_and(|wanted| Version::parse(value).as_ref() == Some(wanted))
            }
            Wanted::Range(range, end) => Version::parse(value).is_some_and(|version| range.holds(version.cmp(end))),
            Wanted::Done(done) => Status::parse(value).is_some_and(|status| status.is_done() == *done),
            Wanted::Known | Wanted::Since(_) | Wanted::Until(_) => false,
        }
    }
}

/// `<5.4` and its like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    Below,
    UpTo,
    From,
    Above,
}

impl Range {
    /// The longer signs first.
    pub(super) const SIGNS: [(&'static str, Self); 6] = [
        ("<=", Self::UpTo),
        ("≤", Self::UpTo),
        (">=", Self::From),
        ("≥", Self::From),
        ("<", Self::Below),
        (">", Self::Above),
    ];

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Below => order.is_lt(),
            Self::UpTo => order.is_le(),
            Self::From => order.is_ge(),
            Self::Above => order.is_gt(),
        }
    }
}
