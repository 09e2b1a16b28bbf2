//! What a listing leaves out of each record, asked for one by one.

use super::{
    super::{Detail, StreamPage, listed::Listed},
    Place, Walk, page_at,
};
use crate::http::{Failure, Response};

impl<T: Listed> Walk<T> {
    pub(super) fn detail(&self, mut place: Place, response: &Response) -> Result<StreamPage, Failure> {
        let Some(todo) = place.todo.pop_front() else { return Ok(StreamPage::default()) };
        let mut page = StreamPage::default();
        // Gone or hidden since it was listed: the roll will tell. What is refused is told at the source as well.
        if !matches!(response.status, 403 | 404 | 410) {
            let detail = self.0.detailed(&todo, response)?;
            if detail.next.as_ref() == Some(&todo) {
                return Err(Failure::Loop { host: self.0.site().authority() });
            }
            (page.changes, page.bad) = (detail.changes, detail.bad);
            page.detail = Some(Detail { what: self.0.detail_of(&todo), refused: None });
            detail.next.into_iter().for_each(|next| place.todo.push_front(next));
        } else if let Some(rest) = self.0.without(&todo).filter(|rest| *rest != todo) {
            place.todo.push_front(rest);
        } else if response.status == 403 {
            page.detail = Some(Detail { what: self.0.detail_of(&todo), refused: self.0.good(response).err() });
        }
        Ok(page_at(place, page))
    }
}
