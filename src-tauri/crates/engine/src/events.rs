//! Events: something happened, ask again. Pushed to the window; kept for a while for hosts that poll.

use crate::api::view::{Event, Events as EventsView};
use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

pub type Subscriber = Box<dyn Fn(&Event) + Send + Sync>;

/// Events that a polling host can still ask for.
const KEPT: usize = 256;

#[derive(Default)]
pub(crate) struct Events {
    state: Mutex<State>,
    subscribers: Mutex<Vec<Subscriber>>,
}

#[derive(Default)]
struct State {
    last: u64,
    kept: VecDeque<(u64, Event)>,
}

impl Events {
    pub(crate) fn subscribe(&self, subscriber: Subscriber) {
        self.subscribers.lock().unwrap_or_else(PoisonError::into_inner).push(subscriber);
    }

    pub(crate) fn emit(&self, event: Event) {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.last += 1;
            let last = state.last;
            state.kept.push_back((last, event.clone()));
            if state.kept.len() > KEPT {
                state.kept.pop_front();
            }
        }
        for subscriber in self.subscribers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            subscriber(&event);
        }
    }

    pub(crate) fn after(&self, after: u64) -> EventsView {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let events = state.kept.iter().filter(|(number, _)| *number > after).map(|(_, event)| event.clone()).collect();
        EventsView { last: state.last, events }
    }
}
