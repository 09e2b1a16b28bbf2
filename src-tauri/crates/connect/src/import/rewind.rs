//! A reader that takes bytes back, to be read again before what follows them.

use std::io::{self, BufRead, Read};

pub(super) struct Rewind<R> {
    again: Vec<u8>,
    at: usize,
    input: R,
}

impl<R: BufRead> Rewind<R> {
    pub(super) fn new(input: R) -> Self {
        Self { again: Vec::new(), at: 0, input }
    }

    /// The next bytes that are read are these.
    pub(super) fn take_back(&mut self, bytes: &[u8]) {
        let rest = self.again.split_off(self.at);
        self.again = [bytes, &rest].concat();
        self.at = 0;
    }
}

impl<R: BufRead> BufRead for Rewind<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.again.get(self.at..) {
            Some(again) if !again.is_empty() => Ok(again),
            _ => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, used: usize) {
        if self.at < self.again.len() {
            self.at += used;
            if self.at >= self.again.len() {
                (self.again, self.at) = (Vec::new(), 0);
            }
        } else {
            self.input.consume(used);
        }
    }
}

impl<R: BufRead> Read for Rewind<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut chunk = self.fill_buf()?;
        let read = chunk.read(into)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_comes_again_before_the_rest() {
        let mut reader = Rewind::new(&b"defg"[..]);
        reader.take_back(b"bc");
        reader.consume(1);
        reader.take_back(b"ab");
        let mut all = String::new();
        reader.read_to_string(&mut all).unwrap();
        assert_eq!(all, "abcdefg");
    }
}
