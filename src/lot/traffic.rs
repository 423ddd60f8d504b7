//! From a picture to shapes, the upper layer: everything that moves.

use super::bay::{Bay, BayPhase, Reserved};
use super::body::{draw_cars, pause, plate, reserved as draw_reserved, small_reserved};
use super::color_role::ColorRole;
use super::geometry::{Format, MOST_KEYS, Rect, SMALL};
use super::paving::SMALL_BAY;
use super::picture::{Picture, PictureKey};
use super::shape::{Align, Shape, Stroke, line, words};
use super::tile::Tiles;

/// Everything that moves.
pub fn traffic(picture: &Picture) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut tiles = Tiles::default();
    for bay in &picture.bays {
        if bay.rect.w < SMALL_BAY {
            at_small_work(bay, &mut tiles)
        } else {
            at_work(bay, &mut shapes)
        }
        if bay.connection.is_some() && bay.connection == picture.pointed {
            let stroke = Some(Stroke { color: ColorRole::Ring, width: 4.0, dashed: false });
            let Rect { x, y, w, h } = bay.rect;
            let rect = Rect { x: x - 5.0, y: y - 5.0, w: w + 10.0, h: h + 10.0 };
            shapes.push(Shape::Rect { rect, radius: 8.0, fill: None, stroke, opacity: 1.0 });
        }
        match bay.reserved {
            Some(reserved) if reserved.pose.scale < SMALL => small_reserved(reserved, &mut tiles),
            Some(reserved) => draw_reserved(reserved, &mut shapes),
            None => {}
        }
    }
    tiles.draw(&mut shapes);
    draw_cars(&picture.cars, &picture.plan, &mut shapes);
    for Reserved { number, pose, idles } in picture.bays.iter().filter_map(|bay| bay.reserved) {
        if pose.scale >= SMALL {
            plate(number, pose, &mut shapes);
            if idles {
                pause(pose, &mut shapes);
            }
        }
    }
    draw_keys(picture, &mut shapes);
    shapes
}

/// What somebody does at a bay: builds it, taps it, sweeps it.
fn at_work(bay: &Bay, shapes: &mut Vec<Shape>) {
    let rect = bay.rect;
    let width = (rect.w / 30.0).clamp(1.0, 3.0);
    match bay.phase {
        BayPhase::Building => {
            // The roller goes up and down, and leaves the ground half paved.
            let part = swing(bay.phase_secs / 1.25);
            let y = rect.y + rect.h * (1.0 - part);
            shapes.push(Shape::Rect {
                rect: Rect { y, h: rect.y + rect.h - y, ..rect },
                radius: 0.0,
                fill: Some(ColorRole::Bay),
                stroke: None,
                opacity: 0.6,
            });
            let stroke = Stroke { color: ColorRole::Cone, width: width * 2.0, dashed: false };
            shapes.push(line((rect.x + rect.w * 0.12, y), (rect.x + rect.w * 0.88, y), stroke));
        }
        BayPhase::Swept => {
            let part = swing(bay.phase_secs / 0.45);
            let x = rect.x + rect.w * (0.12 + 0.76 * part);
            let stroke = Stroke { color: ColorRole::Paint, width, dashed: false };
            shapes.push(line((x - width * 2.0, rect.y + rect.h * 0.1), (x, rect.y + rect.h * 0.9), stroke));
        }
        BayPhase::Tapped => {
            let stroke = Stroke { color: ColorRole::Ring, width, dashed: false };
            let radius = rect.w * (0.1 + 0.3 * (bay.phase_secs * 6.0).fract());
            shapes.push(Shape::Arc { center: rect.center(), radius, part: 1.0, stroke });
        }
        BayPhase::Open | BayPhase::Closing | BayPhase::Gone | BayPhase::Bare => {}
    }
}

/// The same among hundreds of bays.
fn at_small_work(bay: &Bay, tiles: &mut Tiles) {
    let Rect { x, y, w, h } = bay.rect;
    match bay.phase {
        BayPhase::Building => {
            let part = swing(bay.phase_secs / 1.25);
            tiles.place(ColorRole::Bay, Rect::new(x, y + h * (1.0 - part), w, h * part));
            tiles.place(ColorRole::Cone, Rect::new(x + w * 0.12, y + h * (1.0 - part) - 0.6, w * 0.76, 1.2));
        }
        BayPhase::Swept => {
            let part = swing(bay.phase_secs / 0.45);
            tiles.place(ColorRole::Paint, Rect::new(x + w * (0.06 + 0.76 * part), y + h * 0.1, w * 0.12, h * 0.8));
        }
        BayPhase::Tapped => tiles.place(ColorRole::Ring, Rect::new(x + w * 0.3, y + h * 0.1, w * 0.4, w * 0.2)),
        BayPhase::Open | BayPhase::Closing | BayPhase::Gone | BayPhase::Bare => {}
    }
}

/// There and back again, from 0 to 1 to 0, eased at both ends; `turns` counts there-and-backs.
fn swing(turns: f32) -> f32 {
    let there = 1.0 - (2.0 * turns.fract() - 1.0).abs();
    there * there * (3.0 - 2.0 * there)
}

/// Keys shrink as there are more of them.
fn key_size(picture: &Picture) -> f32 {
    let roomy = match picture.plan.format {
        Format::Panorama => 11,
        Format::Wide => 13,
        Format::Tall => 7,
    };
    if picture.hanging.max(picture.settings.pool_size.max(0) as usize) <= roomy { 1.0 } else { 0.62 }
}

fn draw_keys(picture: &Picture, shapes: &mut Vec<Shape>) {
    let size = key_size(picture);
    let mut tiles = Tiles::default();
    for (index, key) in picture.keys.iter().enumerate() {
        if size > 0.9 {
            draw_key(key, index < picture.hanging.min(MOST_KEYS), picture, shapes);
        } else {
            small_key(key, size, &mut tiles);
        }
    }
    tiles.draw(shapes);
}

/// A key among many: bow, shaft and bit.
fn small_key(key: &PictureKey, size: f32, tiles: &mut Tiles) {
    let (x, y) = key.at;
    tiles.place(ColorRole::Key, Rect::new(x + 6.0 - 5.5 * size, y - 5.5 * size, 11.0 * size, 11.0 * size));
    tiles.place(ColorRole::Board, Rect::new(x + 6.0 - 2.5 * size, y - 2.5 * size, 5.0 * size, 5.0 * size));
    tiles.place(ColorRole::Key, Rect::new(x + 6.0 + 5.5 * size, y - 1.5 * size, 14.5 * size, 3.0 * size));
    tiles.place(ColorRole::Key, Rect::new(x + 6.0 + 15.5 * size, y, 3.0 * size, 6.0 * size));
}

fn draw_key(key: &PictureKey, hangs: bool, picture: &Picture, shapes: &mut Vec<Shape>) {
    let (x, y) = key.at;
    let size = key_size(picture);
    let stroke = Stroke { color: ColorRole::Key, width: 3.0 * size, dashed: false };
    let center = (x + 6.0, y);
    shapes.push(Shape::Arc { center, radius: 5.5 * size, part: 1.0, stroke });
    shapes.push(line((center.0 + 5.5 * size, y), (center.0 + 20.0 * size, y), stroke));
    shapes.push(line((center.0 + 17.0 * size, y), (center.0 + 17.0 * size, y + 6.0 * size), stroke));
    if size > 0.9 && hangs {
        let tag = key.connection.map_or("empty".to_string(), |connection| format!("#{}", connection.0));
        // The word is longer than a number, and the next key hangs close by.
        let letter = picture.plan.letter * if key.connection.is_some() { 0.95 } else { 0.68 };
        shapes.push(words((center.0 + 23.0, y), tag, letter, Align::Start, ColorRole::Tag));
        if key.next {
            let tip = center.0 - 9.0;
            let points = vec![(tip - 6.0, y - 5.0), (tip, y), (tip - 6.0, y + 5.0)];
            shapes.push(Shape::Path { points, fill: Some(ColorRole::Cone), stroke: None });
        }
    }
}
