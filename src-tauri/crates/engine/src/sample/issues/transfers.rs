//! Connect: files, messages and certificates.

use super::Issue;
use crate::sample::company::Product;
use domain::ResolutionClass;

pub(super) const ISSUES: [Issue; 3] = [
    Issue {
        key: "sftp-host-key",
        product: Product::Connect,
        components: &["file transfer"],
        class: ResolutionClass::Configuration,
        seen: 36,
        to_l2: 30,
        to_l3: 8,
        tags: &["sftp"],
        outbreak: Some(63),
        titles: &[
            "SFTP transfer fails: key mismatch",
            "No files since yesterday",
            "ssh: handshake failed",
            "Host key of partner changed",
            "File transfer to our ERP stopped",
            "Orders are not picked up from SFTP",
            "knownhosts: key mismatch",
        ],
        told: &[
            "Files are no longer fetched from our SFTP server. We moved it to a new machine over the weekend.",
            "The transfer to our partner fails since {day}. The log shows \"knownhosts: key mismatch\".",
            "No orders came in over SFTP since yesterday, {many} files are waiting in the folder.",
            "sftp broken, ssh handshake failed, password is correct",
            "Our IT renewed the SFTP server. Address and user are the same. Your side cannot connect since then.",
            "In Connect the file connection is red. Test says handshake failed. With another client I can log in.",
        ],
        facts: &["The new server has the same name and address.", "User and password have not been changed."],
        error: Some(
            "\
{time} ERROR connect.sftp - ssh: handshake failed: knownhosts: key mismatch for host {host} ({ip}:22)",
        ),
        solved: &[
            "Server has a new host key. Compared the fingerprint with the customer on the phone and accepted it \
             under Connections > SFTP > Host key. Files are transferred.",
            "New host key accepted after the customer had confirmed the fingerprint in writing; {many} waiting \
             files were fetched.",
            "Deleted the old key and stored the new one. Next time please tell us before the move, then both keys \
             can be stored.",
        ],
        notes: &[
            "Never accept a host key without the fingerprint from the customer. Then Connections > SFTP > Host key \
             > Replace.",
        ],
        question: Some("Was the server moved or renewed? If so, please send us the fingerprint of its new host key."),
        ..Issue::BLANK
    },
    Issue {
        key: "edi-segment",
        product: Product::Connect,
        components: &["EDI"],
        class: ResolutionClass::DataFix,
        seen: 16,
        to_l2: 65,
        to_l3: 35,
        tags: &["edi"],
        titles: &[
            "EDI order rejected: EDI1207",
            "EDI message cannot be processed",
            "ORDERS D96A refused",
            "Missing segment in EDI orders",
            "EDI1207 again",
            "Retailer's orders hang in EDI inbox",
        ],
        told: &[
            "The orders of one retailer are rejected with EDI1207. All other partners work.",
            "EDI1207 segment NAD+DP missing. Yes it is missing, because they deliver to the head office. It was \
             accepted before.",
            "{n} EDI orders are in the inbox with status error. Delivery is for tomorrow.",
            "EDI1207",
            "Our partner sends ORDERS D96A without the delivery party since they changed their system.",
        ],
        facts: &["The retailer says that they cannot change the message."],
        error: Some(
            "\
{time} ERROR connect.edi - EDI1207: mandatory segment NAD+DP missing in message {id} from partner {id}",
        ),
        solved: &[
            "Added the delivery party from the partner's profile when the segment is missing (EDI > Partners > \
             Defaults) and processed the messages again.",
            "Messages corrected and restarted; default delivery address entered for the partner, so that EDI1207 \
             will not come back.",
        ],
        notes: &["Partner defaults: NAD+DP from the master data. Then restart the messages in the inbox."],
        engineers: &[
            "Mapping for this partner adjusted. EDI1207 stays an error for partners without a default, on purpose.",
        ],
        ..Issue::BLANK
    },
    Issue {
        key: "client-certificate",
        product: Product::Connect,
        components: &["certificates"],
        class: ResolutionClass::Configuration,
        seen: 11,
        to_l2: 35,
        to_l3: 10,
        titles: &[
            "Certificate expired",
            "x509: certificate has expired or is not yet valid",
            "Connection to bank interface fails",
            "TLS error since midnight",
            "Client certificate must be renewed",
            "Partner rejects our certificate",
        ],
        told: &[
            "Since midnight the connection to our partner fails with a certificate error.",
            "x509: certificate has expired. Which certificate is meant, yours or ours?",
            "The interface to our bank is down. They say that our client certificate is out of date.",
        ],
        error: Some(
            "\
{time} ERROR connect.http - tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time {time} is after {time}",
        ),
        solved: &[
            "The client certificate in the connection had expired. Customer sent the new one, stored it under \
             Connections > Certificates; connected.",
            "Renewed the certificate together with the customer and set a reminder 30 days before its end.",
        ],
        notes: &["Connections > Certificates shows the end date. Ask for the new file with its key, by the secure \
             upload only."],
        ..Issue::BLANK
    },
];
