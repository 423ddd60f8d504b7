//! One knob: a slider, a box to type what the slider cannot hold, and a way back to the default.

use leptos::prelude::*;

/// What a knob is called and how far its slider goes. Typed values may go beyond.
#[derive(Debug, Clone, Copy)]
pub struct Dial {
    /// The accessible name: SQLAlchemy's own, where there is one.
    pub name: &'static str,
    /// The unit, if any.
    pub unit: &'static str,
    /// One short sentence.
    pub hint: &'static str,
    /// The slider's ends.
    pub range: (f64, f64),
    /// The slider's step.
    pub step: f64,
    /// Where "back" leads, as text.
    pub default: &'static str,
    /// Whose default that is.
    pub whose: &'static str,
}

/// A knob.
#[component]
pub fn Knob(
    /// What it is called.
    dial: Dial,
    /// The value in force, as text.
    text: Signal<String>,
    /// Where the slider stands for it.
    position: Signal<f64>,
    /// Takes a typed value, or says in a sentence why not.
    take: Callback<String, Result<(), String>>,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<String>);
    // What is being dragged or typed, before it is in force.
    let draft = RwSignal::new(None::<String>);
    let submit = move |typed: String| match take.run(typed.clone()) {
        Ok(()) => {
            refusal.set(None);
            draft.set(None);
        }
        Err(sentence) => {
            refusal.set(Some(sentence));
            draft.set(Some(typed));
        }
    };
    let shown = move || draft.get().unwrap_or_else(|| text.get());
    let hint = format!("hint-{}", dial.name.replace(' ', "-"));
    let error = format!("error-{}", dial.name.replace(' ', "-"));
    let described = format!("{hint} {error}");
    view! {
        <div class="knob">
            <span class="knob-name" aria-hidden="true">{dial.name}</span>
            <input
                type="range"
                aria-label=dial.name
                aria-describedby=hint.clone()
                aria-valuetext=move || format!("{} {}", shown(), dial.unit)
                min=dial.range.0
                max=dial.range.1
                step=dial.step
                prop:value=move || position.get().to_string()
                on:input=move |event| draft.set(Some(event_target_value(&event)))
                on:change=move |event| submit(event_target_value(&event))
            />
            <span class="knob-value">
                <input
                    type="text"
                    inputmode="text"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=dial.name
                    aria-describedby=described
                    aria-invalid=move || refusal.get().is_some().to_string()
                    prop:value=shown
                    on:change=move |event| submit(event_target_value(&event))
                />
                <span class="unit" aria-hidden="true">{dial.unit}</span>
            </span>
            <button
                type="button"
                class="back"
                disabled=move || text.get() == dial.default && refusal.get().is_none()
                aria-label=format!("{} back to {}, {}", dial.name, dial.whose, dial.default)
                on:click=move |_| submit(dial.default.to_string())
            >
                <span aria-hidden="true">{format!("↺ {}", dial.default)}</span>
            </button>
            <p class="hint" id=hint>{dial.hint}</p>
            <p class="complaint" id=error role="alert">{move || refusal.get()}</p>
        </div>
    }
}
