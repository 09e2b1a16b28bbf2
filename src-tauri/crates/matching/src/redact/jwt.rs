//! Signed and encrypted web tokens: base64 of `{"`, a dot, and more of it.

use super::{
    scan::{Scan, is_base64url},
    span::{Found, Sensitive},
};

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Found>) {
    let mut done = 0;
    for (start, _) in scan.text.match_indices("eyJ") {
        if start < done || is_base64url(scan.before(start)) {
            continue;
        }
        let mut end = scan.run(start, usize::MAX, is_base64url);
        done = end;
        if end - start < 12 {
            continue;
        }
        let mut parts = 1;
        while parts < 5 && scan.at(end) == b'.' {
            let next = scan.run(end + 1, usize::MAX, is_base64url);
            // Of an unsigned one only the last part is empty.
            if next == end + 1 && parts < 2 {
                break;
            }
            (end, parts) = (next, parts + 1);
            done = end;
        }
        if parts >= 2 && end - start >= 24 {
            found.push(Found::new(Sensitive::Jwt, start, end));
        }
    }
}
