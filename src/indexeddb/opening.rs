//! Asking the browser for a handle.

use super::event::{event_type, first_event, result};
use super::{DatabaseError, Schema};
use wasm_bindgen::JsCast;
use web_sys::{IdbDatabase, IdbOpenDbRequest};

/// The result of asking for a handle.
pub(super) enum Opening {
    /// The handle.
    Opened(IdbDatabase),
    /// The handle, which is the first of its version: all others were closed.
    Upgraded(IdbDatabase),
    /// There is no such database, or its version would have changed while its stores stay. Nothing has changed.
    Incomplete,
}

/// Asks for a handle at a version, or at the version that the database has.
pub(super) async fn open(name: &str, version: Option<u32>, schema: &Schema) -> Result<Opening, DatabaseError> {
    let request = ask(name, version)?;
    let event = first_event(&mut |resolve| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(resolve));
        request.set_onupgradeneeded(Some(resolve));
    });
    if event_type(event.await) != "upgradeneeded" {
        return Ok(Opening::Opened(result(&request)?.unchecked_into()));
    }
    let database: IdbDatabase = result(&request)?.unchecked_into();
    let complete = schema.is_complete(&database);
    if !complete && let Some(upgrade) = request.transaction() {
        let _ = upgrade.abort();
    }
    let event = first_event(&mut |resolve| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(resolve));
    });
    let succeeded = event_type(event.await) == "success";
    match complete {
        true if succeeded => Ok(Opening::Upgraded(database)),
        true => result(&request).and(Err(DatabaseError::Closed)),
        false => Ok(Opening::Incomplete),
    }
}

fn ask(name: &str, version: Option<u32>) -> Result<IdbOpenDbRequest, DatabaseError> {
    let factory = web_sys::window().map_or(Ok(None), |window| window.indexed_db())?;
    let factory = factory.ok_or_else(|| DatabaseError::Browser("this browser has none".into()))?;
    Ok(match version {
        Some(version) => factory.open_with_u32(name, version)?,
        None => factory.open(name)?,
    })
}
