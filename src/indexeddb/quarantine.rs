//! Records that the page cannot read are moved to a store of their own, where no query meets them again.

use super::{BrowserHandle, DatabaseError, answer};
use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode::Readwrite;

/// The store that holds the reports on damaged records.
pub const DAMAGED: &str = "damaged";

/// Moves the records with these keys out of `stores` and into [`DAMAGED`], all or none. Each is read again first, since another
/// connection may have been quicker. `report` makes the entry from a key and the record that each of the stores has at it
/// (undefined if none), or `None` if the record is sound or gone.
///
/// # Errors
/// The browser's own. Nothing has been moved then.
pub async fn quarantine(
    handle: &BrowserHandle,
    stores: &[&'static str],
    keys: &[JsValue],
    report: &dyn Fn(&JsValue, &[JsValue]) -> Option<JsValue>,
) -> Result<(), DatabaseError> {
    let transaction = handle.begin(&[stores, &[DAMAGED]].concat(), Readwrite)?;
    let moved = async {
        for key in keys {
            let mut records = Vec::new();
            for store in stores {
                records.push(answer(transaction.store(store)?.get(key)).await?);
            }
            let Some(report) = report(key, &records) else { continue };
            answer(transaction.store(DAMAGED)?.add(&report)).await?;
            for store in stores {
                answer(transaction.store(store)?.delete(key)).await?;
            }
        }
        Ok(())
    };
    let moved = moved.await;
    transaction.end(moved).await
}
