//! One spelling for what people read as the same: case, accents, width, ligatures, composed or not.

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

/// Appends the folded form of `text` to `out`.
pub(crate) fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            // Seen by nobody, typed by nobody.
            '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' => {}
            // Marks that no composed letter took up: Latin and Greek accents, Hebrew points, Arabic vowels.
            '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}' | '\u{670}' => {}
            // Latin, Greek, Cyrillic: the letter without its accents. Elsewhere a mark makes another letter.
            '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    letter(part, out);
                }
            }),
            _ => letter(c, out),
        }
    }
}

/// A letter that people write with others where they do not have it.
fn letter(c: char, out: &mut String) {
    match c {
        // Turkish has two letters i; whoever searches has one key for them.
        'ı' => out.push('i'),
        'ß' => out.push_str("ss"),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ł' => out.push('l'),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ς' => out.push('σ'),
        _ => out.push(c),
    }
}

/// One spelling for what people read as the same: how texts and values lie in the index.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    fn fold(text: &str) -> String {
        let mut out = String::new();
        super::fold(text, &mut out);
        out
    }

    #[test]
    fn what_people_read_as_the_same_folds_to_one_spelling() {
        assert_eq!(fold("Café"), "cafe");
        assert_eq!(fold("Cafe\u{301}"), "cafe");
        assert_eq!(fold("Straße ÆTHER Łódź"), "strasse aether lodz");
        assert_eq!(fold("İstanbul ISPARTA ısı"), "istanbul isparta isi");
        assert_eq!(fold("ＡＢＣ１２３ ﬁle"), "abc123 file");
        assert_eq!(fold("ΣΊΣΥΦΟΣ"), fold("σίσυφος"));
        assert_eq!(fold("Ёлка"), "елка");
        assert_eq!(fold("Ǽ Ǿ"), "ae o");
    }

    #[test]
    fn a_mark_that_makes_another_letter_stays() {
        assert_ne!(fold("が"), fold("か"));
        assert_eq!(fold("か\u{3099}"), fold("が"));
        assert_eq!(fold("ｶﾞ"), fold("ガ"));
        assert_eq!(fold("\u{1112}\u{1161}\u{11ab}"), fold("한"));
    }
}
