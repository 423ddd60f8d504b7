//! What each client is in the middle of: SQLAlchemy's own call stack, kept by hand.
//!
//! SQLAlchemy's functions call each other, raise, and clean up in `except` and `finally`. Here a function that has
//! something left to do pushes a [`Frame`] before it calls another one; a function that returns or raises passes its
//! [`Outcome`] to the frame on top. A call that waits for the driver is suspended with its frames and continues with the answer.

use super::{Client, ConnectionId, Exception, Hook, MisuseError, record::Slot};
use crate::time::Instant;

/// What a function hands to the one that called it: it returned, or raised.
pub(super) type Outcome = Result<(), Exception>;

/// How far a function got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// The driver is asked, or the call is over: nothing more to do now.
    Stop,
    /// To the frame on top.
    Back(Outcome),
}

pub(super) const RETURN: Flow = Flow::Back(Ok(()));

/// The rest of a function that called another one, named after what was called. It gets the outcome of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    // The last of each call: it says how it ended.
    /// `pool.connect()`.
    CheckedOut,
    /// `close()` or `invalidate()`.
    Released,
    /// Calls after which the client goes on holding what it held, also when they raise.
    Kept,
    /// The garbage collector's finaliser, after a call that ended like this.
    Collected(Outcome),

    // Try and finally.
    /// `finally`, or `safe_reraise()`: what was raised meanwhile counts more than this.
    Finally(Outcome),

    // Checkout.
    /// `_do_get()` in `_ConnectionRecord.checkout`.
    Got,
    /// `get_connection()` in the same.
    Ensured,
    /// `__close()` in `get_connection`.
    Replaced,
    /// `_create_connection()` in `QueuePool._do_get`.
    Created,
    /// The same in `StaticPool.connection`: for the first time in this call, or after an invalid one.
    Memoized { again: bool },
    /// The same in `SingletonThreadPool._do_get`.
    CreatedForThread,
    /// Closing another thread's record in `SingletonThreadPool._cleanup`, on behalf of this record.
    MadeRoom(Slot),
    /// `_create_connection()` in `AssertionPool._do_get`.
    CreatedAlone,
    /// The creator, in `__connect`.
    Opened,
    /// Waiting for the mutex of a listener's first run.
    Locked(Hook),
    /// The listener's first run, under the mutex.
    RanFirst(Hook),
    /// `first_connect` in `__connect`.
    FirstConnected,
    /// `connect` in `__connect`.
    Connected,
    /// Terminating a connection whose listeners raised.
    Discarded(Exception),
    /// The ping, in a round of verifying.
    Pinged { round: u8 },
    /// The `checkout` listeners.
    Announced { round: u8 },
    /// Invalidating what they or the ping called dead.
    Vetoed { round: u8, all: bool },
    /// `get_connection()` thereafter.
    Reconnected { round: u8 },

    // Records.
    /// `invalidate()` in `_checkin_failed`.
    FailedInvalidated { had_proxy: bool },
    /// The `invalidate` listeners.
    ToldInvalidate(Option<Exception>),
    /// `__close()` in `invalidate`.
    Invalidated,
    /// The `close` listeners.
    ToldClose { terminate: bool },
    /// `_close_connection()` in `__close`.
    Closed,
    /// `do_close` or `do_terminate`.
    Shut { connection: ConnectionId, terminate: bool },
    /// The `checkin` listeners.
    ToldCheckin,
    /// Closing what the full queue has no room for.
    SurplusClosed,

    // Proxies.
    /// The `reset` listeners.
    ToldReset { transaction_was_reset: bool, collecting: bool },
    /// The rollback or commit.
    WasReset { collecting: bool },
    /// `detach()` of what the garbage collector found.
    CollectedDetached,
    /// The `close_detached` listeners.
    ToldCloseDetached,
    /// Closing a detached connection.
    DetachedClosed,
    /// All that `_finalize_fairy` tries.
    Finalized { collecting: bool },
    /// `record.invalidate()` in the proxy's.
    ProxyInvalidated,
    /// The `soft_invalidate` listeners.
    ToldSoftInvalidate(Option<Exception>),
    /// `_do_return_conn()` in `detach`.
    DetachedReturned,

    // Dispose.
    /// Closing one record of the queue.
    QueueDisposed,
    /// Closing the one of `StaticPool`.
    StaticDisposed,
    /// Closing the one of `AssertionPool`.
    AloneDisposed,
    /// Closing the one of `SingletonThreadPool`'s that has this number, of so many.
    ThreadDisposed { number: u32, of: u16 },
}

/// The most frames on one stack. SQLAlchemy's functions do not recurse here, so there is a deepest nesting: an interrupted reset
/// in a lost proxy's finaliser, whose record is invalidated and its connection terminated, has exactly so many.
const DEPTH: usize = 8;

/// A client's call, and what it works on.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClientCall {
    pub client: Client,
    /// The proxy: what the client holds, or is about to.
    pub hold: Option<Hold>,
    /// The record that the functions on the stack work on.
    pub slot: Option<Slot>,
    depth: u8,
    frames: [Frame; DEPTH],
}

impl ClientCall {
    /// A call that ends with `last`.
    #[inline]
    pub fn new(client: Client, hold: Option<Hold>, last: Frame) -> ClientCall {
        let slot = hold.and_then(|hold| hold.slot);
        ClientCall { client, hold, slot, depth: 1, frames: [last; DEPTH] }
    }

    /// Something is left to do with what is called next.
    ///
    /// # Panics
    /// When the stack is full, in every build: a call that forgot a frame would go on with the wrong one.
    #[inline]
    pub fn then(&mut self, frame: Frame) {
        let Some(place) = self.frames.get_mut(self.depth as usize) else { stack_overflow() };
        *place = frame;
        self.depth += 1;
    }

    /// The frame that the outcome is for.
    #[inline]
    pub fn pop(&mut self) -> Option<Frame> {
        self.depth = self.depth.checked_sub(1)?;
        self.frames.get(self.depth as usize).copied()
    }

    /// The frame that waits for the driver.
    pub fn top(&self) -> Option<Frame> {
        self.frames.get((self.depth as usize).checked_sub(1)?).copied()
    }
}

#[cold]
fn stack_overflow() -> ! {
    panic!("a call of the pool's needs more than {DEPTH} frames");
}

/// SQLAlchemy's `_ConnectionFairy`: a connection in a client's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hold {
    pub connection: ConnectionId,
    /// Its record; `None` once detached.
    pub slot: Option<Slot>,
    /// How often a thread of `SingletonThreadPool` has asked for it beyond the first time.
    pub nested: u16,
}

/// A client's wait in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WaitInLine {
    /// `None` waits for ever.
    pub deadline: Option<Instant>,
    /// It was told to run, and has not run yet.
    pub awake: bool,
    /// Nobody has notified it yet.
    pub in_line: bool,
    /// Its timer went off.
    pub expired: bool,
    /// A signal or a cancellation came.
    pub interrupted: bool,
}

/// Where a client stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum ClientState {
    /// In no call, and holding nothing.
    #[default]
    Empty,
    /// In no call, and holding a connection.
    Holding(Hold),
    /// In `Queue.get`.
    Waiting(WaitInLine),
    /// In the rollback or commit of a plain `close()`.
    Resetting(Hold),
    /// In any other call, waiting for the driver or a mutex.
    Busy(u32),
}

/// All clients, by number, and the calls that are suspended.
#[derive(Debug, Clone, Default)]
pub(super) struct Clients {
    states: Vec<ClientState>,
    calls: Vec<Option<ClientCall>>,
    free: Vec<u32>,
}

impl Clients {
    #[inline]
    pub fn get(&self, client: Client) -> ClientState {
        self.states.get(client.0 as usize).copied().unwrap_or_default()
    }

    /// A known client's state, to be looked at and changed in place.
    #[inline]
    pub fn state(&mut self, client: Client) -> Option<&mut ClientState> {
        self.states.get_mut(client.0 as usize)
    }

    #[inline(always)]
    pub fn set(&mut self, client: Client, state: ClientState) {
        let index = client.0 as usize;
        if index >= self.states.len() {
            self.make_room(index);
        }
        self.states[index] = state;
    }

    // Apart, and without the state: it would have to lie in memory for that.
    #[cold]
    fn make_room(&mut self, index: usize) {
        self.states.resize(index + 1, ClientState::Empty);
    }

    /// Suspends a call.
    pub fn park(&mut self, call: ClientCall) {
        let index = match self.free.pop() {
            Some(index) => {
                self.calls[index as usize] = Some(call);
                index
            }
            None => {
                self.calls.push(Some(call));
                (self.calls.len() - 1) as u32
            }
        };
        self.set(call.client, ClientState::Busy(index));
    }

    /// The client's suspended call.
    pub fn parked(&self, client: Client) -> Option<&ClientCall> {
        match self.get(client) {
            ClientState::Busy(index) => self.calls[index as usize].as_ref(),
            _ => None,
        }
    }

    /// Continues the client's suspended call.
    pub fn resume(&mut self, client: Client) -> Option<ClientCall> {
        let ClientState::Busy(index) = self.get(client) else { return None };
        self.free.push(index);
        self.calls[index as usize].take()
    }

    /// What the client holds, if it can use it now.
    #[inline]
    pub fn held(&self, client: Client) -> Result<Hold, MisuseError> {
        match self.get(client) {
            ClientState::Holding(hold) => Ok(hold),
            ClientState::Empty => Err(MisuseError::Empty),
            _ => Err(MisuseError::Busy),
        }
    }

    /// Whether nobody holds a connection or is in a call.
    pub fn all_empty(&self) -> bool {
        self.states.iter().all(|state| matches!(state, ClientState::Empty))
    }

    /// Whether no client does anything but wait in the line.
    pub fn all_empty_or_asleep(&self) -> bool {
        let asleep = |state: &ClientState| matches!(state, ClientState::Waiting(wait) if !wait.awake);
        self.states.iter().all(|state| matches!(state, ClientState::Empty) || asleep(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full_stack() -> ClientCall {
        let mut call = ClientCall::new(Client(0), None, Frame::CheckedOut);
        (1..DEPTH).for_each(|round| call.then(Frame::Pinged { round: round as u8 }));
        call
    }

    #[test]
    fn frames_come_back_in_reverse_order() {
        let mut call = full_stack();
        for round in (1..DEPTH).rev() {
            assert_eq!(call.pop(), Some(Frame::Pinged { round: round as u8 }));
        }
        assert_eq!(call.pop(), Some(Frame::CheckedOut));
        assert_eq!((call.pop(), call.top()), (None, None));
    }

    #[test]
    #[should_panic(expected = "more than 8 frames")]
    fn a_frame_too_many_is_not_dropped() {
        full_stack().then(Frame::Closed);
    }
}
