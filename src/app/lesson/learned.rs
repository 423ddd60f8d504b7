//! What the reader has done: stored in the browser, or carried to another browser as a code, and shown beside the list of
//! lessons.

use crate::browser::{append_place, element, on_leaving, recall, remember, site_address};
use crate::progress::Progress;
use crate::storage::{self, Storage, StorageError};
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;
use std::cell::OnceCell;
use wasm_bindgen_futures::spawn_local;

/// The name under which a tab remembers what could not be written before its page was left.
const UNWRITTEN: &str = "valet-unwritten";

thread_local! {
    /// The page's one, once a part of the program has asked for it.
    static OF_PAGE: OnceCell<Learned> = const { OnceCell::new() };
}

/// What the reader has done. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Learned {
    progress: RwSignal<Progress>,
    storage: StoredValue<Option<Storage>, LocalStorage>,
    /// What the browser has not said to be written.
    unwritten: StoredValue<Progress>,
    /// Whether the storage was asked to open.
    prepared: StoredValue<bool>,
    refusal: RwSignal<Option<String>>,
}

impl Learned {
    /// What the reader has done, shown beside the page's list of lessons. All parts of the program share it.
    pub fn of_page() -> Learned {
        OF_PAGE.with(|of_page| {
            *of_page.get_or_init(|| {
                let learned = Learned::new();
                learned.prepare();
                learned.mount();
                learned
            })
        })
    }

    /// Empty progress. The storage is not opened yet.
    fn new() -> Learned {
        let owner = Owner::new();
        let learned = owner.with(|| Learned {
            progress: RwSignal::new(Progress::default()),
            storage: StoredValue::new_local(None),
            unwritten: StoredValue::new(Progress::default()),
            prepared: StoredValue::new(false),
            refusal: RwSignal::new(None),
        });
        std::mem::forget(owner);
        on_leaving(move || learned.write_now());
        learned
    }

    /// Notes that the reader has done the thing of this name. It is written at once: a reader may leave at once.
    pub fn add(self, name: &str) {
        if self.progress.try_update(|progress| progress.add(name)).unwrap_or(false) {
            self.unwritten.update_value(|unwritten| {
                unwritten.add(name);
            });
            self.write_now();
            self.store();
        }
    }

    /// Writes what is not written yet; if the storage is not open, where the next page of this tab finds it.
    fn write_now(self) {
        let unwritten = self.unwritten.get_value();
        match self.storage.get_value() {
            _ if unwritten.count() == 0 => {}
            Some(storage) => storage.note_now(&unwritten),
            None => remember(UNWRITTEN, &unwritten.code()),
        }
    }

    /// Opens the storage before there is anything to write.
    fn prepare(self) {
        if !self.prepared.get_value() {
            self.prepared.set_value(true);
            self.store();
        }
    }

    /// Shows the stored progress beside the list of lessons.
    fn mount(self) {
        let Some(contents) = element("contents") else { return };
        let listed = StoredValue::new(ListedLesson::all(&contents));
        let Some(place) = append_place(&contents) else { return };
        mount_to(place, move || view! { <Panel learned=self listed /> }).forget();
        for lesson in listed.get_value() {
            if let Some(place) = element(&format!("{PROGRESS}{}", lesson.name)) {
                mount_to(place, move || move || self.done(&lesson.name)).forget();
            }
        }
    }

    /// Merges the stored progress with the current one, and stores the result. If storing fails, the code still has it all.
    fn store(self) {
        spawn_local(async move {
            let storage = match self.storage.get_value() {
                Some(storage) => storage,
                None => {
                    let (storage, refusal) = Storage::open(storage::NAME).await;
                    self.refusal.set(refusal.as_ref().map(StorageError::to_string));
                    self.storage.set_value(Some(storage.clone()));
                    if let Some(left) = recall(UNWRITTEN).and_then(|code| Progress::of_code(&code).ok()) {
                        self.progress.update(|progress| progress.join(&left));
                    }
                    storage
                }
            };
            match storage.progress().await {
                Ok(kept) if kept != self.progress.get_untracked() => {
                    self.progress.update(|progress| progress.join(&kept))
                }
                Ok(_) => {}
                Err(error) => self.refusal.set(Some(error.to_string())),
            }
            let progress = self.progress.get_untracked();
            match storage.note(&progress).await {
                Ok(()) => {
                    self.unwritten.update_value(|unwritten| unwritten.leave_out(&progress));
                    remember(UNWRITTEN, "");
                }
                Err(error) => self.refusal.set(Some(error.to_string())),
            }
        });
    }

    fn done(self, name: &str) -> &'static str {
        let has = |what: &str| self.progress.with(|progress| progress.has(&format!("{what}-{name}")));
        match (has("guess"), has("challenge")) {
            (true, true) => "predicted, and the challenge solved",
            (true, false) => "predicted",
            (false, true) => "the challenge solved",
            (false, false) => "",
        }
    }
}

/// A lesson as the page lists it: who only shows what was done needs no more, and not the lessons' part of the program.
#[derive(Debug, Clone)]
struct ListedLesson {
    name: String,
    title: String,
}

/// What the id of a place for a lesson's progress begins with; its name follows.
const PROGRESS: &str = "progress-";

impl ListedLesson {
    /// All that stand in a list, in its order.
    fn all(list: &Element) -> Vec<ListedLesson> {
        let Ok(places) = list.query_selector_all(&format!("[id^={PROGRESS}]")) else { return Vec::new() };
        let of = |place: Element| {
            let name = place.id().strip_prefix(PROGRESS)?.to_owned();
            let title = place.parent_element()?.query_selector("a").ok()??.text_content()?;
            Some(ListedLesson { name, title })
        };
        let places = (0..places.length()).filter_map(|index| places.get(index));
        places.filter_map(|place| of(place.unchecked_into())).collect()
    }
}

#[component]
fn Panel(learned: Learned, listed: StoredValue<Vec<ListedLesson>>) -> impl IntoView {
    let Learned { progress, refusal, .. } = learned;
    let typed = RwSignal::new(String::new());
    let said = RwSignal::new(String::new());
    let code = move || progress.with(Progress::code);
    let next = move || {
        let listed = listed.get_value();
        let begun = listed.iter().any(|lesson| !learned.done(&lesson.name).is_empty());
        let is_new =
            |lesson: &&ListedLesson| !progress.with(|progress| progress.has(&format!("guess-{}", lesson.name)));
        listed.iter().find(is_new).cloned().filter(|_| begun).map(|lesson| {
            view! { <p>"Go on with " <a href=site_address(&format!("lessons/{}/", lesson.name))>{lesson.title}</a> "."</p> }
        })
    };
    let take = move |_| {
        said.set(match Progress::of_code(&typed.get_untracked()) {
            Ok(theirs) => {
                learned.progress.update(|progress| progress.join(&theirs));
                learned.store();
                "Taken over.".to_owned()
            }
            Err(slip) => slip.to_string(),
        });
    };
    view! {
        <div class="learned">
            {next}
            <details>
                <summary>"What you have done, as a code"</summary>
                <p>"On another device, or where a browser keeps nothing, type it in again."</p>
                <p><code data-figure="progress-code">{code}</code></p>
                <p class="acts">
                    <label>"A code " <input type="text" autocomplete="off" spellcheck="false" on:input=move |event| typed.set(event_target_value(&event)) /></label>
                    <button type="button" on:click=take>"Take it over"</button>
                </p>
                <p class="said" role="status">{said}</p>
                {move || refusal.get().map(|why| view! { <p class="quiet">{format!("This browser cannot save your progress here: {why} Copy the code instead.")}</p> })}
            </details>
        </div>
    }
}
