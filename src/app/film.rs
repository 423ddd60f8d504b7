//! The film that plays over the still while the program comes: `public/film.js`.

use crate::browser::now_ms;
use crate::settings::decimal;
use crate::time::Span;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use leptos::web_sys::HtmlElement;

/// How often the film is asked whether it has come to where it is waited for, in milliseconds: at each of its frames.
const FRAME: u32 = 16;

/// A film that plays.
#[derive(Debug, Clone)]
pub struct Film {
    place: HtmlElement,
    /// When it began, by the browser's clock, in milliseconds.
    begun: f64,
}

impl Film {
    /// The film that plays in a picture's place. `None` if none does.
    pub fn over(place: &HtmlElement) -> Option<Film> {
        Some(Film { place: place.clone(), begun: number(place, "data-film-begun")? })
    }

    /// How long it is. Shorter from the moment that it is stopped.
    pub fn lasts(&self) -> Span {
        Span::from_secs_f64(number(&self.place, "data-film-lasts").unwrap_or_default())
    }

    /// How much of it has been seen.
    pub fn passed(&self) -> Span {
        Span::from_secs_f64(((now_ms() - self.begun) / 1e3).max(0.0)).min(self.lasts())
    }

    /// Whether the reader has paused it.
    pub fn is_paused(&self) -> bool {
        self.place.has_attribute("data-film-paused")
    }

    /// Lets it play so far and no further, and waits until it has. Nobody sees a hidden one, and it does not move.
    pub async fn stop_at(&self, moment: Span) {
        let _ = self.place.set_attribute("data-film-until", &moment.as_micros().to_string());
        let is = |attribute| self.place.has_attribute(attribute);
        let moves = || is("data-film-begun") && !is("data-film-stands") && self.passed() < self.lasts();
        while moves() && !document().hidden() {
            TimeoutFuture::new(FRAME).await;
        }
    }
}

fn number(place: &HtmlElement, attribute: &str) -> Option<f64> {
    decimal(&place.get_attribute(attribute)?)
}
