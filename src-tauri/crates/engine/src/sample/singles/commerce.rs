//! Questions about Orders, Billing and Stock that came up once.

use super::Single;
use crate::sample::company::Product;
use domain::ResolutionClass;

pub(super) const SINGLES: [Single; 33] = [
    Single {
        product: Product::Orders,
        component: "checkout",
        class: ResolutionClass::HowTo,
        title: "Gift wrapping as an extra line",
        told: "We want to offer gift wrapping for 2.50. Is there a way to add it as a tick box in the basket \
               instead of a separate article?",
        solved: "Explained \"Extras\" (Settings > Checkout > Extras). The customer set it up and likes it.",
    },
    Single {
        product: Product::Orders,
        component: "fulfilment",
        class: ResolutionClass::HowTo,
        title: "Partial delivery with one invoice",
        told: "We deliver a kitchen in three parts over two weeks. The customer wants a single invoice at the end. \
               Can this be set per order?",
        solved: "Order > Invoicing > \"after last delivery\". It is also possible as a default for the customer \
                 group.",
    },
    Single {
        product: Product::Orders,
        component: "checkout",
        class: ResolutionClass::Configuration,
        title: "Minimum order value for one country only",
        told: "Shipping to Norway is expensive. We need a minimum order value there but not elsewhere.",
        solved: "Created a rule under Settings > Checkout > Minimums with the condition \"country of delivery\".",
    },
    Single {
        product: Product::Orders,
        component: "returns",
        class: ResolutionClass::DataFix,
        title: "Return booked on the wrong customer",
        told: "A colleague booked the return of two drills on another customer with almost the same name. The \
               credit is already visible in their portal.",
        solved: "Moved the return to the right customer and reversed the credit. Both accounts checked with the \
                 customer on the phone.",
    },
    Single {
        product: Product::Orders,
        component: "quotes",
        class: ResolutionClass::HowTo,
        title: "Quotation valid for six months",
        told: "Our quotations expire after 30 days. For public tenders we need half a year.",
        solved: "Validity can be changed on each quotation (Quote > Terms). Changed the default for the customer \
                 group \"public\".",
    },
    Single {
        product: Product::Orders,
        component: "returns",
        class: ResolutionClass::CodeFix,
        title: "Return label has the address of our old warehouse",
        told: "We moved last year. Delivery notes are right, only return labels still carry the old street.",
        solved: "The return address was cached when the label profile was made. Refreshed the profile; engineering \
                 made the profile follow the warehouse's address.",
    },
    Single {
        product: Product::Orders,
        component: "drop shipping",
        class: ResolutionClass::ThirdParty,
        title: "Supplier does not confirm drop shipping orders",
        told: "Orders are sent to the supplier, status stays \"transmitted\". They say their mailbox was full.",
        solved: "Supplier had a problem with its mailbox. Orders were sent again and confirmed.",
    },
    Single {
        product: Product::Orders,
        component: "orders list",
        class: ResolutionClass::HowTo,
        title: "Colour for orders of VIP customers",
        told: "Is it possible to highlight the orders of certain customers in the list? Our dispatchers should see \
               them at a glance.",
        solved: "Showed \"Row colours\" in the list's settings, with the tag \"vip\" as condition.",
    },
    Single {
        product: Product::Orders,
        component: "pricing",
        class: ResolutionClass::NoFaultFound,
        title: "Discount of 100 % granted by mistake?",
        told: "An order was saved with a discount of 100 %. We would like to know who did that and whether it is \
               an error in the program.",
        solved: "The history shows that it was entered by hand as a replacement delivery, with a comment. No fault.",
    },
    Single {
        product: Product::Orders,
        component: "archive",
        class: ResolutionClass::HowTo,
        title: "How long are orders kept?",
        told: "For our privacy documentation: when are old orders deleted?",
        solved: "Ten years by default, adjustable under Settings > Retention. Sent the page for the documentation.",
    },
    Single {
        product: Product::Orders,
        component: "gift cards",
        class: ResolutionClass::DataFix,
        title: "Gift card used twice",
        told: "The card of a customer was charged twice for one order, on the second attempt after a power cut in \
               the branch.",
        solved: "Balance corrected by hand, second charge removed. The branch had no connection at the moment of \
                 payment.",
    },
    Single {
        product: Product::Orders,
        component: "subscriptions",
        class: ResolutionClass::Configuration,
        title: "Subscription starts on the wrong day",
        told: "Coffee subscriptions should be sent on the first Monday of a month, not on the first day.",
        solved: "Changed the rhythm to \"first weekday\" in the subscription template. Existing ones moved with \
                 mass change.",
    },
    Single {
        product: Product::Billing,
        component: "dunning",
        class: ResolutionClass::Configuration,
        title: "No reminders for public authorities",
        told: "Town halls and schools must not get reminders with a fee.",
        solved: "Assigned the dunning profile \"no fees\" to the customer group.",
    },
    Single {
        product: Product::Billing,
        component: "invoices",
        class: ResolutionClass::HowTo,
        title: "Second language on invoices for Belgium",
        told: "Customers in Belgium want Dutch or French, depending on the region.",
        solved: "Language comes from the customer record. Imported it by postcode with a list from the customer.",
    },
    Single {
        product: Product::Billing,
        component: "payments",
        class: ResolutionClass::ThirdParty,
        title: "Direct debit file refused by the bank: wrong creditor id",
        told: "The bank says the creditor id is not known to them. It has been the same for years.",
        solved: "The bank had a new clearing system and had not taken the id over. Confirmed by the bank, file \
                 accepted on Thursday.",
    },
    Single {
        product: Product::Billing,
        component: "e-invoicing",
        class: ResolutionClass::Configuration,
        title: "Buyer reference for the federal government",
        told: "The portal of the government wants a routing id on each invoice. Where do we enter it?",
        solved: "Field \"Buyer reference\" on the customer. Filled it for 14 authorities by import.",
    },
    Single {
        product: Product::Billing,
        component: "cash discount",
        class: ResolutionClass::CodeFix,
        title: "Cash discount not allowed on freight",
        told: "Discount of 2 % is computed on the whole invoice including freight. It must be without.",
        solved: "Freight can be marked \"without discount\" since 3.8.0, but the tick was not read for imported \
                 freight lines. Corrected in 3.8.1.",
    },
    Single {
        product: Product::Billing,
        component: "documents",
        class: ResolutionClass::HowTo,
        title: "Logo for the 50th anniversary",
        told: "For this year we would like another logo on all documents.",
        solved: "Changed in the template with a period of validity, so that the old one comes back by itself.",
    },
    Single {
        product: Product::Billing,
        component: "invoices",
        class: ResolutionClass::DataFix,
        title: "Invoice sent to the wrong mail address",
        told: "An intern changed the invoice address of a chain to his own by mistake. 31 invoices went there.",
        solved: "Addresses restored from the history, the 31 invoices were sent again. Changing addresses now \
                 needs the role \"master data\".",
    },
    Single {
        product: Product::Billing,
        component: "permissions",
        class: ResolutionClass::HowTo,
        title: "Approve credit notes above 500",
        told: "Credit notes over 500 should need the approval of a second person.",
        solved: "Set up an approval rule together with the customer (Settings > Approvals).",
    },
    Single {
        product: Product::Billing,
        component: "payments",
        class: ResolutionClass::NoFaultFound,
        title: "Payment missing",
        told: "A customer swears he has paid 3,417.20 last week. We do not find it.",
        solved: "The payment went to an old account of the customer's bank. No fault in Billing.",
    },
    Single {
        product: Product::Billing,
        component: "contracts",
        class: ResolutionClass::CodeFix,
        title: "Contract price raised twice",
        told: "The yearly index was applied twice to contracts that were changed on the same day.",
        solved: "Corrected 9 contracts; the run now remembers contracts by id and not by time of change.",
    },
    Single {
        product: Product::Billing,
        component: "archive",
        class: ResolutionClass::Configuration,
        title: "Invoice archive full",
        told: "Mail says: the archive has reached 95 % of its quota.",
        solved: "Raised the quota to 200 GB. Old drafts are now removed after a year.",
    },
    Single {
        product: Product::Stock,
        component: "bins",
        class: ResolutionClass::HowTo,
        title: "Rename all bins of an aisle",
        told: "We put up new shelves. Aisle C becomes aisle F, 240 bins. Must we do this by hand?",
        solved: "Bins can be renamed with a list (Bins > Export, change, Import). Took five minutes.",
    },
    Single {
        product: Product::Stock,
        component: "batches",
        class: ResolutionClass::Configuration,
        title: "Best before date on the picking list",
        told: "Pickers have to see the best before date. At present only the batch is printed.",
        solved: "Added the field to the picking list's template.",
    },
    Single {
        product: Product::Stock,
        component: "serial numbers",
        class: ResolutionClass::DataFix,
        title: "Serial number delivered to two customers",
        told: "Serial 88-2041-K is shown as delivered to two customers. One of them has a warranty case.",
        solved: "A typing mistake at the goods receipt. Corrected, the second device has 88-2041-X.",
    },
    Single {
        product: Product::Stock,
        component: "transfers",
        class: ResolutionClass::CodeFix,
        title: "Transfer between warehouses stays \"in transit\"",
        told: "A transfer of four pallets was received but remains in transit, so that our stock is too high.",
        solved: "Transfers with a pallet label of 20 characters were not matched at receipt. Matched by hand; \
                 corrected in 2.13.2.",
    },
    Single {
        product: Product::Stock,
        component: "scales",
        class: ResolutionClass::ThirdParty,
        title: "Scale sends weights in pounds",
        told: "The new scale shows kilograms but what arrives is 2.2 times higher.",
        solved: "Setting in the scale's own menu. The supplier of the scale changed it remotely.",
    },
    Single {
        product: Product::Stock,
        component: "stock counts",
        class: ResolutionClass::HowTo,
        title: "Count only what moved",
        told: "Can we count just the articles which moved since the last inventory?",
        solved: "Showed the selection \"moved since\" when making a count.",
    },
    Single {
        product: Product::Stock,
        component: "labels",
        class: ResolutionClass::Configuration,
        title: "Shelf labels too small to read",
        told: "The article number on shelf labels is tiny.",
        solved: "Changed the label template to 62 mm with large digits.",
    },
    Single {
        product: Product::Stock,
        component: "valuation",
        class: ResolutionClass::HowTo,
        title: "Average price or FIFO?",
        told: "Our new auditor prefers FIFO. What happens when we switch in the middle of the year?",
        solved: "Recommended to switch on the first of the year. Sent the description of both methods.",
    },
    Single {
        product: Product::Stock,
        component: "kits",
        class: ResolutionClass::DataFix,
        title: "Kit with a part that no longer exists",
        told: "Tool kit 4 contains a screwdriver that was discontinued, so that the kit cannot be built any more.",
        solved: "Replaced the part in 3 kits with its successor and recalculated the availability.",
    },
    Single {
        product: Product::Stock,
        component: "cold store",
        class: ResolutionClass::Configuration,
        title: "Temperature alarm at the weekend",
        told: "The alarm of the cold store reached nobody on Saturday.",
        solved: "The escalation list ended with a mobile number that is out of use. New number entered, alarm \
                 tested.",
    },
];
