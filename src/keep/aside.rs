//! Records that are read, and those that cannot be.

use super::error::Error;
use super::layout::{DAMAGED, RUN, TAPE};
use crate::run::Card;
use js_sys::{Object, Reflect};
use rexie::Transaction;
use wasm_bindgen::JsValue;

/// What cannot be read, and why.
#[derive(Debug)]
pub struct Aside {
    pub store: &'static str,
    pub key: JsValue,
    pub why: String,
}

/// Moves it, as it is, to where nobody reads it by mistake.
pub async fn set_aside(transaction: &Transaction, aside: &Aside) -> Result<(), Error> {
    let report = Object::new();
    let say = |name: &str, value: &JsValue| Reflect::set(&report, &name.into(), value).map(drop);
    let none = JsValue::UNDEFINED;
    for (name, store) in [("record", aside.store), ("tape", if aside.store == RUN { TAPE } else { "" })] {
        if !store.is_empty() {
            let store = transaction.store(store)?;
            let record = store.get(aside.key.clone()).await?;
            say(name, record.as_ref().unwrap_or(&none)).map_err(browser)?;
            store.delete(aside.key.clone()).await?;
        }
    }
    for (name, value) in [("from", aside.store.into()), ("key", aside.key.clone()), ("why", aside.why.as_str().into())]
    {
        say(name, &value).map_err(browser)?;
    }
    transaction.store(DAMAGED)?.add(&report, None).await?;
    Ok(())
}

fn browser(error: JsValue) -> Error {
    Error::Browser(format!("{error:?}"))
}

/// A card of a record, or why it is none.
pub fn card(record: &JsValue) -> Result<Card, String> {
    let text = record.as_string().ok_or("Its card is no text.")?;
    Card::read(&text).map_err(|fault| fault.to_string())
}
