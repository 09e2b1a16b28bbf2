//! Values as exports really write them: a number where a text belongs, an object where its name would do.

use domain::{BadTime, Millis};
use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use std::{borrow::Cow, fmt};

/// Seconds until the year 10000.
const LATEST: f64 = 253_402_300_800.0;
/// Up to here every whole number can be written as a part.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Any value. Borrows from the record where the text has no escapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Loose<'a> {
    #[default]
    Nothing,
    Text(Cow<'a, str>),
    Whole(i64),
    Part(f64),
    Flag(bool),
    List(Vec<Loose<'a>>),
    /// An object, known by its name.
    Named(Box<Named<'a>>),
}

/// What objects go by: people, groups, versions, labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Named<'a> {
    pub name: Loose<'a>,
    pub id: Loose<'a>,
}

impl<'a> Loose<'a> {
    /// `None` for nothing, for blank text and for lists.
    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) if text.trim().is_empty() => None,
            Self::Text(text) => Some(text.into_owned()),
            Self::Whole(number) => Some(number.to_string()),
            Self::Part(number) => Some(number.to_string()),
            Self::Flag(flag) => Some(flag.to_string()),
            Self::Named(named) => {
                let Named { name, id } = *named;
                name.text().or_else(|| id.text())
            }
            Self::Nothing | Self::List(_) => None,
        }
    }

    /// A text alone is a list of one.
    pub(crate) fn list(self) -> Vec<String> {
        match self {
            Self::List(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for text in items.into_iter().filter_map(Self::text) {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                }
                texts
            }
            one => one.text().into_iter().collect(),
        }
    }

    pub(crate) fn time(self) -> Result<Option<Millis>, BadTime> {
        match self {
            // Seconds may carry a fraction; beyond the year 9999 it is a number, and no time.
            Self::Part(seconds) if seconds.abs() < LATEST => Ok(Some(Millis((seconds * 1000.0) as i64))),
            Self::Part(number) => Err(BadTime(number.to_string())),
            other => other.text().map(|text| Millis::parse(&text)).transpose(),
        }
    }

    /// A time that nothing hangs on: one that cannot be read is none.
    pub(crate) fn when(self) -> Option<Millis> {
        self.time().ok().flatten()
    }

    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }

    /// Whether something is kept from others: nothing and *no* say that it is not, and anything strange does not say so.
    pub(crate) fn may_be_set(&self) -> bool {
        !self.is_nothing() && self.flag() != Some(false)
    }

    pub(crate) fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Part(number) => (number.abs() < WHOLE).then_some(*number as i64),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Named(named) => named.name.as_str(),
            _ => "",
        }
    }

    /// An id, whether it stands alone or in the object that it identifies.
    pub(crate) fn id(&self) -> Option<String> {
        match self {
            Self::Named(named) => named.id.clone().text(),
            other => other.clone().text(),
        }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Loose<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Loose::Nothing)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Loose::Flag(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Loose::Whole(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or_else(|_| Loose::Text(number.to_string().into()), Loose::Whole))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Loose::Part(number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Loose::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Loose::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut named = Named::default();
        // The best of the names that it has: the earlier in this list, the better.
        let mut best = usize::MAX;
        while let Some(key) = map.next_key::<Loose<'de>>()? {
            let names = ["displayName", "name", "login", "title", "value", "email", "emailAddress", "key"];
            let key = key.as_str();
            match names.iter().position(|name| *name == key) {
                Some(rank) if rank < best => {
                    let name: Loose<'de> = map.next_value()?;
                    if name.clone().text().is_some() {
                        (named.name, best) = (name, rank);
                    }
                }
                None if key == "id" => named.id = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Loose::Named(Box::new(named)))
    }
}
