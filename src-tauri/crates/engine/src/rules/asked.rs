//! What a rule asks for beside a ticket's own text and fields: what came in before it, and whether it is known.

use super::{live, ticketed::Ticketed};
use crate::{Engine, Result};
use ::knowledge::{Fit, Found, Incoming, Rule};
use domain::{DocKind, Millis};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

pub(super) struct Asked<'a> {
    engine: &'a Engine,
    /// The rules that raise known errors.
    raising: Arc<Vec<Rule>>,
    /// Tickets whose text has to be read for errors.
    with_codes: HashSet<i64>,
    /// When each error came in, where some rule asks how often.
    came_in: HashMap<String, Vec<Millis>>,
}

impl<'a> Asked<'a> {
    pub(super) fn of(engine: &'a Engine, rules: &[Rule]) -> Result<Self> {
        let store = &engine.core.store;
        let sorting = || rules.iter().filter_map(|rule| rule.triage.as_ref());
        let by_known = sorting().any(|triage| triage.known_error);
        let raising = if by_known { live::speaking(engine)? } else { Arc::default() };
        let (mut with_codes, mut came_in) = (HashSet::new(), HashMap::new());
        if sorting().any(|triage| triage.came_before.is_some()) {
            (with_codes, came_in) = (store.tickets_with_errors()?, store.errors_came_in()?);
        } else {
            // Whoever has an error in a comment has it here too; the text itself decides.
            let looks = rules.iter().chain(raising.iter()).flat_map(|rule| &rule.looks);
            for code in looks.flat_map(|look| &look.signatures) {
                with_codes.extend(store.documents_with(code, DocKind::Ticket)?);
            }
        }
        Ok(Self { engine, raising, with_codes, came_in })
    }

    pub(super) fn needs_codes(&self, row: i64) -> bool {
        self.with_codes.contains(&row)
    }

    /// `known` is the row of a known error that somebody linked; `look` tries one rule.
    pub(super) fn fits(
        &self,
        rule: &Rule,
        ticketed: &Ticketed,
        incoming: &Incoming<'_>,
        known: Option<i64>,
        look: fn(&Rule, &Incoming<'_>) -> Fit,
    ) -> Result<Fit> {
        let mut found = match look(rule, incoming) {
            Fit::Fits(found) => found,
            told => return Ok(told),
        };
        let Some(triage) = &rule.triage else { return Ok(Fit::Fits(found)) };
        found.extend(rule.fields_of(incoming));
        if let Some((least, days)) = triage.came_before {
            let count = self.came_before(ticketed, days);
            if count < least {
                return Ok(Fit::Not);
            }
            found.push(Found::CameBefore(count));
        }
        if triage.known_error {
            let raising = self.raising.iter().filter(|other| other.id != rule.id);
            let raised = raising.filter_map(|other| Some((other, other.known_error.as_ref()?)));
            let raised =
                raised.filter(|(other, _)| matches!(look(other, incoming), Fit::Fits(_))).map(|(_, id)| id.clone());
            let linked = known.map(|row| self.engine.core.store.known_error(row)).transpose()?.flatten();
            match { raised }.next().or(linked.map(|known| known.key.id)) {
                Some(id) => found.push(Found::KnownError(id)),
                None => return Ok(Fit::Not),
            }
        }
        Ok(Fit::Fits(found))
    }

    /// Of its errors the one that came most often.
    fn came_before(&self, ticketed: &Ticketed, days: u32) -> usize {
        let at = ticketed.ticket.created_at;
        let from = Millis(at.0.saturating_sub(i64::from(days) * Millis::DAY));
        let count = |code: &String| {
            let times = self.came_in.get(code).map(Vec::as_slice).unwrap_or_default();
            let before = |moment: Millis| times.partition_point(|time| *time < moment);
            before(at).saturating_sub(before(from))
        };
        ticketed.codes().iter().map(count).max().unwrap_or(0)
    }
}
