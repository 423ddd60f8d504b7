//! What each client is in the middle of.

use super::{Client, ConnectionId, Error, Misuse, record::Slot};
use crate::time::Instant;

/// A connection in a client's hands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    pub connection: ConnectionId,
    /// Its record; `None` once detached.
    pub slot: Option<Slot>,
}

/// A place in the line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    /// `None` waits for ever.
    pub deadline: Option<Instant>,
    /// Notified or expired, and about to run.
    pub awake: bool,
    /// Nobody has notified it yet.
    pub in_line: bool,
}

/// Which connect of a checkout this is, and so what follows it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// In a new record: its count was taken, and is given back on failure.
    Creating,
    /// In a record from the queue: returned to it on failure.
    Obtained,
    /// After a round of verifying found the last one dead.
    Again { round: u8 },
}

/// What follows when a connection has been terminated.
#[derive(Debug, Clone, Copy)]
pub(super) enum Then {
    /// Open another one in its place.
    Connect(Step),
    /// Report the `connect` listener's error.
    Refuse(Step),
    /// Mark the pool if asked, and verify once more.
    Verify { round: u8, mark: bool },
    /// Give the empty record back and end the call.
    Return(Option<Error>),
}

/// Where a client stands. A variant holds only what means something there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum State {
    /// Outside, with nothing.
    #[default]
    Empty,
    /// Outside, with a connection.
    Holding(Hold),
    /// In `Queue.get`.
    Waiting(Wait),
    /// In the creator.
    Opening { slot: Slot, step: Step },
    /// In a `connect` listener.
    AskedConnect { slot: Slot, step: Step },
    /// In the pre-ping.
    Pinging { slot: Slot, round: u8 },
    /// In a `checkout` listener.
    AskedCheckout { slot: Slot, round: u8 },
    /// In `do_terminate`.
    Terminating { slot: Slot, then: Then },
    /// In the rollback or commit of a return.
    Resetting(Hold),
    /// Closing a connection that the full queue has no room for.
    ClosingSurplus { slot: Slot, error: Option<Error> },
    /// Closing a detached connection.
    ClosingDetached,
    /// In `dispose()`, closing one idle connection after the other.
    Disposing { slot: Slot, hold: Option<Hold> },
}

/// All clients, by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Clients(Vec<State>);

impl Clients {
    pub fn get(&self, client: Client) -> State {
        self.0.get(client.0 as usize).copied().unwrap_or_default()
    }

    pub fn set(&mut self, client: Client, state: State) {
        let index = client.0 as usize;
        if index >= self.0.len() {
            self.0.resize(index + 1, State::Empty);
        }
        self.0[index] = state;
    }

    /// What the client holds, if it can use it now.
    pub fn held(&self, client: Client) -> Result<Hold, Misuse> {
        match self.get(client) {
            State::Holding(hold) => Ok(hold),
            State::Empty => Err(Misuse::Empty),
            _ => Err(Misuse::Busy),
        }
    }

    /// Whether nobody holds a connection or is in a call.
    pub fn all_empty(&self) -> bool {
        self.0.iter().all(|state| matches!(state, State::Empty))
    }

    /// Whether nobody does anything but sleep in the line.
    pub fn all_empty_or_asleep(&self) -> bool {
        let asleep = |state: &State| matches!(state, State::Waiting(wait) if !wait.awake);
        self.0.iter().all(|state| matches!(state, State::Empty) || asleep(state))
    }
}
