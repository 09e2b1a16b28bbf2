//! A piece of facts as bytes: small numbers are short, and each name stands once.

use super::Fact;
use std::collections::HashMap;

/// Of how a piece is written, and of what is read into it: raised when either changes, and all are read anew.
pub(super) const FORM: i64 = 2;

const DONE: u64 = 1;
const SOLVED: u64 = 2;
const ENGINEER: u64 = 4;
const ASKED: u64 = 8;
const JUDGED: u64 = 16;
const SATISFIED: u64 = 32;
const REOPENED: u64 = 64;

/// In the order of their rows.
pub(super) fn write(facts: &[Fact]) -> Vec<u8> {
    let mut names = Names::default();
    let mut body = Vec::with_capacity(facts.len() * 48);
    let mut before = 0;
    number(&mut body, facts.len() as u64);
    for fact in facts {
        let flags = [
            (fact.done, DONE),
            (fact.solved_at.is_some(), SOLVED),
            (fact.engineer_at.is_some(), ENGINEER),
            (fact.requester.is_some(), ASKED),
            (fact.satisfied.is_some(), JUDGED),
            (fact.satisfied == Some(true), SATISFIED),
            (fact.reopened, REOPENED),
        ];
        number(&mut body, flags.iter().filter(|(on, _)| *on).map(|(_, flag)| flag).sum());
        signed(&mut body, fact.row - before);
        before = fact.row;
        signed(&mut body, fact.source);
        text(&mut body, &fact.ext_id);
        signed(&mut body, fact.created_at);
        for at in [fact.solved_at, fact.engineer_at].into_iter().flatten() {
            signed(&mut body, at.wrapping_sub(fact.created_at));
        }
        if let Some(requester) = fact.requester {
            body.extend(requester.to_le_bytes());
        }
        for name in [&fact.group, &fact.product, &fact.version] {
            number(&mut body, names.number(name.as_deref()));
        }
        number(&mut body, fact.handovers.len() as u64);
        for (at, from, to) in &fact.handovers {
            signed(&mut body, at.wrapping_sub(fact.created_at));
            number(&mut body, names.number(from.as_deref()));
            number(&mut body, names.number(to.as_deref()));
        }
        number(&mut body, fact.problems.len() as u64);
        for problem in &fact.problems {
            signed(&mut body, *problem);
        }
    }
    let mut piece = Vec::with_capacity(body.len() + 256);
    number(&mut piece, names.all.len() as u64);
    for name in &names.all {
        text(&mut piece, name);
    }
    piece.extend(body);
    piece
}

/// `None` of bytes that are no piece.
pub(super) fn read(piece: &[u8]) -> Option<Vec<Fact>> {
    let mut rest = Rest(piece);
    let names: Vec<&str> = (0..rest.number()?).map(|_| rest.text()).collect::<Option<_>>()?;
    let name = |at: u64| match at.checked_sub(1) {
        None => Some(None),
        Some(at) => names.get(usize::try_from(at).ok()?).map(|name| Some((*name).to_owned())),
    };
    let mut before = 0i64;
    let count = rest.number()?;
    let mut facts = Vec::new();
    for _ in 0..count {
        let flags = rest.number()?;
        let has = |flag: u64| flags & flag != 0;
        before = before.checked_add(rest.signed()?)?;
        let (source, ext_id, created_at) = (rest.signed()?, rest.text()?.to_owned(), rest.signed()?);
        let mut time = |flag| match has(flag) {
            true => rest.signed().map(|after| Some(created_at.wrapping_add(after))),
            false => Some(None),
        };
        let (solved_at, engineer_at) = (time(SOLVED)?, time(ENGINEER)?);
        let requester = if has(ASKED) { Some(i64::from_le_bytes(rest.eight()?)) } else { None };
        let (group, product, version) = (name(rest.number()?)?, name(rest.number()?)?, name(rest.number()?)?);
        let mut handovers = Vec::new();
        for _ in 0..rest.number()? {
            let at = created_at.wrapping_add(rest.signed()?);
            handovers.push((at, name(rest.number()?)?, name(rest.number()?)?));
        }
        let problems = (0..rest.number()?).map(|_| rest.signed()).collect::<Option<_>>()?;
        facts.push(Fact {
            row: before,
            source,
            ext_id,
            created_at,
            solved_at,
            done: has(DONE),
            group,
            product,
            version,
            requester,
            reopened: has(REOPENED),
            satisfied: has(JUDGED).then(|| has(SATISFIED)),
            engineer_at,
            handovers,
            problems,
        });
    }
    rest.0.is_empty().then_some(facts)
}

/// Groups, products and versions, of which a piece has a few.
#[derive(Default)]
struct Names<'a> {
    all: Vec<&'a str>,
    at: HashMap<&'a str, u64>,
}

impl<'a> Names<'a> {
    /// 0 of none.
    fn number(&mut self, name: Option<&'a str>) -> u64 {
        let Some(name) = name else { return 0 };
        let all = &mut self.all;
        *self.at.entry(name).or_insert_with(|| {
            all.push(name);
            all.len() as u64
        })
    }
}

/// Seven bits to a byte, the lowest first.
fn number(out: &mut Vec<u8>, mut of: u64) {
    while of > 0x7f {
        out.push((of & 0x7f) as u8 | 0x80);
        of >>= 7;
    }
    out.push(of as u8);
}

/// Small ones are short on both sides of 0.
fn signed(out: &mut Vec<u8>, of: i64) {
    number(out, ((of << 1) ^ (of >> 63)).cast_unsigned());
}

fn text(out: &mut Vec<u8>, of: &str) {
    number(out, of.len() as u64);
    out.extend(of.as_bytes());
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut of = 0u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            of |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(of);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let of = self.number()?;
        Some((of >> 1).cast_signed() ^ -(of & 1).cast_signed())
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    fn eight(&mut self) -> Option<[u8; 8]> {
        let (eight, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*eight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_reads_back_as_it_was_written_and_a_spoilt_one_is_none() {
        let name = |text: &str| Some(text.to_owned());
        let facts = [
            Fact { row: 64, source: 1, ext_id: "A-1".into(), created_at: 1_767_605_400_000, ..Fact::default() },
            Fact {
                row: 127,
                source: 3,
                ext_id: "Ünïcode".into(),
                created_at: -5,
                solved_at: Some(i64::MAX),
                done: true,
                group: name("L1"),
                product: name(""),
                version: name("2.0"),
                requester: Some(i64::MIN),
                satisfied: Some(false),
                reopened: true,
                engineer_at: Some(i64::MIN),
                handovers: vec![(7, None, name("L2")), (i64::MAX, name("L2"), name("L1"))],
                problems: vec![0, 300, i64::MAX],
            },
            Fact { row: 128, satisfied: Some(true), ..Fact::default() },
        ];
        let piece = write(&facts);
        assert_eq!(read(&piece).as_deref(), Some(&facts[..]));
        assert_eq!(read(&write(&[])), Some(Vec::new()));
        for cut in 0..piece.len() {
            assert_eq!(read(&piece[..cut]), None, "{cut}");
        }
        assert_eq!(read(&[&piece[..], &[0]].concat()), None);
    }
}
