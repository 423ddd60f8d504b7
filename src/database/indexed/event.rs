//! Waiting for the browser's events.

use super::super::DatabaseError;
use js_sys::{Function, Promise};
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbRequest};

/// The first event that one of the listeners hears which `listen` sets. They are set at once. Whoever waits goes on within
/// the event, so a transaction that is active in it still is.
pub(super) fn first(listen: &mut dyn FnMut(&Function)) -> JsFuture {
    Promise::new(&mut |resolve, _| listen(&resolve)).into()
}

/// An event's type.
pub(super) fn kind(event: Result<JsValue, JsValue>) -> String {
    event.map(|event| event.unchecked_ref::<Event>().type_()).unwrap_or_default()
}

/// What a request comes to. It is listened to at once.
pub(super) fn answer(asked: Result<IdbRequest, JsValue>) -> impl Future<Output = Result<JsValue, DatabaseError>> {
    let heard = asked.map(|request| {
        let heard = first(&mut |resolve| {
            request.set_onsuccess(Some(resolve));
            request.set_onerror(Some(resolve));
        });
        (request, heard)
    });
    async move {
        let (request, heard) = heard.map_err(|error| DatabaseError::told(&error))?;
        let _ = heard.await;
        result(&request)
    }
}

/// What an ended request came to.
pub(super) fn result(request: &IdbRequest) -> Result<JsValue, DatabaseError> {
    match request.error() {
        Ok(Some(error)) => Err(DatabaseError::told(&error)),
        Ok(None) => request.result().map_err(|error| DatabaseError::told(&error)),
        Err(error) => Err(DatabaseError::told(&error)),
    }
}
