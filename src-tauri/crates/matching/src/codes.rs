//! Error codes that mean the same on every machine: Windows, Oracle, SQL, HTTP, errno, compilers, products.

use crate::lines::pattern;
use crate::mask;
use domain::{Piece, Signature, SignatureKind};
use regex::Regex;
use std::sync::LazyLock;

/// Also an alternative of the mask's pattern: a code is never masked in a message.
pub const PATTERN: &str = concat!(
    r"(?P<hresult>(?-u:\b)0[xX][8Cc][0-9A-Fa-f]{7}(?-u:\b))",
    r"|(?P<oracle>(?-u:\b)(?:ORA|TNS|PLS|RMAN|LPX|KUP|SP2|BEA)-[0-9]{4,6}(?-u:\b))",
    r"|(?-u:\b)SQLSTATE[ \t=:\[(]*(?P<sqlstate>[0-9A-Z]{5})(?-u:\b)",
    r"|(?-u:\b)SQLCODE[ \t=:]*(?P<sqlcode>-?[0-9]{1,5})(?-u:\b)",
    r"|(?-u:\b)(?:HTTP(?:/[0-9](?:\.[0-9])?)?[ \t:]+(?:(?:[sS]tatus|[eE]rror|[rR]esponse|[cC]ode)[ \t:=]*){0,2}|(?:[sS]tatus|[rR]esponse)[ _-]?[cC]ode[ \t:=]+(?:of )?)(?P<http>[45][0-9][0-9])(?-u:\b)",
    r"|(?-u:\b)(?P<reason>[45][0-9][0-9]) (?:Internal Server Error|Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?[oO]ut|Not Found|Forbidden|Unauthorized|Bad Request|Conflict|Too Many Requests|Method Not Allowed|Not Implemented|Payload Too Large|Unprocessable Entity)",
    r"|(?:(?-u:\b)errno[ \t:=]*|\[Errno )(?P<errno>-?[0-9]{1,4})(?-u:\b)",
    r"|(?-u:\b)(?P<posix>E(?:ACCES|PERM|NOENT|EXIST|CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|PIPE|MFILE|NFILE|NOSPC|NOMEM|ADDRINUSE|ADDRNOTAVAIL|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|INVAL|BUSY|ROFS|ISDIR|NOTDIR|NOTEMPTY|XDEV|IO|BADF|AGAIN|INTR|NOTCONN|PROTO|NOTSUP|SOCKETTIMEDOUT))(?-u:\b)",
    r"|(?-u:\b)(?P<named>(?:NS_|SEC_|SSL_|NET_)?ERR(?:OR)?_[A-Z][A-Z0-9_]{2,40})(?-u:\b)",
    r"|(?-u:\b)ERROR (?P<mysql>[1-4][0-9]{3}) \(",
    r"|(?-u:\b)(?P<rustc>E0[0-9]{3})(?-u:\b)",
    r"|(?-u:\b)(?P<product>[A-Z]{2,10}[0-9]{4,6}[A-Z]?)(?-u:\b)",
);

static CODE: LazyLock<Regex> = LazyLock::new(|| pattern(PATTERN));

/// Looks like a product's code and is none: standards, code pages, requests and orders of a helpdesk.
const NOT_CODES: [&str; 34] = [
    "ISO", "RFC", "CP", "IEEE", "EN", "DIN", "SHA", "UTF", "KB", "JSR", "PR", "WIN", "INC", "REQ", "RITM", "CHG",
    "TASK", "PRB", "CASE", "TKT", "ORD", "INV", "PO", "SO", "CUST", "ID", "TICKET", "ORDER", "BUG", "ISSUE", "JDK",
    "IBM", "VS", "FY",
];

/// More codes than this are a table of codes, not an error.
const MOST: usize = 8;

pub fn signatures(text: &str) -> Vec<Signature> {
    let mut found: Vec<Signature> = Vec::new();
    for captures in CODE.captures_iter(text) {
        let Some((whole, code)) = captures.get(0).zip(written(&captures)) else { continue };
        if found.iter().any(|one| one.exception == code) {
            continue;
        }
        found.push(Signature {
            kind: SignatureKind::ErrorCode,
            exception: code,
            message: explanation(text, whole.end()),
            frames: Vec::new(),
            span: (whole.start(), whole.end()),
        });
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// One way to write each code: `HTTP 503`, `SQLSTATE 42P01`, `errno 13`, `0x8007000E`.
fn written(captures: &regex::Captures<'_>) -> Option<String> {
    let get = |name| captures.name(name).map(|part| part.as_str());
    if let Some(code) = get("hresult") {
        return Some(format!("0x{}", code.get(2..)?.to_ascii_uppercase()));
    }
    if let Some(code) = get("sqlstate") {
        return code.bytes().any(|b| b.is_ascii_digit()).then(|| format!("SQLSTATE {code}"));
    }
    if let Some(code) = get("http").or_else(|| get("reason")) {
        return Some(format!("HTTP {code}"));
    }
    if let Some(code) = get("product") {
        return is_product_code(code).then(|| code.to_owned());
    }
    for (name, word) in [("sqlcode", "SQLCODE"), ("errno", "errno"), ("mysql", "ERROR")] {
        if let Some(code) = get(name) {
            return Some(format!("{word} {code}"));
        }
    }
    ["oracle", "posix", "named", "rustc"].into_iter().find_map(get).map(str::to_owned)
}

pub fn is_product_code(code: &str) -> bool {
    let letters = code.find(|c: char| c.is_ascii_digit()).and_then(|end| code.get(..end));
    letters.is_some_and(|letters| !NOT_CODES.contains(&letters))
}

/// What follows `ORA-00942: `, on the same line.
fn explanation(text: &str, end: usize) -> Vec<Piece> {
    let rest = text.get(end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    match line.trim_start_matches([')', ']', '"']).strip_prefix(": ").or_else(|| line.strip_prefix(" - ")) {
        Some(message) => mask::pieces(mask::clip(message, 160)),
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<String> {
        signatures(text).into_iter().map(|one| one.exception).collect()
    }

    #[test]
    fn a_code_is_written_in_one_way_however_the_text_writes_it() {
        for (text, code) in [
            ("Installer stops with 0x8007000e.", "0x8007000E"),
            ("ORA-00942: table or view does not exist", "ORA-00942"),
            ("SQLSTATE[42S02]: Base table not found", "SQLSTATE 42S02"),
            ("ERROR: x (SQLSTATE 42P01)", "SQLSTATE 42P01"),
            ("the API answers HTTP/1.1 503 sometimes", "HTTP 503"),
            ("Request failed with status code 500", "HTTP 500"),
            ("we see 502 Bad Gateway", "HTTP 502"),
            ("HTTP error 404", "HTTP 404"),
            ("[Errno 13] Permission denied", "errno 13"),
            ("open failed: EACCES", "EACCES"),
            ("error TS2345: Argument of type", "TS2345"),
            ("error[E0499]: cannot borrow", "E0499"),
            ("exited with code 1 MSB3073", "MSB3073"),
            ("warning NU1605", "NU1605"),
            ("DB2 says SQL0204N", "SQL0204N"),
            ("AMQ119031: Unable to validate user", "AMQ119031"),
            ("SQLCODE=-803", "SQLCODE -803"),
            ("ERROR 1064 (42000): You have an error", "ERROR 1064"),
            ("net::ERR_CONNECTION_REFUSED", "ERR_CONNECTION_REFUSED"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_code_is_none() {
        for text in [
            "CVE-2021-44228",
            "ISO8859 text",
            "INC0012345 and CASE1234",
            "we have 500 users",
            "HTTP 200",
            "ENABLE the flag",
            "colour 0x80",
            "UTF-8",
            "RFC2616",
            "AMQ-1234",
            "call us at 503 555",
        ] {
            assert_eq!(codes(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_a_code_says_comes_with_it() {
        assert_eq!(
            signatures("x ORA-00942: table \"T\" not found\nmore")[0].template(),
            "table \"<quoted>\" not found"
        );
    }
}
