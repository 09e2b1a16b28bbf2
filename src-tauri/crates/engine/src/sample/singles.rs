//! Questions that came up once: nothing like them was seen before or since.

mod commerce;
mod platform;

use super::company::Product;
use domain::ResolutionClass;

pub(super) struct Single {
    pub(super) product: Product,
    pub(super) component: &'static str,
    pub(super) class: ResolutionClass,
    pub(super) title: &'static str,
    pub(super) told: &'static str,
    pub(super) solved: &'static str,
}

pub(super) fn all() -> impl Iterator<Item = &'static Single> {
    static ALL: [&[Single]; 2] = [&commerce::SINGLES, &platform::SINGLES];
    ALL.iter().copied().flatten()
}
