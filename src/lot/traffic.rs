//! From a picture to shapes, the upper layer: everything that moves.

use super::bay::{Bay, Phase};
use super::car::{Car, Mood};
use super::geometry::{Format, MOST_KEYS, Rect};
use super::motion::{Point, Pose};
use super::picture::{Key, Picture};
use super::shape::{Align, Ink, Shape, Stroke, filled, line, words};

/// Cars smaller than this are drawn with fewer strokes and without a number: there are many then.
const SMALL: f32 = 0.36;

/// Everything that moves.
pub fn traffic(picture: &Picture) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for bay in &picture.bays {
        at_work(bay, &mut shapes);
    }
    for car in &picture.cars {
        ring(car, &mut shapes);
    }
    for car in &picture.cars {
        draw_car(car, &mut shapes);
    }
    for (index, key) in picture.keys.iter().enumerate() {
        draw_key(key, index < picture.hanging.min(MOST_KEYS), picture, &mut shapes);
    }
    shapes
}

/// What somebody does at a bay: builds it, taps it, sweeps it.
fn at_work(bay: &Bay, shapes: &mut Vec<Shape>) {
    let rect = bay.rect;
    let width = (rect.w / 30.0).clamp(1.0, 3.0);
    match bay.phase {
        Phase::Building => {
            // The roller goes up and down, and leaves the ground half paved.
            let part = swing(bay.phase_secs / 1.25);
            let y = rect.y + rect.h * (1.0 - part);
            shapes.push(Shape::Rect {
                rect: Rect { y, h: rect.y + rect.h - y, ..rect },
                radius: 0.0,
                fill: Some(Ink::Bay),
                stroke: None,
                opacity: 0.6,
            });
            let stroke = Stroke { ink: Ink::Cone, width: width * 2.0, dashed: false };
            shapes.push(line((rect.x + rect.w * 0.12, y), (rect.x + rect.w * 0.88, y), stroke));
        }
        Phase::Swept => {
            let part = swing(bay.phase_secs / 0.45);
            let x = rect.x + rect.w * (0.12 + 0.76 * part);
            let stroke = Stroke { ink: Ink::Paint, width, dashed: false };
            shapes.push(line((x - width * 2.0, rect.y + rect.h * 0.1), (x, rect.y + rect.h * 0.9), stroke));
        }
        Phase::Tapped => {
            let stroke = Stroke { ink: Ink::Ring, width, dashed: false };
            let radius = rect.w * (0.1 + 0.3 * (bay.phase_secs * 6.0).fract());
            shapes.push(Shape::Arc { center: rect.center(), radius, part: 1.0, stroke });
        }
        Phase::Open | Phase::Closing | Phase::Gone | Phase::Bare => {}
    }
}

/// There and back again, from 0 to 1 to 0, eased at both ends; `turns` counts there-and-backs.
fn swing(turns: f32) -> f32 {
    let there = 1.0 - (2.0 * turns.fract() - 1.0).abs();
    there * there * (3.0 - 2.0 * there)
}

/// The ring of patience.
fn ring(car: &Car, shapes: &mut Vec<Shape>) {
    let Mood::Waiting(left) = car.mood else { return };
    let small = car.pose.scale < SMALL;
    let Pose { x, y, scale, .. } = car.pose;
    let (radius, width) = (42.0 * scale, (5.0 * scale).max(1.5));
    let stroke = |ink| Stroke { ink, width, dashed: false };
    if !small {
        shapes.push(Shape::Arc { center: (x, y), radius, part: 1.0, stroke: stroke(Ink::Track) });
    }
    let part = left.unwrap_or(1.0);
    let ink = if part < 0.25 { Ink::Cone } else { Ink::Ring };
    shapes.push(Shape::Arc { center: (x, y), radius, part, stroke: stroke(ink) });
}

fn draw_car(car: &Car, shapes: &mut Vec<Shape>) {
    let pose = car.pose;
    let small = pose.scale < SMALL;
    let body = Rect { x: -36.0, y: -18.0, w: 72.0, h: 36.0 };
    let paint = Ink::Car((car.number % 8) as u8);
    let glass = |points: [Point; 4]| Shape::Path { points: points.to_vec(), fill: Some(Ink::Glass), stroke: None };
    let windscreen = glass([(20.0, -14.0), (20.0, 14.0), (9.0, 11.0), (9.0, -11.0)]);
    let mut parts = if small {
        vec![filled(body, 11.0, paint), windscreen]
    } else {
        let shadow = Pose { x: pose.x + 4.0 * pose.scale, y: pose.y + 5.0 * pose.scale, ..pose };
        shapes.push(Shape::Group { pose: shadow, opacity: 1.0, shapes: vec![filled(body, 11.0, Ink::Shadow)] });
        let lamp = |y: f32| filled(Rect { x: 31.0, y, w: 5.0, h: 7.0 }, 2.0, Ink::Light);
        let mirrors = filled(Rect { x: 6.0, y: -21.0, w: 5.0, h: 42.0 }, 2.0, paint);
        let rear = glass([(-27.0, -12.0), (-27.0, 12.0), (-19.0, 10.0), (-19.0, -10.0)]);
        vec![mirrors, filled(body, 11.0, paint), windscreen, rear, lamp(-15.0), lamp(8.0)]
    };
    if matches!(car.mood, Mood::TimedOut | Mood::Failed) {
        // Hazard lights all round: said by shape as well.
        for (x, y) in [(-34.0, -16.0), (-34.0, 16.0), (34.0, -16.0), (34.0, 16.0)] {
            parts.push(Shape::Disc { center: (x, y), radius: 5.0, fill: Ink::Cone });
        }
    }
    shapes.push(Shape::Group { pose, opacity: 1.0, shapes: parts });
    if !small {
        // On a plate rather than with an edge round the letters: strokes round text are the dearest of all.
        let size = (16.0 * pose.scale).max(9.0);
        let number = car.number.to_string();
        let (w, h) = ((number.len() as f32 * 0.62 + 0.5) * size, size * 1.2);
        let plate = Rect { x: pose.x - w / 2.0, y: pose.y - h / 2.0, w, h };
        shapes.push(filled(plate, h * 0.3, Ink::PlateEdge));
        let (at, align, ink) = ((pose.x, pose.y), Align::Middle, Ink::Plate);
        shapes.push(Shape::Text { at, words: number, size, align, ink, bold: true, edge: None });
    }
    let says = match car.mood {
        Mood::TimedOut => "TimeoutError",
        Mood::Failed => "connection lost",
        Mood::Calm | Mood::Waiting(_) | Mood::Served => return,
    };
    let at = (pose.x, pose.y - 28.0 * pose.scale.max(0.5));
    let (size, edge) = (14.0, Some(Ink::PlateEdge));
    shapes.push(Shape::Text { at, words: says.into(), size, align: Align::Middle, ink: Ink::Plate, bold: true, edge });
}

/// Keys shrink as there are more of them.
fn key_size(picture: &Picture) -> f32 {
    let roomy = match picture.plan.format {
        Format::Wide => 13,
        Format::Tall => 7,
    };
    if picture.hanging.max(picture.settings.pool_size.max(0) as usize) <= roomy { 1.0 } else { 0.62 }
}

fn draw_key(key: &Key, hangs: bool, picture: &Picture, shapes: &mut Vec<Shape>) {
    let (x, y) = key.at;
    let size = key_size(picture);
    let stroke = Stroke { ink: Ink::Key, width: 3.0 * size, dashed: false };
    let center = (x + 6.0, y);
    shapes.push(Shape::Arc { center, radius: 5.5 * size, part: 1.0, stroke });
    shapes.push(line((center.0 + 5.5 * size, y), (center.0 + 20.0 * size, y), stroke));
    shapes.push(line((center.0 + 17.0 * size, y), (center.0 + 17.0 * size, y + 6.0 * size), stroke));
    if size > 0.9 && hangs {
        let tag = key.connection.map_or("empty".to_string(), |connection| format!("#{}", connection.0));
        shapes.push(words((center.0 + 26.0, y), tag, picture.plan.letter * 0.95, Align::Start, Ink::Tag));
        if key.next {
            let tip = center.0 - 9.0;
            let points = vec![(tip - 6.0, y - 5.0), (tip, y), (tip - 6.0, y + 5.0)];
            shapes.push(Shape::Path { points, fill: Some(Ink::Cone), stroke: None });
        }
    }
}
