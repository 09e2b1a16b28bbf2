//! Connect: plug-ins and connectors.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "shop-plugin",
        product: Product::Connect,
        components: &["shop plug-in"],
        class: ResolutionClass::CodeFix,
        seen: 28,
        to_l2: 50,
        to_l3: 35,
        since: Some("1.22.0"),
        fixed_in: &["1.22.1"],
        tags: &["plugin"],
        this_week: 3,
        titles: &[
            "Shop plug-in: fatal error",
            "PHP Fatal error after plug-in update",
            "Shop is down since we updated the connector",
            "Uncaught TypeError in StockSync",
            "Product pages give error 500",
            "Plug-in {version} breaks our shop",
            "stock sync plugin crash",
        ],
        told: &[
            "After the update of your shop plug-in to {version} our product pages show an error 500. We had to \
             deactivate it.",
            "Fatal error in the connector plug-in. The shop is offline for products with variants.",
            "Our agency updated the plug-in, since then there is a PHP error on some product pages. Log attached.",
            "shop down!! php fatal, deactivated plugin -> shop works",
            "The stock of variants is not synchronised since the update, and the log of the web server is full of \
             this:",
            "Products without stock in Halvern make the page crash. For all others it is fine.",
        ],
        facts: &[
            "We run PHP 8.2.",
            "The previous version of the plug-in worked.",
        ],
        error: Some(
            "\
PHP Fatal error:  Uncaught TypeError: Halvern\\Connect\\StockSync::badge(): Argument #1 ($level) must be of type int, null given, called in /var/www/shop/plugins/halvern-connect/src/StockSync.php on line {line} in /var/www/shop/plugins/halvern-connect/src/StockSync.php:{line}
Stack trace:
#0 /var/www/shop/plugins/halvern-connect/src/StockSync.php({line}): Halvern\\Connect\\StockSync->badge(NULL)
#1 /var/www/shop/plugins/halvern-connect/src/ProductPage.php({line}): Halvern\\Connect\\StockSync->render(Object(Shop\\Product))
#2 /var/www/shop/vendor/shop/core/Hooks.php({line}): Halvern\\Connect\\ProductPage->append(Object(Shop\\Page))
#3 {main}",
        ),
        solved: &[
            "Fixed in {fix} of the plug-in. Customer installed it, product pages are back.",
            "Plug-in {fix} handles products without a stock level. Installed and tested on three variants.",
        ],
        until_fixed: &[
            "Went back to the previous plug-in (download area) until {fix} is out. Shop works, synchronisation too.",
            "Switched \"Show stock badge\" off in the plug-in's settings. Pages load. Update to {fix} follows.",
        ],
        notes: &[
            "Badge off is the quick way. Only go back to the old plug-in when they need the badge.",
        ],
        engineers: &[
            "badge() got a type in 1.22.0, variants without stock send null. CON-840, released.",
        ],
        question: Some(
            "Could you switch \"Show stock badge\" off in the settings of the plug-in and load the page again?",
        ),
        known: Some(Known {
            title: "Shop plug-in 1.22.0 ends product pages of articles without a stock level",
            state: KnownErrorState::FixReleased,
            cause: "StockSync::badge() requires a number since 1.22.0. Variants that have no stock record send \
                    nothing.",
            workaround: &[
                "Open the settings of the plug-in and switch \"Show stock badge\" off.",
                "Install the fixed version and switch it on again.",
            ],
            worked: 18,
            tried: 20,
            eta: None,
            owner: "Daniel Okafor",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "token-refresh",
        product: Product::Connect,
        components: &["accounting connector"],
        class: ResolutionClass::KnownErrorWorkaround,
        seen: 24,
        to_l2: 50,
        to_l3: 40,
        since: Some("1.21.0"),
        tags: &["oauth"],
        titles: &[
            "Accounting connector disconnected",
            "invalid_grant when the token is refreshed",
            "Connection to accounting must be renewed every week",
            "TokenRefreshError",
            "Bookings are not transferred",
            "Connector asks for login again and again",
        ],
        told: &[
            "The connector to our accounting system loses its connection every few days. We have to sign in again \
             each time.",
            "Bookings have not been transferred since {day}. The connection shows \"sign in again\".",
            "invalid_grant from the accounting connector. Reconnecting helps for about a week.",
            "Third ticket about this: connection lost, bookings missing, reconnect. When will it be repaired?",
            "Our accountant noticed that no invoices arrive in her system. In Connect the status is red.",
        ],
        facts: &[
            "Two of us have connected the same company.",
            "It was stable until the update to {version}.",
        ],
        error: Some(
            "\
Halvern::Connect::TokenRefreshError (invalid_grant: refresh token {uuid} was already used):
  app/connectors/accounting/token_store.rb:{line}:in `refresh!'
  app/connectors/accounting/client.rb:{line}:in `with_token'
  app/jobs/push_bookings_job.rb:{line}:in `perform'
  vendor/bundle/ruby/3.2.0/gems/activejob-7.1.3/lib/active_job/execution.rb:53:in `perform_now'",
        ),
        until_fixed: &[
            "Signed in again and set the connector to one worker (Connections > Accounting > Parallel: 1). Stable \
             since. The fix is late, see the known error.",
            "Renewed the connection, limited it to one worker and transferred the missing bookings with \"Send \
             again from date\".",
            "Reconnected; parallel transfer switched off so that the token is not refreshed twice at the same time.",
        ],
        notes: &[
            "Reconnect, Parallel: 1, send again from the last good day. Do not promise a date for the fix.",
        ],
        engineers: &[
            "Two workers refresh at the same moment, and the provider invalidates the token when it is used twice. \
             Needs a lock, CON-815.",
            "Slipped out of the last release because of the migration. New date not settled.",
        ],
        question: Some(
            "Is Connections > Accounting > Parallel set to more than 1?",
        ),
        known: Some(Known {
            title: "Accounting connector loses its connection: invalid_grant",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "Two workers refresh the token at the same moment. The provider accepts each refresh token once \
                    and cuts the connection off at the second use.",
            workaround: &[
                "Sign in again under Connections > Accounting.",
                "Set \"Parallel\" to 1.",
                "Choose \"Send again from date\" with the day of the last transferred booking.",
            ],
            worked: 19,
            tried: 21,
            eta: Some((-6, "Priya Raman")),
            owner: "Priya Raman",
        }),
        ..Issue::BLANK
    },
];
