use super::*;
use proptest::prelude::*;

fn out(text: &str) -> String {
    redact(text, &Names::default()).text
}

fn of(people: &[&str], text: &str) -> String {
    redact(text, &Names::new(people.iter().copied())).text
}

#[test]
fn each_kind_is_taken_out_and_nothing_around_it() {
    for (text, expected) in [
        ("mail jane.doe+x@mail.example.co.uk, please", "mail [e-mail 1], please"),
        ("to=o'brien@example.org;", "to=[e-mail 1];"),
        ("https://x.test/?u=jane%40example.org&a=1", "https://x.test/?u=[e-mail 1]&a=1"),
        ("tel +49 170 1234567.", "tel [phone 1]."),
        ("call +1 (415) 555-2671 or (415) 555-2672", "call [phone 1] or [phone 2]"),
        ("0049 30 1234567 ruft an", "[phone 1] ruft an"),
        ("unter 0171/1234567 oder 030 1234 5678", "unter [phone 1] oder [phone 2]"),
        ("phone=0171/1234567&x={0171/1234568}", "phone=[phone 1]&x={[phone 2]}"),
        ("tel 01.23.45.67.89", "tel [phone 1]"),
        ("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "[token 1] [token 2]"),
        ("see \"34.168.105.72\"", "see \"[IP address 1]\""),
        ("au 01 23 45 67 89 demain", "au [phone 1] demain"),
        ("Phone: 5552671 at 12:30", "Phone: [phone 1] at 12:30"),
        ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [IBAN 1]."),
        ("gb29nwbk60161331926819", "[IBAN 1]"),
        ("card 4111 1111 1111 1111, 5500-0055-5555-5559", "card [card 1], [card 2]"),
        ("amex 378282246310005", "amex [card 1]"),
        ("from 203.0.113.7:5432 and 10.1.2.3", "from [IP address 1]:5432 and [IP address 2]"),
        ("peer 2001:db8::8a2e:370:7334 left", "peer [IP address 1] left"),
        ("git clone https://bob:s3cr3t@git.example.org/x", "git clone https://[credentials 1]@git.example.org/x"),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "[token 1]"),
        ("password=hunter2&x=1", "password=[secret 1]&x=1"),
        ("\"api_key\": \"9f8e7d6c5b4a39281706\",", "\"api_key\": \"[secret 1]\","),
        ("<property name=\"password\" value=\"manager\"/>", "<property name=\"password\" value=\"[secret 1]\"/>"),
        ("Authorization: Bearer abcdef0123456789abcdef", "Authorization: Bearer [secret 1]"),
        ("Passwort: Sommer2024!", "Passwort: [secret 1]!"),
    ] {
        assert_eq!(out(text), expected, "{text}");
    }
}

#[test]
fn what_only_looks_like_one_stays() {
    for text in [
        "ID:host-12345-1234567890123-1:1:1:1",
        "ID:DP0101SU-49665-1316112345678-0:1 is gone",
        "at org.apache.activemq.Foo@1f2a3b.run(Foo.java:123)",
        "version 5.3.0.4, v1.2.3.4 and upgraded to 5.4.1.2",
        "127.0.0.1:61616, 0.0.0.0 and 255.255.255.0",
        "2012-03-04 12:13:14,567 took 1234567890123 ms",
        "01-02-2012 13:10:11 and 12.10.2011",
        "order 4111111111111112, ref 100-200-3000",
        "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "urn:uuid:4f9d3c1e-6a5b-4c7d-8e9f-0a1b2c3d4e5f",
        "std::cafe::beef and a::b",
        "setPassword(password); password = config.getPassword();",
        "password=${activemq.password} token: null",
        "the password is wrong, and the token was refused",
        "lodash@4.17.21, core@5.8.0.fuse, icon@2x.png",
        "git@github.com:apache/activemq.git",
        "http://localhost:8161/admin and tcp://broker:61616",
        "use a bearer token or basic authentication",
        "at 0x00007f8a3c0008d0 nid=0x1234",
        "1.2.840.113549.1.1.11",
        "Mobile Emulator 10.0.14393.0 and mobile/90997746-D7DD-4F5A",
        "see 4.2.1.3, section 10.1.2.3",
        "+0200 and +12345",
    ] {
        assert_eq!(out(text), text);
    }
}

#[test]
fn a_path_behind_a_key_id_is_no_secret_of_it() {
    let text = "AKIAIOSFODNN7EXAMPLE in Titanium/Mobile/Android/Modules/Camera/Q";
    assert_eq!(text.rsplit(' ').next().unwrap().len(), 40);
    assert_eq!(out(text), "[token 1] in Titanium/Mobile/Android/Modules/Camera/Q");
}

#[test]
fn a_private_key_goes_whole_in_every_state_that_it_comes_in() {
    let line = "MIIEpAIBAAKCAQEAx7Jq3vT0b2sJmYlFqkz8n4UuWc5dKpRr1hG6eXoZtVaB9iLw";
    let rest = "Qd8fE2sY+/c3N5x==";
    for text in [
        format!("-----BEGIN RSA PRIVATE KEY-----\n{line}\n{line}\n{rest}\n-----END RSA PRIVATE KEY-----"),
        format!(
            "-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED\r\nDEK-Info: AES-128-CBC,3F17F5316E2BAC89\r\n\r\n{line}\r\n{rest}"
        ),
        format!("> -----BEGIN PRIVATE KEY-----\n> {line}\n> {rest}\n> -----END PRIVATE KEY-----").replacen("> ", "", 1),
        format!("-----BEGIN PRIVATE KEY-----\\n{line}\\n{line}\\n{rest}\\n-----END PRIVATE KEY-----"),
        format!("-----BEGIN OPENSSH PRIVATE KEY----- {line} {line} {rest}"),
    ] {
        assert_eq!(out(&format!("key:\n{text}\nand so on")), "key:\n[private key 1]\nand so on", "{text}");
    }
    let public = format!("-----BEGIN PUBLIC KEY-----\n{line}\n-----END PUBLIC KEY-----");
    assert_eq!(out(&public), public);
}

#[test]
fn names_go_in_every_form_and_common_words_stay() {
    let people = ["Zoë Müller", "O'Connor, Seán", "Will Stone"];
    for (text, expected) in [
        ("Hi Zoë, is it Müller's box?", "Hi [name 1], is it [name 1]'s box?"),
        ("ZOE MUELLER wrote", "[name 1] wrote"),
        ("Seán O’Connor and sean", "[name 1] and [name 1]"),
        ("Müllers Drucker", "[name 1]s Drucker"),
        ("It will run on stone. Stone age", "It will run on stone. Stone age"),
        ("Will Stone says so; thanks Will", "[name 1] says so; thanks [name 1]"),
        ("amulet, zoetrope, Mullerian", "amulet, zoetrope, Mullerian"),
    ] {
        assert_eq!(of(&people, text), expected, "{text}");
    }
}

#[test]
fn the_same_value_has_the_same_number_and_earlier_placeholders_keep_theirs() {
    assert_eq!(out("a@x.org b@x.org A@x.org"), "[e-mail 1] [e-mail 2] [e-mail 1]");
    assert_eq!(out("[e-mail 3] and a@x.org"), "[e-mail 3] and [e-mail 4]");
    assert_eq!(out("+49 170 1234567, +491701234567"), "[phone 1], [phone 1]");
}

#[test]
fn what_overlaps_goes_as_one_and_places_are_those_of_the_text_as_it_was_given() {
    let text = "so password=jane@example.org, ä";
    let redacted = redact(text, &Names::default());
    assert_eq!(redacted.text, "so password=[secret 1], ä");
    let span = redacted.spans[0];
    assert_eq!(&text[span.start..span.end], "jane@example.org");
    assert!(!format!("{:?}", redacted.spans).contains("jane"));
    assert!(!format!("{:?}", Names::new(["Jane Doe"])).to_lowercase().contains("jane"));
}

/// The square of this length would take longer than anybody waits for a test.
#[test]
fn a_long_text_of_anything_is_read_in_one_go() {
    for unit in [
        "a",
        "@",
        "a@",
        "a@b.",
        "1",
        "1 ",
        "1-",
        "+1",
        "(0",
        "eyJ",
        "eyJa.",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----a ",
        "://",
        "://a:b@",
        "password=",
        "AKIA",
        "a:",
        "::",
        "1.2.3.4",
        "bearer ",
        "[e-mail 1]",
        "é",
        "DE00",
        "Q~",
        "sig=",
        "Jane ",
        "Jane-",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        let redacted = redact(&text, &Names::new(["Jane Doe"]));
        assert!(redacted.spans.len() <= text.len(), "{unit}");
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "jane@example.org",
        "@",
        ".",
        "+49 170 1234567",
        "+",
        "(",
        ")",
        " ",
        "\n",
        "4111 1111 1111 1111",
        "DE89370400440532013000",
        "10.1.2.3",
        "1.2.3.4",
        "version ",
        "fe80::1",
        ":",
        "://",
        "user:pw1@",
        "password=",
        "token: ",
        "\"",
        "'",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "eyJhbGciOiJIUzI1NiJ9.",
        "eyJzdWIiOiIxIn0.",
        "-----BEGIN PRIVATE KEY-----",
        "MIIEpAIBAAKCAQEAx7Jq3vT0b2sJmYlFqkz8n4UuWc5dKpRr1hG6eXoZtVaB9iLw",
        "-----END PRIVATE KEY-----",
        "[e-mail 1]",
        "[name 2]",
        "[",
        "]",
        "Jane",
        "Doe",
        "Müller",
        "é",
        "漢",
        "🙂",
        "0171/",
        "12",
        "345",
        "6789",
        "Bearer ",
        "AKIAIOSFODNN7EXAMPLE",
        "-",
        "_",
        "x",
        "=",
        "sig=",
        "Q~",
        "%40",
        "\\n",
        ", ",
        "tel ",
        "'s",
    ]);
    prop::collection::vec(prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,3}"], 0..14)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_redacted_text_holds_nothing_more_to_redact(text in hostile()) {
        let people = Names::new(["Jane Doe", "Zoë Müller"]);
        let once = redact(&text, &people);
        let mut last = 0;
        for span in &once.spans {
            prop_assert!(last <= span.start && span.start < span.end && span.end <= text.len());
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
            last = span.end;
        }
        let twice = redact(&once.text, &people);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.spans.is_empty());
    }
}
