//! The lay-by: who stands there because its request runs without a connection.

use crate::pool::Client;

/// Its places, taken from the front.
#[derive(Debug, Clone, Default)]
pub(super) struct LayBy {
    places: Vec<Option<Client>>,
}

impl LayBy {
    /// The first free place.
    pub fn take(&mut self, client: Client) -> usize {
        self.free(client);
        let free = self.places.iter().position(Option::is_none).unwrap_or_else(|| {
            self.places.push(None);
            self.places.len() - 1
        });
        self.places[free] = Some(client);
        free
    }

    /// The client has gone on.
    pub fn free(&mut self, client: Client) {
        for place in self.places.iter_mut().filter(|place| **place == Some(client)) {
            *place = None;
        }
        while let Some(None) = self.places.last() {
            self.places.pop();
        }
    }

    /// How many stand there.
    pub fn len(&self) -> usize {
        self.places.iter().flatten().count()
    }
}
