//! Identity: single sign-on and what it brings along.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "saml-skew",
        product: Product::Identity,
        components: &["single sign-on"],
        class: ResolutionClass::Configuration,
        seen: 32,
        to_l2: 45,
        to_l3: 15,
        tags: &["sso"],
        outbreak: Some(180),
        titles: &[
            "SSO login fails: response not yet valid",
            "Single sign-on stopped working",
            "SAML error after login at identity provider",
            "SamlValidationException: NotBefore",
            "Nobody can sign in with SSO",
            "SSO works only at the second attempt",
            "saml assertion rejected",
        ],
        told: &[
            "Since {day} single sign-on fails with \"The response is not yet valid\". Our identity provider says \
             the login was successful.",
            "Our users cannot sign in via SSO. About every second attempt works.",
            "SSO broken, users get an error page after the login at our ADFS. See trace.",
            "We moved our identity provider to new servers. Since then the portal and the back office reject the \
             sign-in.",
            "Assertion is rejected because of NotBefore. The clocks seem to differ, ours is right though.",
            "All employees are locked out as we only allow SSO. Please help quickly, I am using the emergency \
             account.",
        ],
        facts: &[
            "Signing in with a password works.",
            "A second try after some seconds is sometimes accepted.",
            "The certificate is valid for another year.",
        ],
        error: Some(
            "\
com.halvern.identity.saml.SamlValidationException: Response {uuid} is not yet valid: NotBefore {time}
    at com.halvern.identity.saml.ConditionsCheck.verify(ConditionsCheck.java:{line})
    at com.halvern.identity.saml.ResponseReader.accept(ResponseReader.java:{line})
    at com.halvern.identity.web.AssertionEndpoint.post(AssertionEndpoint.java:{line})
    at jakarta.servlet.http.HttpServlet.service(HttpServlet.java:{line})",
        ),
        solved: &[
            "The clock of the customer's identity provider was {n}0 seconds ahead. They corrected the time \
             synchronisation; sign-in works.",
            "Set SSO > Allowed clock difference to 60 seconds, and the customer's IT repaired NTP on the new server.",
            "Time on the identity provider was wrong after the move. NTP set up, all users can sign in.",
        ],
        notes: &["Compare NotBefore in the trace with our time. The difference is the drift of their clock."],
        engineers: &["We allow 0 s by default. 60 s can be set; more is not a good idea."],
        question: Some("Could you check the clock of the identity provider against a time server?"),
        ..Issue::BLANK
    },
    Issue {
        key: "group-overage",
        product: Product::Identity,
        components: &["single sign-on", "groups"],
        class: ResolutionClass::CodeFix,
        seen: 13,
        to_l2: 70,
        to_l3: 60,
        since: Some("4.2.0"),
        tags: &["sso"],
        this_week: 2,
        titles: &[
            "SSO users without any rights",
            "Users in many groups have no permissions",
            "GroupClaimMissingException",
            "Group mapping does not work for some employees",
            "Sign-in OK but \"no role assigned\"",
            "SSO: groups missing in token",
        ],
        told: &[
            "Some employees have no rights after signing in with SSO. They are members of very many groups.",
            "\"No role is assigned to you\" for users who have the right groups. It only concerns people from IT \
             and management.",
            "Group mapping fails for users with more than 200 groups. Our identity provider sends a link instead \
             of the list.",
            "Since we use the cloud directory, our administrators cannot work, ordinary users can.",
        ],
        facts: &["If I remove the user from some groups it works."],
        error: Some(
            "\
com.halvern.identity.groups.GroupClaimMissingException: Token of {user} carries no groups but a reference to {uuid}
    at com.halvern.identity.groups.GroupClaims.read(GroupClaims.java:{line})
    at com.halvern.identity.groups.RoleMapping.rolesOf(RoleMapping.java:{line})
    at com.halvern.identity.oidc.CallbackEndpoint.finish(CallbackEndpoint.java:{line})
    at org.springframework.web.filter.OncePerRequestFilter.doFilter(OncePerRequestFilter.java:116)",
        ),
        until_fixed: &[
            "Let the directory send only the groups assigned to the application (token configuration: \"groups \
             assigned to the application\"). Users have their roles.",
            "Restricted the group claim to groups with the prefix hv- in the identity provider. Works for all \
             administrators.",
        ],
        notes: &["More than 200 groups. The filter in the directory is the way, not a change on our side."],
        engineers: &[
            "We have to follow the reference and ask the directory. Needs an extra permission, so it will be an \
             option. IDN-690.",
        ],
        question: Some(
            "In how many groups is the user, and can the directory send only the groups of the application?",
        ),
        known: Some(Known {
            title: "Users in more than 200 groups have no roles after single sign-on",
            state: KnownErrorState::FixInProgress,
            cause: "Above 200 groups the identity provider sends a reference instead of the list. Identity does \
                    not follow it.",
            workaround: &[
                "In the directory's token configuration choose \"groups assigned to the application\".",
                "Assign the groups that map to roles to the application.",
                "Ask the user to sign out and in again.",
            ],
            worked: 7,
            tried: 9,
            eta: Some((30, "Yael Brandt")),
            owner: "Yael Brandt",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "scim-leavers",
        product: Product::Identity,
        components: &["provisioning"],
        class: ResolutionClass::CodeFix,
        seen: 9,
        to_l2: 75,
        to_l3: 65,
        since: Some("4.1.0"),
        fixed_in: &["4.2.1"],
        titles: &[
            "Deactivated users can still sign in",
            "SCIM does not remove users",
            "Leavers are not deactivated",
            "Provisioning: DELETE ignored",
            "Security: former employee still active",
            "User remains after removal in directory",
        ],
        told: &[
            "We removed an employee from the directory. In Halvern the account is still active a day later.",
            "Our audit found {n} accounts of former employees that could still sign in.",
            "SCIM delete is answered with 204 but the user stays active.",
        ],
        facts: &["Disabling (active: false) works, deleting does not."],
        solved: &[
            "Fixed in {fix}: a deleted user is deactivated at once and its sessions are ended. Checked the \
             accounts of the audit with the customer.",
            "Customer is on {fix}; the leavers were deactivated by a full synchronisation.",
        ],
        until_fixed: &[
            "In the directory set the users to inactive before deleting them. Deactivated the accounts of the list \
             by hand. Fix: {fix}.",
        ],
        notes: &["Security relevant: always priority high, always tell the team lead."],
        engineers: &["DELETE only unlinks the user. It has to deactivate too. IDN-655."],
        known: Some(Known {
            title: "Users deleted through SCIM stay active",
            state: KnownErrorState::FixReleased,
            cause: "DELETE removed the link to the directory and left the account active. Setting active to false \
                    was handled correctly.",
            workaround: &[
                "In the directory set leavers to inactive first, and delete them a day later.",
                "Deactivate the accounts that are left over under Users > Not in directory.",
            ],
            worked: 6,
            tried: 6,
            eta: None,
            owner: "Yael Brandt",
        }),
        ..Issue::BLANK
    },
];
