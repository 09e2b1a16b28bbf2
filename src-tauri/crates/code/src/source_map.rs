//! From a place in what was built to the place in what was written: the source map beside a built JavaScript file.
//!
//! A map was made by a program and may be anything: what is read of it has bounds, and what leads out of the repository
//! leads nowhere.

use serde::Deserialize;

/// Larger maps are of more than one program.
pub(crate) const LONGEST: usize = 64 << 20;
/// Places of one map that are read.
const MOST: usize = 5_000_000;

/// A frame of what was built, as browsers and Node write it: `(https://shop.example/assets/main.js?v=2:1:20442)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Built {
    pub(crate) name: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Built {
    pub(crate) fn read(raw: &str) -> Option<Self> {
        let place = raw.trim().trim_end_matches(')');
        let (rest, column) = place.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        let name = file.rsplit(['/', '\\', '(', ' ', '@']).next()?.split(['?', '#']).next()?;
        let ends = [".js", ".mjs", ".cjs"].iter().any(|end| name.ends_with(end));
        let (line, column) = (line.parse().ok()?, column.parse().ok()?);
        ends.then(|| Self { name: name.to_owned(), line, column })
    }
}

/// A map, read.
pub struct SourceMap {
    /// Paths as the map has them, with their root.
    sources: Vec<String>,
    names: Vec<String>,
    /// In the order of the built text.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
struct Place {
    built: (u32, u32),
    source: u32,
    line: u32,
    name: Option<u32>,
}

/// Where something was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// As the map says, made plain: `src/cart.ts`.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    /// What it was called there, where the map says so.
    pub name: Option<String>,
}

#[derive(Deserialize)]
struct Stored {
    version: u32,
    #[serde(default, rename = "sourceRoot")]
    root: Option<String>,
    sources: Vec<Option<String>>,
    #[serde(default)]
    names: Vec<String>,
    mappings: String,
}

impl SourceMap {
    /// `None` of what is no map of version 3, or of one that is made of others.
    pub fn read(text: &[u8]) -> Option<Self> {
        // Servers put this in front, so that no script runs it.
        let text =
            text.strip_prefix(b")]}'").map_or(text, |rest| rest.splitn(2, |b| *b == b'\n').nth(1).unwrap_or(rest));
        let stored: Stored = serde_json::from_slice(text.get(..LONGEST).unwrap_or(text)).ok()?;
        if stored.version != 3 {
            return None;
        }
        let root = stored.root.unwrap_or_default();
        let whole = |source: Option<String>| match source {
            Some(source) if root.is_empty() => source,
            Some(source) => format!("{}/{source}", root.trim_end_matches('/')),
            None => String::new(),
        };
        let sources = stored.sources.into_iter().map(whole).collect();
        Some(Self { sources, names: stored.names, places: places(&stored.mappings)? })
    }

    /// `line` and `column` as a browser says them, counted from 1.
    pub fn written(&self, line: u32, column: u32) -> Option<Written> {
        let asked = (line.checked_sub(1)?, column.saturating_sub(1));
        let behind = self.places.partition_point(|place| place.built <= asked);
        let place = self.places.get(behind.checked_sub(1)?).filter(|place| place.built.0 == asked.0)?;
        let path = plain(self.sources.get(place.source as usize)?)?;
        let name = place.name.and_then(|name| self.names.get(name as usize)).cloned();
        Some(Written { path, line: place.line + 1, name })
    }
}

/// `webpack://shop/./src/cart.ts?a1b2` → `src/cart.ts`; steps up are left out: a map lies where nobody knows.
fn plain(source: &str) -> Option<String> {
    let rest = source.split_once("://").map_or(source, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let parts = rest.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    let path = parts.collect::<Vec<_>>().join("/");
    (!path.is_empty() && path.len() < 1_000).then_some(path)
}

/// `AAAA;CACA,EACA`: numbers of base 64, each as the difference to the one before.
fn places(mappings: &str) -> Option<Vec<Place>> {
    let mut found = Vec::new();
    let (mut source, mut line, mut name) = (0i64, 0i64, 0i64);
    for (built_line, segments) in (0u32..).zip(mappings.split(';')) {
        let mut column = 0i64;
        for segment in segments.split(',').filter(|segment| !segment.is_empty()) {
            let numbers = numbers(segment)?;
            let (Some(by), more) = (numbers.first(), numbers.get(1..4)) else { continue };
            column += by;
            let Some([by_source, by_line, _]) = more else { continue };
            source += by_source;
            line += by_line;
            let named = numbers.get(4).map(|by| {
                name += by;
                name
            });
            let place = || -> Option<Place> {
                Some(Place {
                    built: (built_line, u32::try_from(column).ok()?),
                    source: u32::try_from(source).ok()?,
                    line: u32::try_from(line).ok()?,
                    name: named.and_then(|name| u32::try_from(name).ok()),
                })
            };
            found.extend(place());
            if found.len() > MOST {
                return None;
            }
        }
    }
    // They are in order in every map that a program makes; one that is not is put into it.
    found.sort_by_key(|place| place.built);
    Some(found)
}

fn numbers(segment: &str) -> Option<Vec<i64>> {
    let mut found = Vec::new();
    let (mut value, mut shift) = (0i64, 0u32);
    for byte in segment.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        if shift > 30 || found.len() > 8 {
            return None;
        }
        value |= i64::from(digit & 31) << shift;
        shift += 5;
        if digit & 32 == 0 {
            // The lowest bit is the sign.
            found.push(if value & 1 == 1 { -(value >> 1) } else { value >> 1 });
            (value, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Line 1 of what was built: column 0 is line 1 of the first file, column 8 is line 3 of the second, called `total`.
    const MAP: &str = r#"{"version":3,"sourceRoot":"","sources":["webpack://shop/./src/a.ts","../src/cart.ts?x"],"names":["total"],"mappings":"AAAA,QCEAA;AADA"}"#;

    fn at(map: &SourceMap, line: u32, column: u32) -> Option<(String, u32, Option<String>)> {
        map.written(line, column).map(|found| (found.path, found.line, found.name))
    }

    #[test]
    fn a_place_in_what_was_built_leads_to_what_was_written() {
        let map = SourceMap::read(MAP.as_bytes()).unwrap();
        assert_eq!(at(&map, 1, 1), Some(("src/a.ts".into(), 1, None)));
        assert_eq!(at(&map, 1, 8), Some(("src/a.ts".into(), 1, None)));
        assert_eq!(at(&map, 1, 9), Some(("src/cart.ts".into(), 3, Some("total".into()))));
        assert_eq!(at(&map, 1, 900), Some(("src/cart.ts".into(), 3, Some("total".into()))));
        assert_eq!(at(&map, 2, 1), Some(("src/cart.ts".into(), 2, None)));
        assert_eq!((at(&map, 3, 1), at(&map, 0, 0)), (None, None));
        let guarded = format!(")]}}'\n{MAP}");
        assert!(SourceMap::read(guarded.as_bytes()).is_some());
    }

    #[test]
    fn a_built_frame_is_read_with_its_column_and_nothing_else_is_one() {
        let read = |raw: &str| Built::read(raw).map(|built| (built.name, built.line, built.column));
        let main = || Some(("main.8f3a2b1c.js".to_owned(), 1, 20_442));
        assert_eq!(read("at total (https://shop.example/assets/main.8f3a2b1c.js?v=2:1:20442)"), main());
        assert_eq!(read("total@https://shop.example/assets/main.8f3a2b1c.js:1:20442"), main());
        assert_eq!(read("at C:\\srv\\dist\\main.8f3a2b1c.js:1:20442"), main());
        for none in ["at f (cart.ts:1:2)", "at a.b.C.d(C.java:3)", "at f (a.js:1)", "", ":::", "at x (native)"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_no_map_or_leads_nowhere_is_none() {
        for bad in [
            "",
            "{}",
            "[]",
            r#"{"version":2,"sources":[],"mappings":""}"#,
            r#"{"version":3,"sources":[],"mappings":"!"}"#,
            r#"{"version":3,"sources":[],"mappings":"gggggggggggg"}"#,
        ] {
            assert!(SourceMap::read(bad.as_bytes()).is_none(), "{bad}");
        }
        let map =
            SourceMap::read(br#"{"version":3,"sources":[null,"../../.."],"mappings":"AAAA,CCAA,CCAA,CFAA"}"#).unwrap();
        assert!((1..6).all(|column| map.written(1, column).is_none()));
        assert_eq!(plain("../../../etc/passwd").as_deref(), Some("etc/passwd"), "within the repository alone");
    }

    proptest! {
        #[test]
        fn any_mappings_are_read_in_bounds(mappings in "[A-Za-z0-9+/;,]{0,200}", line in 0u32..9, column in 0u32..99) {
            let text = format!(r#"{{"version":3,"sources":["a","b"],"names":["x"],"mappings":"{mappings}"}}"#);
            if let Some(map) = SourceMap::read(text.as_bytes()) {
                let _ = map.written(line, column);
            }
        }
    }
}
