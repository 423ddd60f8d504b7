//! Kept runs and progress in IndexedDB. Records are texts, so that any tool that looks into the database can show them.

use super::error::StorageError;
use super::schema::{PROGRESS, RUN, TAPE};
use super::{StoredRun, boxed};
use crate::indexeddb::{BrowserDatabase, BrowserHandle, BrowserTransaction, DatabaseError, Schema, answer, quarantine};
use crate::progress::{LAST, NAMES, Progress};
use crate::run::{Card, Label, Run};
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbTransactionMode::{self, Readonly, Readwrite};

const NO_TAPE: &str = "Its record of acts is missing.";

/// Kept runs and progress in a database.
#[derive(Debug, Clone)]
pub struct IndexedStorage {
    database: Rc<BrowserDatabase>,
    /// The handle, which stays open so that progress can be written without a wait.
    open: Rc<RefCell<Option<Rc<BrowserHandle>>>>,
}

impl IndexedStorage {
    pub(super) async fn open(name: &str, schema: &'static Schema) -> Result<IndexedStorage, DatabaseError> {
        let database = BrowserDatabase::open(name, schema).await?;
        let storage = IndexedStorage { database, open: Rc::default() };
        storage.handle().await?;
        Ok(storage)
    }

    pub(super) async fn list(&self) -> Result<(Vec<StoredRun>, Vec<String>), StorageError> {
        let (_handle, transaction) = self.begin(&[RUN, TAPE], Readonly).await?;
        let tapes = array(answer(transaction.store(TAPE)?.get_all_keys()).await?);
        let cards = array(answer(transaction.store(RUN)?.get_all()).await?);
        let keys = array(answer(transaction.store(RUN)?.get_all_keys()).await?);
        drop(transaction);
        let tapes: Vec<Option<u32>> = tapes.iter().map(|key| number(&key)).collect();
        let (mut runs, mut sentences) = (Vec::new(), Vec::new());
        for (key, record) in keys.iter().zip(cards.iter()) {
            let id = number(&key).filter(|&id| tapes.contains(&Some(id)));
            let why = match (card(&record), id) {
                (Ok(card), Some(id)) => {
                    runs.push(StoredRun { id, card });
                    continue;
                }
                (Ok(_), None) => NO_TAPE.into(),
                (Err(why), _) => why,
            };
            sentences.push(self.quarantine(&[RUN, TAPE], &key, why).await?.to_string());
        }
        Ok((runs, sentences))
    }

    /// Keeps a run, under this number if no other run has it.
    pub(super) async fn put(&self, id: Option<u32>, run: &Run) -> Result<u32, StorageError> {
        let (_handle, transaction) = self.begin(&[RUN, TAPE], Readwrite).await?;
        let cards = transaction.store(RUN)?;
        let card = run.card.write().into();
        let id = match id {
            Some(id) if number(&answer(cards.count_with_key(&id.into())).await?) == Some(0) => Some(id),
            _ => None,
        };
        let key = answer(match id {
            Some(id) => cards.put_with_key(&card, &id.into()),
            None => cards.put(&card),
        });
        let key = key.await?;
        answer(transaction.store(TAPE)?.put_with_key(&run.write().into(), &key)).await?;
        transaction.end(Ok(())).await?;
        number(&key).ok_or_else(|| StorageError::Browser("it gave no number.".into()))
    }

    pub(super) async fn run(&self, id: u32) -> Result<Run, StorageError> {
        let (_handle, transaction) = self.begin(&[RUN, TAPE], Readonly).await?;
        let record = answer(transaction.store(RUN)?.get(&id.into())).await?;
        let tape = answer(transaction.store(TAPE)?.get(&id.into())).await?;
        drop(transaction);
        if record.is_undefined() {
            return Err(StorageError::Gone);
        }
        let run = card(&record).and_then(|card| {
            let text = tape.as_string().ok_or(NO_TAPE)?;
            let mut run = Run::read(&text).map_err(|error| error.to_string())?;
            run.card.label = card.label; // It may have been renamed since.
            Ok(run)
        });
        match run {
            Ok(run) => Ok(run),
            Err(why) => Err(self.quarantine(&[RUN, TAPE], &id.into(), why).await?),
        }
    }

    pub(super) async fn rename(&self, id: u32, name: &str) -> Result<(), StorageError> {
        let (_handle, transaction) = self.begin(&[RUN], Readwrite).await?;
        let cards = transaction.store(RUN)?;
        let record = answer(cards.get(&id.into())).await?;
        if record.is_undefined() {
            return Err(StorageError::Gone);
        }
        let mut card = card(&record).map_err(StorageError::Damaged)?;
        card.label = Label::new(name, &card.label.made, &card.label.scene);
        answer(cards.put_with_key(&card.write().into(), &id.into())).await?;
        Ok(transaction.end(Ok(())).await?)
    }

    pub(super) async fn remove(&self, id: u32) -> Result<(), StorageError> {
        let (_handle, transaction) = self.begin(&[RUN, TAPE], Readwrite).await?;
        for store in [RUN, TAPE] {
            answer(transaction.store(store)?.delete(&id.into())).await?;
        }
        Ok(transaction.end(Ok(())).await?)
    }

    pub(super) async fn progress(&self) -> Result<Progress, StorageError> {
        let (_handle, transaction) = self.begin(&[PROGRESS], Readonly).await?;
        let keys = array(answer(transaction.store(PROGRESS)?.get_all_keys()).await?);
        drop(transaction);
        let mut progress = Progress::default();
        for key in keys.iter() {
            match number(&key).filter(|&number| number <= LAST.into()) {
                Some(number) => drop(progress.add_number(number as u16)),
                None => {
                    let why = "Nothing that is done has such a number.".into();
                    self.quarantine(&[PROGRESS], &key, why).await?;
                }
            }
        }
        Ok(progress)
    }

    /// Adds numbers. The records that are there are not changed: a later page may have a name for a number that this page
    /// does not know.
    pub(super) async fn note(&self, progress: &Progress) -> Result<(), StorageError> {
        let known = self.progress().await?;
        let new: Vec<u16> =
            progress.numbers().filter(|&number| !known.numbers().any(|other| other == number)).collect();
        if !new.is_empty() {
            let (_handle, transaction) = self.begin(&[PROGRESS], Readwrite).await?;
            let written = write(&transaction, new);
            transaction.end(written).await?;
        }
        Ok(())
    }

    /// Writes numbers without a wait, on the handle that is open.
    pub(super) fn note_now(&self, new: &Progress) {
        if let Some(handle) = &*self.open.borrow()
            && let Ok(transaction) = handle.begin(&[PROGRESS], Readwrite)
            && write(&transaction, new.numbers()).is_ok()
        {
            transaction.send_off();
        }
    }

    /// The handle, opened anew if it has closed: for another tab's newer version, or because the database was deleted.
    async fn handle(&self) -> Result<Rc<BrowserHandle>, DatabaseError> {
        if let Some(handle) = self.open.borrow().as_ref().filter(|handle| handle.is_open()) {
            return Ok(handle.clone());
        }
        let handle = Rc::new(boxed(self.database.connect()).await?);
        *self.open.borrow_mut() = Some(handle.clone());
        Ok(handle)
    }

    /// Begins a transaction.
    async fn begin(
        &self,
        stores: &[&str],
        mode: IdbTransactionMode,
    ) -> Result<(Rc<BrowserHandle>, BrowserTransaction), DatabaseError> {
        let handle = self.handle().await?;
        let transaction = handle.begin(stores, mode)?;
        Ok((handle, transaction))
    }

    /// Moves the records with this key, as they are, to quarantine. Gives the error that says so.
    async fn quarantine(
        &self,
        stores: &[&'static str],
        key: &JsValue,
        why: String,
    ) -> Result<StorageError, DatabaseError> {
        let report = |key: &JsValue, records: &[JsValue]| {
            records.first().filter(|record| !record.is_undefined())?;
            let report = Array::of3(&stores.first().copied().into(), key, &why.as_str().into());
            for record in records {
                let record = if record.is_undefined() { JsValue::NULL } else { record.clone() };
                report.push(&record);
            }
            Some(report.into())
        };
        let handle = self.handle().await?;
        quarantine(&handle, stores, std::slice::from_ref(key), &report).await?;
        Ok(StorageError::Damaged(why))
    }
}

/// Asks for these numbers to be written, without waiting for each: if one fails, the end of the transaction says so.
fn write(transaction: &BrowserTransaction, numbers: impl IntoIterator<Item = u16>) -> Result<(), DatabaseError> {
    let store = transaction.store(PROGRESS)?;
    for number in numbers {
        let name = NAMES.get(usize::from(number)).copied().unwrap_or_default();
        store.put_with_key(&name.into(), &number.into())?;
    }
    Ok(())
}

fn array(value: JsValue) -> Array {
    value.unchecked_into()
}

/// The card in a record, or what is wrong with the record.
fn card(record: &JsValue) -> Result<Card, String> {
    let text = record.as_string().ok_or("Its card is no text.")?;
    Card::read(&text).map_err(|error| error.to_string())
}

/// A key as a whole number.
fn number(key: &JsValue) -> Option<u32> {
    key.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0 && *number < 4e9).map(|number| number as u32)
}
