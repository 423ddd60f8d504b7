//! The cause: what it may be, the reader's guesses, and what speaks against the wrong ones.

use super::incident::Incident;
use crate::clinic::Cause;
use crate::daily::GUESSES;
use leptos::prelude::*;

/// The choice, and what came of it.
pub fn view(incident: Incident) -> AnyView {
    let outage = incident.outage();
    let (cause, offered) = (outage.cause, outage.offered.clone());
    let chosen = RwSignal::new(None::<Cause>);
    let guessed = move |guess: Cause| incident.record().has_found(guess);
    let options = offered.into_iter().map(move |option| {
        let mark = move || match (guessed(option), incident.is_decided()) {
            (true, _) if option == cause => Some("right"),
            (true, _) => Some("wrong"),
            (false, true) if option == cause => Some("right"),
            _ => None,
        };
        let word = move || match mark() {
            Some("right") => " ✓ the cause",
            Some(_) => " ✗ not the cause",
            None => "",
        };
        view! {
            <label data-mark=mark>
                <input
                    type="radio"
                    name="daily-cause"
                    value=option.name()
                    disabled=move || incident.is_decided() || guessed(option)
                    on:change=move |_| chosen.set(Some(option))
                />
                <span>{option.title()} <strong>{word}</strong></span>
            </label>
        }
    });
    let submit = move |_| {
        if let Some(guess) = chosen.get_untracked() {
            chosen.set(None);
            incident.guess(guess);
        }
    };
    let said = move || {
        let Some(reply) = incident.reply() else {
            return "Read what is known, watch the lot, and decide. You have three guesses.".to_owned();
        };
        let left = GUESSES.saturating_sub(incident.record().guesses.len());
        let next = match (reply.is_right, left) {
            (true, _) => String::new(),
            (false, 0) => format!(" It is this: {}. {}", lower(cause.title()), cause.says()),
            (false, 1) => " One guess is left.".into(),
            (false, left) => format!(" {left} guesses are left."),
        };
        let verdict = if reply.is_right { "That is it. " } else { "No. " };
        format!("{verdict}{} {}{next}", reply.says, reply.without)
    };
    view! {
        <div class="guessing" class:decided=move || incident.is_decided()>
            <fieldset class="ways">
                <legend>"1. What is the cause?"</legend>
                {options.collect_view()}
                <button
                    type="button"
                    class="primary"
                    hidden=move || incident.is_decided()
                    aria-disabled=move || chosen.get().is_none().to_string()
                    on:click=submit
                >
                    "That is it"
                </button>
            </fieldset>
            <p class="said" role="status" data-figure="reply">{said}</p>
        </div>
    }
    .into_any()
}

/// A title in a sentence.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
