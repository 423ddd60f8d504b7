//! No wait is endless. Some browsers never answer, and another tab can keep this one waiting as long as it is open.

use super::DatabaseError;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

/// How long the browser may take to open the database or to restart it, in milliseconds.
pub(super) const DEADLINE: u32 = 3_000;

/// Work that runs on even if nobody waits for it any more. Boxed, so that one deadline serves all.
type BoxedWork<T> = Pin<Box<dyn Future<Output = Result<T, DatabaseError>>>>;

/// The result of `work`, if it comes within three seconds. A request to the browser cannot be taken back, so the work runs on
/// to its end in any case: a handle that comes too late is dropped, which closes it.
///
/// # Errors
/// [`DatabaseError::NoAnswer`] after three seconds, or the error of the work.
pub(super) async fn within_deadline<T: 'static>(work: BoxedWork<T>) -> Result<T, DatabaseError> {
    match select(work, TimeoutFuture::new(DEADLINE)).await {
        Either::Left((done, _)) => done,
        Either::Right(((), work)) => {
            spawn_local(async move { drop(work.await) });
            Err(DatabaseError::NoAnswer)
        }
    }
}
