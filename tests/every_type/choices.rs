//! The choices that lead to a document: systematic ones, or the numbers that proptest makes.

use std::vec::IntoIter;

/// The source of the choices for one document.
#[derive(Debug)]
pub(crate) struct Choices {
    /// Everything that may occur occurs, and of alternatives the one with this number; `None` if the numbers decide.
    all: Option<usize>,
    numbers: IntoIter<u32>,
    state: u64,
    /// The largest number of alternatives that there were to choose from.
    pub(crate) most: usize,
}

impl Choices {
    /// Chooses everything that is optional, and of alternatives the one with this number.
    pub(crate) fn all(number: usize) -> Self {
        Self { all: Some(number), numbers: Vec::new().into_iter(), state: number as u64 + 1, most: 0 }
    }

    /// Lets the numbers decide. After the last one, nothing optional occurs, so that the document ends.
    pub(crate) fn of(numbers: Vec<u32>) -> Self {
        Self { all: None, numbers: numbers.into_iter(), state: 0, most: 0 }
    }

    pub(crate) fn is_systematic(&self) -> bool {
        self.all.is_some()
    }

    /// Returns a number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let number = match self.all {
            None => self.numbers.next().unwrap_or(0) as usize,
            Some(_) => {
                self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (self.state >> 33) as usize
            }
        };
        number % end.max(1)
    }

    /// Returns whether an optional part occurs.
    pub(crate) fn occurs(&mut self) -> bool {
        self.all.is_some() || self.below(2) == 1
    }

    /// Returns how often a part occurs.
    pub(crate) fn count(&mut self, min: u32, max: u32) -> u32 {
        match self.all {
            _ if max <= min => min,
            Some(_) => max.min(min.max(2)),
            None => max.min(min + self.below(3) as u32),
        }
    }

    /// Returns the number of one of the alternatives.
    pub(crate) fn alternative(&mut self, of: usize) -> usize {
        self.most = self.most.max(of);
        match self.all {
            Some(number) => number % of.max(1),
            None => self.below(of),
        }
    }
}
