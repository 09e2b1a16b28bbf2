//! Parts of a record that come in another shape than they should: left out, so that they cost nothing else. What says where a
//! list goes on is no such part: a page that is silent about that must not pass for the last.

use super::fields::Loose;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// One part.
pub(crate) fn loosely<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Option<T>, D::Error> {
    let raw: &RawValue = Deserialize::deserialize(input)?;
    Ok(fit(raw))
}

/// As [`loosely`], where something has to stand.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(input: D) -> Result<T, D::Error> {
    loosely(input).map(Option::unwrap_or_default)
}

/// Those of a list that fit; none, of what is no list.
pub(crate) fn fitting<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    let all: Option<Vec<&RawValue>> = loosely(input)?;
    Ok(all.unwrap_or_default().into_iter().filter_map(fit).collect())
}

/// As [`fitting`], where it matters that there is a list.
pub(crate) fn some_fitting<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    input: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let all: Option<Vec<&RawValue>> = loosely(input)?;
    Ok(all.map(|all| all.into_iter().filter_map(fit).collect()))
}

/// Those of a list that fit. That it is a list is needed: without it the page is none.
pub(crate) fn members<'de, D: Deserializer<'de>, T: Deserialize<'de>>(input: D) -> Result<Vec<T>, D::Error> {
    let all: Vec<&RawValue> = Deserialize::deserialize(input)?;
    Ok(all.into_iter().filter_map(fit).collect())
}

/// `null` is the same as nothing at all; anything else has to fit.
pub(crate) fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(input: D) -> Result<T, D::Error> {
    Option::deserialize(input).map(Option::unwrap_or_default)
}

/// A whole number, also one that is written as a text.
pub(crate) fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(input: D) -> Result<Option<T>, D::Error> {
    Ok(Loose::deserialize(input)?.whole().and_then(|number| T::try_from(number).ok()))
}

pub(crate) fn flag<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    Ok(Loose::deserialize(input)?.flag())
}

pub(crate) fn text<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(Loose::deserialize(input)?.text())
}

fn fit<'de, T: Deserialize<'de>>(raw: &'de RawValue) -> Option<T> {
    serde_json::from_str(raw.get()).ok()
}

/// What may say nothing, which is not the same as saying that it is nothing.
pub(crate) fn said<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Option<String>>, D::Error> {
    text(input).map(Some)
}

/// What nothing can be done without.
pub(crate) fn id<'de, D: Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    Loose::deserialize(input)?.id().ok_or_else(|| serde::de::Error::custom("it has no id"))
}
