//! The case as one file that plays without this site. What makes it is a part of the program that is loaded when it is asked for.

use super::visit::Shown;
use crate::browser::{download, now_ms};
use crate::clinic::{Case, Cause, World};
use crate::report::Making;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// So long the page makes a file at a stretch, in milliseconds: then it has its turn.
const STRETCH: f64 = 8.0;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
enum FileError {
    /// The part of the program that makes it did not come.
    #[error("What makes the file did not load. Try again.")]
    NotLoaded(#[from] SplitLoaderError),
    /// The browser, or the frame around the page, does not want it.
    #[error("This frame may not give files away. Open the clinic in a page of its own.")]
    NotAllowed,
}

/// A file while it is being made, wherever the code is that makes it.
trait FileMaker {
    /// How much of it is made, in percent.
    fn percent(&self) -> u32;
    /// Makes a little more of it.
    fn go_on(&mut self);
    /// The file, once all of it is made.
    fn page(&self) -> Option<String>;
}

impl FileMaker for Making {
    fn percent(&self) -> u32 {
        Making::percent(self)
    }

    fn go_on(&mut self) {
        Making::go_on(self);
    }

    fn page(&self) -> Option<String> {
        Making::page(self)
    }
}

#[wasm_split(report, fallible)]
fn making(
    case: Arc<Case>,
    cause: Cause,
    world: World,
    address: Option<String>,
) -> Result<Box<dyn FileMaker>, FileError> {
    Ok(Box::new(Making::of(case, cause, world, address)))
}

/// A button that makes the file, and what came of it. `address` is where the site has the same world.
pub fn view(shown: &Arc<Shown>, address: Option<String>) -> AnyView {
    if shown.world.is_none() {
        return view! { <p class="quiet">"This cause is not played with these numbers, so there is no file that plays it."</p> }
            .into_any();
    }
    let (said, is_busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let shown = shown.clone();
    let make = move |_| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let (shown, address) = (shown.clone(), address.clone());
        spawn_local(async move {
            said.set(match write(&shown, address, said).await {
                // A frame that may not give files away says nothing to the page.
                Ok(name) if is_framed() => format!("{name} is made. If it is not in your downloads, this frame may not give files away: open the clinic in a page of its own."),
                Ok(name) => format!("{name} is in your downloads."),
                Err(error) => error.to_string(),
            });
            is_busy.set(false);
        });
    };
    view! {
        <p>
            <button type="button" data-figure="as-file" aria-disabled=move || is_busy.get().then_some("true") on:click=make>"Download it as one HTML file"</button>
            " " <span class="quiet" role="status" data-figure="as-file-said">{said}</span>
        </p>
        <p class="quiet">"It opens from your disk without a network, and plays: what was found, your pool as it is and cured, and the figures. Of what you pasted it has only the lines that were found, masked."</p>
    }
    .into_any()
}

/// Makes the file and gives it away. `said` is told how far it is. Returns the file's name.
async fn write(shown: &Shown, address: Option<String>, said: RwSignal<String>) -> Result<String, FileError> {
    if !download::is_allowed() {
        return Err(FileError::NotAllowed);
    }
    let Some(world) = shown.world.clone() else { return Ok(String::new()) };
    let mut file = making(shown.case.clone(), shown.cause, world, address).await?;
    let page = loop {
        if let Some(page) = file.page() {
            break page;
        }
        let until = now_ms() + STRETCH;
        while file.percent() < 100 && now_ms() < until {
            file.go_on();
        }
        said.set(format!("Making it: {} %.", file.percent()));
        TimeoutFuture::new(0).await;
    };
    let name = format!("valet-{}.html", shown.cause.name());
    download::text(&page, "text/html", &name).map_err(|_| FileError::NotAllowed)?;
    Ok(name)
}

fn is_framed() -> bool {
    window().top().ok().flatten().is_none_or(|top| top != window())
}
