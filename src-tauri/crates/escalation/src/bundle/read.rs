//! Reading a bundle that anybody may have made.

use super::{Author, Bundle, FIXED, HEADING, Heading, LARGEST, MAGIC, PARTS, Part, VERSION, author, signed};
use std::collections::BTreeSet;

/// Why a file is not taken as a bundle. Nothing of it was used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no case bundle")]
    Foreign,
    #[error("this case bundle was made by a newer version of Precedent")]
    Newer,
    #[error("this case bundle is larger than any that Precedent makes")]
    TooLarge,
    #[error("this case bundle is cut off or has something behind its end")]
    CutOff,
    #[error("this case bundle is not signed by anybody")]
    Unsigned,
    #[error("this case bundle is not as its author signed it: something in it was changed")]
    Tampered,
    /// It is signed, and says what no Precedent writes.
    #[error("this case bundle is made wrongly: {0}")]
    Malformed(&'static str),
}

impl Refused {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Foreign => "bundle_foreign",
            Self::Newer => "bundle_newer",
            Self::TooLarge => "bundle_too_large",
            Self::CutOff => "bundle_cut_off",
            Self::Unsigned => "bundle_unsigned",
            Self::Tampered => "bundle_tampered",
            Self::Malformed(_) => "bundle_malformed",
        }
    }
}

/// Proves the signature and the hash of every part before it answers. Memory is bounded by the size of the file.
pub fn read(bytes: &[u8]) -> Result<Bundle, Refused> {
    if !bytes.starts_with(MAGIC) {
        return Err(Refused::Foreign);
    }
    if bytes.len() > LARGEST {
        return Err(Refused::TooLarge);
    }
    let mut rest = Rest(bytes.get(MAGIC.len()..).unwrap_or_default());
    let version = u16::from_le_bytes(rest.array()?);
    if version > VERSION {
        return Err(Refused::Newer);
    }
    let key: [u8; 32] = rest.array()?;
    let signature: [u8; 64] = rest.array()?;
    let length = u32::from_le_bytes(rest.array()?) as usize;
    if length > HEADING {
        return Err(Refused::TooLarge);
    }
    let heading = rest.take(length)?;
    if signature == [0; 64] {
        return Err(Refused::Unsigned);
    }
    if version != VERSION || !author::is_signed(&key, &signed(version, &key, heading), &signature) {
        return Err(Refused::Tampered);
    }
    let heading: Heading =
        serde_json::from_slice(heading).map_err(|_| Refused::Malformed("its heading is unreadable"))?;
    check(&heading)?;
    let body = bytes.len() - FIXED - length;
    let told = heading.parts.iter().try_fold(0u64, |sum, part| sum.checked_add(part.length));
    if told != Some(body as u64) {
        return Err(Refused::CutOff);
    }
    let mut parts = Vec::with_capacity(heading.parts.len());
    for named in heading.parts {
        let bytes = rest.take(usize::try_from(named.length).map_err(|_| Refused::CutOff)?)?;
        if blake3::hash(bytes).to_hex().as_str() != named.hash {
            return Err(Refused::Tampered);
        }
        parts.push(Part { name: named.name, bytes: bytes.to_vec() });
    }
    let author = Author { key, name: heading.author };
    Ok(Bundle { case: heading.case, epoch: heading.epoch, made_at: heading.made_at, author, parts })
}

fn check(heading: &Heading) -> Result<(), Refused> {
    let short = |text: &str, most: usize| text.len() <= most && !text.chars().any(char::is_control);
    if heading.case.is_empty() || !short(&heading.case, 400) || !short(&heading.author, 200) {
        return Err(Refused::Malformed("its case or its author has no fitting name"));
    }
    if heading.parts.len() > PARTS {
        return Err(Refused::Malformed("it has too many parts"));
    }
    let mut names = BTreeSet::new();
    // No name is ever used as a path; it does not look like one either.
    let fits = |name: &str| {
        (1..=64).contains(&name.len())
            && !name.starts_with('.')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
    };
    if heading.parts.iter().all(|part| fits(&part.name) && names.insert(part.name.as_str())) {
        Ok(())
    } else {
        Err(Refused::Malformed("a part has no fitting name, or two have the same"))
    }
}

/// What was not read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Refused> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Refused::CutOff)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Refused> {
        self.take(N)?.try_into().map_err(|_| Refused::CutOff)
    }
}
