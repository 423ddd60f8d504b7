//! Kept runs in the browser's own database. Records are texts, so that whatever looks into it can read them.

use super::aside::{Aside, set_aside};
use super::error::Error;
use super::layout::{DAMAGED, Layout, PROGRESS, RUN, TAPE};
use super::{Kept, aside, boxed};
use crate::progress::{NAMES, Progress};
use crate::run::{Label, Run};
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use rexie::{Rexie, Transaction, TransactionMode};
use std::pin::pin;
use wasm_bindgen::JsValue;

/// How long the browser may take to open the database, in seconds. Some never answer.
const DEADLINE: u32 = 3;

/// A database by its name, and how it is laid out.
#[derive(Debug)]
pub struct Indexed {
    name: String,
    layout: &'static Layout,
}

impl Indexed {
    pub(super) fn new(name: &str, layout: &'static Layout) -> Indexed {
        Indexed { name: name.into(), layout }
    }

    async fn open(&self) -> Result<Rexie, Error> {
        let opening = pin!(self.layout.builder(&self.name).build());
        match select(opening, TimeoutFuture::new(DEADLINE * 1_000)).await {
            Either::Left((database, _)) => Ok(database?),
            Either::Right(_) => Err(Error::NoAnswer(DEADLINE)),
        }
    }

    /// Does something in one transaction: all of it, or, after an error, none.
    async fn transact<T>(
        &self,
        mode: TransactionMode,
        deed: impl AsyncFnOnce(&Transaction) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let database = boxed(self.open()).await?;
        let transaction = match database.transaction(&[RUN, TAPE, PROGRESS, DAMAGED], mode) {
            Ok(transaction) => transaction,
            Err(error) => {
                database.close();
                return Err(error.into());
            }
        };
        let done = deed(&transaction).await;
        let ended = boxed(end(transaction, done.is_ok())).await;
        database.close();
        let value = done?;
        ended?;
        Ok(value)
    }

    /// The numbers of all runs.
    pub(super) async fn numbers(&self) -> Result<Vec<JsValue>, Error> {
        self.transact(TransactionMode::ReadOnly, async |transaction| {
            Ok(transaction.store(RUN)?.get_all_keys(None, None).await?)
        })
        .await
    }

    pub(super) async fn list(&self) -> Result<(Vec<Kept>, Vec<String>), Error> {
        let read = async |transaction: &Transaction| {
            let runs = transaction.store(RUN)?;
            let (keys, cards) = (runs.get_all_keys(None, None).await?, runs.get_all(None, None).await?);
            let tapes = transaction.store(TAPE)?.get_all_keys(None, None).await?;
            Ok((keys, cards, tapes))
        };
        let (keys, cards, tapes) = self.transact(TransactionMode::ReadOnly, read).await?;
        let tapes: Vec<Option<u32>> = tapes.iter().map(number).collect();
        let (mut kept, mut damaged) = (Vec::new(), Vec::new());
        for (key, record) in keys.into_iter().zip(cards) {
            match (number(&key), aside::card(&record)) {
                (Some(id), Ok(card)) if tapes.contains(&Some(id)) => kept.push(Kept { id, card }),
                (_, Ok(_)) => damaged.push(Aside { store: RUN, key, why: "Its record of acts is missing.".into() }),
                (_, Err(why)) => damaged.push(Aside { store: RUN, key, why }),
            }
        }
        let sentences = damaged.iter().map(|aside| Error::Damaged(aside.why.clone()).to_string()).collect();
        self.set_aside(damaged).await?;
        Ok((kept, sentences))
    }

    pub(super) async fn put(&self, id: Option<u32>, run: &Run) -> Result<u32, Error> {
        let (card, tape) = (JsValue::from(run.card.write()), JsValue::from(run.write()));
        self.transact(TransactionMode::ReadWrite, async |transaction| {
            let key = transaction.store(RUN)?.put(&card, id.map(JsValue::from).as_ref()).await?;
            transaction.store(TAPE)?.put(&tape, Some(&key)).await?;
            number(&key).ok_or_else(|| Error::Browser("it gave no number.".into()))
        })
        .await
    }

    pub(super) async fn run(&self, id: u32) -> Result<Run, Error> {
        let read = async |transaction: &Transaction| {
            let card = transaction.store(RUN)?.get(id.into()).await?.ok_or(Error::Gone)?;
            Ok((card, transaction.store(TAPE)?.get(id.into()).await?))
        };
        let (card, tape) = self.transact(TransactionMode::ReadOnly, read).await?;
        let found = aside::card(&card).and_then(|card| {
            let text = tape.and_then(|tape| tape.as_string()).ok_or("Its record of acts is missing.")?;
            let mut run = Run::read(&text).map_err(|fault| fault.to_string())?;
            run.card.label = card.label; // which may have another name since
            Ok(run)
        });
        match found {
            Ok(run) => Ok(run),
            Err(why) => {
                self.set_aside(vec![Aside { store: RUN, key: id.into(), why: why.clone() }]).await?;
                Err(Error::Damaged(why))
            }
        }
    }

    pub(super) async fn rename(&self, id: u32, name: &str) -> Result<(), Error> {
        self.transact(TransactionMode::ReadWrite, async |transaction| {
            let runs = transaction.store(RUN)?;
            let record = runs.get(id.into()).await?.ok_or(Error::Gone)?;
            let mut card = aside::card(&record).map_err(Error::Damaged)?;
            card.label = Label::new(name, &card.label.made, &card.label.scene);
            runs.put(&JsValue::from(card.write()), Some(&id.into())).await?;
            Ok(())
        })
        .await
    }

    pub(super) async fn remove(&self, id: u32) -> Result<(), Error> {
        self.transact(TransactionMode::ReadWrite, async |transaction| {
            transaction.store(RUN)?.delete(id.into()).await?;
            transaction.store(TAPE)?.delete(id.into()).await?;
            Ok(())
        })
        .await
    }

    pub(super) async fn progress(&self) -> Result<Progress, Error> {
        let read = async |transaction: &Transaction| Ok(transaction.store(PROGRESS)?.get_all_keys(None, None).await?);
        let mut progress = Progress::default();
        let mut damaged = Vec::new();
        for key in self.transact(TransactionMode::ReadOnly, read).await? {
            match number(&key).and_then(|number| u16::try_from(number).ok()) {
                Some(number) if number <= crate::progress::LAST => {
                    progress.add_number(number);
                }
                _ => {
                    damaged.push(Aside { store: PROGRESS, key, why: "Nothing that is done has such a number.".into() })
                }
            }
        }
        self.set_aside(damaged).await?;
        Ok(progress)
    }

    pub(super) async fn note(&self, progress: &Progress) -> Result<(), Error> {
        self.transact(TransactionMode::ReadWrite, async |transaction| {
            let store = transaction.store(PROGRESS)?;
            for number in progress.numbers() {
                let name = NAMES.get(usize::from(number)).copied();
                if name.is_some() || !store.key_exists(number.into()).await? {
                    store.put(&name.unwrap_or_default().into(), Some(&number.into())).await?;
                }
            }
            Ok(())
        })
        .await
    }

    async fn set_aside(&self, damaged: Vec<Aside>) -> Result<(), Error> {
        if damaged.is_empty() {
            return Ok(());
        }
        self.transact(TransactionMode::ReadWrite, async |transaction| {
            for aside in &damaged {
                set_aside(transaction, aside).await?;
            }
            Ok(())
        })
        .await
    }
}

/// Writes all of it down, or none.
async fn end(transaction: Transaction, well: bool) -> Result<(), Error> {
    if well {
        transaction.commit().await?;
    } else {
        let _ = transaction.abort().await; // it may be over already
    }
    Ok(())
}

/// A whole number that is a key.
fn number(key: &JsValue) -> Option<u32> {
    key.as_f64().filter(|number| *number >= 0.0 && number.fract() == 0.0 && *number < 4e9).map(|number| number as u32)
}
