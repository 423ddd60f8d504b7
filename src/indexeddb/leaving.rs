//! When the page is left, what has not been written is undone at once. WebKit keeps the database locked for the next page
//! otherwise, as long as the transaction of a page that is gone is open.

use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::IdbTransaction;

thread_local! {
    static OPEN: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// A transaction has begun.
pub(super) fn begun(transaction: &IdbTransaction) {
    OPEN.with_borrow_mut(|open| open.push(transaction.clone()));
    if !LISTENS.replace(true) {
        let listener = Closure::<dyn FnMut()>::new(|| {
            for transaction in OPEN.take() {
                let _ = transaction.abort();
            }
        });
        if let Some(window) = web_sys::window() {
            let _ = window.add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref());
        }
        listener.forget(); // it is there as long as the page
    }
}

/// A transaction has ended, or is the browser's to complete.
pub(super) fn ended(transaction: &IdbTransaction) {
    OPEN.with_borrow_mut(|open| open.retain(|other| other != transaction));
}
