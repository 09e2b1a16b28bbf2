//! Orders: from the basket to the order.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "coupon-total",
        product: Product::Orders,
        components: &["checkout", "pricing"],
        class: ResolutionClass::CodeFix,
        seen: 58,
        to_l2: 55,
        to_l3: 30,
        since: Some("5.4.0"),
        fixed_in: &["5.4.2", "5.5.0"],
        tags: &["coupon"],
        titles: &[
            "Checkout fails after coupon",
            "\"Totals do not match\" when a voucher is used",
            "Customers cannot pay with a {n}0 % coupon",
            "Order total mismatch at payment step",
            "TotalsMismatchException in checkout",
            "Voucher code breaks the last step of the order",
            "Percent coupons rejected since the update",
            "Checkout error 500 with discount code",
            "Basket is one cent off and cannot be ordered",
        ],
        told: &[
            "When a buyer enters a percentage coupon, the last step of the checkout stops with \"Totals do not \
             match, please try again\". Without the coupon the same basket goes through.",
            "Since {day} we get calls that orders with a voucher cannot be placed. I could reproduce it here: {n} \
             items, coupon for {n}5 %, press \"Place order\", red bar at the top. Remove the coupon and it works.",
            "checkout broken with coupons. no coupon = ok. please fix asap, campaign is running",
            "Our marketing team started a campaign with a discount code yesterday. About a third of the baskets \
             fail at the payment step. It seems to hit baskets whose discount does not come out at whole cents, \
             {amount} for example.",
            "The shop shows the right sum, but the order service computes one cent more and refuses the order. \
             Seen on {order} and at least {n} others.",
            "Payment page returns error 500 as soon as a promo code is in the basket. Fixed amounts (5 off) are \
             fine, percentages are not.",
            "Hello team, several of our B2B buyers report that they can fill the basket and apply their contract \
             voucher, but the order is never created. No confirmation mail, and the basket is still full \
             afterwards.",
            "Same basket, same customer: with coupon it fails, without it is accepted. The server log has the \
             exception below.",
        ],
        facts: &[
            "It only happens when more than one line is in the basket.",
            "We tried another browser and a private window, no change.",
            "Our theme was not changed in the last weeks.",
            "Orders entered by our own staff in the back office with the same discount are accepted.",
            "The rounding setting for our shop is \"per line\".",
        ],
        error: Some(
            "\
com.halvern.orders.checkout.TotalsMismatchException: Totals do not match: basket {amount}, order {cent} (basket {uuid})
    at com.halvern.orders.checkout.TotalsGuard.verify(TotalsGuard.java:{line})
    at com.halvern.orders.checkout.PlaceOrder.confirm(PlaceOrder.java:{line})
    at com.halvern.orders.web.CheckoutController.place(CheckoutController.java:{line})
    at java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)
    at org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:{line})",
        ),
        solved: &[
            "Fixed in {fix}: discounts are now rounded once, over the whole basket. Customer upgraded and placed a \
             test order with the coupon.",
            "Upgrade to {fix}. The checkout rounded percentage discounts per line and the order service per \
             basket; from {fix} on both use the same rule. No setting has to be changed.",
            "Solved by the update to {fix}. Orders that were refused before do not have to be repaired, buyers can \
             simply submit the basket again.",
        ],
        until_fixed: &[
            "Workaround until the fix is out: set Pricing > Rounding to \"per basket\" and recreate the coupon. \
             Customer confirmed that orders with the code go through.",
            "Switched the rounding of the sales channel from \"per line\" to \"per basket\" (Settings > Pricing > \
             Rounding). Coupons work again; the change affects the display of line discounts only.",
        ],
        notes: &[
            "Same as the other coupon tickets: per-line rounding, percentage code, at least two lines. Check \
             Settings > Pricing > Rounding before asking for logs.",
            "Reproduced in the test shop with three lines at 9.99 and 15 %. The difference is always exactly one \
             cent.",
        ],
        engineers: &[
            "TotalsGuard compares the basket's sum (rounded per line) with the order's (rounded once). The \
             rounding moved to PriceEngine in 5.4.0, the guard did not follow. ORD-2291.",
            "Fix is merged for ORD-2291. It does not touch stored orders.",
        ],
        question: Some(
            "Could you tell us which coupon was used, and whether Settings > Pricing > Rounding says \"per line\" \
             or \"per basket\"?",
        ),
        known: Some(Known {
            title: "Checkout refuses orders with a percentage coupon: totals differ by one cent",
            state: KnownErrorState::FixReleased,
            cause: "From 5.4.0 on the basket rounds percentage discounts per line and the order service once per \
                    order. TotalsGuard compares the two and refuses the order.",
            workaround: &[
                "Open Settings > Pricing > Rounding of the sales channel.",
                "Change \"per line\" to \"per basket\" and save.",
                "Recreate percentage coupons that are already active; old ones keep the rounding that they were \
                 made with.",
            ],
            worked: 31,
            tried: 34,
            eta: None,
            owner: "Ines Albrecht",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "postcode-refused",
        product: Product::Orders,
        components: &["addresses", "checkout"],
        class: ResolutionClass::Configuration,
        seen: 18,
        to_l2: 25,
        to_l3: 5,
        since: Some("5.3.1"),
        titles: &[
            "Postcode refused at checkout",
            "Customers from Ireland cannot order",
            "Address validation too strict",
            "\"Please enter a valid postal code\" for correct address",
            "Dutch postcode with space not accepted",
            "Delivery address cannot be saved",
        ],
        told: &[
            "Buyers in Ireland get \"Please enter a valid postal code\" although the Eircode is right. They cannot \
             finish the order.",
            "A customer from the Netherlands writes the postcode as 1234 AB and the form refuses it. Without the \
             space it accepts it.",
            "address form does not accept postcodes from abroad, worked before",
            "We opened shipping to two more countries and now these customers cannot save their address.",
            "The address check rejects a valid postcode. Tried with three different addresses from the same town.",
        ],
        facts: &["In the back office the same address can be saved.", "Domestic addresses are fine."],
        solved: &[
            "The country was missing in the address rules. Added it under Settings > Addresses > Countries and \
             chose the pattern \"as the post of the country writes it\". Orders come through.",
            "Set Settings > Addresses > Validation to \"warn\" instead of \"refuse\" for the new countries. \
             Address check now warns and lets the buyer go on.",
            "Pattern for the country was the strict one. Changed it to allow the blank; tested with the customer's \
             address.",
        ],
        notes: &["New countries get the strict default since 5.3.1. Change the pattern, do not switch validation off."],
        question: Some("Which country is it, and could you send us one address that is refused?"),
        ..Issue::BLANK
    },
];
