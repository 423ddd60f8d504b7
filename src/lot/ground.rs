//! From a picture to shapes, the lower layer: everything that stays where it is until something happens.

use super::bay::BayPhase;
use super::color_role::ColorRole;
use super::geometry::{Format, MOST_KEYS, Rect};
use super::landscape::landscape;
use super::motion::Point;
use super::paving::pave;
use super::picture::Picture;
use super::shape::{Align, Shape, Stroke, bold, filled, words};
use crate::pool::Settings;

/// Everything that stays where it is until something happens: a [landscape], and on it what [stands](standing).
pub fn ground(picture: &Picture) -> Vec<Shape> {
    let mut shapes = landscape(&picture.plan);
    shapes.append(&mut standing(picture));
    shapes
}

/// What stays where it is until something happens to the pool; the landscape under it depends on the plan alone.
pub fn standing(picture: &Picture) -> Vec<Shape> {
    let mut shapes = Vec::new();
    lay_by(picture, &mut shapes);
    pave(picture, &mut shapes);
    line(picture, &mut shapes);
    titles(picture, &mut shapes);
    rack(picture, &mut shapes);
    shapes
}

fn titles(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let settings = &picture.settings;
    let over = match picture.over {
        0 => String::new(),
        over => format!("  ·  {over} over"),
    };
    let title = match (settings.pool_size, settings.max_overflow) {
        _ if !settings.class.has_queue() => settings.class.name().to_string(),
        (0, _) => "pool_size 0: no limit".to_string(),
        (size, -1) => format!("pool_size {size} + max_overflow -1: no limit{over}"),
        (size, most) => format!("pool_size {size} + max_overflow {most}{over}"),
    };
    let (at, size) = (plan.band_title(false), plan.letter);
    let x = at.0 + wide(&title, size) + size;
    shapes.push(words(at, title, size, Align::Start, ColorRole::Words));
    if picture.idling > 0 {
        let idle = format!("{} idle in transaction", picture.idling);
        // On a phone there may be no room for it: the marks say it alone.
        if x + wide(&idle, size) < plan.size.0 {
            sign((x, at.1), idle, size, ColorRole::Words, shapes);
        }
    }
    let left = picture.bays.iter().filter(|bay| bay.spot.old && bay.phase != BayPhase::Gone).count();
    if left > 0 {
        let title = format!("the pool before: {left} not yet gone");
        sign(plan.band_title(true), title, plan.letter, ColorRole::Words, shapes);
    }
    if picture.unseen > 0 {
        let at = (plan.lot.x + plan.lot.w - 16.0, plan.lot.y + plan.letter);
        let more = format!("and {} bays more", picture.unseen);
        shapes.push(words(at, more, plan.letter, Align::End, ColorRole::Words));
    }
}

/// What those do who stand in the lay-by.
fn lay_by(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    if picture.computing > 0 {
        let said = format!("{} in Python, no connection", picture.computing);
        // Where nobody stands or drives: beyond the gate.
        let at = (plan.size.0 - 12.0, plan.lay_by(0).y);
        shapes.push(words(at, said, plan.letter * 0.85, Align::End, ColorRole::SignFaint));
    }
}

fn line(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let waiting = match picture.waiting {
        0 => "none waiting".to_string(),
        1 => "1 waits".to_string(),
        many => format!("{many} wait"),
    };
    let before = picture.waiting_before;
    let in_sight = plan.line_in_sight();
    if before > 0 {
        // The first in line do not wait for this pool: what comes free of it is not for them.
        let (ahead, behind) = (plan.line(before as f32 - 1.0), plan.line(before as f32));
        if before < in_sight {
            let x = (ahead.x + behind.x) / 2.0;
            let half = plan.length() * 0.28;
            let stroke = Stroke { color: ColorRole::Cone, width: 2.5, dashed: false };
            shapes.push(super::shape::line((x, ahead.y - half), (x, ahead.y + half), stroke));
        }
    }
    let note = (before > 0).then(|| format!(", {before} for the pool before"));
    let said = format!("{waiting}{}", note.unwrap_or_default());
    let (y, size) = (plan.road.y - plan.letter * 0.85, plan.letter);
    let mut x = size * 0.7;
    if picture.waiting > in_sight {
        let more = format!("+{}", picture.waiting - in_sight);
        let (w, h) = (size * (0.8 + 0.6 * more.len() as f32), size * 1.25);
        let rect = Rect { x: x - size * 0.4, y: y - h / 2.0, w, h };
        shapes.push(filled(rect, h * 0.3, ColorRole::PlateEdge));
        let (at, align, color) = (rect.center(), Align::Middle, ColorRole::Plate);
        shapes.push(Shape::Text { at, words: more, size: size * 0.85, align, color, bold: true, edge: None });
        x += w + size * 0.2;
    }
    x += sign((x, y), said, size, ColorRole::Words, shapes);
    let ghosts = (picture.for_nobody > 0).then(|| format!("{} served to nobody", picture.for_nobody));
    for said in [Some(patience(&picture.settings)), ghosts].into_iter().flatten() {
        // Not across the way in.
        if x + wide(&said, size * 0.9) < plan.gate - plan.widths().1 {
            sign((x, y), said.clone(), size * 0.9, ColorRole::Faint, shapes);
        }
        x += wide(&said, size * 0.9) + size * 1.2;
    }
}

/// How wide words are, in picture units.
fn wide(said: &str, size: f32) -> f32 {
    said.chars().count() as f32 * size * 0.56
}

/// Words that are read whatever is under them: grass, kerb or asphalt. Returns how much room they take.
fn sign(at: Point, said: String, size: f32, color: ColorRole, shapes: &mut Vec<Shape>) -> f32 {
    let (w, h) = (wide(&said, size), size * 1.3);
    let rect = Rect { x: at.0 - size * 0.35, y: at.1 - h / 2.0, w: w + size * 0.7, h };
    let fill = Some(ColorRole::Board);
    shapes.push(Shape::Rect { rect, radius: h * 0.3, fill, stroke: None, opacity: 0.85 });
    shapes.push(words(at, said, size, Align::Start, color));
    w + size * 1.2
}

fn patience(settings: &Settings) -> String {
    match settings.pool_timeout {
        _ if !settings.class.has_queue() => "there is no line".into(),
        None => "pool_timeout None".into(),
        Some(timeout) => format!("pool_timeout {} s", timeout.in_secs()),
    }
}

fn rack(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let board = plan.rack;
    shapes.push(filled(Rect { x: board.x + 5.0, y: board.y + 7.0, ..board }, 12.0, ColorRole::Shadow));
    let stroke = Stroke { color: ColorRole::Kerb, width: 1.0, dashed: false };
    shapes.push(Shape::Rect {
        rect: board,
        radius: 12.0,
        fill: Some(ColorRole::Board),
        stroke: Some(stroke),
        opacity: 1.0,
    });
    let keeps = picture.settings.class.has_queue() || picture.hanging > 0;
    let order = if !keeps {
        "it keeps none"
    } else if picture.settings.pool_use_lifo {
        "idle, newest first"
    } else {
        "idle, oldest first"
    };
    let size = plan.letter * if plan.format == Format::Tall { 1.0 } else { 0.9 };
    shapes.push(bold((board.x + 12.0, board.y + 15.0), "Key rack", size, Align::Start));
    let x = board.x + board.w - 12.0;
    shapes.push(words((x, board.y + 15.0), order.into(), size, Align::End, ColorRole::Faint));
    let room = if keeps { picture.settings.pool_size.max(0) as usize } else { 0 };
    let hooks = room.max(picture.hanging).min(MOST_KEYS);
    let radius = if hooks > 24 { 2.0 } else { 3.0 };
    for place in 0..hooks {
        let center = plan.hook(place as f32, hooks);
        shapes.push(Shape::Disc { center: (center.0 + 6.0, center.1), radius, fill: ColorRole::Bare });
    }
    if picture.hanging > MOST_KEYS {
        let at = (board.x + board.w - 10.0, board.y + board.h - 10.0);
        shapes.push(words(at, format!("+{}", picture.hanging - MOST_KEYS), 12.0, Align::End, ColorRole::Words));
    }
}
