//! Portal: signing in and staying in.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "blank-after-login",
        product: Product::Portal,
        components: &["sign-in page", "app shell"],
        class: ResolutionClass::CodeFix,
        seen: 60,
        to_l2: 45,
        to_l3: 25,
        since: Some("11.3.0"),
        fixed_in: &["11.3.1"],
        tags: &["login"],
        titles: &[
            "Blank page after login",
            "White screen in the portal",
            "Portal does not load for some users",
            "Nothing happens after signing in",
            "TypeError reading 'tenantId'",
            "Our customers see an empty page",
            "portal empty since update",
            "Login OK, then white page",
            "Cannot read properties of undefined in portal",
        ],
        told: &[
            "After signing in our customers see a white page. No menu, no text. It concerns some users, others can \
             work normally.",
            "Portal shows nothing after login. Reload does not help. In the browser console there is an error, see \
             below.",
            "white screen, all browsers, user {user}. my own account works",
            "Since the portal was updated to {version}, users who belong to more than one company get an empty \
             page after login.",
            "Several dealers called this morning because they only see a blank page. They use different browsers, \
             so it is probably not on their side.",
            "Hi support, one of our users cannot use the portal: she signs in, the address changes to /home, and \
             the page stays white. I pressed F12 and copied what was red.",
            "The page is empty after the sign-in. If I open a deep link to an order directly, the page is there.",
            "Uncaught TypeError in main.js, page remains blank, happens only for accounts with two companies.",
        ],
        facts: &[
            "A private window makes no difference.",
            "The user was added to a second company recently.",
            "On the phone it is the same.",
            "Deleting cookies did not help.",
        ],
        error: Some(
            "\
Uncaught TypeError: Cannot read properties of undefined (reading 'tenantId')
    at TenantStore.select (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at AppShell.restore (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at AppShell.mount (https://portal.halvern.example/assets/main.{hash}.js:1:{id})
    at flushEffects (https://portal.halvern.example/assets/vendor.{hash}.js:9:{id})",
        ),
        solved: &[
            "Fixed in {fix}: users with several companies get the company chooser again. Customer updated, page \
             loads for the user.",
            "Update to {fix}. Nothing has to be done by the users.",
            "Portal is on {fix} now; all of the reported accounts can sign in and see their start page.",
        ],
        until_fixed: &[
            "Set a default company for the user (Users > Profile > Default company). The page loads after the next \
             sign-in. Fixed with {fix}.",
            "Gave the users concerned a default company by mass change. Everyone can work; the real fix is {fix}.",
        ],
        notes: &[
            "User has two companies and no default one. Set it, ask for a new sign-in.",
            "Another white page. Check Users > Profile > Default company first, it takes ten seconds.",
        ],
        engineers: &[
            "TenantStore.select runs before the list of companies is there when no default is set. POR-3310.",
            "Fix verified on staging with three of the reported accounts.",
        ],
        question: Some("Does the user belong to more than one company, and is a default company set in the profile?"),
        known: Some(Known {
            title: "Portal stays blank for users with several companies and no default",
            state: KnownErrorState::FixReleased,
            cause: "From 11.3.0 on the app shell restores the company before the list is loaded. Without a default \
                    company there is nothing to restore, and the page stops.",
            workaround: &[
                "Open Users > Profile of the user and set \"Default company\".",
                "Ask the user to sign out and in again.",
            ],
            worked: 41,
            tried: 44,
            eta: None,
            owner: "Sofia Marques",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "session-loop",
        product: Product::Portal,
        components: &["sign-in page", "sessions"],
        class: ResolutionClass::KnownErrorWorkaround,
        seen: 30,
        to_l2: 55,
        to_l3: 50,
        since: Some("11.4.0"),
        tags: &["login"],
        today: 9,
        this_week: 12,
        urgent: true,
        titles: &[
            "\"Session expired\" right after login",
            "Users are signed out again and again",
            "Endless login loop",
            "Portal: session expired every few seconds",
            "Cannot stay logged in",
            "Sign-in loop in portal since {version}",
            "session expired, session expired, session expired",
            "Portal kicks us out",
            "Login loop with company bookmark",
        ],
        told: &[
            "I sign in, see the start page for a second, and then \"Your session has expired, please sign in \
             again\". It goes round and round.",
            "Since today our customers cannot work in the portal. They are thrown out right after the login. We \
             have {many} users and the phone does not stop ringing.",
            "login loop!!! nobody can order",
            "Since the portal was updated to {version} some users cannot stay signed in. It seems to concern those \
             who open the portal from our intranet page, where it is shown inside a frame.",
            "Users who open the portal through the link in our ERP get \"session expired\" at once. If they type \
             the address by hand it works.",
            "After the login the browser goes back to the sign-in page. In the network tab I see that the cookie \
             hv_session is not sent with the second request.",
            "Sign-in works on my private laptop, not on the company PCs. There the message is \"session has \
             expired\" every time.",
            "Good morning, please check urgently: the portal asks for the password after each click. Started this \
             morning at about {clock}.",
        ],
        facts: &[
            "All of them open the portal from our intranet.",
            "Edge and Chrome are concerned, Firefox is not.",
            "Clearing cookies helps for one login only.",
            "Single sign-on and password users are concerned alike.",
        ],
        error: Some(
            "\
SessionLostError: Session {uuid} is not known: cookie hv_session was not sent
    at SessionGuard.require (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at SignIn.resume (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at async Router.navigate (https://portal.halvern.example/assets/main.{hash}.js:2:{id})
    at flushEffects (https://portal.halvern.example/assets/vendor.{hash}.js:9:{id})",
        ),
        until_fixed: &[
            "Open the portal in its own tab and not inside the intranet frame; the session then stays. Engineering \
             works on a fix.",
            "Set Security > Cookies > \"Allow embedding\" to on for this portal. Sign-in holds. This is the \
             workaround until the fixed version is out.",
            "Customer changed the intranet link so that the portal opens in a new window. No more sign-outs \
             reported; linked to the known error.",
        ],
        notes: &[
            "Portal is embedded (intranet, ERP). Switch \"Allow embedding\" on. Link the ticket to the known error.",
            "Many calls this morning, all 11.4.0 and all embedded. Told the shift lead.",
        ],
        engineers: &[
            "11.4.0 sets SameSite=Lax on hv_session. In a frame the browser does not send it. We will set it by \
             the embedding option. POR-3402.",
            "Fix is in test. 11.4.1 is planned for the end of the week.",
        ],
        question: Some("Is the portal opened inside another page, for example from your intranet or ERP?"),
        known: Some(Known {
            title: "Endless sign-in loop when the portal is embedded in another page",
            state: KnownErrorState::FixInProgress,
            cause: "11.4.0 marks the session cookie as same-site. Browsers do not send it when the portal is shown \
                    inside an intranet or ERP page, so that every second request looks signed out.",
            workaround: &[
                "Open Security > Cookies of the portal and switch \"Allow embedding\" on.",
                "Ask the users to close the browser once.",
                "If that is not possible, let the link open the portal in a new window.",
            ],
            worked: 16,
            tried: 18,
            eta: Some((2, "Sofia Marques")),
            owner: "Sofia Marques",
        }),
        ..Issue::BLANK
    },
];
