//! Promises about time, as they stand now: the source said when one breaks, and the clock says whether it has.

use crate::api::view::{PromiseView, RatingView, ServiceView};
use domain::{Millis, Promise, Service};

/// `None` where the source measures nothing.
pub(super) fn view(service: Service, promises: Vec<Promise>, now: Millis) -> Option<ServiceView> {
    // What is measured without anybody having promised anything is no promise.
    let promised = |one: &Promise| one.goal.is_some() || one.due_at.is_some() || one.broken_at.is_some();
    let promises: Vec<PromiseView> =
        promises.into_iter().filter(promised).map(|promise| stands(promise, now)).collect();
    if service.is_empty() && promises.is_empty() {
        return None;
    }
    let rating =
        service.rating.map(|told| RatingView { score: told.score, satisfied: told.satisfied, said: told.said });
    Some(ServiceView {
        first_reply: service.first_reply,
        replies: service.replies,
        reopens: service.reopens,
        rating,
        request_type: service.request_type,
        organizations: service.organizations,
        promises,
    })
}

fn stands(promise: Promise, now: Millis) -> PromiseView {
    let at_work = promise.at_work == Some(true);
    // Of a clock that never stood still and runs at night too, the goal says when it breaks.
    let counted = promise.started_at.zip(promise.goal).filter(|_| !at_work && promise.paused.is_none());
    let due = promise.due_at.or(counted.map(|(started, goal)| Millis(started.0.saturating_add(goal))));
    let broken = promise.broken_at.filter(|at| *at <= now);
    let (state, at, left) = match (broken, promise.met_at, promise.paused) {
        (Some(at), ..) => ("broken", Some(at), None),
        (None, Some(met), _) => ("kept", Some(met), None),
        (None, None, Some(true)) => ("paused", None, promise.left),
        (None, None, _) => match due.or(promise.broken_at) {
            Some(due) if due <= now => ("broken", Some(due), None),
            Some(due) => ("running", Some(due), Some(due.0 - now.0)),
            None => ("running", None, None),
        },
    };
    let at = at.map(|at| at.0);
    PromiseView { measure: promise.measure, policy: promise.policy, goal: promise.goal, at_work, state, at, left }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_stands_as_the_clock_says_and_not_as_it_was_last_told() {
        let at = |at| Some(Millis(at));
        let told = |promise: Promise| {
            let view = view(Service::default(), vec![promise], Millis(1_000));
            view.map(|view| (view.promises[0].state, view.promises[0].at, view.promises[0].left))
        };
        let goal = Promise { goal: Some(500), started_at: at(200), ..Promise::default() };
        assert_eq!(told(goal.clone()), Some(("broken", Some(700), None)), "nobody had to say so");
        let later = Promise { started_at: at(800), ..goal.clone() };
        assert_eq!(told(later.clone()), Some(("running", Some(1_300), Some(300))));
        // Hours at work, or a clock that stood still: nobody here knows when it breaks.
        assert_eq!(told(Promise { at_work: Some(true), ..goal.clone() }), Some(("running", None, None)));
        assert_eq!(told(Promise { paused: Some(false), ..goal.clone() }), Some(("running", None, None)));
        assert_eq!(
            told(Promise { paused: Some(true), left: Some(9), ..goal.clone() }),
            Some(("paused", None, Some(9)))
        );
        assert_eq!(told(Promise { met_at: at(600), ..goal.clone() }), Some(("kept", Some(600), None)));
        assert_eq!(
            told(Promise { met_at: at(900), broken_at: at(700), ..goal.clone() }),
            Some(("broken", Some(700), None))
        );
        // Foreseen, and not there yet.
        let foreseen = Promise { broken_at: at(4_000), at_work: Some(true), ..goal };
        assert_eq!(told(foreseen), Some(("running", Some(4_000), Some(3_000))));
        assert_eq!(told(Promise { started_at: at(1), ..Promise::default() }), None, "nobody promised anything");
    }
}
