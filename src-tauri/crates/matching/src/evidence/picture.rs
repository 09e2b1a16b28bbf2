//! How large a picture says that it is, before anybody decodes it. Nothing of it is decoded here.

/// Of both sides together: a few bytes may claim to be a picture of gigabytes.
const MOST_PIXELS: u64 = 50_000_000;

/// As its bytes begin: the media type, its width and its height. `None` of what is no picture, says no size, or a larger
/// one than is drawn.
pub fn size(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
    let (media, (width, height)) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("image/png", png(bytes)?)
    } else if bytes.starts_with(b"GIF8") {
        ("image/gif", (little(bytes, 6, 2)?, little(bytes, 8, 2)?))
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        ("image/jpeg", jpeg(bytes)?)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        ("image/webp", webp(bytes)?)
    } else {
        return None;
    };
    let drawn = width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MOST_PIXELS;
    drawn.then_some((media, width, height))
}

fn big(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(count)?)?;
    Some(part.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, count: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(count)?)?;
    Some(part.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((big(bytes, 16, 4)?, big(bytes, 20, 4)?))
}

/// From marker to marker up to the frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        (*bytes.get(at)? == 0xff).then_some(())?;
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return None,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            _ => at += 2 + big(bytes, at + 2, 2)?.max(2) as usize,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        b"VP8L" => {
            (*bytes.get(20)? == 0x2f).then_some(())?;
            let packed = little(bytes, 21, 4)?;
            Some(((packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1))
        }
        b"VP8 " => {
            (bytes.get(23..26)? == [0x9d, 0x01, 0x2a]).then_some(())?;
            Some((little(bytes, 26, 2)? & 0x3fff, little(bytes, 28, 2)? & 0x3fff))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
    }

    #[test]
    fn each_kind_says_its_size_and_what_claims_too_much_is_not_drawn() {
        assert_eq!(size(&png_of(640, 400)), Some(("image/png", 640, 400)));
        assert_eq!(size(b"GIF89a\x40\x01\xc8\x00rest"), Some(("image/gif", 320, 200)));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x06JFIF\xff\xff\xc2\x00\x11\x08\x00\xc8\x01\x40rest";
        assert_eq!(size(jpeg), Some(("image/jpeg", 320, 200)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xc7\0\0";
        assert_eq!(size(extended), Some(("image/webp", 320, 200)));
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x3f\xc1\x31\0";
        assert_eq!(size(lossless), Some(("image/webp", 320, 200)));
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xc8\x00";
        assert_eq!(size(lossy), Some(("image/webp", 320, 200)));
        for wrong in [png_of(u32::MAX, u32::MAX), png_of(0, 5), png_of(60_000, 60_000)] {
            assert_eq!(size(&wrong), None);
        }
    }

    #[test]
    fn what_is_cut_off_anywhere_says_nothing_and_never_ends_us() {
        for whole in [png_of(640, 400), b"\xff\xd8\xff\xe0\x00\x06JFIF\xff\xc0\x00\x11\x08\x00\xc8\x01\x40".to_vec()] {
            assert!(size(&whole).is_some());
            for end in 0..20.min(whole.len() - 1) {
                assert_eq!(size(&whole[..end]), None, "{end}");
            }
        }
        assert_eq!(
            size(b"\xff\xd8\xff\xe0\x00\x00\xff\xe0\x00\x00"),
            None,
            "a length of nothing moves on all the same"
        );
    }
}
