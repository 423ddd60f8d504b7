//! Writes a contact sheet: every scene at three moments, wide and tall, with its cars on their way.
//!
//! `make sheet` writes `target/sheet.html` by this, and photographs it in light and in dark to `docs/sheet-*.jpg`.

use std::fmt::Write;
use valet::apps::Framework;
use valet::lesson::{LESSONS, Plan, trial};
use valet::lot::{Format, svg};
use valet::still;
use valet::time::{Instant, Span};

fn main() -> std::io::Result<()> {
    let mut page = format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Contact sheet</title><style>{}{}</style>",
        include_str!("../style/tokens.css"),
        "body{margin:16px;background:var(--page);color:var(--text);font:13px var(--sans)}\
         h2{margin:10px 0 4px;font-size:13px}div{display:flex;gap:8px;align-items:start}\
         svg{height:170px;width:auto;border-radius:6px}"
    );
    for (name, plan, formats) in scenes() {
        let end = plan.length.as_secs_f64().min(60.0);
        let moments = [end * 0.2, end * 0.5, end * 0.85];
        let _ = write!(page, "<h2>{name}, at {:.1}, {:.1} and {:.1} s</h2><div>", moments[0], moments[1], moments[2]);
        for format in formats {
            let mut travel = plan.travel(format);
            for at in moments {
                travel.seek(Instant::ZERO + Span::from_secs_f64(at));
                page.push_str(&svg::write(&travel.picture(0, false), "sheet", &name));
            }
        }
        page.push_str("</div>");
    }
    std::fs::create_dir_all("target")?;
    std::fs::write("target/sheet.html", page)
}

/// Every scene by name, as a plan, in the formats in which it is shown.
fn scenes() -> Vec<(String, Plan, Vec<Format>)> {
    let both = || vec![Format::Wide, Format::Tall];
    let still::OpeningScene { setup, acts, at } = still::opening();
    let length = at - Instant::ZERO + Span::from_secs(20);
    let opening = acts.into_iter().fold(Plan::new(setup, length), |mut plan, (at, act)| {
        plan.add(at, act);
        plan
    });
    let mut scenes = vec![
        ("The first view".to_owned(), opening.clone(), vec![Format::Panorama]),
        ("The first view on a phone".to_owned(), opening, vec![Format::Tall]),
        ("Playground".to_owned(), Plan::new(still::playground(), Span::from_secs(60)), both()),
        ("Flask".to_owned(), still::visited(Framework::Flask), both()),
        ("FastAPI".to_owned(), still::visited(Framework::FastApi), both()),
    ];
    for lesson in LESSONS {
        scenes.push((lesson.title.to_owned(), (lesson.plan)(), both()));
        scenes.push((format!("{}, challenge", lesson.title), (lesson.challenge.plan)(), both()));
    }
    scenes.push(("The trial".to_owned(), (trial::STILL.plan)(), both()));
    scenes
}
