//! The scenes: each has its places, its program, and a page of its own to be shown in a frame; and the pages are those that are
//! promised.

use crate::page::{all, ids, page, pages};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;
use std::fs::read_to_string;
use valet::lesson::LESSONS;
use valet::site::{Body, Page};

/// The scenes of a page: elements with a picture and a world.
fn scenes(html: &Html) -> Vec<ElementRef<'_>> {
    let selector = Selector::parse("section.scene[id]").expect("a selector");
    html.select(&selector).collect()
}

/// The pages that readers go to, with scenes that move.
fn whole() -> impl Iterator<Item = (Page, Html)> {
    pages().into_iter().filter(|(page, _)| page.is_read_in_turn())
}

/// What `public/boot.js` loads: a part of the program, and the selector of what it is for.
fn uses() -> Vec<(String, String)> {
    let boot = read_to_string("public/boot.js").expect("public/boot.js");
    let field = |line: &str, name: &str| {
        line.split_once(&format!("{name}: \"")).and_then(|(_, rest)| Some(rest.split_once('"')?.0.to_owned()))
    };
    boot.lines().filter_map(|line| Some((field(line, "{ part")?, field(line, "scenes")?))).collect()
}

#[test]
fn a_scene_has_a_place_for_its_picture_and_its_panel() {
    for (page, html) in whole() {
        let there = ids(&html);
        for scene in scenes(&html) {
            let name = scene.attr("id").unwrap_or_default();
            for place in ["picture", "panel"] {
                assert!(there.contains(&format!("{name}-{place}")), "{}: no #{name}-{place}", page.path);
            }
        }
    }
}

#[test]
fn a_scene_can_be_shown_in_a_frame() {
    let shown: BTreeSet<String> =
        pages().iter().filter(|(page, _)| page.is_embed()).flat_map(|(_, html)| ids(html)).collect();
    for (page, html) in whole() {
        for scene in scenes(&html) {
            let name = scene.attr("id").unwrap_or_default();
            if ["clinic", "daily", "fleet"].contains(&name) {
                continue; // what it shows comes from what is pasted or told above it
            }
            assert!(
                shown.contains(name),
                "{}: no page of src/site/page.rs (Page::embeds) shows #{name} alone",
                page.path
            );
        }
    }
}

#[test]
fn a_scene_has_its_program() {
    let uses = uses();
    for (page, html) in whole() {
        for scene in scenes(&html) {
            let around = || std::iter::once(scene).chain(scene.ancestors().filter_map(ElementRef::wrap));
            let is_for = |selector: &str| {
                let selector = Selector::parse(selector).expect("a selector");
                around().any(|element| selector.matches(&element))
            };
            assert!(
                uses.iter().any(|(_, selector)| is_for(selector)),
                "{}: public/boot.js loads no program for #{}",
                page.path,
                scene.attr("id").unwrap_or_default()
            );
        }
    }
    let program = read_to_string("src/main.rs").expect("src/main.rs");
    let parts: BTreeSet<_> = program
        .split("#[wasm_bindgen]")
        .skip(1)
        .filter_map(|text| Some(text.split_once("fn ")?.1.split_once('(')?.0.to_owned()))
        .collect();
    let loaded: BTreeSet<_> = uses.into_iter().map(|(part, _)| part).collect();
    assert_eq!(loaded, parts, "the parts that public/boot.js loads, and those of src/main.rs");
}

#[test]
fn the_home_page_leads_to_every_page() {
    let links: BTreeSet<_> = all(&page(""), "main a[href]", "href").into_iter().map(|(address, _)| address).collect();
    for (page, _) in pages().iter().filter(|(page, _)| page.is_found() && !page.is_embed() && !page.path.is_empty()) {
        assert!(links.contains(&page.path), "index.html has no link to {}", page.path);
    }
}

#[test]
fn the_pages_are_those_that_are_promised() {
    let text = read_to_string("docs/links.md").expect("docs/links.md");
    let table = text.split("\n## ").find(|part| part.starts_with("Pages\n")).expect("a table of pages");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let promised: BTreeSet<_> = rows.map(|(address, _)| address.to_owned()).collect();
    let name = |page: &Page| match (&page.body, page.lesson()) {
        (Body::Home, _) => "./".to_owned(),
        (Body::Embed { .. }, _) => "embed/NAME.html".to_owned(),
        (_, Some(_)) => "lessons/NAME/".to_owned(),
        _ => page.path.clone(),
    };
    let pages = pages();
    let there: BTreeSet<_> = pages.iter().filter(|(page, _)| page.is_found()).map(|(page, _)| name(page)).collect();
    assert_eq!(there, promised, "the pages, and those of docs/links.md");
    let embeds: BTreeSet<_> = pages
        .iter()
        .filter_map(|(page, _)| match &page.body {
            Body::Embed { id, .. } => Some(id.as_str()),
            _ => None,
        })
        .collect();
    for lesson in LESSONS {
        for part in ["", "-run", "-challenge"] {
            assert!(embeds.contains(format!("{}{part}", lesson.name).as_str()), "{}{part}", lesson.name);
        }
    }
    let line = table.lines().find(|line| line.contains("`embed/NAME.html`")).expect("a line about embeds");
    let told: BTreeSet<_> = line.split('`').skip(3).step_by(2).filter(|word| !word.contains("LESSON")).collect();
    let of_lesson =
        |id: &str| LESSONS.iter().any(|lesson| id == lesson.name || id.starts_with(&format!("{}-", lesson.name)));
    let others: BTreeSet<_> = embeds.into_iter().filter(|id| !of_lesson(id)).collect();
    assert_eq!(others, told, "what can stand in a frame beside lessons, and what docs/links.md says");
}
