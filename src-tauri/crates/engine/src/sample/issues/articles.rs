//! Stock: articles and their codes.

use super::{Issue, Known};
use crate::sample::company::Product;
use domain::{KnownErrorState, ResolutionClass};

pub(super) const ISSUES: [Issue; 2] = [
    Issue {
        key: "csv-encoding",
        product: Product::Stock,
        components: &["article import"],
        class: ResolutionClass::HowTo,
        seen: 45,
        to_l2: 20,
        to_l3: 6,
        tags: &["import"],
        titles: &[
            "Article import fails with UnicodeDecodeError",
            "CSV upload: umlauts",
            "Import stops at special character",
            "\"codec can't decode byte\" on import",
            "Cannot upload article list",
            "Import error at line {many}",
            "Stock import does not like our file",
            "encoding problem",
        ],
        told: &[
            "The article import stops with an error about a byte that cannot be decoded. The file is the same kind \
             as always.",
            "When I upload our article list I get \"UnicodeDecodeError\". I do not know what that means. The list \
             comes out of Excel.",
            "Import aborted at line {many}. The article there has a ü in its name.",
            "upload fails, see log",
            "Our supplier sent us a list with French names. The import does not accept it, with this message:",
            "We would like to import {many} articles. It works until an article with \"ø\" in the description \
             comes up. Then nothing is imported at all.",
            "Hi, CSV import broken for us. Tried saving the file again, tried a smaller file. Lines without \
             special characters work.",
        ],
        facts: &[
            "Exported from Excel with \"Save as CSV\".",
            "The file was made on a Mac.",
            "Last month the same file worked, but a colleague did it.",
        ],
        error: Some(
            "\
Traceback (most recent call last):
  File \"/opt/halvern/stock-{version}/stock/imports/articles.py\", line {line}, in read_rows
    for number, row in enumerate(reader):
  File \"/usr/lib/python3.11/codecs.py\", line 322, in decode
    (result, consumed) = self._buffer_decode(data, self.errors, final)
UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc in position {id}: invalid start byte",
        ),
        solved: &[
            "File was saved in a Windows code page. Saved as \"CSV UTF-8\" it imports without errors. Sent the \
             help page with pictures.",
            "Explained \"Save as > CSV UTF-8 (comma delimited)\" in Excel. {many} articles imported.",
            "In the import profile \"Encoding\" can be set to Windows-1252; with that the supplier's file is read \
             as it is.",
            "Converted the file for the customer and set the profile's encoding to Windows-1252 for the future.",
        ],
        notes: &[
            "Always the encoding. Profile > Encoding > Windows-1252 or save as UTF-8.",
            "Sent text block \"CSV UTF-8\".",
        ],
        engineers: &[
            "We do not guess encodings: a wrong guess puts broken names into the master data. Will stay as it is, \
             STK-801.",
        ],
        question: Some("Could you save the file once as \"CSV UTF-8\" in Excel and try again?"),
        known: Some(Known {
            title: "Import refuses files that are not saved as UTF-8",
            state: KnownErrorState::WontFix,
            cause: "The import reads UTF-8 unless the profile says otherwise. Guessing was tried and put wrong \
                    letters into names, so it stays like this.",
            workaround: &[
                "Save the file as \"CSV UTF-8\" in the spreadsheet program and import it again.",
                "If the file cannot be changed, set Imports > Profile > Encoding to \"Windows-1252\".",
            ],
            worked: 37,
            tried: 38,
            eta: None,
            owner: "Lena Fischer",
        }),
        ..Issue::BLANK
    },
    Issue {
        key: "gtin-duplicate",
        product: Product::Stock,
        components: &["barcodes"],
        class: ResolutionClass::HowTo,
        seen: 11,
        to_l2: 15,
        to_l3: 2,
        titles: &[
            "Barcode already in use",
            "GTIN cannot be saved",
            "Two articles with the same barcode",
            "Scanning finds the wrong article",
            "\"Code is assigned to {sku}\"",
            "Change barcode of article",
        ],
        told: &[
            "I want to enter the barcode of a new article and get \"code is already assigned\". I cannot find the \
             other article.",
            "When we scan the box the wrong article comes up. The supplier uses the same code for the old and the \
             new version.",
            "How can we move a GTIN from one article to another?",
            "Supplier has reused a code. The system refuses it, what now?",
        ],
        solved: &[
            "The code belonged to an archived article. Showed how to filter for archived ones and remove the code \
             there; then it could be saved.",
            "For reused codes give the old one an end date (Article > Barcodes > Valid until). Then the new \
             article can take it.",
        ],
        notes: &["Search with the filter \"archived: yes\"."],
        ..Issue::BLANK
    },
];
