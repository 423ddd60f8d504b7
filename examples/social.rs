//! Writes the cards that stand beside links to pages, to be photographed: `make social` does both.
//!
//! They come to `target/social/*.html`; which ones they were stands in `tests/lessons/social.txt`, and a test compares.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::fs;
    use valet::site::{Card, Page, Sources};

    let sources = Sources::of(".");
    let (folder, mut marks) = ("target/social", String::new());
    fs::create_dir_all(folder)?;
    for page in Page::all(&sources)? {
        if let Some(card) = Card::of(&page, &sources)? {
            fs::write(format!("{folder}/{}.html", card.name), &card.html)?;
            marks.push_str(&format!("{} {}\n", card.name, card.mark()));
        }
    }
    fs::write("tests/lessons/social.txt", marks)?;
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
