//! What was found out about an escalation, as it is kept and as it is shown.

use super::bisect;
use crate::{Engine, Result, api::view::EvidenceView};
use domain::Millis;
use serde::Serialize;
use store::StoredEvidence;

pub(super) const TRIALS: &str = "trials";
pub(super) const BISECT: &str = "bisect";

/// Newest first. What another version wrote otherwise is left out, and stays.
pub(super) fn list(engine: &Engine, escalation: i64) -> Result<Vec<EvidenceView>> {
    let mut all = Vec::new();
    for one in engine.core.store.evidence_of(escalation)?.into_iter().rev() {
        let trials = if one.kind == TRIALS { serde_json::from_str(&one.body).ok() } else { None };
        let search: Option<bisect::Search> =
            if one.kind == BISECT { serde_json::from_str(&one.body).ok() } else { None };
        // A repository that was forgotten since takes its commits along.
        let bisect = search.and_then(|search| bisect::view(engine, &search).ok());
        if trials.is_some() || bisect.is_some() {
            all.push(EvidenceView { id: one.id, at: one.at.0, trials, bisect });
        }
    }
    Ok(all)
}

/// `id`: of what it takes the place of; 0 of something new.
pub(super) fn keep(engine: &Engine, id: i64, escalation: i64, kind: &str, body: &impl Serialize) -> Result<i64> {
    let at: Millis = engine.core.clock.now();
    let body = serde_json::to_string(body).unwrap_or_default();
    Ok(engine.core.store.put_evidence(&StoredEvidence { id, escalation, kind: kind.into(), body, at })?)
}

/// The newest of a kind, with its number.
pub(super) fn newest<T: serde::de::DeserializeOwned>(
    engine: &Engine,
    escalation: i64,
    kind: &str,
) -> Result<Option<(i64, T)>> {
    let all = engine.core.store.evidence_of(escalation)?.into_iter().rev();
    let mut own = all.filter(|one| one.kind == kind);
    Ok(own.find_map(|one| Some((one.id, serde_json::from_str(&one.body).ok()?))))
}
