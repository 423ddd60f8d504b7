//! The road: who stands on it because its request runs without a connection.

use super::car::Halt;
use crate::pool::Client;

/// Places in both lanes, taken from the front.
#[derive(Debug, Clone, Default)]
pub(super) struct Road {
    lanes: [Vec<Option<Client>>; 2],
}

impl Road {
    /// The first free place of a lane.
    pub fn take(&mut self, client: Client, after: bool) -> Halt {
        self.free(client);
        let lane = &mut self.lanes[usize::from(after)];
        let free = lane.iter().position(Option::is_none).unwrap_or_else(|| {
            lane.push(None);
            lane.len() - 1
        });
        lane[free] = Some(client);
        Halt { after, index: free as u32 }
    }

    /// The client has gone on.
    pub fn free(&mut self, client: Client) {
        for lane in &mut self.lanes {
            for place in lane.iter_mut().filter(|place| **place == Some(client)) {
                *place = None;
            }
            while let Some(None) = lane.last() {
                lane.pop();
            }
        }
    }

    /// How many stand there.
    pub fn len(&self) -> usize {
        self.lanes.iter().flatten().flatten().count()
    }
}
