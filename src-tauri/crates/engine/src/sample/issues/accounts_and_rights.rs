//! Identity: passwords, second factors, rights.

use super::Issue;
use crate::sample::company::Product;
use domain::ResolutionClass;

pub(super) const ISSUES: [Issue; 4] = [
    Issue {
        key: "mfa-rejected",
        product: Product::Identity,
        components: &["multi-factor"],
        class: ResolutionClass::HowTo,
        seen: 30,
        to_l2: 12,
        to_l3: 2,
        tags: &["mfa"],
        titles: &[
            "Authenticator code not accepted",
            "MFA code is always wrong",
            "New phone, cannot sign in",
            "Second factor does not work",
            "Locked out by MFA",
            "6 digit code invalid",
            "lost phone",
        ],
        told: &[
            "I enter the six digits from the app and get \"code is not valid\". I am sure that I typed it correctly.",
            "I have a new phone and cannot get past the second step any more.",
            "A colleague lost his phone, please reset his second factor. User {user}.",
            "code from authenticator is refused, tried 5 times, now locked",
            "Since the holidays my codes do not work. I was abroad, maybe that is why.",
            "MFA for {user} needs to be reset, device broken.",
        ],
        solved: &[
            "The clock of the phone was off. With \"set time automatically\" the codes are accepted.",
            "Reset the second factor after checking the identity by call-back. User has set up the new phone.",
            "An administrator of the customer can reset it: Users > Security > Reset second factor. Explained, done.",
            "Codes of the old entry were used. Deleted the old entry in the app; works.",
        ],
        notes: &["Call back on the number in the master data before every reset. No exceptions."],
        question: Some("Is the time of the phone set automatically?"),
        ..Issue::BLANK
    },
    Issue {
        key: "reset-mail",
        product: Product::Identity,
        components: &["password reset"],
        class: ResolutionClass::HowTo,
        seen: 36,
        to_l2: 10,
        to_l3: 2,
        tags: &["login"],
        titles: &[
            "Password reset mail does not arrive",
            "Cannot reset my password",
            "No mail after \"Forgot password\"",
            "Password forgotten",
            "Reset link not received",
            "Reset link invalid",
            "please send me a new password",
        ],
        told: &[
            "I pressed \"Forgot password\" several times and no mail arrives. Spam folder checked.",
            "The link in the mail says that it is no longer valid.",
            "User {user} does not get the mail for a new password.",
            "forgot my password, no mail",
            "Two of our users wait for the reset mail since this morning. Others received it within a minute.",
            "Hello, I cannot sign in and the reset does not work either. I am in the office until five, could you \
             call me?",
        ],
        solved: &[
            "The user signs in with SSO and has no password; the reset sends no mail in that case. Explained the \
             right button.",
            "Only the last link is valid, and for 30 minutes. With the newest mail it worked.",
            "Address in the profile had a typing mistake. Corrected by the customer's administrator; mail arrived.",
            "Their mail filter held the mail back. Released by their IT, sender noreply@halvern.example is allowed \
             now.",
        ],
        notes: &["Check: SSO user? Address right? Several links? In this order."],
        ..Issue::BLANK
    },
    Issue {
        key: "permission-delay",
        product: Product::Identity,
        components: &["permissions"],
        class: ResolutionClass::RestartOrCache,
        seen: 19,
        to_l2: 20,
        to_l3: 5,
        titles: &[
            "New permission has no effect",
            "Role changed, user still cannot open the page",
            "Rights are not applied",
            "\"Not allowed\" although role is assigned",
            "Permission change takes long",
            "user sees old rights",
        ],
        told: &[
            "I gave a user the role for prices. She still gets \"You are not allowed to see this page\".",
            "Removed a role from a user, but he can still open the page. That must not be.",
            "Permissions of {user} are right in the settings, the page says otherwise.",
            "rights not updated, waited 10 min",
        ],
        solved: &[
            "Rights are kept for up to 15 minutes. After signing out and in again the page opens.",
            "User signed out and in: rights are there. For immediate effect there is \"End sessions\" on the user.",
            "Used Users > Security > End sessions; the removed role took effect at once.",
        ],
        notes: &["15 minutes cache. \"End sessions\" if it is urgent."],
        ..Issue::BLANK
    },
    Issue {
        key: "renamed-login",
        product: Product::Identity,
        components: &["users"],
        class: ResolutionClass::DataFix,
        seen: 4,
        to_l2: 70,
        to_l3: 40,
        titles: &[
            "User cannot sign in after name change",
            "Login name changed, account locked",
            "Two accounts after marriage",
            "Renamed user has lost her orders",
            "Changed e-mail address, wrong account",
            "Merge two users",
        ],
        told: &[
            "A colleague has married and got a new mail address. Now she has two accounts, and the old one has all \
             her data.",
            "After changing the login name the account is locked.",
        ],
        solved: &[
            "Merged the two accounts (DF-{id}); the new address signs in to the old account.",
            "Unlocked the account and set the new login name for the directory link as well.",
        ],
        notes: &["Merge with the tool user-merge, keep the older account."],
        engineers: &["Ran user-merge for both ids. Sessions were ended."],
        ..Issue::BLANK
    },
];
