//! Names that come again and again, kept once.

use std::collections::HashMap;

/// Gives each name a place in a list of what was made from it.
pub(super) struct Names<T> {
    places: HashMap<Vec<u8>, u32>,
    made: Vec<T>,
}

impl<T> Names<T> {
    pub(super) fn new() -> Self {
        Self { places: HashMap::new(), made: Vec::new() }
    }

    /// The place of a name. What it stands for is made when it comes for the first time.
    pub(super) fn place<E>(&mut self, name: &[u8], make: impl FnOnce() -> Result<T, E>) -> Result<u32, E> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        let place = u32::try_from(self.made.len()).unwrap_or(u32::MAX);
        self.made.push(make()?);
        self.places.insert(name.to_vec(), place);
        Ok(place)
    }

    /// What was made, by place.
    pub(super) fn into_list(self) -> Vec<T> {
        self.made
    }
}
