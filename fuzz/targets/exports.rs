//! Each vendor's parser: an export in any format, from a stranger.
#![no_main]

use connect::{Format, Options, open_reader};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;

fuzz_target!(|data: &[u8]| {
    let Some((format, export)) = data.split_first() else { return };
    let format = Format::ALL[usize::from(*format) % Format::ALL.len()];
    let mut import = open_reader(Box::new(Cursor::new(export.to_vec())), Options { format, ..Options::default() });
    let mut read = 0;
    // An export that ends in the middle is told, and is the end.
    while let Ok(Some(page)) = import.next_page(7) {
        read += page.read;
        assert!(page.bad.iter().all(|bad| !bad.reason.is_empty()));
    }
    assert!(read <= export.len() as u64 + 1, "{read} records out of {} bytes", export.len());
});
