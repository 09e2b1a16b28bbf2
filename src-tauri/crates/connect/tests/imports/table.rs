use crate::support::{Whole, drain, read, try_read};
use connect::{Error, Format, Options, open_reader};
use domain::{Link, LinkKind, Millis, ResolutionClass, Status};
use std::io::Cursor;

fn mapped(text: &str, mapping: &[(&str, &str)]) -> Result<Whole, Error> {
    let mapping = mapping.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect();
    drain(open_reader(Box::new(Cursor::new(text.to_owned())), Options { format: Format::Csv, mapping }), 500)
}

#[test]
fn common_column_names_need_no_mapping() {
    let text = "Issue key,Summary,Description,Status,Component/s,Affects Version/s,Affects Version/s,Fix Version/s,Resolution,Created,Reporter,Colour\r\n\
                A-1,Doors shut,\"first line\nsaid \"\"hello\"\", then\",Resolved,\"Doors, Net\",2.1,2.2,2.3,Fixed,2026-01-05 10:00,ann,red\r\n";
    let whole = read(text);
    let ticket = whole.ticket();
    assert_eq!((ticket.id.as_str(), ticket.subject.as_str(), ticket.status), ("A-1", "Doors shut", Status::Solved));
    assert_eq!(ticket.body, "first line\nsaid \"hello\", then");
    assert_eq!(
        (ticket.components.join("|"), ticket.affected_versions.join("|")),
        ("Doors|Net".into(), "2.1|2.2".into())
    );
    assert_eq!(
        (ticket.fix_versions.join("|"), ticket.resolution_class),
        ("2.3".into(), Some(ResolutionClass::CodeFix))
    );
    assert_eq!(ticket.created_at, Millis::parse("2026-01-05T10:00:00Z").unwrap());
    assert_eq!(ticket.extra.get("Colour"), Some(&"red".into()));
}

#[test]
fn a_mapping_goes_before_what_the_names_say() {
    let text = "id;ref;what;when;same as\n1;R-1;Doors shut;2026-01-05;R-0\n";
    let mapping = [("ref", "id"), ("What", "subject"), ("when", "created_at"), ("same as", "duplicate_of")];
    let whole = mapped(text, &mapping).unwrap();
    assert_eq!((whole.ticket().id.as_str(), whole.ticket().subject.as_str()), ("R-1", "Doors shut"));
    assert_eq!(whole.ticket().links, [Link { kind: LinkKind::DuplicateOf, to: "R-0".into() }]);
    assert_eq!(whole.ticket().extra.get("id"), Some(&"1".into()));
}

#[test]
fn separators_are_told_by_the_header() {
    for separator in [",", ";", "\t", "|"] {
        let text = ["id,subject,created", "1,Doors shut,2026-01-05"].join("\n").replace(',', separator);
        assert_eq!(try_read(Format::Csv, text).unwrap().ids(), ["1"], "{separator:?}");
    }
}

#[test]
fn a_quote_inside_a_bare_cell_is_a_letter() {
    let whole = read("id,subject,created\n1,5\" disk,2026-01-05\n2,ok,2026-01-05\n");
    assert_eq!((whole.ids(), whole.tickets()[0].subject.as_str()), (vec!["1", "2"], "5\" disk"));
}

#[test]
fn rows_that_cannot_be_read_are_named_by_the_line_where_they_begin() {
    let whole = read(
        "id,subject,created\n1,\"two\nlines\",2026-01-05\n2,short\n,no id,2026-01-05\n4,ok,someday\n\n5,ok,2026-01-05\n6,\"open,2026-01-05\n",
    );
    assert_eq!((whole.ids(), whole.lines()), (vec!["1", "5"], vec![4, 5, 6, 9]));
    let reasons: Vec<_> = whole.bad.iter().map(|bad| bad.reason.as_str()).collect();
    assert_eq!(reasons[0], "this row has 2 cells where the header has 3");
    assert_eq!(reasons[1], "it has no id");
    assert!(reasons[2].contains("someday"), "{}", reasons[2]);
    assert_eq!(reasons[3], "a quote is opened here and never closed");
}

#[test]
fn text_of_older_spreadsheets_keeps_its_accents() {
    let whole =
        read(b"\xef\xbb\xbfid,subject,created\n1,caf\xe9 \x80 5,2026-01-05\n2,caf\xc3\xa9,2026-01-05\n".to_vec());
    let subjects: Vec<_> = whole.tickets().iter().map(|ticket| ticket.subject.as_str()).collect();
    assert_eq!(subjects, ["café € 5", "café"]);
}

#[test]
fn comments_in_columns_of_their_own_are_comments() {
    let whole = read(
        "Issue key,Summary,Created,Reporter,Comment,Comment\nA-1,S,05/Jan/26 10:00 AM,ann,05/Jan/26 2:30 PM;ann;It is; still so,\n",
    );
    let [comment] = whole.comments()[..] else { panic!("{:?}", whole.changes) };
    assert_eq!((comment.body.as_str(), comment.author.as_deref()), ("It is; still so", Some("ann")));
    assert_eq!(comment.created_at, Millis::parse("2026-01-05T14:30:00Z").unwrap());
}

#[test]
fn a_table_that_lacks_a_column_says_which_and_how_to_name_it() {
    let error = mapped("number,when\n1,2026-01-05\n", &[]).unwrap_err();
    assert_eq!(error.code(), "mapping_wrong");
    assert!(error.to_string().contains("as subject=COLUMN"), "{error}");
    assert!(error.to_string().contains("\"when\""), "{error}");
    let error = mapped("id,subject,created\n", &[("colour", "tags")]).unwrap_err();
    assert!(error.to_string().contains("no column \"colour\""), "{error}");
    let error = mapped("id,subject,created\n", &[("id", "number")]).unwrap_err();
    assert!(error.to_string().contains("the fields are id, subject"), "{error}");
}
