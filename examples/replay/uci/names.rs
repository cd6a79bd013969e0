//! Names that come again and again, kept once.

use std::collections::HashMap;

/// Gives each name a place in a list of what was made from it.
pub(super) struct Names<T> {
    places: HashMap<Vec<u8>, u32>,
    made: Vec<T>,
    /// The name that came last, which mostly comes again.
    last: Option<(Vec<u8>, u32)>,
}

impl<T> Names<T> {
    pub(super) fn new() -> Self {
        Self { places: HashMap::new(), made: Vec::new(), last: None }
    }

    /// The place of a name, if it has come before.
    pub(super) fn known(&mut self, name: &[u8]) -> Option<u32> {
        match &mut self.last {
            Some((last, place)) if last == name => Some(*place),
            last => {
                let place = *self.places.get(name)?;
                let (last, at) = last.get_or_insert_default();
                last.clear();
                last.extend_from_slice(name);
                *at = place;
                Some(place)
            }
        }
    }

    /// The place of a name. What it stands for is made when it comes for the first time.
    pub(super) fn place(&mut self, name: &[u8], make: impl FnOnce() -> Result<T, String>) -> Result<u32, String> {
        if let Some(place) = self.known(name) {
            return Ok(place);
        }
        let place = u32::try_from(self.made.len()).map_err(|_| "there are too many of these")?;
        self.made.push(make()?);
        self.places.insert(name.to_vec(), place);
        Ok(place)
    }

    /// What was made for a place.
    pub(super) fn get_mut(&mut self, place: u32) -> Option<&mut T> {
        self.made.get_mut(usize::try_from(place).ok()?)
    }

    /// What was made, by place.
    pub(super) fn into_list(self) -> Vec<T> {
        self.made
    }
}
