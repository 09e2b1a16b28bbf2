//! Characters that nobody sees and that change what is read: they turn the direction of text, split a word or a host
//! name, or carry text of their own. Whoever looks at a text sees ⟨U+202E⟩ in their place. The store, the index and
//! `--json` keep what was written, so that finding, matching and scripts are not hurt.

use std::{borrow::Cow, fmt::Write};

/// A text as it is shown. Marks hold nothing that would be marked, so doing it twice changes nothing.
pub fn marked(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        mark_line(line, &mut out);
    }
    Cow::Owned(out)
}

fn mark_line(line: &str, out: &mut String) {
    // Where letters run from right to left, the two marks of direction are everyday punctuation.
    let from_right = line.chars().any(runs_from_right);
    let mut before: Option<char> = None;
    // Characters without width that stand together: what follows them decides.
    let mut joined = String::new();
    for letter in line.chars() {
        if is_joiner(letter) {
            joined.push(letter);
            continue;
        }
        flush(&mut joined, before, Some(letter), out);
        let shown = match letter {
            '\u{200e}' | '\u{200f}' | '\u{61c}' => !from_right,
            // The flags of England, Scotland and Wales are spelt with these.
            '\u{e0020}'..='\u{e007f}' => !before.is_some_and(|c| c == '\u{1f3f4}' || is_tag(c)),
            // Forms of Han characters; after anything else they are a hiding place.
            '\u{e0100}'..='\u{e01ef}' => !before.is_some_and(is_han),
            letter => is_always_shown(letter),
        };
        if shown {
            mark(letter, out)
        } else {
            out.push(letter)
        }
        // A tag that was shown does not make the next one part of a flag.
        before = if shown { None } else { Some(letter) };
    }
    flush(&mut joined, before, None, out);
}

/// Joiners belong into emoji, Persian, Hindi or Thai; inside a Latin word, a number or an address they only deceive.
fn flush(joined: &mut String, before: Option<char>, after: Option<char>, out: &mut String) {
    if before.is_some_and(is_plain) && after.is_some_and(is_plain) {
        joined.chars().for_each(|letter| mark(letter, out));
    } else {
        out.push_str(joined);
    }
    joined.clear();
}

fn mark(letter: char, out: &mut String) {
    let _ = write!(out, "\u{27e8}U+{:04X}\u{27e9}", u32::from(letter));
}

fn is_unseen(letter: char) -> bool {
    is_always_shown(letter)
        || is_joiner(letter)
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Controls; embeddings, overrides and isolates; letters, operators and notes without a shape.
fn is_always_shown(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
        || matches!(letter,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{2061}'..='\u{2064}' | '\u{180e}' | '\u{115f}'
            | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}')
}

/// Without width, and in the right place of some script or emoji.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{34f}' | '\u{fe00}'..='\u{fe0f}')
}

/// Letters of scripts that need no joiner, digits, and what addresses and identifiers are made of.
fn is_plain(letter: char) -> bool {
    let latin_greek_cyrillic = letter < '\u{530}' || ('\u{1e00}'..='\u{1fff}').contains(&letter);
    (latin_greek_cyrillic && letter.is_alphanumeric()) || ".-@/:_%=?#+\\".contains(letter)
}

fn is_tag(letter: char) -> bool {
    ('\u{e0020}'..='\u{e007e}').contains(&letter)
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn runs_from_right(letter: char) -> bool {
    letter.is_alphabetic()
        && matches!(letter,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_direction_of_text_is_shown() {
        assert_eq!(marked("a\u{202e}gpj.exe"), "a⟨U+202E⟩gpj.exe");
        for letter in ['\u{202a}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}'] {
            let shown = format!("x ⟨U+{:04X}⟩ y", u32::from(letter));
            assert_eq!(marked(&format!("x {letter} y")), shown);
        }
    }

    #[test]
    fn what_splits_a_word_or_a_host_is_shown() {
        assert_eq!(marked("pay\u{200b}pal.com"), "pay⟨U+200B⟩pal.com");
        assert_eq!(marked("paypal\u{feff}.com"), "paypal⟨U+FEFF⟩.com");
        assert_eq!(marked("при\u{200d}\u{200c}вет"), "при⟨U+200D⟩⟨U+200C⟩вет");
        assert_eq!(marked("NullPointer\u{2060}Exception"), "NullPointer⟨U+2060⟩Exception");
    }

    #[test]
    fn hidden_text_and_what_steers_a_terminal_is_shown() {
        assert_eq!(marked("hi\u{e0049}\u{e0067}"), "hi⟨U+E0049⟩⟨U+E0067⟩");
        assert_eq!(marked("😀\u{e0161}\u{e0162}"), "😀⟨U+E0161⟩⟨U+E0162⟩");
        assert_eq!(marked("a\u{1b}[31m\u{9b}b\u{7f}\0"), "a⟨U+001B⟩[31m⟨U+009B⟩b⟨U+007F⟩⟨U+0000⟩");
        assert_eq!(marked("a\u{3164}b"), "a⟨U+3164⟩b");
    }

    #[test]
    fn scripts_and_emoji_that_need_such_characters_stay_as_they_are() {
        for text in [
            "שלום\u{200f}, עולם (v2)\u{200e}!",
            "مرحبا\u{61c} 5",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "ภาษา\u{200b}ไทย",
            "👩\u{200d}👩\u{200d}👧\u{200d}👦 and ❤\u{fe0f}\u{200d}🔥",
            "1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} won",
            "葛\u{e0100}城",
            "\u{feff}a text that begins with its byte order mark",
            "line\r\nline\twith a tab",
            "Donau\u{ad}dampf",
            "plain",
        ] {
            assert_eq!(marked(text), text);
        }
    }

    #[test]
    fn doing_it_twice_changes_nothing_and_long_runs_are_quick() {
        let text = format!("a{}b\u{200e}", "\u{200b}".repeat(50_000));
        let once = marked(&text).into_owned();
        assert_eq!(marked(&once), once);
        assert_eq!(marked(&"\u{200e}".repeat(50_000)).matches('⟨').count(), 50_000);
    }
}
