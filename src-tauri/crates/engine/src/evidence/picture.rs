//! A picture, for whoever looks at the evidence. It is not decoded here: what draws it does that within its own walls, once
//! it is known that it is not larger than it should be.

use crate::{
    Engine, Error, Result,
    api::{args::NumberArgs, view::CasePicture},
};
use matching::evidence::{Kind, LARGEST_PICTURE, picture_size};

pub(crate) fn get(engine: &Engine, args: &NumberArgs) -> Result<CasePicture> {
    let missing = || Error::NotFound { what: "picture", id: args.id.to_string() };
    let store = &engine.core.store;
    let file = store.file_by_number(args.id)?.filter(|file| file.kind == Kind::Picture.as_str()).ok_or_else(missing)?;
    let bytes = if file.size > LARGEST_PICTURE as u64 { Vec::new() } else { store.file_bytes(args.id)? };
    let Some((media, width, height)) = picture_size(&bytes) else {
        return Err(Error::BadInput(format!("{} says no size that a picture may have: it is not drawn", file.name)));
    };
    Ok(CasePicture { media: media.into(), width, height, data: base64(&bytes) })
}

/// With padding, as the page reads it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = (0..3).fold(0u32, |sum, at| sum << 8 | chunk.get(at).copied().map_or(0, u32::from));
        for nth in 0..4 {
            let letter = LETTERS.get((three >> (18 - 6 * nth) & 63) as usize).copied().unwrap_or(b'=');
            text.push(if nth as usize > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_everybody_else() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xef, 0xfe]), "/+/+");
    }
}
