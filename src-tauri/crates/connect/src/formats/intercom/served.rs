//! Who works there, and what a customer thought of it. Follows the vendor's documentation alone, as all of this format.

use super::{
    super::{fields::Loose, lenient},
    Reason, reason,
};
use domain::{Change, Millis, Name, Rating};
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
struct Rated<'a> {
    #[serde(borrow, default)]
    rating: Loose<'a>,
    #[serde(borrow, default)]
    remark: Loose<'a>,
}

#[derive(Deserialize)]
struct Numbered<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    email: Loose<'a>,
}

/// One that was asked for and not given is none.
pub(super) fn rating(told: Option<&RawValue>) -> Option<Rating> {
    let rated: Rated<'_> = serde_json::from_str(told?.get()).ok()?;
    let stars = rated.rating.whole().filter(|stars| (1..=5).contains(stars))?;
    Some(Rating { score: format!("{stars} of 5"), satisfied: stars > 3, said: rated.remark.text() })
}

/// A `team` or an `admin`, as conversations tell it.
pub(crate) fn read_name(record: &str, word: &str, changes: &mut Vec<Change>) -> Result<String, Reason> {
    let record: Numbered<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let name = record.name.text().or_else(|| record.email.text()).ok_or("it has no \"name\"")?;
    changes.push(Change::Name(Name { number: format!("{word} {id}"), name }));
    Ok(id)
}

#[derive(Deserialize)]
struct Contact<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default, deserialize_with = "lenient::loosely")]
    companies: Option<Companies<'a>>,
}

#[derive(Deserialize)]
struct Companies<'a> {
    #[serde(borrow, default)]
    data: Loose<'a>,
}

#[derive(Deserialize)]
struct Company<'a> {
    #[serde(borrow, default)]
    id: Loose<'a>,
    #[serde(borrow, default)]
    name: Loose<'a>,
    #[serde(borrow, default)]
    company_id: Loose<'a>,
    #[serde(borrow, default)]
    updated_at: Loose<'a>,
}

/// Of which company a contact is, of several the one that is told first. Nothing else of a contact is kept.
pub(crate) fn read_company_of(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let record: Contact<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let of = match record.companies.map(|companies| companies.data) {
        Some(Loose::List(companies)) => companies.iter().find_map(Loose::id),
        _ => None,
    };
    let name = of.map_or_else(String::new, |of| format!("company {of}"));
    changes.push(Change::Name(Name { number: Name::account_of(&id), name }));
    Ok(())
}

pub(crate) fn read_company(record: &str, changes: &mut Vec<Change>) -> Result<(String, Option<Millis>), Reason> {
    let record: Company<'_> = serde_json::from_str(record).map_err(|error| reason(&error))?;
    let id = record.id.text().ok_or("it has no \"id\"")?;
    let name = record.name.text().or_else(|| record.company_id.text()).ok_or("it has no \"name\"")?;
    changes.push(Change::Name(Name { number: format!("company {id}"), name }));
    Ok((id, record.updated_at.time().ok().flatten()))
}
