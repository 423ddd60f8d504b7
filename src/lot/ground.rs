//! From a picture to shapes, the lower layer: everything that stays where it is until something happens.

use super::bay::{Bay, Phase};
use super::geometry::{Format, MOST_KEYS, MOST_WAITING, Rect, Spot};
use super::motion::Point;
use super::picture::Picture;
use super::shape::{Align, Ink, Shape, Stroke, bold, filled, line, words};
use crate::pool::Settings;

/// Everything that stays where it is until something happens.
pub fn ground(picture: &Picture) -> Vec<Shape> {
    let plan = &picture.plan;
    let mut shapes = vec![filled(plan.road, 0.0, Ink::Asphalt)];
    let middle = plan.road.y + plan.road.h / 2.0;
    shapes.push(line((0.0, middle), (plan.size.0, middle), Stroke { ink: Ink::Paint, width: 2.0, dashed: true }));
    if plan.format == Format::Wide {
        // The lot opens to the left for those who come and to the right for those who go.
        let yard = Rect { x: plan.lot.x - 44.0, w: plan.lot.w + 98.0, ..plan.lot };
        shapes.push(filled(yard, 22.0, Ink::Asphalt));
        shapes.push(filled(Rect { y: plan.road.y - 60.0, h: 62.0, ..yard }, 0.0, Ink::Asphalt));
        let kerb = plan.kerb;
        let lane = Rect { x: kerb.x - 8.0, y: kerb.y - 10.0, w: kerb.w + 30.0, h: kerb.h + 10.0 };
        shapes.push(filled(lane, 22.0, Ink::Asphalt));
    } else {
        let yard = Rect { h: plan.kerb.y + plan.kerb.h + 8.0 - plan.lot.y, ..plan.lot };
        shapes.push(filled(yard, 16.0, Ink::Asphalt));
    }
    kerb(picture, &mut shapes);
    titles(picture, &mut shapes);
    for index in 0..picture.places {
        let spot = Spot { old: false, index };
        if !picture.bays.iter().any(|bay| bay.spot == spot && bay.phase != Phase::Gone) {
            outline(plan.bay(spot), &mut shapes);
        }
    }
    for bay in &picture.bays {
        paved(bay, plan.letter, &mut shapes);
    }
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
        (0, _) => "pool_size 0: no limit".to_string(),
        (size, -1) => format!("pool_size {size} + max_overflow -1: no limit{over}"),
        (size, most) => format!("pool_size {size} + max_overflow {most}{over}"),
    };
    shapes.push(words(plan.band_title(false), title, plan.letter, Align::Start, Ink::Sign));
    let left = picture.bays.iter().filter(|bay| bay.spot.old && bay.phase != Phase::Gone).count();
    if left > 0 {
        let title = format!("the pool before: {left} not yet gone");
        shapes.push(words(plan.band_title(true), title, plan.letter, Align::Start, Ink::Sign));
    }
    if picture.unseen > 0 {
        let at = (plan.lot.x + plan.lot.w - 16.0, plan.lot.y + plan.lot.h - plan.letter);
        let more = format!("and {} bays more", picture.unseen);
        shapes.push(words(at, more, plan.letter, Align::End, Ink::Sign));
    }
}

fn kerb(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let kerb = plan.kerb;
    let waiting = match picture.waiting {
        0 => "nobody waits".to_string(),
        1 => "1 waits".to_string(),
        many if many > MOST_WAITING => format!("{many} wait, {} not in sight", many - MOST_WAITING),
        many => format!("{many} wait"),
    };
    let patience = patience(&picture.settings);
    match plan.format {
        Format::Wide => {
            let y = kerb.y - plan.letter * 1.4;
            shapes.push(words((kerb.x, y - plan.letter * 1.2), waiting, plan.letter, Align::Start, Ink::Words));
            shapes.push(words((kerb.x, y), patience, plan.letter * 0.85, Align::Start, Ink::Faint));
        }
        Format::Tall => {
            let y = kerb.y - plan.letter * 0.8;
            shapes.push(words((kerb.x, y), waiting, plan.letter, Align::Start, Ink::Sign));
            shapes.push(words((kerb.x + kerb.w, y), patience, plan.letter, Align::End, Ink::SignFaint));
        }
    }
    let y = kerb.y + kerb.h + 6.0;
    let stroke = Stroke { ink: Ink::Bare, width: 5.0, dashed: false };
    shapes.push(line((kerb.x, y), (kerb.x + kerb.w, y), stroke));
}

fn patience(settings: &Settings) -> String {
    match settings.pool_timeout {
        None => "pool_timeout None".into(),
        Some(timeout) => format!("pool_timeout {} s", timeout.in_secs()),
    }
}

/// Capacity that was never opened.
fn outline(rect: Rect, shapes: &mut Vec<Shape>) {
    let stroke = Stroke { ink: Ink::Bare, width: (rect.w / 46.0).clamp(0.8, 2.0), dashed: true };
    shapes.push(Shape::Rect { rect, radius: rect.w * 0.06, fill: None, stroke: Some(stroke), opacity: 1.0 });
}

fn paved(bay: &Bay, letter: f32, shapes: &mut Vec<Shape>) {
    let rect = bay.rect;
    let width = (rect.w / 24.0).clamp(1.0, 4.0);
    let opacity = match bay.phase {
        Phase::Gone => (1.0 - bay.phase_secs / 0.35).clamp(0.0, 1.0),
        _ => 1.0,
    };
    let fill = if bay.phase == Phase::Bare || bay.phase == Phase::Building { None } else { Some(Ink::Bay) };
    shapes.push(Shape::Rect { rect, radius: 0.0, fill, stroke: None, opacity });
    let dashed = bay.phase != Phase::Open && bay.phase != Phase::Swept && bay.phase != Phase::Tapped;
    let side = Stroke { ink: if bay.cones { Ink::Cone } else { Ink::Paint }, width, dashed };
    for x in [rect.x, rect.x + rect.w] {
        shapes.push(line((x, rect.y), (x, rect.y + rect.h), side));
    }
    if !bay.spot.old {
        shapes.push(line((rect.x, rect.y), (rect.x + rect.w, rect.y), side));
    }
    if bay.cones {
        for x in [rect.x, rect.x + rect.w] {
            cone((x, rect.y + rect.h), rect.w * 0.27, shapes);
        }
    }
    let size = if rect.w > 28.0 { (rect.h * 0.13).clamp(9.5, letter.max(9.5)) } else { rect.h * 0.12 };
    // Inside, above the nose of whoever parks: nobody drives over it there.
    let head = (rect.x + rect.w / 2.0, rect.y + size * 0.95);
    let label = match (bay.connection, bay.phase) {
        _ if size < 5.0 => None,
        (_, Phase::Gone) => None,
        (_, Phase::Building) => Some("opening".to_string()),
        (_, Phase::Closing) => Some("closing".to_string()),
        (Some(connection), _) => Some(format!("#{}", connection.0)),
        (None, _) => None,
    };
    if let Some(label) = label {
        shapes.push(words(head, label, size, Align::Middle, Ink::Sign));
    }
    if let Some(age) = bay.age.filter(|_| size >= 6.0 && bay.phase != Phase::Gone) {
        let center = (head.0 + rect.w * 0.36, head.1);
        let stroke = |ink| Stroke { ink, width: size * 0.22, dashed: false };
        shapes.push(Shape::Arc { center, radius: size * 0.5, part: 1.0, stroke: stroke(Ink::Track) });
        let ink = if age >= 1.0 { Ink::Cone } else { Ink::Ring };
        shapes.push(Shape::Arc { center, radius: size * 0.5, part: age, stroke: stroke(ink) });
    }
    if bay.cracked && bay.phase != Phase::Gone {
        let step = |x: f32, y: f32| (rect.x + rect.w * x, rect.y + rect.h * y);
        let points = vec![
            step(0.1, 0.06),
            step(0.22, 0.2),
            step(0.12, 0.36),
            step(0.26, 0.55),
            step(0.14, 0.7),
            step(0.26, 0.92),
        ];
        let stroke = Stroke { ink: Ink::Crack, width: width * 0.9, dashed: false };
        shapes.push(Shape::Path { points, fill: None, stroke: Some(stroke) });
    }
}

fn cone(foot: Point, height: f32, shapes: &mut Vec<Shape>) {
    let (x, y) = foot;
    let (w, top) = (height * 0.42, y - height);
    let side = |part: f32| (w * part, top + height * part);
    let (upper, lower) = (side(0.45), side(0.7));
    shapes.push(Shape::Path { points: vec![(x - w, y), (x, top), (x + w, y)], fill: Some(Ink::Cone), stroke: None });
    shapes.push(Shape::Path {
        points: vec![(x - upper.0, upper.1), (x + upper.0, upper.1), (x + lower.0, lower.1), (x - lower.0, lower.1)],
        fill: Some(Ink::Band),
        stroke: None,
    });
}

fn rack(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let board = plan.rack;
    let stroke = Stroke { ink: Ink::Bare, width: 1.0, dashed: false };
    shapes.push(Shape::Rect { rect: board, radius: 12.0, fill: Some(Ink::Board), stroke: Some(stroke), opacity: 1.0 });
    let order = if picture.settings.pool_use_lifo { "idle, newest first" } else { "idle, oldest first" };
    match plan.format {
        Format::Wide => {
            let x = board.x + board.w / 2.0;
            shapes.push(bold((x, board.y + 20.0), "Key rack", plan.letter, Align::Middle));
            shapes.push(words((x, board.y + 40.0), order.into(), plan.letter * 0.85, Align::Middle, Ink::Faint));
        }
        Format::Tall => {
            shapes.push(bold((board.x + 12.0, board.y + 15.0), "Key rack", plan.letter, Align::Start));
            let x = board.x + board.w - 12.0;
            shapes.push(words((x, board.y + 15.0), order.into(), plan.letter, Align::End, Ink::Faint));
        }
    }
    let hooks = (picture.settings.pool_size.max(0) as usize).max(picture.hanging).min(MOST_KEYS);
    for place in 0..hooks {
        let center = plan.hook(place, hooks);
        shapes.push(Shape::Disc { center: (center.0 + 6.0, center.1), radius: 3.0, fill: Ink::Bare });
    }
    if picture.hanging > MOST_KEYS {
        let at = (board.x + board.w - 10.0, board.y + board.h - 10.0);
        shapes.push(words(at, format!("+{}", picture.hanging - MOST_KEYS), 12.0, Align::End, Ink::Words));
    }
}
