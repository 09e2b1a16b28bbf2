//! A JSON object whose values are read when they are asked for, so that unknown ones cost next to nothing.

use super::{Reason, fields::Loose, reason};
use domain::Millis;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};
use std::{borrow::Cow, fmt};

pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    pub(crate) fn parse(record: &'a str) -> Result<Self, Reason> {
        serde_json::from_str(record).map_err(|error| reason(&error))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(name, _)| name == key)
    }

    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), *value))
    }

    fn raw(&mut self, key: &str) -> Option<&'a RawValue> {
        // A key that comes twice counts as it came last, and neither stays behind.
        let mut found = None;
        self.0.retain(|(name, value)| {
            let is_it = name == key;
            if is_it {
                found = Some(*value);
            }
            !is_it
        });
        found
    }

    pub(crate) fn take(&mut self, key: &str) -> Result<Loose<'a>, Reason> {
        self.parsed(key).map(Option::unwrap_or_default)
    }

    pub(crate) fn parsed<T: Deserialize<'a>>(&mut self, key: &str) -> Result<Option<T>, Reason> {
        let Some(raw) = self.raw(key) else { return Ok(None) };
        serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|error| format!("\"{key}\" cannot be read: {}", reason(&error)))
    }

    pub(crate) fn text(&mut self, key: &str) -> Result<Option<String>, Reason> {
        Ok(self.take(key)?.text())
    }

    /// What nothing can be done without.
    pub(crate) fn needed(&mut self, key: &str) -> Result<String, Reason> {
        self.text(key)?.ok_or_else(|| format!("it has no \"{key}\""))
    }

    pub(crate) fn list(&mut self, key: &str) -> Result<Vec<String>, Reason> {
        Ok(self.take(key)?.list())
    }

    pub(crate) fn time(&mut self, key: &str) -> Result<Option<Millis>, Reason> {
        self.take(key)?.time().map_err(|bad| format!("\"{key}\": {bad}"))
    }

    /// One of a list of words; the default when it is left out.
    pub(crate) fn choice<T: Default>(&mut self, key: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Reason> {
        match self.text(key)? {
            Some(word) => parse(&word).ok_or_else(|| format!("\"{key}\" cannot be \"{word}\"")),
            None => Ok(T::default()),
        }
    }

    /// What nobody took.
    pub(crate) fn rest(self) -> Map<String, Value> {
        let parsed = |(key, raw): (Cow<'_, str>, &RawValue)| {
            Some((key.into_owned(), serde_json::from_str::<Value>(raw.get()).ok()?))
        };
        self.0.into_iter().filter_map(parsed).filter(|(_, value)| !value.is_null()).collect()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::with_capacity(32);
                while let Some(Loose::Text(key)) = map.next_key()? {
                    pairs.push((key, map.next_value()?));
                }
                Ok(Object(pairs))
            }
        }
        input.deserialize_map(Pairs)
    }
}
