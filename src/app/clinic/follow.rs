//! Follows a file while a program writes it: what its pool does is on the lot, a moment later.

use super::read_file::Progress;
use super::visit::Visit;
use crate::browser::{FollowedFile, Pieces};
use crate::format::many;
use crate::log::LogReader;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// How often the file is looked at, in milliseconds: the recorder writes as often.
const AGAIN: u32 = 1_000;

/// Lets the reader choose a file, and follows it until the reader stops. Then all of it is said.
pub fn follow(visit: Visit, progress: Progress, said: RwSignal<String>) {
    spawn_local(async move {
        let Some(file) = FollowedFile::choose().await else {
            return said.set("No file was chosen.".into());
        };
        let number = progress.begin();
        let mut growing = Growing::default();
        while progress.goes_on(number) {
            let Ok(grew) = growing.look(&file).await else {
                said.set(format!("{} cannot be read any more.", growing.name));
                progress.cancel();
                break;
            };
            if grew && progress.goes_on(number) {
                visit.show_newest(growing.reader.clone().finish());
            }
            let checkouts = usize::try_from(growing.reader.checkouts()).unwrap_or(usize::MAX);
            said.set(format!("Following {}: {} so far.", growing.name, many(checkouts, "checkout")));
            TimeoutFuture::new(AGAIN).await;
        }
        let log = growing.reader.finish();
        let rest = log.rest.clone();
        visit.examine_with(&rest, log);
    });
}

/// A file that grows, as far as it is read.
#[derive(Debug, Default)]
struct Growing {
    name: String,
    read: f64,
    reader: LogReader,
}

impl Growing {
    /// Reads what is new. A file that is shorter than it was is another one. Whether there was anything new.
    async fn look(&mut self, file: &FollowedFile) -> Result<bool, leptos::wasm_bindgen::JsValue> {
        let now = file.now().await?;
        if now.size() < self.read {
            *self = Growing::default();
        }
        self.name = now.name();
        let before = self.read;
        if now.size() > before
            && let Some(mut pieces) = Pieces::from(&now, before)
        {
            while let Some(piece) = pieces.next().await? {
                self.read += piece.len() as f64;
                self.reader.feed(&piece);
            }
        }
        Ok(self.read > before)
    }
}
