//! The contract over HTTP on this machine alone, behind a random token; and the window's page, for a browser.

use crate::output;
use anyhow::Context;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use engine::{Door, OpenOptions, api::view::ApiErrorView};
use serde_json::{Value, json};
use std::{net::Ipv4Addr, path::PathBuf, sync::Arc};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The built page.
    #[arg(long, env = "PRECEDENT_UI_DIST", value_name = "DIR", default_value = "ui/dist")]
    ui: PathBuf,
}

struct Shared {
    door: Arc<Door>,
    token: String,
    /// What `Host` must say: anything else came through a name that somebody else controls.
    host: String,
    ui: PathBuf,
}

/// It stays while the workspace is shut, and the page says why it is.
pub(crate) fn run(options: OpenOptions, args: &Args) -> anyhow::Result<()> {
    let door = Door::knock(options, |_| Ok(()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await;
        let listener = listener.with_context(|| format!("port {} is taken", args.port))?;
        let address = listener.local_addr()?;
        let token = random_token()?;
        let shared = Shared { door, token, host: address.to_string(), ui: args.ui.clone() };
        let url = format!("http://{address}/#token={}", shared.token);
        let router = Router::new().route("/rpc/{name}", post(rpc)).fallback(get(page)).with_state(Arc::new(shared));
        output::print_line(&json!({ "url": url }))?;
        Ok(axum::serve(listener, router).await?)
    })
}

fn random_token() -> anyhow::Result<String> {
    let mut bytes = [0u8; 24];
    getrandom::fill(&mut bytes).map_err(|cause| anyhow::anyhow!("this computer gave no random numbers: {cause}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn rpc(State(shared): State<Arc<Shared>>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let given = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given(header::HOST) != shared.host {
        return refuse(StatusCode::FORBIDDEN, "wrong_host", "This address answers under its own name only.");
    }
    let token = given(header::AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default();
    if !same(token.as_bytes(), shared.token.as_bytes()) {
        return refuse(
            StatusCode::UNAUTHORIZED,
            "wrong_token",
            "The token is missing or wrong; open the address that was printed.",
        );
    }
    let args: Value = if body.is_empty() {
        Value::Null
    } else {
        match serde_json::from_slice(&body) {
            Ok(args) => args,
            Err(_) => return refuse(StatusCode::BAD_REQUEST, "bad_input", "The arguments are not JSON."),
        }
    };
    let door = Arc::clone(&shared.door);
    match tokio::task::spawn_blocking(move || door.rpc(&name, args)).await {
        Ok(Ok(reply)) => Json(reply).into_response(),
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
        Err(_) => {
            refuse(StatusCode::INTERNAL_SERVER_ERROR, "crashed", "That command failed inside; the log says more.")
        }
    }
}

/// In a time that does not tell how much of it was right.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response {
    let view = ApiErrorView { code: code.into(), message: message.into(), hint: None, retryable: false };
    (status, Json(view)).into_response()
}

/// The built page. A path is a plain name or a plain name in one folder: nothing else is served.
async fn page(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let plain = path.split('/').all(|part| {
        !part.starts_with('.')
            && !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    });
    let read = if plain {
        tokio::task::spawn_blocking({
            let file = shared.ui.join(path);
            move || std::fs::read(file)
        })
        .await
        .ok()
        .and_then(Result::ok)
    } else {
        None
    };
    let Some(bytes) = read else { return (StatusCode::NOT_FOUND, "There is no such page.").into_response() };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    // As strict as the window's own policy.
    const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                          base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                          require-trusted-types-for 'script'; trusted-types svelte-trusted-html engine-html";
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        bytes,
    )
        .into_response()
}
