//! Radio buttons for a [`Choice`], which is no setting of the pool.

use crate::lesson::Choice;
use leptos::prelude::*;

/// The options of a choice: which one is chosen `now`, if one is, and what `turn`s it. `first` is said after the first option,
/// which stands until another is chosen. No other radio button on the page is of this `group`.
pub fn ways(
    choice: &'static Choice,
    group: &str,
    first: &'static str,
    now: impl Fn() -> Option<String> + Send + Sync + 'static,
    turn: impl Fn(String) + Copy + Send + Sync + 'static,
) -> AnyView {
    let now = Memo::new(move |_| now().unwrap_or_else(|| choice.options[0].to_owned()));
    let option = |&option: &'static &'static str| {
        view! {
            <label>
                <input
                    type="radio"
                    name=group.to_owned()
                    prop:checked=move || now.get() == option
                    on:change=move |_| turn(option.to_owned())
                />
                <span>{option} {(option == choice.options[0]).then_some(first)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="ways">
            <legend>{choice.title}</legend>
            {choice.options.iter().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}
