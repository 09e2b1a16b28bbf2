//! The fix is out: every ticket of its known error waits here until its customer was told what that means for them.

use super::list::{known_errors, rows_of};
use crate::{
    Engine, Result,
    api::view::{FixDeployView, FixOutView, FollowUpGroup, FollowUpRow, FollowUpsView},
    code::released::{self, OfProduct, Running},
    known, seen,
};
use domain::{FixVerdict, Version, fix_verdict};

const DAY: i64 = 86_400_000;

pub(crate) fn list(engine: &Engine) -> Result<FollowUpsView> {
    let store = &engine.core.store;
    let done = store.aside("follow:")?;
    let now = engine.core.clock.now();
    let mut groups = Vec::new();
    let released = released::by_product(engine)?;
    for row in known_errors(engine)? {
        let shipped = row.causes.iter().any(|cause| cause.kind == "shipped");
        if !shipped && !matches!(row.state.as_str(), "fix_released" | "fix_verified") {
            continue;
        }
        let stored = known::find(engine, &row.id)?;
        let fixed = stored.error.fix_versions.join(",");
        let (mut rows, mut told) = (Vec::new(), 0);
        for ticket in rows_of(engine, &stored)? {
            let Some(ticket) = store.ticket(ticket)? else { continue };
            // Another fix version is another thing to tell.
            let item = format!("follow:{}|{}|{fixed}", row.id, ticket.key);
            if done.contains_key(&item) {
                told += 1;
                continue;
            }
            let version = seen::question_of(&ticket, None, &[]).versions.into_iter().next();
            let runs = version.as_deref().and_then(Version::parse);
            rows.push(FollowUpRow {
                item,
                display_id: ticket.key.id.clone(),
                ticket: ticket.key.to_string(),
                subject: ticket.ticket.subject.clone(),
                requester: ticket.ticket.requester.clone(),
                account: ticket.ticket.account.clone(),
                status: ticket.ticket.status.as_str().into(),
                fix: known::fix(runs.as_ref(), &stored.error.fix_versions),
                version,
            });
        }
        if rows.is_empty() && told == 0 {
            continue;
        }
        // Who still waits comes before who was solved some other way.
        rows.sort_by_key(|row| (row.status == "closed", row.status == "solved"));
        let product = released.get(&row.product.as_deref().unwrap_or_default().to_lowercase());
        groups.push(FollowUpGroup {
            out: product.map(|product| out(product, &row.fix_versions)).unwrap_or_default(),
            runs: product.map(|product| runs(product, &row.fix_versions)).unwrap_or_default(),
            quiet_days: row.last_at.map(|at| ((now.0 - at).max(0) / DAY) as u32),
            came_back: row.causes.into_iter().find(|cause| cause.kind == "came_back").and_then(|cause| cause.said),
            id: row.id,
            display_id: row.display_id,
            title: row.title,
            state: row.state,
            fix_versions: row.fix_versions,
            path: row.path,
            rows,
            told,
        });
    }
    groups.sort_by(|a, b| b.rows.len().cmp(&a.rows.len()).then_with(|| a.id.cmp(&b.id)));
    Ok(FollowUpsView { groups })
}

fn out(product: &OfProduct, fixes: &[String]) -> Vec<FixOutView> {
    let of = |fix: &String| {
        let version = Version::parse(fix)?;
        let out = product.out.iter().find(|out| out.version == version)?;
        Some(FixOutView { version: fix.clone(), source: out.source.clone(), at: out.at, url: out.url.clone() })
    };
    fixes.iter().filter_map(of).collect()
}

fn runs(product: &OfProduct, fixes: &[String]) -> Vec<FixDeployView> {
    let fixes: Vec<Version> = fixes.iter().filter_map(|fix| Version::parse(fix)).collect();
    let has = |version: &Version| matches!(fix_verdict(Some(version), &fixes), FixVerdict::FixedInYours { .. });
    let view = |one: &Running| FixDeployView {
        environment: one.environment.clone(),
        release: one.release.clone(),
        at: one.at,
        source: one.source.clone(),
    };
    product.runs.iter().filter(|one| has(&one.version)).map(view).collect()
}
