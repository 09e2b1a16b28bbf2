//! The window of Precedent and nothing else: it opens at once, the workspace opens beside it, and the page asks the
//! engine through one command.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod instance;
mod links;
mod notice;
mod options;
mod rpc;
mod workspace;

use engine::Door;
use instance::Start;
use options::Options;
use std::{process::ExitCode, sync::Arc};
use tauri::webview::{NewWindowResponse, PermissionResponse, WebviewWindowBuilder};
use tauri::{App, AppHandle, Emitter, Manager, RunEvent};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // Warnings only, unless RUST_LOG asks for more; no line ever holds a body, an address or a token.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let options = match Options::read(std::env::args_os().skip(1), std::env::var_os("PRECEDENT_HOME")) {
        Ok(options) => options,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    let Start::First(door) = instance::claim(&options.home) else { return ExitCode::SUCCESS };
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![rpc::rpc])
        .setup(move |app| {
            let handle = app.handle().clone();
            door.listen(move || show(&handle));
            Ok(open(app, options)?)
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event
                    && let Some(door) = app.try_state::<Arc<Door>>()
                {
                    door.close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("The window could not open: {error}");
            ExitCode::FAILURE
        }
    }
}

fn open(app: &App, options: Options) -> tauri::Result<()> {
    let handle = app.handle().clone();
    app.manage(workspace::open(options, engine::default_secrets(), move |event| {
        // Nobody listens while the page loads: it asks for everything anyway.
        _ = handle.emit("precedent", engine::api::event_shown(event));
        notice::hear(&handle, event);
    }));
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, window)?
            .on_navigation(links::is_our_page)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .on_permission_request(|_, _| PermissionResponse::Deny)
            .build()?;
    }
    Ok(())
}

/// Somebody started the program again: this is the window that they want.
fn show(app: &AppHandle) {
    for window in app.webview_windows().values() {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        _ = shown.inspect_err(|cause| tracing::warn!("the window could not be brought to the front: {cause}"));
    }
}
