//! The one command that the page can call.

use crate::links;
use engine::{Door, api::view::ApiErrorView};
use serde_json::{Value, json};
use std::sync::Arc;
use tauri::State;

/// Any command of the contract, and `open_url`, which is the window's own. The engine blocks, so it gets a thread.
#[tauri::command]
pub async fn rpc(name: String, args: Value, door: State<'_, Arc<Door>>) -> Result<Value, ApiErrorView> {
    // The name alone: `RUST_LOG=precedent_app=debug` shows what the page asks, and nothing that a ticket says.
    tracing::debug!(command = name, "the page asks");
    let door = Arc::clone(door.inner());
    let answer = tauri::async_runtime::spawn_blocking(move || match name.as_str() {
        "open_url" => links::open(args.get("url").and_then(Value::as_str).unwrap_or_default()).map(|()| json!({})),
        _ => door.rpc(&name, args),
    });
    answer.await.unwrap_or_else(|_| Err(stopped()))
}

/// The thread panicked: the engine's fault, and the next question may well work.
fn stopped() -> ApiErrorView {
    ApiErrorView {
        code: "internal".into(),
        message: "Something went wrong inside Precedent.".into(),
        hint: Some("Try it again; what was stored is safe.".into()),
        retryable: true,
    }
}
