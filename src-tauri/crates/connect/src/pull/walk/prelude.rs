//! What has to be known before a list can be asked for: which fields a site has. Asked once a day at most, by the server's clock.

use super::{
    super::{StreamPage, listed::Listed},
    Place,
};
use crate::http::{Failure, Request, Response};
use domain::Millis;

/// `None` where it is known, or nothing has to be.
pub(super) fn request(of: &impl Listed, place: &Place) -> Option<Request> {
    of.prelude().filter(|_| place.told.is_none() && place.todo.is_empty())
}

pub(super) fn read(of: &impl Listed, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
    // Whom it is not told reads what everybody may.
    let hidden = matches!(response.status, 400 | 403..=406 | 410);
    place.told = Some(if hidden { String::new() } else { of.preluded(response)? });
    place.told_at = now(response);
    Ok(StreamPage { next: Some(place.write()), more: true, ..StreamPage::default() })
}

/// At the end of a run: the next one asks again, where a day has passed.
pub(super) fn age(place: &mut Place, response: &Response) {
    let old = now(response).zip(place.told_at).is_none_or(|(now, at)| now.0 - at.0 >= Millis::DAY);
    if place.told.is_some() && old {
        (place.told, place.told_at) = (None, None);
    }
}

fn now(response: &Response) -> Option<Millis> {
    let now = response.header("date").and_then(|date| httpdate::parse_http_date(date).ok())?;
    let now = now.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(now.as_millis()).ok().map(Millis)
}
