//! One kept run, and what can be done with it.

use super::shelf::Shelf;
use crate::app::figures::duration;
use crate::keep::Kept;
use crate::time::Span;
use leptos::prelude::*;

/// Two rows of the table: figures, and buttons under them.
#[component]
pub fn Row(
    /// The list's state.
    shelf: Shelf,
    /// The run.
    kept: Kept,
) -> impl IntoView {
    let Kept { id, card } = kept;
    let name = card.label.name.clone();
    let made = format!("{}{}, {}", if card.real { "real database, " } else { "" }, card.label.scene, card.label.made);
    let renaming = RwSignal::new(false);
    let button = move |what: &'static str, deed: fn(&Shelf, u32)| {
        let label = format!("{what}: {name}");
        view! { <button type="button" aria-label=label on:click=move |_| deed(&shelf, id)>{what}</button> }
    };
    let buttons = [button.clone()("Replay", Shelf::replay), button.clone()("Export", Shelf::export)];
    let delete = button("Delete", Shelf::delete);
    let name = card.label.name;
    let (of_box, of_compare, of_rename) =
        (format!("New name of {name}"), format!("Compare: {name}"), format!("Rename: {name}"));
    let shown = name.clone();
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let rename = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        renaming.set(false);
        shelf.rename(id, typed);
    };
    let form = move || {
        let shown = shown.clone();
        renaming.get().then(|| {
            view! {
                <form class="sweep-form" on:submit=rename>
                    <input
                        type="text"
                        maxlength="80"
                        autocomplete="off"
                        aria-label=of_box.clone()
                        node_ref=field
                        value=shown
                        on:keydown=move |event| {
                            if event.key() == "Escape" {
                                renaming.set(false);
                            }
                        }
                    />
                    <button type="submit">"Save the name"</button>
                </form>
            }
        })
    };
    view! {
        <tbody data-run=id>
            <tr>
                <th scope="row">{name}<small>{made}</small></th>
                <td>{duration(Span::from_micros(card.head.at))}</td>
                <td>{card.results.served}</td>
                <td>{card.results.errors()}</td>
            </tr>
            <tr>
                <td colspan="4">
                    <div class="acts">
                        {buttons}
                        <label>
                            <input
                                type="checkbox"
                                aria-label=of_compare
                                prop:checked=move || shelf.chosen.with(|chosen| chosen.contains(&id))
                                on:change=move |event| shelf.choose(id, event_target_checked(&event))
                            />
                            " Compare"
                        </label>
                        <button
                            type="button"
                            aria-label=of_rename
                            aria-expanded=move || renaming.get().to_string()
                            on:click=move |_| renaming.update(|on| *on = !*on)
                        >
                            "Rename"
                        </button>
                        {delete}
                    </div>
                    {form}
                </td>
            </tr>
        </tbody>
    }
}
