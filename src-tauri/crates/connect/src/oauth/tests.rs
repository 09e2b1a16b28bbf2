use super::*;
use std::{
    io::{Read, Write},
    net::TcpStream,
};

fn client() -> Client {
    Client {
        site: Site::parse("https://acme.zendesk.com", false).unwrap(),
        id: "precedent".into(),
        scope: "read",
        way: Way::Browser,
    }
}

fn told(status: u16, body: &str) -> Response {
    Response { status, body: body.into(), ..Response::default() }
}

const NOON: Millis = Millis(1_714_564_800_000);

/// The example of RFC 7636, appendix B: the challenge of a verifier.
#[test]
fn the_challenge_is_the_hash_of_the_verifier_as_the_standard_writes_it() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let attempt = Attempt { verifier: verifier.to_owned().into(), ..client().attempt([7; 64], PORT) };
    assert!(
        attempt
            .page()
            .contains("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256")
    );
}

#[test]
fn the_page_names_the_client_and_where_to_come_back_to_and_no_secret() {
    let attempt = client().attempt([7; 64], PORT);
    let page = attempt.page();
    assert!(page.starts_with("https://acme.zendesk.com/oauth/authorizations/new?response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A47115%2Fsigned-in&client_id=precedent&scope=read&state="), "{page}");
    assert!(!page.contains(attempt.verifier.expose_secret()));
    let redeem = attempt.redeem(&"abc".to_owned().into());
    let body: serde_json::Value = serde_json::from_str(redeem.asks.body().unwrap()).unwrap();
    assert_eq!(
        (redeem.path.as_str(), &body["code"], &body["grant_type"]),
        ("/oauth/tokens", &json!("abc"), &json!("authorization_code"))
    );
    assert_eq!(body["code_verifier"], attempt.verifier.expose_secret());
    assert!(redeem.asks.writes(), "it is never sent twice");
    let other = client().attempt([8; 64], PORT);
    assert_ne!((other.state(), other.verifier.expose_secret()), (attempt.state(), attempt.verifier.expose_secret()));
}

#[test]
fn tokens_are_kept_as_one_secret_and_a_typed_token_is_none_of_them() {
    let body = r#"{"access_token":"a1","refresh_token":"r1","expires_in":1800,"token_type":"bearer","scope":"read"}"#;
    let tokens = Tokens::read(&client().site, &told(201, body), NOON).unwrap();
    let again = Tokens::parse(&tokens.write()).unwrap();
    assert_eq!((again.access.expose_secret(), again.refresh.as_ref().unwrap().expose_secret()), ("a1", "r1"));
    assert_eq!(again.ends_at, Some(Millis(NOON.0 + 1_800_000)));
    let stale = |minutes: i64| again.is_stale(Millis(NOON.0 + minutes * Millis::MINUTE));
    assert_eq!([stale(0), stale(28), stale(29), stale(90)], [false, false, true, true]);
    for typed in ["ann@example.com/token:abc", "abc", "", "{", "17"] {
        assert!(Tokens::parse(&typed.to_owned().into()).is_none(), "{typed}");
    }
    let forever = Tokens::read(&client().site, &told(200, r#"{"access_token":"a"}"#), NOON).unwrap();
    assert!(forever.ends_at.is_none() && !forever.is_stale(Millis(i64::MAX)));
}

#[test]
fn a_refusal_is_told_in_the_services_words_and_an_odd_answer_without_any_of_it() {
    let refused = told(400, r#"{"error":"invalid_grant","error_description":"The grant is invalid."}"#);
    let failure = Tokens::read(&client().site, &refused, NOON).err().unwrap();
    assert_eq!((failure.code(), failure.is_permanent()), ("sign_in_failed", true));
    assert!(failure.to_string().contains("The grant is invalid."));
    for odd in [r#"{"access_token":17,"refresh_token":"secret"}"#, "<html>secret", r#"{"access_token":"a b secret"}"#] {
        let failure = Tokens::read(&client().site, &told(200, odd), NOON).err().unwrap();
        assert_eq!((failure.code(), failure.to_string().contains("secret")), ("answer_unreadable", false), "{odd}");
    }
}

/// As a browser would.
fn visit(port: u16, path: &str, host: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn only_who_knows_the_state_and_calls_this_machine_by_its_name_is_heard() {
    let callback = Callback::open(0).unwrap();
    let port = callback.port();
    let waiting = std::thread::spawn(move || callback.wait("desk", "s1", &|| false));
    let ours = format!("127.0.0.1:{port}");
    assert!(visit(port, "/favicon.ico", &ours).starts_with("HTTP/1.1 404"));
    assert!(visit(port, "/signed-in?code=forged&state=s2", &ours).starts_with("HTTP/1.1 404"));
    assert!(visit(port, "/signed-in?code=forged&state=s1", "evil.example").starts_with("HTTP/1.1 404"));
    let answer = visit(port, "/signed-in?code=%3Cb%3Egood&state=s1", &ours);
    assert!(answer.starts_with("HTTP/1.1 200") && !answer.contains("good"), "{answer}");
    assert_eq!(waiting.join().unwrap().unwrap().expose_secret(), "<b>good");
}

#[test]
fn who_says_no_in_the_browser_is_told_so_and_a_taken_port_is_named() {
    let callback = Callback::open(0).unwrap();
    let port = callback.port();
    let taken = Callback::open(port).err().unwrap();
    assert_eq!((taken.code(), taken.is_permanent()), ("port_taken", false));
    let waiting = std::thread::spawn(move || callback.wait("desk", "s1", &|| false));
    visit(
        port,
        "/signed-in?error=access_denied&error_description=The+end-user+denied+it&state=s1",
        &format!("localhost:{port}"),
    );
    assert!(waiting.join().unwrap().err().unwrap().to_string().contains("The end-user denied it"));
    let cancelled = Callback::open(0).unwrap().wait("desk", "s", &|| true);
    assert_eq!(cancelled.err().unwrap().code(), "cancelled");
}
