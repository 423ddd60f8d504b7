//! From a picture to shapes, the lower layer: everything that stays where it is until something happens.

use super::bay::BayPhase;
use super::color_role::ColorRole;
use super::geometry::{Format, MOST_KEYS, MOST_WAITING, Rect};
use super::paving::pave;
use super::picture::Picture;
use super::shape::{Align, Shape, Stroke, bold, filled, line, words};
use crate::pool::Settings;

/// Everything that stays where it is until something happens.
pub fn ground(picture: &Picture) -> Vec<Shape> {
    let plan = &picture.plan;
    let mut shapes = vec![filled(plan.road, 0.0, ColorRole::Asphalt)];
    let middle = plan.road.y + plan.road.h / 2.0;
    shapes.push(line(
        (0.0, middle),
        (plan.size.0, middle),
        Stroke { color: ColorRole::Paint, width: 2.0, dashed: true },
    ));
    if plan.format == Format::Wide {
        // The lot opens to the left for those who come and to the right for those who go.
        let yard = Rect { x: plan.lot.x - 44.0, w: plan.lot.w + 98.0, ..plan.lot };
        shapes.push(filled(yard, 22.0, ColorRole::Asphalt));
        shapes.push(filled(Rect { y: plan.road.y - 60.0, h: 62.0, ..yard }, 0.0, ColorRole::Asphalt));
        let kerb = plan.kerb.rect;
        let lane = Rect { x: kerb.x - 8.0, y: kerb.y - 10.0, w: kerb.w + 30.0, h: kerb.h + 10.0 };
        shapes.push(filled(lane, 22.0, ColorRole::Asphalt));
    } else {
        // The same, with a way in on the left of the kerb and a way out on its right.
        let yard = Rect { h: plan.road.y - plan.lot.y, ..plan.lot };
        shapes.push(filled(yard, 16.0, ColorRole::Asphalt));
        shapes.push(filled(Rect { y: plan.road.y - 30.0, h: 32.0, ..yard }, 0.0, ColorRole::Asphalt));
    }
    road(picture, &mut shapes);
    kerb(picture, &mut shapes);
    titles(picture, &mut shapes);
    pave(picture, &mut shapes);
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
    shapes.push(words(plan.band_title(false), title, plan.letter, Align::Start, ColorRole::Sign));
    let left = picture.bays.iter().filter(|bay| bay.spot.old && bay.phase != BayPhase::Gone).count();
    if left > 0 {
        let title = format!("the pool before: {left} not yet gone");
        shapes.push(words(plan.band_title(true), title, plan.letter, Align::Start, ColorRole::Sign));
    }
    if picture.unseen > 0 {
        let at = (plan.lot.x + plan.lot.w - 16.0, plan.lot.y + plan.lot.h - plan.letter);
        let more = format!("and {} bays more", picture.unseen);
        shapes.push(words(at, more, plan.letter, Align::End, ColorRole::Sign));
    }
}

/// What those do who stand on the road.
fn road(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    if picture.computing > 0 {
        let said = format!("{} in Python, without a connection", picture.computing);
        // Where the fewest stand: those in the far lane line up from the way out.
        let at = (12.0, plan.road.y + plan.road.h - plan.letter * 0.7);
        shapes.push(words(at, said, plan.letter * 0.85, Align::Start, ColorRole::SignFaint));
    }
}

fn kerb(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let kerb = plan.kerb.rect;
    let waiting = match picture.waiting {
        0 => "nobody waits".to_string(),
        1 => "1 waits".to_string(),
        many if many > MOST_WAITING => format!("{many} wait, {} not in sight", many - MOST_WAITING),
        many => format!("{many} wait"),
    };
    let before = picture.waiting_before;
    if before > 0 {
        // The first in line do not wait for this pool: what comes free of it is not for them.
        let (from, to) = plan.kerb.divider(before.min(MOST_WAITING - 1));
        shapes.push(line(from, to, Stroke { color: ColorRole::Cone, width: 2.5, dashed: false }));
    }
    let patience = patience(&picture.settings);
    let note = (before > 0).then(|| format!("{before} of them for the pool before"));
    let (x, right, size) = (kerb.x, kerb.x + kerb.w, plan.letter);
    match plan.format {
        Format::Wide => {
            let lines =
                [Some((waiting, size, ColorRole::Words)), note.map(|note| (note, size * 0.85, ColorRole::Words))];
            let lines = lines.into_iter().flatten().chain([(patience, size * 0.85, ColorRole::Faint)]);
            let lines: Vec<(String, f32, ColorRole)> = lines.collect();
            for (above, (line, size, color)) in lines.into_iter().rev().enumerate() {
                let y = kerb.y - plan.letter * (1.4 + 1.2 * above as f32);
                shapes.push(words((x, y), line, size, Align::Start, color));
            }
        }
        Format::Tall => {
            let y = kerb.y - size * 0.95;
            let (second, color) = note.map_or((patience, ColorRole::SignFaint), |note| (note, ColorRole::Sign));
            // There is no room for both when the first is long.
            if picture.waiting <= MOST_WAITING {
                shapes.push(words((right, y), second, size, Align::End, color));
            }
            shapes.push(words((x, y), waiting, size, Align::Start, ColorRole::Sign));
        }
    }
    // On a phone the way in runs between the line and the road.
    let y = if plan.format == Format::Wide { kerb.y + kerb.h + 6.0 } else { plan.road.y - 3.0 };
    let stroke = Stroke { color: ColorRole::Bare, width: 5.0, dashed: false };
    shapes.push(line((kerb.x, y), (kerb.x + kerb.w, y), stroke));
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
    let stroke = Stroke { color: ColorRole::Bare, width: 1.0, dashed: false };
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
    match plan.format {
        Format::Wide => {
            let x = board.x + board.w / 2.0;
            shapes.push(bold((x, board.y + 20.0), "Key rack", plan.letter, Align::Middle));
            shapes.push(words((x, board.y + 40.0), order.into(), plan.letter * 0.85, Align::Middle, ColorRole::Faint));
        }
        Format::Tall => {
            shapes.push(bold((board.x + 12.0, board.y + 15.0), "Key rack", plan.letter, Align::Start));
            let x = board.x + board.w - 12.0;
            shapes.push(words((x, board.y + 15.0), order.into(), plan.letter, Align::End, ColorRole::Faint));
        }
    }
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
