//! What comes in as arguments, and how an event is shown.

use super::view::{ApiErrorView, Event};
use crate::{Error, text::shown::shown};
use serde_json::Value;

/// An event, for a screen.
pub fn event_shown(event: &Event) -> Value {
    let mut event = serde_json::to_value(event).expect("events have string keys and no failing serialiser");
    shown(&mut event);
    event
}

pub(crate) fn read_args<T: serde::de::DeserializeOwned>(name: &str, args: Value) -> Result<T, ApiErrorView> {
    // A host may leave the arguments of a command that has none out.
    let args = if args.is_null() { Value::Object(serde_json::Map::new()) } else { args };
    serde_json::from_value(args)
        .map_err(|cause| Error::BadInput(format!("{name} was called with arguments it cannot read: {cause}")).view())
}
