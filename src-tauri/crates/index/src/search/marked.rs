//! A set of documents of one segment: a bit for each.

pub(super) struct Marked(Vec<u64>);

impl Marked {
    pub(super) fn new(documents: usize) -> Self {
        Self(vec![0; documents.div_ceil(64)])
    }

    pub(super) fn mark(&mut self, doc: u32) {
        if let Some(word) = self.0.get_mut(doc as usize / 64) {
            *word |= 1 << (doc % 64);
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many of these are marked.
    pub(super) fn among(&self, docs: &[u32]) -> u64 {
        let marked = |doc: &&u32| self.0.get(**doc as usize / 64).is_some_and(|word| word >> (**doc % 64) & 1 == 1);
        docs.iter().filter(marked).count() as u64
    }

    /// In their order.
    pub(super) fn each(&self, mut each: impl FnMut(u32)) {
        for (base, word) in (0u32..).step_by(64).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                each(base + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_marked_comes_back_once_and_in_order() {
        let mut marked = Marked::new(130);
        [129, 0, 64, 63, 64, 500].into_iter().for_each(|doc| marked.mark(doc));
        let mut back = Vec::new();
        marked.each(|doc| back.push(doc));
        assert_eq!(back, [0, 63, 64, 129], "what lies outside is passed over");
        assert_eq!(marked.count(), 4);
        assert_eq!(marked.among(&[0, 1, 64, 500, 1000]), 2);
    }
}
