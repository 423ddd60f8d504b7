//! A connection as the browser has it: one `IDBDatabase` handle.

use super::{BrowserTransaction, DatabaseError, answer};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransactionMode};

/// One handle. It closes by itself when the version is about to change, here or in another tab, or when the reader deletes
/// the site's data, and it knows that it is closed.
#[derive(Debug)]
pub struct BrowserHandle {
    database: IdbDatabase,
    open: Rc<Cell<bool>>,
    _on_close: Closure<dyn FnMut()>,
}

impl BrowserHandle {
    pub(super) fn new(database: IdbDatabase) -> BrowserHandle {
        let open = Rc::new(Cell::new(true));
        let on_close = {
            let (database, open) = (database.clone(), open.clone());
            Closure::<dyn FnMut()>::new(move || {
                open.set(false);
                database.close();
            })
        };
        let listener = Some(on_close.as_ref().unchecked_ref());
        database.set_onversionchange(listener);
        database.set_onclose(listener);
        BrowserHandle { database, open, _on_close: on_close }
    }

    /// Closes the handle. The browser completes the transactions that have begun on it.
    pub fn close(&self) {
        self.open.set(false);
        self.database.close();
    }

    /// Whether the handle is open, as far as one can tell without using it.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Looks for one key in a store, which proves that the handle works.
    ///
    /// # Errors
    /// As for [`begin`](BrowserHandle::begin).
    pub async fn ping(&self, store: &str) -> Result<(), DatabaseError> {
        let transaction = self.begin(&[store], IdbTransactionMode::Readonly)?;
        answer(transaction.store(store)?.count_with_key(&JsValue::from(1))).await.map(drop)
    }

    /// Begins a transaction on these stores.
    ///
    /// # Errors
    /// [`DatabaseError::Closed`] if the handle is, or the browser's own error, for example because there is no such store.
    pub fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<BrowserTransaction, DatabaseError> {
        if !self.is_open() {
            return Err(DatabaseError::Closed);
        }
        let stores: js_sys::Array = stores.iter().map(|&store| JsValue::from(store)).collect();
        let begun = self.database.transaction_with_str_sequence_and_mode(&stores, mode);
        let begun = begun.map(BrowserTransaction::new).map_err(DatabaseError::from);
        if matches!(begun, Err(DatabaseError::Closed)) {
            self.close();
        }
        begun
    }
}

impl Drop for BrowserHandle {
    /// A handle that stayed open after it was dropped would keep every restart waiting.
    fn drop(&mut self) {
        self.close();
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
    }
}
