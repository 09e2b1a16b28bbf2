//! Signing in with OAuth: in the person's own browser, without a secret in this program.
//!
//! An authorization code that comes back to this machine alone ([`Callback`]), bound to this very attempt by PKCE and a
//! state; then an access token that soon ends and a refresh token that makes the next pair. Both lie in one secret, so that
//! they are replaced at once or not at all.
//!
//! Pure but for [`Callback`]: who asks, keeps and times is the engine. **Follows the vendor's documentation: there was no
//! live desk to sign in to.**

mod callback;
mod device;

pub use callback::Callback;
pub use device::{Offer, Standing};

use crate::{
    Failure,
    http::{Asks, Request, Response, Site, base64},
};
use domain::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::form_urlencoded::Serializer;

/// Where the browser comes back to. An administrator names it when the client is made, so it never changes.
pub const PORT: u16 = 47_115;
const PLACE: &str = "/signed-in";
/// A token that ends within this is as good as over: what is asked with it takes time too.
const SOON: i64 = Millis::MINUTE;

/// A public client, as the service calls it by its unique identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    pub site: Site,
    pub id: String,
    /// What it asks to be allowed.
    pub scope: &'static str,
    pub way: Way,
}

/// How a person says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// In a browser that comes back to this machine.
    Browser,
    /// In a browser anywhere, with a code.
    Code,
}

/// One attempt to sign in.
pub struct Attempt {
    client: Client,
    verifier: SecretString,
    state: String,
    redirect: String,
}

impl Client {
    /// `random` is used for this attempt alone; `port` is where [`Callback`] listens.
    pub fn attempt(&self, random: [u8; 64], port: u16) -> Attempt {
        let (verifier, state) = random.split_at(48);
        Attempt {
            client: self.clone(),
            verifier: base64url(verifier).into(),
            state: base64url(state),
            redirect: format!("http://127.0.0.1:{port}{PLACE}"),
        }
    }

    /// Asks for the next pair of tokens. Sent once: the old refresh token ends with it.
    pub fn renew(&self, refresh: &SecretString) -> Request {
        let body = json!({
            "grant_type": "refresh_token", "refresh_token": refresh.expose_secret(), "client_id": self.id, "scope": self.scope,
        });
        match self.way {
            Way::Browser => self.ask(&body, "renew sign-in"),
            Way::Code => self.ask_at("/login/oauth/access_token", &body, "renew sign-in"),
        }
    }

    fn ask(&self, body: &serde_json::Value, purpose: &'static str) -> Request {
        let path = format!("{}/oauth/tokens", self.site.path());
        Request { path, asks: Asks::Create(body.to_string()), purpose, ..Request::default() }
    }
}

impl Attempt {
    /// The page that the person opens in a browser.
    pub fn page(&self) -> String {
        let Self { client, state, redirect, .. } = self;
        let challenge = ring::digest::digest(&ring::digest::SHA256, self.verifier.expose_secret().as_bytes());
        let mut query = Serializer::new(String::new());
        query.append_pair("response_type", "code").append_pair("redirect_uri", redirect);
        query.append_pair("client_id", &client.id).append_pair("scope", client.scope).append_pair("state", state);
        query
            .append_pair("code_challenge", &base64url(challenge.as_ref()))
            .append_pair("code_challenge_method", "S256");
        format!("{}{}/oauth/authorizations/new?{}", client.site.origin(), client.site.path(), query.finish())
    }

    /// Asks for the tokens that the code stands for. Sent once: a code is good for one time.
    pub fn redeem(&self, code: &SecretString) -> Request {
        let body = json!({
            "grant_type": "authorization_code", "code": code.expose_secret(), "client_id": self.client.id,
            "redirect_uri": self.redirect, "scope": self.client.scope, "code_verifier": self.verifier.expose_secret(),
        });
        self.client.ask(&body, "sign in")
    }

    pub fn state(&self) -> &str {
        &self.state
    }
}

/// What signing in gave. Kept as one secret.
#[derive(Clone)]
pub struct Tokens {
    pub access: SecretString,
    pub refresh: Option<SecretString>,
    /// By this machine's clock; `None` where it lasts until somebody ends it.
    pub ends_at: Option<Millis>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    access: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends_at: Option<i64>,
}

#[derive(Deserialize)]
struct Given {
    access_token: String,
    #[serde(default)]
    refresh_token: Option<String>,
    /// Seconds.
    #[serde(default)]
    expires_in: Option<i64>,
}

impl Tokens {
    /// What a token endpoint answered at `now`. A refusal is the end of this sign-in.
    pub fn read(site: &Site, response: &Response, now: Millis) -> Result<Self, Failure> {
        let host = site.authority();
        if matches!(response.status, 400 | 401 | 403 | 422) {
            return Err(Failure::SignIn { host, said: crate::pull::said(response) });
        }
        if let Some(said) = device::refusal(response) {
            return Err(Failure::SignIn { host, said });
        }
        let body = crate::pull::good(site, "the sign-in", response)?;
        let given: Given = serde_json::from_slice(body).map_err(|_| Failure::Unreadable {
            host: host.clone(),
            // Not what serde says of it: that may hold a piece of a token.
            reason: "it holds no tokens".into(),
        })?;
        let plain = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(&given.access_token) || given.refresh_token.as_deref().is_some_and(|token| !plain(token)) {
            return Err(Failure::Unreadable { host, reason: "its tokens are none".into() });
        }
        let lasts = given.expires_in.filter(|seconds| *seconds > 0);
        Ok(Self {
            access: given.access_token.into(),
            refresh: given.refresh_token.map(Into::into),
            ends_at: lasts.map(|seconds| Millis(now.0.saturating_add(seconds.saturating_mul(1000)))),
        })
    }

    /// `None` where this is a token that somebody typed.
    pub fn parse(secret: &SecretString) -> Option<Self> {
        let Kept { access, refresh, ends_at } = serde_json::from_str(secret.expose_secret()).ok()?;
        Some(Self { access: access.into(), refresh: refresh.map(Into::into), ends_at: ends_at.map(Millis) })
    }

    pub fn write(&self) -> SecretString {
        let kept = Kept {
            access: self.access.expose_secret().to_owned(),
            refresh: self.refresh.as_ref().map(|token| token.expose_secret().to_owned()),
            ends_at: self.ends_at.map(|at| at.0),
        };
        serde_json::to_string(&kept).expect("texts and a number are JSON").into()
    }

    /// Whether the next request would better be made with another.
    pub fn is_stale(&self, now: Millis) -> bool {
        self.refresh.is_some() && self.ends_at.is_some_and(|end| now.0 >= end.0 - SOON)
    }
}

fn base64url(bytes: &[u8]) -> String {
    base64(bytes).trim_end_matches('=').replace('+', "-").replace('/', "_")
}

#[cfg(test)]
mod tests;
