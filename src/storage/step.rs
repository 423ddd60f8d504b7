//! One step in the database: some reads or some writes, all of them or none.

use super::boxed;
use super::error::StorageError;
use super::schema::{DAMAGED, Layout, PROGRESS, RUN, TAPE};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use rexie::{Rexie, Transaction, TransactionMode};
use std::pin::pin;
use wasm_bindgen::JsValue;

/// How long the browser may take to open the database, in seconds. Some never answer.
const DEADLINE: u32 = 3;

/// What is read of a store, in order of the keys.
pub enum Ask {
    Keys(&'static str),
    All(&'static str),
    /// None or one.
    One(&'static str, JsValue),
}

/// A record that is written, or, without one, deleted.
pub struct Write {
    pub store: &'static str,
    pub key: Key,
    pub record: Option<JsValue>,
}

/// Where.
pub enum Key {
    Is(JsValue),
    /// The next number, which the database gives.
    New,
    /// The same as in the write before.
    Same,
}

/// A database by its name, and how it is laid out. Opened for each step.
#[derive(Debug)]
pub struct Steps {
    name: String,
    layout: &'static Layout,
}

impl Steps {
    pub fn new(name: &str, layout: &'static Layout) -> Steps {
        Steps { name: name.into(), layout }
    }

    /// Reads.
    pub async fn read(&self, asks: Vec<Ask>) -> Result<Vec<Vec<JsValue>>, StorageError> {
        let (database, transaction) = boxed(self.begin(TransactionMode::ReadOnly)).await?;
        let found = answer(&transaction, asks).await;
        database.close();
        found
    }

    /// Writes. After an error nothing is changed. `Gone` if there must be a run of a number, and is none. Gives the last key.
    pub async fn write(&self, must: Option<u32>, writes: Vec<Write>) -> Result<JsValue, StorageError> {
        let (database, transaction) = boxed(self.begin(TransactionMode::ReadWrite)).await?;
        let mut done = carry_out(&transaction, must, writes).await;
        if done.is_err() {
            let _ = transaction.abort().await; // it may be over already
        } else if let Err(error) = transaction.commit().await {
            done = Err(error.into());
        }
        database.close();
        done
    }

    async fn begin(&self, mode: TransactionMode) -> Result<(Rexie, Transaction), StorageError> {
        let opening = pin!(self.layout.builder(&self.name).build());
        let database = match select(opening, TimeoutFuture::new(DEADLINE * 1_000)).await {
            Either::Left((database, _)) => database?,
            Either::Right(_) => return Err(StorageError::NoAnswer(DEADLINE)),
        };
        match database.transaction(&[RUN, TAPE, PROGRESS, DAMAGED], mode) {
            Ok(transaction) => Ok((database, transaction)),
            Err(error) => {
                database.close();
                Err(error.into())
            }
        }
    }
}

async fn answer(transaction: &Transaction, asks: Vec<Ask>) -> Result<Vec<Vec<JsValue>>, StorageError> {
    let mut found = Vec::with_capacity(asks.len());
    for ask in asks {
        found.push(match ask {
            Ask::Keys(store) => transaction.store(store)?.get_all_keys(None, None).await?,
            Ask::All(store) => transaction.store(store)?.get_all(None, None).await?,
            Ask::One(store, key) => transaction.store(store)?.get(key).await?.into_iter().collect(),
        });
    }
    Ok(found)
}

async fn carry_out(transaction: &Transaction, must: Option<u32>, writes: Vec<Write>) -> Result<JsValue, StorageError> {
    if let Some(id) = must
        && transaction.store(RUN)?.get(id.into()).await?.is_none()
    {
        return Err(StorageError::Gone);
    }
    let mut last = JsValue::UNDEFINED;
    for Write { store, key, record } in writes {
        let store = transaction.store(store)?;
        let key = match key {
            Key::Is(key) => Some(key),
            Key::New => None,
            Key::Same => Some(last.clone()),
        };
        match (record, key) {
            (Some(record), key) => last = store.put(&record, key.as_ref()).await?,
            (None, Some(key)) => store.delete(key).await?,
            (None, None) => {}
        }
    }
    Ok(last)
}
