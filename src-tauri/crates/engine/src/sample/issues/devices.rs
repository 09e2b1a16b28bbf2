//! Scan: scanners, printers and batteries.

use super::Issue;
use crate::sample::company::Product;
use domain::ResolutionClass;

pub(super) const ISSUES: [Issue; 4] = [
    Issue {
        key: "double-read",
        product: Product::Scan,
        components: &["Bluetooth scanners"],
        class: ResolutionClass::Configuration,
        seen: 15,
        to_l2: 15,
        to_l3: 3,
        titles: &[
            "Scanner reads twice",
            "Quantity doubled when scanning",
            "Ring scanner sends every code two times",
            "Double scans with Bluetooth",
            "Each scan counts as two",
            "scanner double",
        ],
        told: &[
            "With the ring scanner each code is read twice, so the quantity is doubled.",
            "Since we have the new Bluetooth scanners, pieces are counted double.",
            "One press, two beeps, two bookings.",
            "Half of our scanners read twice. The same type, bought together.",
        ],
        solved: &[
            "The scanner was in keyboard mode and paired with the app as well. Set it to app mode with the code on \
             page 3 of the guide; reads once.",
            "Set App > Scanner > \"Ignore repeat within\" to 800 ms. No more double reads.",
            "Unpaired and paired again in app mode. Sent the configuration sheet.",
        ],
        notes: &["Keyboard mode plus app pairing gives two events."],
        question: Some("Was the scanner paired in the Bluetooth settings of the phone, in the app, or in both?"),
        ..Issue::BLANK
    },
    Issue {
        key: "print-agent",
        product: Product::Scan,
        components: &["label printing", "print agent"],
        class: ResolutionClass::Configuration,
        seen: 14,
        to_l2: 40,
        to_l3: 15,
        tags: &["printing"],
        titles: &[
            "Print agent: access denied 0x80070005",
            "Labels do not come out of the printer",
            "Print agent stopped",
            "Printer not found by the agent",
            "0x80070005 when printing",
            "label printer dead after Windows update",
        ],
        told: &[
            "The print agent shows 0x80070005 and nothing is printed. It worked until the Windows update.",
            "Labels stay in the queue of the agent. Test page from Windows works.",
            "Print agent says access denied. I am administrator of this PC.",
            "0x80070005",
            "After changing the password of the Windows user no labels are printed.",
        ],
        error: Some(
            "\
{time} ERROR PrintAgent - Job {id} on printer LBL-0{n} failed: 0x80070005 Access is denied",
        ),
        solved: &[
            "The service of the agent ran under a user whose password had changed. Entered the new one in Services \
             > Halvern Print Agent > Log On; prints again.",
            "After the Windows update the agent's user had lost the right to the printer. Added it under Printer \
             properties > Security.",
            "Set the service to \"Local System\" and restarted it. 0x80070005 is gone.",
        ],
        notes: &["0x80070005 is always rights: service user or printer security."],
        question: Some("Under which Windows user does the service \"Halvern Print Agent\" run?"),
        ..Issue::BLANK
    },
    Issue {
        key: "battery",
        product: Product::Scan,
        components: &["background sync"],
        class: ResolutionClass::FeatureFlag,
        seen: 7,
        to_l2: 40,
        to_l3: 25,
        since: Some("6.4.1"),
        titles: &[
            "Battery empty after four hours",
            "Scan app drains battery",
            "Handhelds do not last a shift",
            "Power consumption of the app",
            "Devices get hot",
            "battery",
        ],
        told: &[
            "Since the update the handhelds do not last a shift any more. The app is at the top of the battery list.",
            "Devices are warm and empty after {n} hours.",
            "Is there a setting to save battery? We have to change devices at noon.",
        ],
        solved: &[
            "Switched the flag sync.realtime off for the account: the app now synchronises every minute and not \
             constantly. Devices last the shift.",
            "With sync.realtime off the consumption is back to what it was. Told the customer that stock may be a \
             minute old.",
        ],
        notes: &["Flag sync.realtime."],
        engineers: &["Real-time sync keeps the radio on. Will become an option in the app, SCN-440."],
        ..Issue::BLANK
    },
    Issue {
        key: "signed-out",
        product: Product::Scan,
        components: &["app sign-in"],
        class: ResolutionClass::NoFaultFound,
        seen: 6,
        to_l2: 20,
        to_l3: 10,
        titles: &[
            "App signs out by itself",
            "Have to log in every morning",
            "Signed out after app update",
            "Devices lose their login",
            "Login lost overnight",
            "app logout",
        ],
        told: &[
            "Each morning the devices ask for the login. It was not like that before.",
            "After the last update all devices were signed out.",
            "Some devices are signed out during the night.",
        ],
        solved: &[
            "Sessions of devices end after 12 hours as set by the customer's own policy (Identity > Sessions). No \
             fault; they will decide whether to raise it.",
            "Could not be reproduced in two weeks, device log shows no sign-out. Closed in agreement with the \
             customer.",
        ],
        notes: &["Look at the session policy before anything else."],
        ..Issue::BLANK
    },
];
