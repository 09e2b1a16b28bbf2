//! Signing in with a code that a person types into a page of the service (RFC 8628): nothing comes back to this machine, it
//! asks until somebody said yes there. As GitHub answers it, which refuses with status 200.
//!
//! **Follows the vendor's documentation and the standard: there was no live account to sign in to.**

use super::{Client, Tokens};
use crate::{
    Failure,
    http::{Asks, Request, Response, Site},
};
use domain::Millis;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// Between two questions, where the service names no time, and what is added each time that it says *slower*.
const STEP: Duration = Duration::from_secs(5);
/// Nobody is asked more often or more seldom, whatever is named.
const INTERVALS: std::ops::RangeInclusive<u64> = 1..=120;
const LASTS: std::ops::RangeInclusive<u64> = 60..=3600;

/// What a person is shown.
pub struct Offer {
    device: SecretString,
    /// To be typed in.
    pub code: String,
    /// Where.
    pub page: String,
    pub interval: Duration,
    /// The code is good for so long.
    pub lasts: Duration,
}

/// What the service says of an offer.
pub enum Standing {
    Given(Tokens),
    /// Nobody said yes yet. Ask again after so long.
    Wait(Duration),
}

#[derive(Deserialize)]
struct Offered {
    device_code: String,
    user_code: String,
    verification_uri: String,
    #[serde(default)]
    interval: Option<u64>,
    #[serde(default)]
    expires_in: Option<u64>,
}

impl Client {
    /// Asks for a code. Sent once.
    pub fn offer(&self) -> Request {
        let mut body = json!({ "client_id": self.id });
        if let (Some(fields), false) = (body.as_object_mut(), self.scope.is_empty()) {
            fields.insert("scope".into(), self.scope.into());
        }
        self.ask_at("/login/device/code", &body, "sign in")
    }

    pub fn offered(&self, response: &Response) -> Result<Offer, Failure> {
        let host = self.site.authority();
        if let Some(said) = refusal(response) {
            return Err(Failure::SignIn { host, said });
        }
        let unreadable = |reason: &str| Failure::Unreadable { host: host.clone(), reason: reason.into() };
        let body = crate::pull::good(&self.site, "the sign-in", response)?;
        let offered: Offered = serde_json::from_slice(body).map_err(|_| unreadable("it holds no code"))?;
        let plain =
            |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain(&offered.device_code, 500) || !plain(&offered.user_code, 40) {
            return Err(unreadable("its code is none"));
        }
        let interval = offered.interval.map_or(STEP, |seconds| clamp(seconds, &INTERVALS));
        let lasts = clamp(offered.expires_in.unwrap_or(900), &LASTS);
        Ok(Offer {
            page: page(&self.site, &offered.verification_uri)?,
            device: offered.device_code.into(),
            code: offered.user_code,
            interval,
            lasts,
        })
    }

    /// Asks whether somebody said yes.
    pub fn look(&self, offer: &Offer) -> Request {
        let body = json!({ "client_id": self.id, "device_code": offer.device.expose_secret(), "grant_type": GRANT });
        self.ask_at("/login/oauth/access_token", &body, "sign in")
    }

    /// `interval` is how long was waited before this was asked.
    pub fn standing(&self, interval: Duration, response: &Response, now: Millis) -> Result<Standing, Failure> {
        let told: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        match told.get("error").and_then(Value::as_str) {
            Some("authorization_pending") => Ok(Standing::Wait(interval)),
            Some("slow_down") => {
                let named = told.get("interval").and_then(Value::as_u64);
                let slower = named.map_or(interval + STEP, |seconds| clamp(seconds, &INTERVALS));
                Ok(Standing::Wait(slower.max(interval)))
            }
            Some("expired_token") => Err(self.failed("the code was not typed in in time")),
            Some("access_denied") => Err(self.failed("somebody said no")),
            _ => Tokens::read(&self.site, response, now).map(Standing::Given),
        }
    }

    pub fn failed(&self, said: &str) -> Failure {
        Failure::SignIn { host: self.site.authority(), said: said.into() }
    }

    pub(super) fn ask_at(&self, path: &str, body: &Value, purpose: &'static str) -> Request {
        let path = format!("{}{path}", self.site.path());
        let headers = vec![("accept", "application/json".to_owned())];
        Request { path, asks: Asks::Create(body.to_string()), headers, purpose, ..Request::default() }
    }
}

/// Why it was refused: with status 200 too.
pub(super) fn refusal(response: &Response) -> Option<String> {
    let body: Value = serde_json::from_slice(&response.body).ok()?;
    let error = body.get("error")?.as_str()?;
    let said = body.get("error_description").and_then(Value::as_str).unwrap_or(error);
    Some(said.chars().filter(|letter| !letter.is_control()).take(200).collect())
}

/// Of the service itself, and nowhere else: a browser is sent there.
fn page(site: &Site, told: &str) -> Result<String, Failure> {
    let origin = site.origin();
    let ours = told.strip_prefix(origin.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if ours && told.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(told.to_owned())
    } else {
        Err(Failure::SentElsewhere { host: site.authority(), to: "a page to sign in on".into() })
    }
}

fn clamp(seconds: u64, range: &std::ops::RangeInclusive<u64>) -> Duration {
    Duration::from_secs(seconds.clamp(*range.start(), *range.end()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::Way;

    fn client() -> Client {
        let site = Site::parse("https://github.com", false).unwrap();
        Client { site, id: "Iv1.8a61f9b3a7aba766".into(), scope: "", way: Way::Code }
    }

    fn told(body: &Value) -> Response {
        Response { status: 200, body: body.to_string().into_bytes(), ..Response::default() }
    }

    fn offered(more: &Value) -> Result<Offer, Failure> {
        let mut body = json!({ "device_code": "3584d83530557fdd1f46af8289938c8ef79f9dc5", "user_code": "WDJB-MJHT",
            "verification_uri": "https://github.com/login/device", "expires_in": 900, "interval": 5 });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        client().offered(&told(&body))
    }

    #[test]
    fn a_code_is_asked_for_and_shown_with_the_page_of_the_service_itself() {
        let asked = client().offer();
        assert_eq!(
            (asked.path.as_str(), asked.asks.body()),
            ("/login/device/code", Some(r#"{"client_id":"Iv1.8a61f9b3a7aba766"}"#))
        );
        assert!(asked.headers.contains(&("accept", "application/json".into())), "without it a form comes back");
        let offer = offered(&json!({})).unwrap();
        assert_eq!((offer.code.as_str(), offer.page.as_str()), ("WDJB-MJHT", "https://github.com/login/device"));
        assert_eq!((offer.interval.as_secs(), offer.lasts.as_secs()), (5, 900));
        for elsewhere in ["https://github.com.evil.example/login", "http://github.com/login/device", "javascript:1"] {
            assert!(offered(&json!({ "verification_uri": elsewhere })).is_err(), "{elsewhere}");
        }
        let asked: Value = serde_json::from_str(client().look(&offer).asks.body().unwrap()).unwrap();
        assert_eq!((&asked["grant_type"], asked.get("client_secret")), (&json!(GRANT), None));
    }

    #[test]
    fn what_the_service_says_decides_whether_and_how_soon_it_is_asked_again() {
        let standing = |body: &Value| client().standing(Duration::from_secs(5), &told(body), Millis(0));
        let waits = |body: &Value| match standing(body) {
            Ok(Standing::Wait(wait)) => Some(wait.as_secs()),
            _ => None,
        };
        assert_eq!(waits(&json!({ "error": "authorization_pending" })), Some(5));
        assert_eq!(waits(&json!({ "error": "slow_down" })), Some(10), "five more each time");
        assert_eq!(waits(&json!({ "error": "slow_down", "interval": 15 })), Some(15));
        assert_eq!(waits(&json!({ "error": "slow_down", "interval": 1 })), Some(5), "never faster");
        for (error, words) in
            [("expired_token", "in time"), ("access_denied", "said no"), ("incorrect_client_credentials", "incorrect")]
        {
            let Err(failure) = standing(&json!({ "error": error })) else { panic!("{error}") };
            assert!(matches!(failure, Failure::SignIn { .. }) && failure.to_string().contains(words), "{failure}");
        }
        let given = standing(
            &json!({ "access_token": "ghu_a", "token_type": "bearer", "refresh_token": "ghr_b", "expires_in": 28800 }),
        );
        let Ok(Standing::Given(tokens)) = given else { panic!("no tokens") };
        assert_eq!((tokens.access.expose_secret(), tokens.ends_at), ("ghu_a", Some(Millis(28_800_000))));
    }

    #[test]
    fn the_next_pair_is_asked_for_where_the_first_came_from_and_a_refusal_with_status_200_is_one() {
        let asked = client().renew(&"ghr_b".to_owned().into());
        assert_eq!(asked.path, "/login/oauth/access_token");
        let refused = told(
            &json!({ "error": "bad_refresh_token", "error_description": "The refresh token passed is incorrect or expired." }),
        );
        let Err(failure) = Tokens::read(&client().site, &refused, Millis(0)) else { panic!("no failure") };
        assert!(matches!(failure, Failure::SignIn { .. }), "{failure}");
    }
}
