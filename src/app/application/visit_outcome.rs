//! Says how requests ended, once the last of them has its response.

use super::requests_view::RequestsView;
use crate::app::controls::Controls;
use leptos::prelude::*;

/// How many requests had ended when the application was last idle, and whether some have been waiting since.
#[derive(Debug, Default)]
pub struct VisitOutcome {
    ended: (u64, u64),
    waits: bool,
}

impl VisitOutcome {
    /// Says a sentence when the last open request gets its response.
    pub fn tell(&mut self, controls: &Controls, requests: RwSignal<RequestsView>) {
        let (unanswered, ended) = requests.with_untracked(|requests| (requests.unanswered, requests.ended));
        if unanswered > 0 {
            self.waits = true;
            return;
        }
        // The reader may have gone back in time, so the counts may be lower than before.
        let served = ended.0.saturating_sub(self.ended.0);
        let failed = ended.1.saturating_sub(self.ended.1);
        if std::mem::take(&mut self.waits) {
            controls.say(&if served + failed > 1 {
                format!("All are answered: {served} served, {failed} failed.")
            } else {
                requests.with_untracked(words)
            });
        }
        self.ended = ended;
    }
}

fn words(requests: &RequestsView) -> String {
    let Some(chosen) = &requests.chosen else { return String::new() };
    let (number, path) = (chosen.summary.number, chosen.summary.path);
    let status = chosen.summary.status.map_or(String::new(), |status| status.to_string());
    match chosen.raised.as_deref().and_then(|raised| raised.split(':').next()) {
        Some(class) => format!("Request {number} to {path}: {status}, {class}."),
        None => format!("Request {number} to {path}: {status}."),
    }
}
