//! Waiting for the browser's events.

use super::DatabaseError;
use js_sys::{Function, Promise};
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbRequest};

/// The first event that reaches one of the listeners that `listen` sets. They are set at once. The code that waits continues
/// within the event, so a transaction that is active in the event is still active then.
pub(super) fn first_event(listen: &mut dyn FnMut(&Function)) -> JsFuture {
    Promise::new(&mut |resolve, _| listen(&resolve)).into()
}

/// The type of an event, for example `success`.
pub(super) fn event_type(event: Result<JsValue, JsValue>) -> String {
    event.map(|event| event.unchecked_ref::<Event>().type_()).unwrap_or_default()
}

/// The answer to a request. The listeners are set at once, not when the future is first polled.
///
/// # Errors
/// The error that the browser threw instead of a request, or the error of the request.
pub fn answer(request: Result<IdbRequest, JsValue>) -> impl Future<Output = Result<JsValue, DatabaseError>> {
    let listening = request.map(|request| {
        let event = first_event(&mut |resolve| {
            request.set_onsuccess(Some(resolve));
            request.set_onerror(Some(resolve));
        });
        (request, event)
    });
    async move {
        let (request, event) = listening?;
        let _ = event.await;
        result(&request)
    }
}

/// The result of a request that has ended.
pub(super) fn result(request: &IdbRequest) -> Result<JsValue, DatabaseError> {
    match request.error()? {
        Some(error) => Err(JsValue::from(error).into()),
        None => Ok(request.result()?),
    }
}
