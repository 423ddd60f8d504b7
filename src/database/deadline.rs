//! Not waiting for ever. Some browsers never answer, and another tab may keep ours waiting as long as it is open.

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use std::future::Future;
use wasm_bindgen_futures::spawn_local;

/// What `work` comes to, if it does so within so many milliseconds. A request to the browser cannot be taken back, so the
/// work goes on to its end in any case: a handle that comes too late is closed, and not left open behind our back.
pub(super) async fn within<T: 'static>(millis: u32, work: impl Future<Output = T> + 'static) -> Option<T> {
    match select(Box::pin(work), TimeoutFuture::new(millis)).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(((), work)) => {
            spawn_local(async move { drop(work.await) });
            None
        }
    }
}
