//! Cars from above, in full; and in a few rectangles each where there are hundreds.

use super::bay::Reserved;
use super::car::{Car, CarStatus, READ};
use super::color_role::ColorRole;
use super::geometry::{Rect, SMALL};
use super::motion::{Point, Pose};
use super::plan::LotPlan;
use super::shape::{Align, Shape, Stroke, filled, line};
use super::tile::Tiles;
use crate::pool::PoolError;
use crate::service::{Failure, SECOND};
use crate::time::Span;

/// Smaller still: corners cannot be seen any more.
const TINY: f32 = 0.2;
/// From so many on, large cars that leave are drawn plainly.
const MANY: usize = 60;
/// So many at most have their error written above them.
const MOST_SAYINGS: usize = 6;
/// The body of a car of scale 1, nose to the right.
const BODY: Rect = Rect::new(-36.0, -18.0, 72.0, 36.0);

/// Cars with their rings, then what they say.
pub(super) fn draw_cars(cars: &[Car], plan: &LotPlan, shapes: &mut Vec<Shape>) {
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
    for car in &large {
        if let Some(held) = car.holds {
            holder(car.pose, held, shapes);
        }
    }
    let unlucky = || cars.iter().filter(|car| car.status.is_unlucky() && car.opacity > 0.2);
    // One of them says it in full.
    let speaker = unlucky().find(|car| error(car).is_some() && car.pose.scale > 0.3);
    for car in unlucky().filter(|car| Some(car.number) != speaker.map(|one| one.number)).take(MOST_SAYINGS) {
        let words = saying(car.status).to_string();
        let at = (car.pose.x, car.pose.y - 28.0 * car.pose.scale.max(0.5));
        let (size, edge) = (14.0, Some(ColorRole::PlateEdge));
        shapes.push(Shape::Text { at, words, size, align: Align::Middle, color: ColorRole::Plate, bold: true, edge });
    }
    if let Some((car, error)) = speaker.and_then(|car| Some((car, error(car)?))) {
        bubble(car.pose, &error.message(), plan, shapes);
    }
}

/// What a car says, in a bubble above it.
fn bubble(pose: Pose, said: &str, plan: &LotPlan, shapes: &mut Vec<Shape>) {
    let size = plan.letter * 0.85;
    let lines: Vec<String> = match said.split_once(", ") {
        Some((first, rest)) => vec![format!("{first},"), rest.to_owned()],
        None => vec![said.to_owned()],
    };
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let (w, h) = (longest as f32 * size * 0.54 + size * 1.6, (lines.len() as f32 * 1.3 + 0.7) * size);
    let x = (pose.x - w / 2.0).clamp(4.0, (plan.size.0 - w - 4.0).max(4.0));
    let tip = (pose.x, pose.y - 20.0 * pose.scale);
    // Above what is written beside the road.
    let y = (tip.1 - size).min(plan.road.y - plan.letter * 1.7) - h;
    let fill = Some(ColorRole::Board);
    let stroke = Some(Stroke { color: ColorRole::Cone, width: 2.0, dashed: false });
    shapes.push(Shape::Rect { rect: Rect { x, y, w, h }, radius: size * 0.6, fill, stroke, opacity: 1.0 });
    let foot = pose.x.clamp(x + size * 1.2, x + w - size * 1.2);
    let points = vec![(foot - size * 0.6, y + h - 1.5), tip, (foot + size * 0.6, y + h - 1.5)];
    shapes.push(Shape::Path { points, fill, stroke: None });
    for (index, words) in lines.into_iter().enumerate() {
        let at = (x + w / 2.0, y + (index as f32 * 1.3 + 1.0) * size);
        let (align, color) = (Align::Middle, ColorRole::Words);
        shapes.push(Shape::Text { at, words, size, align, color, bold: index == 0, edge: None });
    }
}

/// The error of a pool that was too small for too long, as Python says it.
fn error(car: &Car) -> Option<PoolError> {
    match car.status {
        CarStatus::TimedOut(Failure::Pool(error)) => Some(error.error),
        _ => None,
    }
}

/// What a car says that leaves without having got what it came for.
fn saying(status: CarStatus) -> &'static str {
    match status {
        CarStatus::TimedOut(_) => "TimeoutError",
        CarStatus::Failed(Failure::Lost(_)) => "connection lost",
        CarStatus::Failed(Failure::Pool(error)) => error.error.class().unwrap_or("no connection"),
        CarStatus::Failed(Failure::Statement(_)) => "statement failed",
        CarStatus::Failed(Failure::Cancelled) => "cancelled",
        CarStatus::Failed(Failure::Raised) => "500",
        _ => "",
    }
}

/// A car among hundreds. What is left of its patience is a bar beside it.
fn small_car(car: &Car, bodies: &mut Tiles, marks: &mut Tiles) {
    let (pose, paint) = (car.pose, paint_of(car));
    if pose.scale < TINY {
        bodies.add(paint, pose, BODY);
    } else {
        bodies.add(paint, pose, Rect { x: -36.0, y: -13.0, w: 72.0, h: 26.0 });
        bodies.add(paint, pose, Rect { x: -31.0, y: -18.0, w: 62.0, h: 36.0 });
    }
    match car.status {
        CarStatus::Leaked => padlock(pose, marks),
        _ if car.idles => bars(pose, marks),
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

/// Pausing: no window, but two bars.
fn bars(pose: Pose, marks: &mut Tiles) {
    marks.add(ColorRole::PlateEdge, pose, Rect { x: -17.0, y: -14.0, w: 34.0, h: 28.0 });
    for y in [-9.0, 3.0] {
        marks.add(ColorRole::Plate, pose, Rect { x: -11.0, y, w: 22.0, h: 6.0 });
    }
}

/// Hazard lights all round.
const HAZARDS: [Point; 4] = [(-34.0, -16.0), (-34.0, 16.0), (34.0, -16.0), (34.0, 16.0)];

/// The ring of patience, at the tail of the car.
fn ring(car: &Car, shapes: &mut Vec<Shape>) {
    let CarStatus::Waiting(left) = car.status else { return };
    if car.opacity < READ {
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

/// A ghost has no colour.
fn paint_of(car: &Car) -> ColorRole {
    if car.is_ghost { ColorRole::Plate } else { ColorRole::Car((car.number & !SECOND) as u8 % 8) }
}

/// Body and window.
fn plain_car(car: &Car, shapes: &mut Vec<Shape>) {
    let paint = paint_of(car);
    let window = Rect { x: 9.0, y: -13.0, w: 10.0, h: 26.0 };
    let shapes_of_it = vec![filled(BODY, 11.0, paint), filled(window, 0.0, ColorRole::Glass)];
    shapes.push(Shape::Group { pose: car.pose, opacity: car.opacity * solidity(car), shapes: shapes_of_it });
}

/// Dim is whoever counts no more: nobody is in it, or it is served and only leaves.
fn solidity(car: &Car) -> f32 {
    match car.status {
        CarStatus::Leaked => 0.45,
        _ if car.is_ghost => 0.45,
        CarStatus::Served => 0.6,
        _ => 1.0,
    }
}

/// A key on the roof, and a rim of its colour: it does not wait any more.
fn key_in_hand() -> [Shape; 4] {
    let stroke = |width: f32| Stroke { color: ColorRole::Key, width, dashed: false };
    let rim = Rect { x: BODY.x + 1.5, y: BODY.y + 1.5, w: BODY.w - 3.0, h: BODY.h - 3.0 };
    [
        Shape::Rect { rect: rim, radius: 10.0, fill: None, stroke: Some(stroke(3.5)), opacity: 1.0 },
        Shape::Arc { center: (-25.0, 0.0), radius: 4.5, part: 1.0, stroke: stroke(3.5) },
        line((-20.5, 0.0), (-8.0, 0.0), stroke(3.5)),
        line((-12.0, 0.0), (-12.0, 6.0), stroke(3.5)),
    ]
}

/// Where a car is going to stand whose bay this is already: its outline. Its [number](plate) stands above whoever is there still.
pub(super) fn reserved(Reserved { number, pose, .. }: Reserved, shapes: &mut Vec<Shape>) {
    let paint = ColorRole::Car((number & !SECOND) as u8 % 8);
    let stroke = Some(Stroke { color: paint, width: 4.0, dashed: true });
    let outline = Shape::Rect { rect: BODY, radius: 11.0, fill: None, stroke, opacity: 1.0 };
    let body = Shape::Group { pose, opacity: 0.3, shapes: vec![filled(BODY, 11.0, paint)] };
    shapes.extend([body, Shape::Group { pose, opacity: 1.0, shapes: vec![outline] }]);
}

/// The same among hundreds of bays: two bars at its sides.
pub(super) fn small_reserved(Reserved { number, pose, .. }: Reserved, tiles: &mut Tiles) {
    let paint = ColorRole::Car((number & !SECOND) as u8 % 8);
    for y in [BODY.y, -BODY.y - 6.0] {
        tiles.add(paint, pose, Rect { y, h: 6.0, ..BODY });
    }
}

fn draw_car(car: &Car, shapes: &mut Vec<Shape>) {
    let pose = car.pose;
    let paint = paint_of(car);
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
    // Lights are on where something goes on.
    if !leaked && !car.idles {
        parts.extend([lamp(-15.0), lamp(8.0)]);
    }
    if car.status.is_unlucky() {
        parts.extend(HAZARDS.map(|center| Shape::Disc { center, radius: 5.0, fill: ColorRole::Cone }));
    }
    if car.has_key {
        parts.extend(key_in_hand());
    }
    shapes.push(Shape::Group { pose, opacity: car.opacity * solidity(car), shapes: parts });
    if car.opacity < READ || car.status == CarStatus::Served {
        return; // its number is not read any more, or not yet
    }
    plate(car.number, pose, shapes);
    if leaked {
        lock(pose, shapes);
    }
    if car.idles {
        pause(pose, shapes);
    }
}

/// A car's number, on a plate rather than with an edge round the letters: strokes round text are the dearest of all.
pub(super) fn plate(number: u32, pose: Pose, shapes: &mut Vec<Shape>) {
    let size = (16.0 * pose.scale).max(9.0);
    // A request's second connection has its number too.
    let number = format!("{}{}", number & !SECOND, if number & SECOND > 0 { "+" } else { "" });
    let (w, h) = ((number.len() as f32 * 0.62 + 0.5) * size, size * 1.2);
    let rect = Rect { x: pose.x - w / 2.0, y: pose.y - h / 2.0, w, h };
    shapes.push(filled(rect, h * 0.3, ColorRole::PlateEdge));
    let (at, align, color) = ((pose.x, pose.y), Align::Middle, ColorRole::Plate);
    shapes.push(Shape::Text { at, words: number, size, align, color, bold: true, edge: None });
}

/// How long a car has held its connection while others wait, at its nose.
fn holder(pose: Pose, held: Span, shapes: &mut Vec<Shape>) {
    let (sin, cos) = pose.heading.sin_cos();
    let size = (13.0 * pose.scale).max(9.0);
    let said = format!("{} s", held.as_micros() / 1_000_000);
    let (w, h) = ((said.len() as f32 * 0.58 + 0.7) * size, size * 1.35);
    let (x, y) = (pose.x + 27.0 * pose.scale * cos, pose.y + 27.0 * pose.scale * sin);
    shapes.push(filled(Rect { x: x - w / 2.0, y: y - h / 2.0, w, h }, h * 0.5, ColorRole::Cone));
    let (at, align, color) = ((x, y), Align::Middle, ColorRole::PlateEdge);
    shapes.push(Shape::Text { at, words: said, size, align, color, bold: true, edge: None });
}

/// The bars of a pause at the tail of a car: its transaction is open, and nothing happens in it.
pub(super) fn pause(pose: Pose, shapes: &mut Vec<Shape>) {
    let (sin, cos) = pose.heading.sin_cos();
    let (x, y, scale) = (pose.x - 22.0 * pose.scale * cos, pose.y - 22.0 * pose.scale * sin, pose.scale.max(0.5));
    shapes.push(Shape::Disc { center: (x, y), radius: 12.0 * scale, fill: ColorRole::PlateEdge });
    for left in [-5.5, 1.5] {
        let bar = Rect { x: x + left * scale, y: y - 6.0 * scale, w: 4.0 * scale, h: 12.0 * scale };
        shapes.push(filled(bar, 1.0 * scale, ColorRole::Plate));
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
