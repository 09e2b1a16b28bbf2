use connect::{BadRecord, Error, Format, Import, Options, open_reader};
use domain::{Change, Comment, Ticket};
use std::io::Cursor;

/// Everything that an import handed out.
#[derive(Debug, Default, PartialEq)]
pub struct Whole {
    pub changes: Vec<Change>,
    pub bad: Vec<BadRecord>,
    pub read: u64,
}

impl Whole {
    pub fn tickets(&self) -> Vec<&Ticket> {
        self.changes
            .iter()
            .filter_map(|change| if let Change::Ticket(ticket) = change { Some(&**ticket) } else { None })
            .collect()
    }

    pub fn comments(&self) -> Vec<&Comment> {
        self.changes
            .iter()
            .filter_map(|change| if let Change::Comment(comment) = change { Some(comment) } else { None })
            .collect()
    }

    pub fn ids(&self) -> Vec<&str> {
        self.tickets().into_iter().map(|ticket| ticket.id.as_str()).collect()
    }

    /// The only one.
    pub fn ticket(&self) -> &Ticket {
        assert_eq!(self.bad, []);
        let [ticket] = self.tickets()[..] else { panic!("{} tickets", self.tickets().len()) };
        ticket
    }

    /// Line and reason of each.
    pub fn lines(&self) -> Vec<u64> {
        self.bad.iter().map(|bad| bad.line).collect()
    }
}

pub fn drain(mut import: Import, page: usize) -> Result<Whole, Error> {
    let mut whole = Whole::default();
    while let Some(found) = import.next_page(page)? {
        whole.changes.extend(found.page.changes);
        whole.bad.extend(found.bad);
        whole.read += found.read;
    }
    Ok(whole)
}

pub fn try_read(format: Format, bytes: impl Into<Vec<u8>>) -> Result<Whole, Error> {
    let options = Options { format, ..Options::default() };
    drain(open_reader(Box::new(Cursor::new(bytes.into())), options), 500)
}

/// In the format that it looks like.
pub fn read(bytes: impl Into<Vec<u8>>) -> Whole {
    try_read(Format::Auto, bytes).unwrap()
}

/// One interchange line.
pub fn line(id: &str) -> String {
    format!(r#"{{"kind":"ticket","id":"{id}","subject":"Case {id}","created_at":"2026-01-05T10:00:00Z"}}"#)
}

pub fn lines(ids: impl IntoIterator<Item = usize>) -> String {
    ids.into_iter().map(|id| line(&id.to_string()) + "\n").collect()
}
