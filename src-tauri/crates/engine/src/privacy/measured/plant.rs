//! Things that must not leave, made up by chance: the same seed makes the same ones on every machine.

pub(super) struct Random(pub u64);

impl Random {
    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len() as u64) as usize]
    }

    fn of(&mut self, signs: &str, count: usize) -> String {
        let signs: Vec<char> = signs.chars().collect();
        (0..count).map(|_| *self.pick(&signs)).collect()
    }

    fn digits(&mut self, count: usize) -> String {
        self.of("0123456789", count)
    }
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Email,
    Phone,
    Iban,
    Card,
    Jwt,
    Token,
    Password,
    PrivateKey,
    Ip,
    Credentials,
    Name,
}

pub(super) const KINDS: [Kind; 11] = [
    Kind::Email,
    Kind::Phone,
    Kind::Iban,
    Kind::Card,
    Kind::Jwt,
    Kind::Token,
    Kind::Password,
    Kind::PrivateKey,
    Kind::Ip,
    Kind::Credentials,
    Kind::Name,
];

pub(super) struct Canary {
    pub kind: &'static str,
    pub sentence: String,
    /// None of these may be left.
    pub secrets: Vec<String>,
    pub person: Option<String>,
}

pub(super) fn canary(kind: Kind, random: &mut Random, people: &[String]) -> Canary {
    let name = |kind, secret: String, sentences: &[&str], random: &mut Random| Canary {
        kind,
        sentence: random.pick(sentences).replace("{}", &secret),
        secrets: vec![secret],
        person: None,
    };
    match kind {
        Kind::Email => {
            let local = format!(
                "{}{}{}",
                random.pick(&["jane", "o.brien", "li", "josé", "k_meier"]),
                random.pick(&[".", "+", "-", "_"]),
                random.of(HEX, 5)
            );
            let host = format!(
                "{}.{}",
                random.pick(&["example", "mail.northwind", "163", "kunde-süd"]),
                random.pick(&["org", "com", "co.uk", "de", "museum"])
            );
            name(
                "e-mail",
                format!("{local}@{host}"),
                &["Please write to {}.", "<{}>", "mailto:{}?subject=x", "user={};", "\"{}\"", "({})", "From: {}\n"],
                random,
            )
        }
        Kind::Phone => {
            let d = |random: &mut Random, n| random.digits(n);
            let area = format!("{}{}", random.pick(&["2", "4", "7", "9"]), d(random, 2));
            let exchange = format!("{}{}", random.pick(&["2", "5", "8"]), d(random, 2));
            let number = match random.below(9) {
                0 => format!("+49 17{} {}", d(random, 1), d(random, 7)),
                1 => format!("+1 ({area}) {exchange}-{}", d(random, 4)),
                2 => format!("({area}) {exchange}-{}", d(random, 4)),
                3 => format!("{area}-{exchange}-{}", d(random, 4)),
                4 => format!("+44 20 7{} {}", d(random, 3), d(random, 4)),
                5 => format!("017{}/{}", d(random, 1), d(random, 7)),
                6 => format!("020 7{} {}", d(random, 3), d(random, 4)),
                7 => format!(
                    "0{} {} {} {} {}",
                    random.pick(&["1", "4", "6"]),
                    d(random, 2),
                    d(random, 2),
                    d(random, 2),
                    d(random, 2)
                ),
                _ => format!("+33{}{}", random.pick(&["1", "6"]), d(random, 8)),
            };
            name(
                "phone",
                number,
                &["Call {} today.", "Tel: {}", "my number is {}", "{} after 18:00", "({})", "mobile {}, thanks"],
                random,
            )
        }
        Kind::Iban => {
            let (country, bank) = match random.below(4) {
                0 => ("DE", random.digits(18)),
                1 => ("GB", format!("NWBK{}", random.digits(14))),
                2 => ("NL", format!("INGB{}", random.digits(10))),
                _ => ("FR", format!("{}{}{}", random.digits(10), random.of("ABCDEF0123456789", 11), random.digits(2))),
            };
            let iban = iban(country, &bank);
            let spaced: Vec<String> =
                iban.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
            let written = match random.below(3) {
                0 => spaced.join(" "),
                1 => iban.to_lowercase(),
                _ => iban,
            };
            name("IBAN", written, &["IBAN: {}", "refund to {}.", "account={};", "({})"], random)
        }
        Kind::Card => {
            let (start, length) = *random.pick(&[
                ("4", 16),
                ("51", 16),
                ("2221", 16),
                ("34", 15),
                ("6011", 16),
                ("3530", 16),
                ("36", 14),
                ("62", 16),
            ]);
            let body = format!("{start}{}", random.digits(length - start.len() - 1));
            let number = format!("{body}{}", check_digit(&body));
            let sizes: &[usize] = match length {
                16 => &[4, 4, 4, 4],
                15 => &[4, 6, 5],
                _ => &[4, 6, 4],
            };
            let mut rest = number.as_str();
            let groups: Vec<&str> = sizes
                .iter()
                .map(|size| {
                    let (group, after) = rest.split_at(*size);
                    rest = after;
                    group
                })
                .collect();
            let written = match random.below(3) {
                0 => groups.join(" "),
                1 => groups.join("-"),
                _ => number.clone(),
            };
            name(
                "card",
                written,
                &["card {} was charged", "PAN={};", "\"number\": \"{}\"", "Visa {}, exp 12/27", "{}"],
                random,
            )
        }
        Kind::Jwt => {
            let token = format!(
                "eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}",
                random.of(LETTERS, 60),
                random.of(&format!("{LETTERS}_-"), 43)
            );
            name(
                "JWT",
                token,
                &["token {} expired", "id_token={}&state=1", "Authorization: Bearer {}", "\"{}\""],
                random,
            )
        }
        Kind::Token => {
            let token = match random.below(12) {
                0 => format!("AKIA{}", random.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)),
                1 => format!("ghp_{}", random.of(LETTERS, 36)),
                2 => format!("github_pat_{}_{}", random.of(LETTERS, 22), random.of(LETTERS, 59)),
                3 => format!("glpat-{}", random.of(LETTERS, 20)),
                4 => format!("xoxb-{}-{}-{}", random.digits(12), random.digits(12), random.of(LETTERS, 24)),
                5 => format!("sk_live_{}", random.of(LETTERS, 24)),
                6 => format!("npm_{}", random.of(LETTERS, 36)),
                7 => format!("pypi-AgEIcHlwaS5vcmc{}", random.of(LETTERS, 70)),
                8 => format!("AIza{}", random.of(LETTERS, 35)),
                9 => format!("{}8Q~{}", random.of(LETTERS, 3), random.of(LETTERS, 34)),
                10 => format!("ya29.{}", random.of(LETTERS, 60)),
                _ => format!("GOCSPX-{}", random.of(LETTERS, 28)),
            };
            name(
                "token",
                token,
                &["with {} it fails", "export TOKEN={}", "\"{}\",", "{}", "curl -H 'X-Auth: {}'", "leaked: {}."],
                random,
            )
        }
        Kind::Password => {
            let length = 6 + random.below(10) as usize;
            let secret = format!("{}{}{}", random.of("ABCDEFGHKMNP", 1), random.of(LETTERS, length), random.digits(2));
            let long = format!("{}7a{}", secret, random.of(HEX, 12));
            let (secret, sentences): (String, &[&str]) = if random.below(2) == 0 {
                (
                    secret,
                    &[
                        "password={}&user=x",
                        "Password: {}",
                        "\"password\": \"{}\",",
                        "<password>{}</password>",
                        "my password is {}",
                        "pwd='{}'",
                        "Passwort: {}",
                        "--password={} --verbose",
                        "name=\"password\" value=\"{}\"/>",
                    ],
                )
            } else {
                (
                    long,
                    &[
                        "api_key: {}",
                        "apikey={}",
                        "client_secret=\"{}\"",
                        "Authorization: Bearer {}",
                        "AccountKey={};EndpointSuffix",
                        "aws_secret_access_key = {}",
                        "x-api-key: {}",
                        "\"access_token\":\"{}\"",
                    ],
                )
            };
            name("secret", secret, sentences, random)
        }
        Kind::PrivateKey => {
            let lines: Vec<String> =
                (0..3 + random.below(20)).map(|_| random.of(&format!("{LETTERS}+/"), 64)).collect();
            let last = format!("{}==", random.of(LETTERS, 22));
            let label = *random.pick(&["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PRIVATE KEY"]);
            let gap = *random.pick(&["\n", "\r\n", "\\n", " "]);
            let body = format!("{}{gap}{last}", lines.join(gap));
            let end = if random.below(3) == 0 { String::new() } else { format!("{gap}-----END {label}-----") };
            let secrets = lines.iter().cloned().chain([last]).collect();
            Canary {
                kind: "private key",
                sentence: format!("\n-----BEGIN {label}-----{gap}{body}{end}\n"),
                secrets,
                person: None,
            }
        }
        Kind::Ip => {
            let mut octet = |low: u64| low + random.below(240 - low);
            let address = match octet(0) % 4 {
                0 => format!("10.{}.{}.{}", octet(0), octet(0), octet(1)),
                1 => format!("192.168.{}.{}", octet(0), octet(1)),
                2 => format!("{}.{}.{}.{}", 20 + octet(0) % 100, octet(0), octet(0), octet(1)),
                _ => format!("2001:db8:{:x}::{:x}:{:x}", 4096 + octet(1), 256 + octet(1), octet(1)),
            };
            name(
                "IP",
                address,
                &["from {} again", "client={};", "refused: /{} now", "[{}]", "peer {}.", "ping {} fails"],
                random,
            )
        }
        Kind::Credentials => {
            let secret = format!("{}:{}", random.pick(&["deploy", "jane", "svc_till"]), random.of(LETTERS, 10));
            name(
                "credentials",
                secret,
                &["https://{}@git.example.org/till.git", "postgres://{}@db:5432/till", "see ftp://{}@10.0.0.9/x"],
                random,
            )
        }
        Kind::Name => {
            let person = random.pick(people).clone();
            let first = person.split_whitespace().next().unwrap_or_default().to_owned();
            let last = person.split_whitespace().last().unwrap_or_default().to_owned();
            let written = match random.below(5) {
                0 => person.to_uppercase(),
                1 => last.clone(),
                2 => format!("{last}, {first}"),
                _ => person.clone(),
            };
            let sentence = random
                .pick(&["Kind regards,\n{}", "Hi {}, it works", "{} called again", "{}'s till", "(for {})"])
                .replace("{}", &written);
            Canary { kind: "name", sentence, secrets: vec![written], person: Some(person) }
        }
    }
}

fn iban(country: &str, bank: &str) -> String {
    let moved = format!("{bank}{country}00");
    let rest = moved.bytes().fold(0u32, |sum, sign| match sign {
        b'0'..=b'9' => (sum * 10 + u32::from(sign - b'0')) % 97,
        letter => (sum * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    format!("{country}{:02}{bank}", 98 - rest)
}

fn check_digit(body: &str) -> u32 {
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| (place, u32::from(digit - b'0')))
        .map(|(place, digit)| if place % 2 == 0 { doubled(digit) } else { digit })
        .sum();
    (10 - sum % 10) % 10
}

/// People of the sample company leave addresses in their letters, and their tills stand in logs.
pub(super) fn is_the_companys_own(found: &str) -> bool {
    (found.starts_with("email: ") && found.ends_with(".example")) || found.starts_with("ip: 198.51.100.")
}
