//! Billing: money that comes in, and where the bookings go.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 4] = [
    Issue {
        key: "payment-pending",
        product: Product::Billing,
        components: &["payments", "webhooks"],
        class: ResolutionClass::Configuration,
        seen: 38,
        to_l2: 45,
        to_l3: 20,
        tags: &["payments"],
        outbreak: Some(140),
        titles: &[
            "Payments stay \"pending\"",
            "Card payments not confirmed",
            "Paid orders not released",
            "Payment status is not updated",
            "Webhook signature invalid",
            "WebhookSignatureException in billing log",
            "Money received, invoice still open",
            "payment provider callback rejected",
        ],
        told: &[
            "Since {day} all card payments stay in status \"pending\" although the provider shows them as paid.",
            "Customers have paid, the money is in our account, but invoices remain open and orders are not \
             released for shipping.",
            "The payment provider tells us that our endpoint answers their notifications with an error. They see \
             HTTP 401 on every call.",
            "payments pending since yesterday, {many} orders blocked. URGENT",
            "We renewed the keys at the payment provider last week, as they asked us to. Now notifications are \
             rejected.",
            "Invoices paid by card are not closed automatically any more. Direct debit and bank transfer are fine. \
             This is in the log:",
            "Status of {invoice} is wrong, it was paid on {day}. There are many more like that.",
        ],
        facts: &[
            "The provider has resent the notifications, same result.",
            "Test environment works.",
            "Nothing was changed on our firewall.",
        ],
        error: Some(
            "\
Halvern.Billing.Payments.WebhookSignatureException: Signature of notification {uuid} does not match any active secret
   at Halvern.Billing.Payments.SignatureCheck.Verify(Notification notification) in /src/Billing/Payments/SignatureCheck.cs:line {line}
   at Halvern.Billing.Payments.NotificationEndpoint.<ReceiveAsync>d__14.MoveNext() in /src/Billing/Payments/NotificationEndpoint.cs:line {line}
--- End of stack trace from previous location ---
   at Microsoft.AspNetCore.Mvc.Infrastructure.ControllerActionInvoker.<InvokeActionMethodAsync>d__12.MoveNext()",
        ),
        solved: &[
            "The signing secret had been renewed at the provider but not in Billing. Entered the new one under \
             Payments > Providers > Signing secret and let the provider resend the notifications; all payments are \
             confirmed.",
            "Wrong secret after key rotation. Copied the new secret, pressed \"Fetch missed notifications\". \
             {many} payments were updated.",
            "Added the new signing secret next to the old one (both can be active for a week). Pending payments \
             were confirmed within ten minutes.",
            "Secret had a blank at the end from copying. Entered it again, notifications are accepted.",
        ],
        notes: &[
            "Ask whether keys were renewed. Then Payments > Providers > Signing secret, then \"Fetch missed \
             notifications\".",
        ],
        engineers: &[
            "Nothing to change in code here: the signature is computed with the old secret. We should say so in \
             the log, BIL-1533.",
        ],
        question: Some(
            "Was the signing secret renewed at your payment provider recently?",
        ),
        known: Some(Known {
            title: "Payments stay pending after the provider's signing secret was renewed",
            state: KnownErrorState::WorkaroundAvailable,
            cause: "Notifications are signed with the new secret and checked against the old one. Billing answers \
                    HTTP 401 and the provider gives up after a day.",
            workaround: &[
                "Copy the current signing secret from the provider's dashboard, without blanks.",
                "Enter it under Payments > Providers > Signing secret; the old one may stay active for a week.",
                "Press \"Fetch missed notifications\".",
            ],
            worked: 33,
            tried: 35,
            eta: None,
            owner: "Marek Novotny",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "bank-statement",
        product: Product::Billing,
        components: &["bank import"],
        class: ResolutionClass::CodeFix,
        seen: 13,
        to_l2: 60,
        to_l3: 50,
        since: Some("3.8.1"),
        fixed_in: &["3.9.0"],
        titles: &[
            "Bank statement import fails",
            "CAMT file cannot be read",
            "XmlException on statement upload",
            "Statements of one bank not imported",
            "Bank file rejected since the bank changed something",
            "Import of account statements: unexpected error",
        ],
        told: &[
            "The statement of our bank cannot be imported any more. The upload ends with an error about the XML.",
            "Our bank switched to the new version of the statement format. Since then the import does not work.",
            "Upload of the CAMT file: \"unexpected error\". The file of the other bank is OK.",
            "We cannot match payments because the bank statements are not read. {many} payments are waiting.",
        ],
        facts: &[
            "The bank says the file follows the standard.",
            "If I remove the first line of the file it works.",
        ],
        error: Some(
            "\
System.Xml.XmlException: Unexpected XML declaration. Line 1, position {n}.
   at System.Xml.XmlTextReaderImpl.Throw(String res, String arg)
   at System.Xml.Linq.XDocument.Load(Stream stream, LoadOptions options)
   at Halvern.Billing.Bank.CamtReader.Read(Stream file) in /src/Billing/Bank/CamtReader.cs:line {line}
   at Halvern.Billing.Bank.StatementImport.<RunAsync>d__9.MoveNext() in /src/Billing/Bank/StatementImport.cs:line {line}",
        ),
        solved: &[
            "Fixed in {fix}, which reads files with a byte order mark and blank lines at the start. Import ran \
             through after the update.",
            "Update to {fix}; all waiting statements imported, payments matched.",
        ],
        until_fixed: &[
            "Removed the blank line at the start of the file with an editor and saved it as UTF-8; then the import \
             works. The fix comes with {fix}.",
            "Sent the customer the small script strip-camt that cleans the file. Runs before the import every \
             morning until {fix} is installed.",
        ],
        notes: &[
            "The file starts with a blank line or a BOM. Both bother the reader before 3.9.0.",
        ],
        engineers: &[
            "XDocument refuses anything before the declaration. We skip it now, BIL-1549.",
        ],
        known: Some(Known {
            title: "Bank statements that begin with a blank line or a byte order mark are refused",
            state: KnownErrorState::FixReleased,
            cause: "Some banks put a blank line or a byte order mark before the XML declaration; CamtReader handed \
                    the file on as it is.",
            workaround: &[
                "Open the file in a text editor and delete everything before \"<?xml\".",
                "Save it as UTF-8 without a byte order mark and import it again.",
            ],
            worked: 8,
            tried: 9,
            eta: None,
            owner: "Marek Novotny",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "exchange-rates",
        product: Product::Billing,
        components: &["currencies"],
        class: ResolutionClass::ThirdParty,
        seen: 15,
        to_l2: 30,
        to_l3: 10,
        outbreak: Some(40),
        titles: &[
            "Exchange rates not updated",
            "Currency rates are from last week",
            "USD rate wrong on invoices",
            "Rate feed stopped",
            "Invoices in foreign currency with old rate",
            "rates stale",
        ],
        told: &[
            "The exchange rates have not been updated since {day}. Our invoices in dollars use an old rate.",
            "Rate for the Swiss franc is wrong, it is the one of last week. Please check the feed.",
            "The list of rates has not changed for days. We invoice in four currencies and need this.",
            "Automatic update of currency rates shows \"last run: failed\".",
        ],
        facts: &[
            "The manual entry works.",
            "It concerns all currencies.",
        ],
        solved: &[
            "The provider of the rates had moved its file. Our feed follows the new place since this afternoon; \
             \"Update now\" brought all rates. Invoices of the last days can be recalculated.",
            "Disturbance at the rate provider, over by now. Pressed Currencies > Update now, rates are current.",
            "The proxy of the customer blocked the provider's new address. After they opened rates.example the \
             update ran.",
        ],
        notes: &[
            "Look at the status of the feed in the operations dashboard before anything else.",
        ],
        ..Issue::BLANK
    },
    Issue {
        key: "ledger-export",
        product: Product::Billing,
        components: &["accounting export"],
        class: ResolutionClass::Configuration,
        seen: 10,
        to_l2: 35,
        to_l3: 10,
        titles: &[
            "Accounting export refused by tax adviser",
            "Export file has wrong account length",
            "Booking export: unknown account",
            "Ledger export missing cost centres",
            "Export to accounting not accepted",
            "Format of the booking file",
        ],
        told: &[
            "Our tax adviser cannot read the export. He says the account numbers have {n} digits and need to have \
             one more.",
            "The booking export lacks the cost centres. They are on the invoices.",
            "Import in the accounting program stops with \"unknown account\" for {n} bookings.",
            "Which format do we have to choose for the monthly export? The one we used is not accepted any more.",
        ],
        solved: &[
            "Set the account length to what the tax adviser's system has (Export > Profile > Account length). He \
             could read the file.",
            "Switched \"cost centres\" on in the export profile and exported the month again.",
            "Two accounts were missing in the mapping. Added them with the customer, export is complete.",
        ],
        notes: &[
            "Account length and client number are the two usual suspects.",
        ],
        ..Issue::BLANK
    },
];
