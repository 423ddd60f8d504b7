//! A connection as the browser has it: one `IDBDatabase` handle.

use super::super::DatabaseError;
use super::event::answer;
use super::schema::USER;
use super::work::Work;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransactionMode};

/// One handle. It closes when the version is about to change, here or in another tab, or when the reader deletes the site's
/// data, and knows it.
#[derive(Debug)]
pub struct Handle {
    database: IdbDatabase,
    open: Rc<Cell<bool>>,
    _told: Closure<dyn FnMut()>,
}

impl Handle {
    pub(super) fn new(database: IdbDatabase) -> Handle {
        let open = Rc::new(Cell::new(true));
        let told = {
            let (database, open) = (database.clone(), open.clone());
            Closure::<dyn FnMut()>::new(move || {
                open.set(false);
                database.close();
            })
        };
        let listener = Some(told.as_ref().unchecked_ref());
        database.set_onversionchange(listener);
        database.set_onclose(listener);
        Handle { database, open, _told: told }
    }

    /// Closes the handle. The browser brings to its end what has begun on it.
    pub fn close(&self) {
        self.open.set(false);
        self.database.close();
    }

    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    pub async fn ping(&self) -> Result<(), DatabaseError> {
        let work = self.begin(&[USER], IdbTransactionMode::Readonly)?;
        answer(work.store(USER)?.count_with_key(&JsValue::from(1))).await.map(drop)
    }

    /// Begins a transaction on these stores.
    pub(super) fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<Work, DatabaseError> {
        if !self.is_open() {
            return Err(DatabaseError::Closed);
        }
        let stores: js_sys::Array = stores.iter().map(|&store| JsValue::from(store)).collect();
        match self.database.transaction_with_str_sequence_and_mode(&stores, mode) {
            Ok(transaction) => Ok(Work::new(transaction)),
            Err(error) => {
                let error = DatabaseError::told(&error);
                if error == DatabaseError::Closed {
                    self.close();
                }
                Err(error)
            }
        }
    }
}

impl Drop for Handle {
    /// A handle that is forgotten open would keep every restart waiting.
    fn drop(&mut self) {
        self.close();
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
    }
}
