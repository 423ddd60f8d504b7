//! Reads a file in pieces, `.gz` too: a log may be larger than what fits into the page at once.

use super::paste_box::EMPTY;
use super::visit::Visit;
use crate::browser::{Pieces, now_ms};
use crate::log::LogReader;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::web_sys::File;
use wasm_bindgen_futures::spawn_local;

/// A text up to this size is looked at as if it were pasted, in bytes. Of a longer file the errors and the pool's log are.
const WHOLE: usize = 1_500_000;
/// How long is read before the page has its turn, in milliseconds.
const TURN: f64 = 8.0;
/// What is read at once before the time is looked at.
const STEP: usize = 64 * 1_024;

/// Whether a file is being read. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Progress {
    /// Which file is being read, counted from 1; 0 if none is.
    reading: RwSignal<u32>,
    files: StoredValue<u32>,
}

impl Progress {
    /// None is.
    pub fn idle() -> Progress {
        Progress { reading: RwSignal::new(0), files: StoredValue::new(0) }
    }

    /// Whether one is.
    pub fn is_reading(self) -> bool {
        self.reading.get() > 0
    }

    /// Stops reading.
    pub fn cancel(self) {
        self.reading.set(0);
    }

    /// Another file is being read: its number.
    pub fn begin(self) -> u32 {
        self.files.update_value(|files| *files += 1);
        let file = self.files.get_value();
        self.reading.set(file);
        file
    }

    /// Whether that file is still the one.
    pub fn goes_on(self, file: u32) -> bool {
        self.reading.get_untracked() == file
    }
}

/// Reads a file, and says how far it is.
pub fn read(visit: Visit, file: File, progress: Progress, said: RwSignal<String>) {
    let number = progress.begin();
    spawn_local(async move {
        let name = file.name();
        let told = read_all(&file, progress, number, said).await;
        if !progress.goes_on(number) {
            return said.set(format!("{name} is read no further."));
        }
        progress.cancel();
        let is_told = told.map(|(text, log)| visit.examine_with(&text, log));
        said.set(match is_told {
            Some(true) => format!("{name} is read."),
            Some(false) => format!("{name} {EMPTY}"),
            None => format!("The browser could not read {name}."),
        });
    });
}

/// All of it: the text, or what of it is not the pool's, and the pool's log. `None` if the browser cannot read it or the reader
/// stopped.
async fn read_all(
    file: &File,
    progress: Progress,
    number: u32,
    said: RwSignal<String>,
) -> Option<(String, crate::log::Log)> {
    let mut pieces = Pieces::of(file)?;
    let (mut reader, mut whole, mut bytes) = (LogReader::new(), Vec::new(), 0_usize);
    let mut turn = now_ms();
    while let Some(piece) = pieces.next().await.ok()? {
        if whole.len() <= WHOLE {
            whole.extend_from_slice(&piece[..piece.len().min(WHOLE + 1 - whole.len())]);
        }
        for part in piece.chunks(STEP) {
            reader.feed(part);
            bytes += part.len();
            if now_ms() - turn > TURN {
                let megabytes = bytes as f64 / 1e6;
                said.set(format!("{megabytes:.0} MB read, {} checkouts.", reader.checkouts()));
                TimeoutFuture::new(0).await;
                turn = now_ms();
                if !progress.goes_on(number) {
                    return None;
                }
            }
        }
    }
    let log = reader.finish();
    let text = if whole.len() > WHOLE { log.rest.clone() } else { String::from_utf8_lossy(&whole).into_owned() };
    Some((text, log))
}
