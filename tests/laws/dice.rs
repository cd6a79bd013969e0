//! Where chance comes from: numbers that proptest has drawn, turned into choices one after another.
//!
//! Every choice shrinks towards its first alternative, so that a failing case comes down to what matters in it.

pub(crate) struct Dice<'a> {
    left: core::slice::Iter<'a, u16>,
}

impl<'a> Dice<'a> {
    pub(crate) fn new(numbers: &'a [u16]) -> Self {
        Self { left: numbers.iter() }
    }

    /// A number below `sides`; 0 when all that was drawn is used up.
    pub(crate) fn below(&mut self, sides: usize) -> usize {
        let number = self.left.next().copied().unwrap_or(0);
        (usize::from(number) * sides) >> 16
    }

    /// True so many times in a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub(crate) fn one_of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Each with its weight.
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> T {
        let mut number = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in list {
            match number.checked_sub(*weight) {
                None => return *value,
                Some(rest) => number = rest,
            }
        }
        unreachable!("the weights add up")
    }

    /// Each of the list with this chance in a hundred, in the list's order.
    pub(crate) fn some_of<T: Copy>(&mut self, list: &[T], percent: usize) -> Vec<T> {
        list.iter().copied().filter(|_| self.chance(percent)).collect()
    }
}
