//! Bays from above: what is paved, what is only outlined, and what stands on it.

use super::bay::{Bay, BayPhase};
use super::color_role::ColorRole;
use super::geometry::{Rect, Spot};
use super::motion::Point;
use super::picture::Picture;
use super::shape::{Align, Shape, Stroke, line, words};
use super::tile::Tiles;

/// Bays narrower than this are drawn in tiles: there are hundreds then.
pub(super) const SMALL_BAY: f32 = 26.0;

/// Every place for a bay: the paved ones, and the outlines of those that were never opened.
pub(super) fn pave(picture: &Picture, shapes: &mut Vec<Shape>) {
    let plan = &picture.plan;
    let mut taken = vec![false; picture.places];
    for bay in picture.bays.iter().filter(|bay| !bay.spot.old && bay.phase != BayPhase::Gone) {
        if let Some(taken) = taken.get_mut(bay.spot.place()) {
            *taken = true;
        }
    }
    let mut tiles = Tiles::default();
    for (index, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        let rect = plan.bay(Spot::new(false, index));
        if rect.w < SMALL_BAY { small_outline(rect, &mut tiles) } else { outline(rect, shapes) }
    }
    let (small, large): (Vec<&Bay>, Vec<&Bay>) = picture.bays.iter().partition(|bay| bay.rect.w < SMALL_BAY);
    for bay in large {
        paved(bay, plan.letter, shapes);
    }
    for bay in &small {
        small_paved(bay, &mut tiles);
    }
    tiles.draw(shapes);
    for bay in small {
        crack(bay, shapes);
    }
}

/// A bay among hundreds: its ground and its sides, and cones as blocks at its feet.
fn small_paved(bay: &Bay, tiles: &mut Tiles) {
    let rect @ Rect { x, y, w, h } = bay.rect;
    if bay.phase == BayPhase::Gone {
        return;
    }
    if bay.phase == BayPhase::Bare || bay.phase == BayPhase::Building || bay.phase == BayPhase::Closing {
        small_outline(rect, tiles);
    }
    if bay.phase != BayPhase::Bare && bay.phase != BayPhase::Building {
        tiles.place(ColorRole::Bay, rect);
        let (color, width) = (if bay.cones { ColorRole::Cone } else { ColorRole::Paint }, (w / 24.0).max(0.6));
        for x in [x, x + w] {
            tiles.place(color, Rect::new(x - width / 2.0, y, width, h));
        }
        let back = if bay.below { y + h } else { y };
        tiles.place(color, Rect::new(x, back - width / 2.0, w, width));
    }
    if bay.cones {
        for x in [x, x + w] {
            let foot = if bay.below { 0.0 } else { h * 0.84 };
            tiles.place(ColorRole::Cone, Rect::new(x - w * 0.1, y + foot, w * 0.2, h * 0.16));
        }
    }
}

/// Four corners of one that was never opened.
fn small_outline(Rect { x, y, w, h }: Rect, tiles: &mut Tiles) {
    let width = (w / 24.0).max(0.6);
    for (x, y) in [(x, y), (x + w, y), (x, y + h * 0.7), (x + w, y + h * 0.7)] {
        tiles.place(ColorRole::Bare, Rect::new(x - width / 2.0, y, width, h * 0.3));
    }
}

/// Capacity that was never opened.
fn outline(rect: Rect, shapes: &mut Vec<Shape>) {
    let stroke = Stroke { color: ColorRole::Bare, width: (rect.w / 46.0).clamp(0.8, 2.0), dashed: true };
    shapes.push(Shape::Rect { rect, radius: rect.w * 0.06, fill: None, stroke: Some(stroke), opacity: 1.0 });
}

fn paved(bay: &Bay, letter: f32, shapes: &mut Vec<Shape>) {
    let rect = bay.rect;
    let width = (rect.w / 24.0).clamp(1.0, 4.0);
    let opacity = match bay.phase {
        BayPhase::Gone => (1.0 - bay.phase_secs / 0.35).clamp(0.0, 1.0),
        _ => 1.0,
    };
    let fill = if bay.phase == BayPhase::Bare || bay.phase == BayPhase::Building { None } else { Some(ColorRole::Bay) };
    shapes.push(Shape::Rect { rect, radius: 0.0, fill, stroke: None, opacity });
    let dashed = bay.phase != BayPhase::Open && bay.phase != BayPhase::Swept && bay.phase != BayPhase::Tapped;
    let side = Stroke { color: if bay.cones { ColorRole::Cone } else { ColorRole::Paint }, width, dashed };
    for x in [rect.x, rect.x + rect.w] {
        shapes.push(line((x, rect.y), (x, rect.y + rect.h), side));
    }
    if !bay.spot.old {
        let back = if bay.below { rect.y + rect.h } else { rect.y };
        shapes.push(line((rect.x, back), (rect.x + rect.w, back), side));
    }
    if bay.cones {
        for x in [rect.x, rect.x + rect.w] {
            cone((x, if bay.below { rect.y + rect.w * 0.2 } else { rect.y + rect.h }), rect.w * 0.27, shapes);
        }
    }
    let size = if rect.w > 28.0 { (rect.h * 0.13).clamp(9.5, letter.max(9.5)) } else { rect.h * 0.12 };
    // Inside, above the nose of whoever parks: nobody drives over it there.
    let above = if bay.below { rect.h - size * 0.95 } else { size * 0.95 };
    let head = (rect.x + rect.w / 2.0, rect.y + above);
    let label = match (bay.connection, bay.phase) {
        _ if size < 5.0 => None,
        (_, BayPhase::Gone) => None,
        (_, BayPhase::Building) => Some("opening".to_string()),
        (_, BayPhase::Closing) => Some("closing".to_string()),
        (Some(connection), _) => Some(format!("#{}", connection.0)),
        (None, _) => None,
    };
    if let Some(label) = label {
        shapes.push(words(head, label, size, Align::Middle, ColorRole::Sign));
    }
    if let Some(age) = bay.age.filter(|_| size >= 6.0 && bay.phase != BayPhase::Gone) {
        let center = (head.0 + rect.w * 0.36, head.1);
        let stroke = |color| Stroke { color, width: size * 0.22, dashed: false };
        shapes.push(Shape::Arc { center, radius: size * 0.5, part: 1.0, stroke: stroke(ColorRole::Track) });
        let color = if age >= 1.0 { ColorRole::Cone } else { ColorRole::Ring };
        shapes.push(Shape::Arc { center, radius: size * 0.5, part: age, stroke: stroke(color) });
    }
    crack(bay, shapes);
}

/// The server dropped the connection.
fn crack(bay: &Bay, shapes: &mut Vec<Shape>) {
    let rect = bay.rect;
    if bay.cracked && bay.phase != BayPhase::Gone {
        let step = |x: f32, y: f32| (rect.x + rect.w * x, rect.y + rect.h * y);
        let points = vec![
            step(0.1, 0.06),
            step(0.22, 0.2),
            step(0.12, 0.36),
            step(0.26, 0.55),
            step(0.14, 0.7),
            step(0.26, 0.92),
        ];
        let stroke = Stroke { color: ColorRole::Crack, width: (rect.w / 24.0).clamp(1.0, 4.0) * 0.9, dashed: false };
        shapes.push(Shape::Path { points, fill: None, stroke: Some(stroke) });
    }
}

fn cone(foot: Point, height: f32, shapes: &mut Vec<Shape>) {
    let (x, y) = foot;
    let (w, top) = (height * 0.42, y - height);
    let side = |part: f32| (w * part, top + height * part);
    let (upper, lower) = (side(0.45), side(0.7));
    shapes.push(Shape::Path {
        points: vec![(x - w, y), (x, top), (x + w, y)],
        fill: Some(ColorRole::Cone),
        stroke: None,
    });
    shapes.push(Shape::Path {
        points: vec![(x - upper.0, upper.1), (x + upper.0, upper.1), (x + lower.0, lower.1), (x - lower.0, lower.1)],
        fill: Some(ColorRole::Band),
        stroke: None,
    });
}
