//! Kept runs in the browser's own database. Records are texts, so that whatever looks into it can read them.

use super::StoredRun;
use super::error::StorageError;
use super::schema::{DAMAGED, Layout, PROGRESS, RUN, TAPE};
use super::step::{Ask, Key, Steps, Write};
use crate::progress::{LAST, NAMES, Progress};
use crate::run::{Card, Label, Run};
use js_sys::Array;
use wasm_bindgen::JsValue;

const NO_TAPE: &str = "Its record of acts is missing.";

/// Kept runs and progress in a database.
#[derive(Debug)]
pub struct Indexed(Steps);

/// What cannot be read, and why.
struct Quarantined {
    store: &'static str,
    key: JsValue,
    why: String,
}

impl Indexed {
    pub(super) fn new(name: &str, layout: &'static Layout) -> Indexed {
        Indexed(Steps::new(name, layout))
    }

    /// Whether the database is there, and is one of ours.
    pub(super) async fn try_it(&self) -> Result<(), StorageError> {
        self.0.read(vec![Ask::Keys(RUN)]).await.map(drop)
    }

    pub(super) async fn list(&self) -> Result<(Vec<StoredRun>, Vec<String>), StorageError> {
        let mut found = self.0.read(vec![Ask::Keys(TAPE), Ask::All(RUN), Ask::Keys(RUN)]).await?;
        let (keys, cards) = (found.pop().unwrap_or_default(), found.pop().unwrap_or_default());
        let tapes: Vec<Option<u32>> = found.iter().flatten().map(number).collect();
        let (mut kept, mut damaged) = (Vec::new(), Vec::new());
        for (key, record) in keys.into_iter().zip(cards) {
            let id = number(&key).filter(|&id| tapes.contains(&Some(id)));
            let why = match (card(&record), id) {
                (Ok(card), Some(id)) => {
                    kept.push(StoredRun { id, card });
                    continue;
                }
                (Ok(_), None) => NO_TAPE.into(),
                (Err(why), _) => why,
            };
            damaged.push(Quarantined { store: RUN, key, why });
        }
        let mut sentences = Vec::new();
        for quarantined in damaged {
            sentences.push(self.quarantine(quarantined).await?.to_string());
        }
        Ok((kept, sentences))
    }

    pub(super) async fn put(&self, id: Option<u32>, run: &Run) -> Result<u32, StorageError> {
        let key = id.map_or(Key::New, |id| Key::Is(id.into()));
        let card = Write { store: RUN, key, record: Some(run.card.write().into()) };
        let tape = Write { store: TAPE, key: Key::Same, record: Some(run.write().into()) };
        let key = self.0.write(None, vec![card, tape]).await?;
        number(&key).ok_or_else(|| StorageError::Browser("it gave no number.".into()))
    }

    pub(super) async fn run(&self, id: u32) -> Result<Run, StorageError> {
        let mut found = self.0.read(vec![Ask::One(RUN, id.into()), Ask::One(TAPE, id.into())]).await?;
        let (tape, record) = (found.pop().unwrap_or_default().pop(), found.pop().unwrap_or_default().pop());
        let record = record.ok_or(StorageError::Gone)?;
        let run = card(&record).and_then(|card| {
            let text = tape.and_then(|tape| tape.as_string()).ok_or(NO_TAPE)?;
            let mut run = Run::read(&text).map_err(|fault| fault.to_string())?;
            run.card.label = card.label; // which may have another name since
            Ok(run)
        });
        match run {
            Ok(run) => Ok(run),
            Err(why) => Err(self.quarantine(Quarantined { store: RUN, key: id.into(), why }).await?),
        }
    }

    pub(super) async fn rename(&self, id: u32, name: &str) -> Result<(), StorageError> {
        let mut found = self.0.read(vec![Ask::One(RUN, id.into())]).await?;
        let record = found.pop().unwrap_or_default().pop().ok_or(StorageError::Gone)?;
        let mut card = card(&record).map_err(StorageError::Damaged)?;
        card.label = Label::new(name, &card.label.made, &card.label.scene);
        let write = Write { store: RUN, key: Key::Is(id.into()), record: Some(card.write().into()) };
        self.0.write(Some(id), vec![write]).await.map(drop)
    }

    pub(super) async fn remove(&self, id: u32) -> Result<(), StorageError> {
        let delete = |store| Write { store, key: Key::Is(id.into()), record: None };
        self.0.write(None, vec![delete(RUN), delete(TAPE)]).await.map(drop)
    }

    pub(super) async fn progress(&self) -> Result<Progress, StorageError> {
        let mut progress = Progress::default();
        for key in self.0.read(vec![Ask::Keys(PROGRESS)]).await?.into_iter().flatten() {
            match number(&key).filter(|&number| number <= LAST.into()) {
                Some(number) => drop(progress.add_number(number as u16)),
                None => {
                    let why = "Nothing that is done has such a number.".into();
                    self.quarantine(Quarantined { store: PROGRESS, key, why }).await?;
                }
            }
        }
        Ok(progress)
    }

    /// Of what is there already nothing is changed: a later page may have a name for it.
    pub(super) async fn note(&self, progress: &Progress) -> Result<(), StorageError> {
        let known = self.progress().await?;
        let new = progress.numbers().filter(|&number| !known.numbers().any(|other| other == number));
        let write = |number: u16| {
            let name = NAMES.get(usize::from(number)).copied().unwrap_or_default();
            Write { store: PROGRESS, key: Key::Is(number.into()), record: Some(name.into()) }
        };
        let writes: Vec<Write> = new.map(write).collect();
        if writes.is_empty() { Ok(()) } else { self.0.write(None, writes).await.map(drop) }
    }

    /// Moves it, as it is, to where nobody reads it by mistake: from where, its number, the reason, and the records.
    async fn quarantine(&self, quarantined: Quarantined) -> Result<StorageError, StorageError> {
        let Quarantined { store, key, why } = quarantined;
        let stores: &[&'static str] = if store == RUN { &[RUN, TAPE] } else { &[store] };
        let found = self.0.read(stores.iter().map(|store| Ask::One(store, key.clone())).collect()).await?;
        let report = Array::of3(&store.into(), &key, &why.as_str().into());
        for records in found {
            report.push(records.first().unwrap_or(&JsValue::NULL));
        }
        let mut writes = vec![Write { store: DAMAGED, key: Key::New, record: Some(report.into()) }];
        writes.extend(stores.iter().map(|store| Write { store, key: Key::Is(key.clone()), record: None }));
        self.0.write(None, writes).await?;
        Ok(StorageError::Damaged(why))
    }
}

/// A card of a record, or why it is none.
fn card(record: &JsValue) -> Result<Card, String> {
    let text = record.as_string().ok_or("Its card is no text.")?;
    Card::read(&text).map_err(|fault| fault.to_string())
}

/// A whole number that is a key.
fn number(key: &JsValue) -> Option<u32> {
    key.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0 && *number < 4e9).map(|number| number as u32)
}
