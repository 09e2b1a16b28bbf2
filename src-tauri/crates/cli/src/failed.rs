//! How a command ends when it does not end well: it failed, or it was called in a way that cannot work.

use engine::api::view::ApiErrorView;
use std::{fmt, process::ExitCode};

#[derive(Debug)]
pub(crate) enum Failed {
    /// The call itself is wrong: the same call never works.
    Usage(ApiErrorView),
    Engine(ApiErrorView),
    /// The document on stdout says already what is wrong; these words are for people.
    Reported(String),
}

impl Failed {
    /// From a command of the contract, which also says so when its arguments make no sense.
    pub(crate) fn of_call(view: ApiErrorView) -> Self {
        match view.code.as_str() {
            "bad_input" | "unknown_command" | "unknown_field" | "bad_field_value" | "bad_cursor" => Self::Usage(view),
            _ => Self::Engine(view),
        }
    }

    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        let (message, hint) = (message.into(), Some(hint.into()));
        Self::Usage(ApiErrorView { code: "usage".into(), message, hint, retryable: false })
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = match self {
            Self::Usage(view) | Self::Engine(view) => view,
            Self::Reported(words) => return f.write_str(words),
        };
        f.write_str(&view.message)?;
        match &view.hint {
            Some(hint) => write!(f, " {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Failed {}

impl From<engine::Error> for Failed {
    fn from(error: engine::Error) -> Self {
        Self::Engine(error.view())
    }
}

/// What a script tells apart: 1 it failed, 2 it was called wrongly.
pub(crate) fn exit_code(error: &anyhow::Error) -> ExitCode {
    match error.downcast_ref::<Failed>() {
        Some(Failed::Usage(_)) => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    }
}

/// What `--json` prints of it; nothing when stdout holds its document already.
pub(crate) fn view(error: &anyhow::Error) -> Option<ApiErrorView> {
    match error.downcast_ref::<Failed>() {
        Some(Failed::Usage(view) | Failed::Engine(view)) => Some(view.clone()),
        Some(Failed::Reported(_)) => None,
        None => {
            let message = format!("{error:#}");
            Some(ApiErrorView { code: "failed".into(), message, hint: None, retryable: false })
        }
    }
}
