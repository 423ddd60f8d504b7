//! Cars from above, in full; and in a few rectangles each where there are hundreds.

use super::car::{Car, CarStatus};
use super::color_role::ColorRole;
use super::geometry::{Rect, SMALL};
use super::motion::{Point, Pose};
use super::shape::{Align, Shape, Stroke, filled};
use super::tile::Tiles;
use crate::service::{Failure, SECOND};

/// Smaller still: corners cannot be seen any more.
const TINY: f32 = 0.2;
/// From so many on, large cars that leave are drawn plainly.
const MANY: usize = 60;
/// So many at most have their error written above them.
const MOST_SAYINGS: usize = 6;
/// The body of a car of scale 1, nose to the right.
const BODY: Rect = Rect::new(-36.0, -18.0, 72.0, 36.0);

/// Cars with their rings, then what they say.
pub(super) fn draw_cars(cars: &[Car], shapes: &mut Vec<Shape>) {
    let (small, large): (Vec<&Car>, Vec<&Car>) = cars.iter().partition(|car| car.pose.scale < SMALL);
    let (mut bodies, mut marks) = (Tiles::default(), Tiles::default());
    for car in small {
        small_car(car, &mut bodies, &mut marks);
    }
    bodies.draw(shapes);
    marks.draw(shapes);
    let crowded = large.len() > MANY;
    for car in &large {
        // Who drives off has no name any more when many do: words are the dearest to paint.
        let plain = crowded && car.status == CarStatus::Served;
        if plain {
            plain_car(car, shapes)
        } else {
            draw_car(car, shapes)
        }
        ring(car, shapes);
    }
    for car in cars.iter().filter(|car| car.status.is_unlucky() && car.opacity > 0.2).take(MOST_SAYINGS) {
        let words = saying(car.status).to_string();
        let at = (car.pose.x, car.pose.y - 28.0 * car.pose.scale.max(0.5));
        let (size, edge) = (14.0, Some(ColorRole::PlateEdge));
        shapes.push(Shape::Text { at, words, size, align: Align::Middle, color: ColorRole::Plate, bold: true, edge });
    }
}

/// What a car says that leaves without having got what it came for.
fn saying(status: CarStatus) -> &'static str {
    match status {
        CarStatus::TimedOut => "TimeoutError",
        CarStatus::Failed(Failure::Lost(_)) => "connection lost",
        CarStatus::Failed(Failure::Pool(error)) => error.error.class().unwrap_or("no connection"),
        CarStatus::Failed(Failure::Statement(_)) => "statement failed",
        CarStatus::Failed(Failure::Raised) => "500",
        _ => "",
    }
}

/// A car among hundreds. What is left of its patience is a bar beside it.
fn small_car(car: &Car, bodies: &mut Tiles, marks: &mut Tiles) {
    let (pose, paint) = (car.pose, ColorRole::Car((car.number & !SECOND) as u8 % 8));
    if pose.scale < TINY {
        bodies.add(paint, pose, BODY);
    } else {
        bodies.add(paint, pose, Rect { x: -36.0, y: -13.0, w: 72.0, h: 26.0 });
        bodies.add(paint, pose, Rect { x: -31.0, y: -18.0, w: 62.0, h: 36.0 });
    }
    match car.status {
        CarStatus::Leaked => padlock(pose, marks),
        _ => marks.add(ColorRole::Glass, pose, Rect { x: 9.0, y: -13.0, w: 10.0, h: 26.0 }),
    }
    if let CarStatus::Waiting(left) = car.status {
        let part = left.unwrap_or(1.0);
        let color = if part < 0.25 { ColorRole::Cone } else { ColorRole::Ring };
        marks.add(color, pose, Rect { x: -36.0, y: 21.0, w: 72.0 * part, h: 7.0 });
    }
    if car.status.is_unlucky() {
        for (x, y) in HAZARDS {
            marks.add(ColorRole::Cone, pose, Rect { x: x - 6.0, y: y - 6.0, w: 12.0, h: 12.0 });
        }
    }
}

/// Locked in: no window, but a lock.
fn padlock(pose: Pose, marks: &mut Tiles) {
    marks.add(ColorRole::PlateEdge, pose, Rect { x: -17.0, y: -14.0, w: 34.0, h: 28.0 });
    marks.add(ColorRole::Plate, pose, Rect { x: -11.0, y: -9.0, w: 12.0, h: 18.0 });
    marks.add(ColorRole::Plate, pose, Rect { x: 1.0, y: -6.0, w: 10.0, h: 3.5 });
    marks.add(ColorRole::Plate, pose, Rect { x: 1.0, y: 2.5, w: 10.0, h: 3.5 });
}

/// Hazard lights all round.
const HAZARDS: [Point; 4] = [(-34.0, -16.0), (-34.0, 16.0), (34.0, -16.0), (34.0, 16.0)];

/// The ring of patience, at the tail of the car.
fn ring(car: &Car, shapes: &mut Vec<Shape>) {
    let CarStatus::Waiting(left) = car.status else { return };
    if car.opacity < 0.6 {
        return;
    }
    let Pose { x, y, scale, heading } = car.pose;
    let (sin, cos) = heading.sin_cos();
    let center = (x - 30.0 * scale * cos, y - 30.0 * scale * sin);
    let (radius, width) = ((12.0 * scale).max(6.0), (5.0 * scale).max(2.5));
    let stroke = |color| Stroke { color, width, dashed: false };
    shapes.push(Shape::Disc { center, radius: radius + width, fill: ColorRole::PlateEdge });
    shapes.push(Shape::Arc { center, radius, part: 1.0, stroke: stroke(ColorRole::Track) });
    let part = left.unwrap_or(1.0);
    let color = if part < 0.25 { ColorRole::Cone } else { ColorRole::Ring };
    shapes.push(Shape::Arc { center, radius, part, stroke: stroke(color) });
}

/// Body and window.
fn plain_car(car: &Car, shapes: &mut Vec<Shape>) {
    let paint = ColorRole::Car((car.number & !SECOND) as u8 % 8);
    let window = Rect { x: 9.0, y: -13.0, w: 10.0, h: 26.0 };
    let shapes_of_it = vec![filled(BODY, 11.0, paint), filled(window, 0.0, ColorRole::Glass)];
    shapes.push(Shape::Group { pose: car.pose, opacity: car.opacity, shapes: shapes_of_it });
}

fn draw_car(car: &Car, shapes: &mut Vec<Shape>) {
    let pose = car.pose;
    let paint = ColorRole::Car((car.number & !SECOND) as u8 % 8);
    let glass =
        |points: [Point; 4]| Shape::Path { points: points.to_vec(), fill: Some(ColorRole::Glass), stroke: None };
    let shadow = Pose { x: pose.x + 6.0 * pose.scale, y: pose.y + 8.0 * pose.scale, ..pose };
    shapes.push(Shape::Group {
        pose: shadow,
        opacity: car.opacity,
        shapes: vec![filled(BODY, 11.0, ColorRole::Shadow)],
    });
    let lamp = |y: f32| filled(Rect { x: 31.0, y, w: 5.0, h: 7.0 }, 2.0, ColorRole::Light);
    let mirrors = filled(Rect { x: 6.0, y: -21.0, w: 5.0, h: 42.0 }, 2.0, paint);
    let windscreen = glass([(20.0, -14.0), (20.0, 14.0), (9.0, 11.0), (9.0, -11.0)]);
    let rear = glass([(-27.0, -12.0), (-27.0, 12.0), (-19.0, 10.0), (-19.0, -10.0)]);
    let mut parts = vec![mirrors, filled(BODY, 11.0, paint), windscreen, rear];
    let leaked = car.status == CarStatus::Leaked;
    if !leaked {
        parts.extend([lamp(-15.0), lamp(8.0)]);
    }
    if car.status.is_unlucky() {
        parts.extend(HAZARDS.map(|center| Shape::Disc { center, radius: 5.0, fill: ColorRole::Cone }));
    }
    // Dim, for nobody is in it any more.
    shapes.push(Shape::Group { pose, opacity: car.opacity * if leaked { 0.45 } else { 1.0 }, shapes: parts });
    if car.opacity < 0.6 {
        return; // its number is not read any more, or not yet
    }
    // On a plate rather than with an edge round the letters: strokes round text are the dearest of all.
    let size = (16.0 * pose.scale).max(9.0);
    // A request's second connection has its number too.
    let number = format!("{}{}", car.number & !SECOND, if car.number & SECOND > 0 { "+" } else { "" });
    let (w, h) = ((number.len() as f32 * 0.62 + 0.5) * size, size * 1.2);
    let plate = Rect { x: pose.x - w / 2.0, y: pose.y - h / 2.0, w, h };
    shapes.push(filled(plate, h * 0.3, ColorRole::PlateEdge));
    let (at, align, color) = ((pose.x, pose.y), Align::Middle, ColorRole::Plate);
    shapes.push(Shape::Text { at, words: number, size, align, color, bold: true, edge: None });
    if leaked {
        lock(pose, shapes);
    }
}

/// A padlock at the tail of a car: its connection is locked in.
fn lock(pose: Pose, shapes: &mut Vec<Shape>) {
    let (sin, cos) = pose.heading.sin_cos();
    let (x, y, scale) = (pose.x - 22.0 * pose.scale * cos, pose.y - 22.0 * pose.scale * sin, pose.scale.max(0.5));
    shapes.push(Shape::Disc { center: (x, y), radius: 14.0 * scale, fill: ColorRole::PlateEdge });
    let stroke = Stroke { color: ColorRole::Plate, width: 2.4 * scale, dashed: false };
    shapes.push(Shape::Arc { center: (x, y - 2.5 * scale), radius: 4.6 * scale, part: 1.0, stroke });
    let block = Rect { x: x - 7.5 * scale, y: y - 1.5 * scale, w: 15.0 * scale, h: 9.5 * scale };
    shapes.push(filled(block, 1.5 * scale, ColorRole::Plate));
}
