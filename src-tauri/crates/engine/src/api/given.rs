//! What comes in, how it is noted, and how an event is shown.

use super::{
    run,
    view::{ApiErrorView, Event},
};
use crate::{Engine, Error, deeds, text::shown::shown};
use serde_json::Value;
use std::sync::Arc;

/// Runs one command; what people do by it is noted, with the way back. Blocks: hosts call it on a thread of their own.
pub fn rpc(engine: &Arc<Engine>, name: &str, args: Value) -> Result<Value, ApiErrorView> {
    let before = deeds::before(engine, name, &args);
    let reply = run(engine, name, args)?;
    if let Some(before) = before {
        deeds::note(engine, name, &before, &reply);
    }
    Ok(reply)
}

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
