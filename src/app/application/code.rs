//! The Python file. The lines that requests are executing are highlighted.

use super::numbers::{Numbers, Quoting};
use super::python::stretches;
use super::requests_view::RequestsView;
use crate::app::controls::Controls;
use crate::apps::{Form, Framework};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

/// The pool numbers in the code, as text: `pool_size` and `max_overflow`.
pub type PrintedNumbers = (String, String);

/// The Python file as a numbered list.
#[component]
pub fn Code(
    /// The controls of the scene.
    controls: Controls,
    /// The application's requests, with the lines that they are at.
    requests: RwSignal<RequestsView>,
    /// The pool numbers in the original, which Flask-SQLAlchemy ignores.
    printed: RwSignal<PrintedNumbers>,
) -> impl IntoView {
    let site = Memo::new(move |_| controls.setup.with(|setup| setup.site));
    let numbers = Memo::new(move |_| match site.get() {
        Some(site) if site.view.application().framework() == Framework::FastApi => {
            let printed = site.view.application().settings(site.form);
            controls.setup.with(|setup| Numbers::Read(setup.settings, printed, Quoting::Argument))
        }
        Some(site) if site.form == Form::Corrected => {
            let printed = site.view.application().settings(site.form);
            controls.setup.with(|setup| Numbers::Read(setup.settings, printed, Quoting::Key))
        }
        _ => Numbers::Unread(printed.get()),
    });
    let lines = move || {
        let Some(site) = site.get() else { return Vec::new() };
        let source = site.view.application().source(site.form);
        let numbers = numbers.get();
        source.lines().map(|line| numbers.on(line)).collect::<Vec<String>>()
    };
    view! {
        <ol class="code" aria-label="The application's Python file" tabindex="0">
            {move || {
                lines()
                    .into_iter()
                    .zip(1u16..)
                    .map(|(line, number)| {
                        let here = Memo::new(move |_| {
                            requests.with(|requests| {
                                let found = requests.lit.iter().find(|(lit, _)| *lit == number);
                                found.map(|(_, cars)| cars.clone()).unwrap_or_default()
                            })
                        });
                        view! { <Line line number here /> }
                    })
                    .collect_view()
            }}
        </ol>
    }
}

#[component]
fn Line(line: String, number: u16, here: Memo<Vec<u32>>) -> impl IntoView {
    let stretches = stretches(&line).into_iter().map(|(kind, text)| (kind.class(), text.to_string()));
    let stretches = stretches.map(|(class, text)| view! { <span class=class>{text}</span> }).collect_view();
    view! {
        <li class:lit=move || !here.get().is_empty() data-line=number>
            <code>{stretches}</code>
            <span class="here">{move || cars(&here.get())}</span>
        </li>
    }
}

/// Scrolls a scene's file so that this line is near the top. The page itself does not scroll.
pub fn show_line(scene: &str, number: u16) {
    let line = document().query_selector(&format!("#{scene}-code li[data-line=\"{number}\"]")).ok().flatten();
    let line = line.and_then(|line| line.dyn_into::<HtmlElement>().ok());
    if let Some((line, file)) = line.and_then(|line| Some((line.clone(), line.parent_element()?))) {
        let top = line.get_bounding_client_rect().top() - file.get_bounding_client_rect().top();
        file.set_scroll_top(file.scroll_top() + top as i32 - 48);
    }
}

/// The requests at a line: their numbers if there are at most three, otherwise how many there are.
fn cars(numbers: &[u32]) -> String {
    match numbers {
        [] => String::new(),
        [one] => format!("car {one}"),
        [_, _] | [_, _, _] => format!("cars {}", numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")),
        many => format!("{} cars", many.len()),
    }
}
