//! What goes wrong: about sixty underlying issues, each told in many ways.

mod accounts_and_rights;
mod articles;
mod checkout;
mod connectors;
mod credit;
mod devices;
mod figures;
mod handhelds;
mod invoices;
mod order_import;
mod payments;
mod portal_lists;
mod portal_login;
mod portal_pages;
mod prices;
mod replenishment;
mod schedules;
mod shipping;
mod sign_on;
mod stocktaking;
mod transfers;
mod webhooks;

use super::company::Product;
use domain::{KnownErrorState, ResolutionClass};

/// A fault, a misunderstanding or a wish behind a number of tickets. Texts hold places such as `{order}`, `{fix}` and
/// `{line}`, which are filled differently for each ticket.
#[derive(Clone, Copy)]
pub(super) struct Issue {
    pub(super) key: &'static str,
    pub(super) product: Product,
    pub(super) components: &'static [&'static str],
    pub(super) class: ResolutionClass,
    /// How many tickets it has caused.
    pub(super) seen: u32,
    /// Of a hundred tickets that L1 takes, how many L2 gets, and of a hundred of those, how many L3 gets.
    pub(super) to_l2: u32,
    pub(super) to_l3: u32,
    /// The release that brought it.
    pub(super) since: Option<&'static str>,
    /// One version for each release line that has the fix.
    pub(super) fixed_in: &'static [&'static str],
    pub(super) tags: &'static [&'static str],
    /// Days ago when many met it at once.
    pub(super) outbreak: Option<i64>,
    /// Of `seen`, how many came in the last hours and how many in the last seven days.
    pub(super) today: usize,
    pub(super) this_week: usize,
    pub(super) urgent: bool,
    pub(super) titles: &'static [&'static str],
    pub(super) told: &'static [&'static str],
    pub(super) facts: &'static [&'static str],
    /// A stack trace or log line.
    pub(super) error: Option<&'static str>,
    /// What agents wrote once it was solved for good, and before that.
    pub(super) solved: &'static [&'static str],
    pub(super) until_fixed: &'static [&'static str],
    /// Internal.
    pub(super) notes: &'static [&'static str],
    pub(super) engineers: &'static [&'static str],
    /// What L1 asks first.
    pub(super) question: Option<&'static str>,
    pub(super) known: Option<Known>,
}

/// What makes an issue a known error.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) title: &'static str,
    pub(super) state: KnownErrorState,
    pub(super) cause: &'static str,
    pub(super) workaround: &'static [&'static str],
    pub(super) worked: u32,
    pub(super) tried: u32,
    /// In how many days the fix is expected, and who says so.
    pub(super) eta: Option<(i64, &'static str)>,
    pub(super) owner: &'static str,
}

impl Issue {
    const BLANK: Self = Self {
        key: "",
        product: Product::Orders,
        components: &[],
        class: ResolutionClass::HowTo,
        seen: 0,
        to_l2: 0,
        to_l3: 0,
        since: None,
        fixed_in: &[],
        tags: &[],
        outbreak: None,
        today: 0,
        this_week: 0,
        urgent: false,
        titles: &[],
        told: &[],
        facts: &[],
        error: None,
        solved: &[],
        until_fixed: &[],
        notes: &[],
        engineers: &[],
        question: None,
        known: None,
    };
}

pub(super) fn all() -> impl Iterator<Item = &'static Issue> {
    static ALL: [&[Issue]; 22] = [
        &accounts_and_rights::ISSUES,
        &articles::ISSUES,
        &checkout::ISSUES,
        &connectors::ISSUES,
        &credit::ISSUES,
        &devices::ISSUES,
        &figures::ISSUES,
        &handhelds::ISSUES,
        &invoices::ISSUES,
        &order_import::ISSUES,
        &payments::ISSUES,
        &portal_lists::ISSUES,
        &portal_login::ISSUES,
        &portal_pages::ISSUES,
        &prices::ISSUES,
        &replenishment::ISSUES,
        &schedules::ISSUES,
        &shipping::ISSUES,
        &sign_on::ISSUES,
        &stocktaking::ISSUES,
        &transfers::ISSUES,
        &webhooks::ISSUES,
    ];
    ALL.iter().copied().flatten()
}
