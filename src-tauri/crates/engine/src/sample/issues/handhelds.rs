//! Scan: the app on handhelds.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "camera-crash",
        product: Product::Scan,
        components: &["camera", "Android"],
        class: ResolutionClass::CodeFix,
        seen: 30,
        to_l2: 45,
        to_l3: 30,
        since: Some("6.5.0"),
        fixed_in: &["6.5.1", "6.6.0"],
        tags: &["android"],
        titles: &[
            "App crashes when scanning",
            "Scan app closes itself on new handhelds",
            "SecurityException camera on Android 14",
            "Camera does not open",
            "App stops as soon as I tap \"Scan\"",
            "crash after app update",
            "Scan closes without message",
        ],
        told: &[
            "After the update to {version} the app closes when we tap \"Scan\". Only on the new devices with \
             Android 14.",
            "{n} of our handhelds cannot scan any more. The app is gone without a message.",
            "crash on scan button. old phones ok",
            "The camera does not open and the app returns to the home screen. Warehouse staff now type the numbers \
             by hand.",
            "We rolled out {version} to all devices this morning. Those with the newest Android crash at the first \
             scan; log from the device management below.",
            "Scan app stops. Reinstalling did not help, giving the camera permission again did not help.",
        ],
        facts: &[
            "Devices with a laser scanner built in are not concerned.",
            "The permission for the camera is granted.",
        ],
        error: Some(
            "\
java.lang.SecurityException: Starting FGS with type camera callerApp=ProcessRecord{{hash} {id}:com.halvern.scan} requires permissions
    at android.os.Parcel.createException(Parcel.java:3069)
    at com.halvern.scan.camera.CameraSession.open(CameraSession.kt:{line})
    at com.halvern.scan.camera.ScanScreen.onScan(ScanScreen.kt:{line})
    at com.halvern.scan.MainActivity.onKey(MainActivity.kt:{line})
    at android.os.Handler.dispatchMessage(Handler.java:106)",
        ),
        solved: &[
            "Fixed in app version {fix}. Rolled out through the device management, all devices scan again.",
            "Update to {fix} from the store. No setting necessary.",
        ],
        until_fixed: &[
            "Switch \"Keep camera ready\" off under App > Camera. The app then opens the camera for each scan and \
             does not crash. Fix: {fix}.",
            "Went back to the previous app version for the devices concerned until {fix} is available.",
        ],
        notes: &[
            "Android 14 and 6.5.0. \"Keep camera ready\" off, works at once.",
        ],
        engineers: &[
            "Android 14 wants a declared type for the camera service. SCN-418.",
        ],
        question: Some(
            "Which version of Android do the devices have, and is \"Keep camera ready\" on?",
        ),
        known: Some(Known {
            title: "Scan 6.5.0 closes on Android 14 when the camera opens",
            state: KnownErrorState::FixVerified,
            cause: "Android 14 refuses a camera service whose type is not declared. The app keeps the camera ready \
                    in such a service.",
            workaround: &[
                "Switch App > Camera > \"Keep camera ready\" off.",
                "Restart the app.",
            ],
            worked: 20,
            tried: 21,
            eta: None,
            owner: "Daniel Okafor",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "offline-queue",
        product: Product::Scan,
        components: &["offline mode", "sync"],
        class: ResolutionClass::KnownErrorWorkaround,
        seen: 24,
        to_l2: 60,
        to_l3: 45,
        since: Some("6.4.0"),
        tags: &["offline"],
        titles: &[
            "Scans are not transferred",
            "Offline queue is stuck",
            "App shows {many} pending scans",
            "Bookings from handheld missing",
            "Synchronisation hangs at 0 %",
            "pending scans never sent",
            "QueueReplayError",
        ],
        told: &[
            "The app shows {many} pending scans and does not send them, although the network is back.",
            "Bookings from the cold store are missing. The devices are offline there, and afterwards nothing is \
             transferred.",
            "Handheld of picker {n}: sync stands at 0 %, since yesterday. What can we do without losing the scans?",
            "stuck queue on 3 devices, wifi ok",
            "When a device has been offline for some hours, the queue remains. The log that the app can send says:",
            "Our stock is wrong because scans from the night shift are still on the devices.",
        ],
        facts: &[
            "Signing out is refused because of the pending scans.",
            "Restarting the device does not help.",
            "One of the scans belongs to an order that was cancelled meanwhile.",
        ],
        error: Some(
            "\
QueueReplayError: Entry {id} was refused with HTTP 409
    at ReplayQueue.next (app:///src/sync/replay-queue.ts:{line}:17)
    at async SyncEngine.run (app:///src/sync/sync-engine.ts:{line}:9)
    at async BackgroundTask.fire (app:///src/tasks/background-task.ts:{line}:5)",
        ),
        until_fixed: &[
            "Skipped the refused entry (App > Sync > Details > Skip); the rest was sent within a minute. The \
             skipped scan was booked by hand.",
            "Showed the shift lead how to skip the entry that blocks. All pending scans have arrived.",
            "Sent the queue of the device to us, removed the scan of the cancelled order, loaded it back. No scan \
             lost.",
        ],
        notes: &[
            "One refused entry blocks all behind it. Skip it, note what it was, book it by hand.",
        ],
        engineers: &[
            "Queue is strictly in order, so one HTTP 409 stops it. We are looking into parking refused entries. \
             SCN-431.",
        ],
        question: Some(
            "What does App > Sync > Details show for the first entry in the list?",
        ),
        known: Some(Known {
            title: "One refused scan blocks all scans behind it",
            state: KnownErrorState::Identified,
            cause: "The queue sends scans in order and stops at one that the server refuses, for example because \
                    the order was cancelled meanwhile.",
            workaround: &[
                "Open App > Sync > Details and look at the first entry.",
                "Note the order and the quantity, then choose \"Skip\".",
                "Book the skipped scan by hand in the back office.",
            ],
            worked: 15,
            tried: 17,
            eta: None,
            owner: "Daniel Okafor",
        }),
        ..Issue::BLANK
    },
];
