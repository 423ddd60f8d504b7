//! The place itself: grass, planting, kerbs, asphalt where cars drive, and the valet's booth.

use super::color_role::ColorRole;
use super::geometry::{Format, Rect, Spot};
use super::plan::LotPlan;
use super::shape::{Align, Shape, Stroke, filled, line};

/// How wide a kerb is.
const KERB: f32 = 4.0;

impl LotPlan {
    /// Where there is asphalt: the road, the lane from the gate, aisles, and the ground of bays.
    pub fn asphalt(&self) -> Vec<Rect> {
        let (wide, lane) = self.widths();
        // The road goes on beyond the picture.
        let Rect { y, h, .. } = self.road;
        let mut asphalt = vec![Rect::new(-2.0 * KERB, y, self.size.0 + 4.0 * KERB, h + 2.0 * KERB)];
        let top = self.aisle(0) - wide / 2.0;
        asphalt.push(Rect::new(self.gate - lane, top, lane * 2.0, self.road.y - top + KERB));
        for aisle in 0..self.aisles() {
            asphalt.push(Rect::new(-KERB, self.aisle(aisle) - wide / 2.0, self.size.0 + 2.0 * KERB, wide));
        }
        // Beside and behind the bays is a little room.
        let room = self.bay(Spot::new(false, 0)).h * 0.06;
        for (left, right) in self.row_ends() {
            asphalt.push(Rect::new(
                left.x - room,
                left.y - room,
                right.x + right.w - left.x + 2.0 * room,
                left.h + 2.0 * room,
            ));
        }
        asphalt
    }
}

/// Everything that is there without a pool.
pub fn landscape(plan: &LotPlan) -> Vec<Shape> {
    let asphalt = plan.asphalt();
    let mut shapes = vec![filled(Rect::new(0.0, 0.0, plan.size.0, plan.size.1), 0.0, ColorRole::Grass)];
    let booth = booth_at(plan, &asphalt);
    planting(plan, &asphalt, booth, &mut shapes);
    let kerbs = asphalt.iter().map(|rect| {
        let wider = Rect::new(rect.x - KERB, rect.y - KERB, rect.w + 2.0 * KERB, rect.h + 2.0 * KERB);
        filled(wider, 7.0, ColorRole::Kerb)
    });
    shapes.extend(kerbs);
    shapes.extend(asphalt.iter().map(|&rect| filled(rect, 4.0, ColorRole::Asphalt)));
    markings(plan, &mut shapes);
    if let Some(rect) = booth {
        draw_booth(rect, &mut shapes);
    }
    shapes
}

/// Lanes of the road, and which way one drives.
fn markings(plan: &LotPlan, shapes: &mut Vec<Shape>) {
    let (kerb, drive, lay_by) = plan.lanes();
    let paint = |dashed| Stroke { color: ColorRole::Bare, width: 2.0, dashed };
    let (above, below) = ((kerb + drive) / 2.0, (drive + lay_by) / 2.0);
    shapes.push(line((0.0, above), (plan.gate - plan.turn() - plan.length() * 0.2, above), paint(true)));
    shapes.push(line((0.0, below), (plan.size.0, below), paint(true)));
    let arrow = |(x, y): (f32, f32), (dx, dy): (f32, f32)| {
        let size = plan.length().min(60.0) * 0.2;
        let points = vec![
            (x - dx * size - dy * size, y - dy * size + dx * size),
            (x + dx * size, y + dy * size),
            (x - dx * size + dy * size, y - dy * size - dx * size),
        ];
        Shape::Path { points, fill: None, stroke: Some(paint(false)) }
    };
    shapes.push(arrow((plan.size.0 - plan.length(), drive), (1.0, 0.0)));
    shapes.push(arrow((plan.gate, (plan.road.y + plan.aisle(plan.aisles() - 1)) / 2.0), (0.0, -1.0)));
    for aisle in 0..plan.aisles() {
        let (y, x) = (plan.aisle(aisle), plan.length() * 0.6);
        shapes.push(arrow((x, y), (-1.0, 0.0)));
        shapes.push(arrow((plan.size.0 - x, y), (1.0, 0.0)));
    }
}

/// Trees and bushes where there is room for them: always the same ones.
fn planting(plan: &LotPlan, asphalt: &[Rect], booth: Option<Rect>, shapes: &mut Vec<Shape>) {
    let (step, largest) = match plan.format {
        Format::Panorama | Format::Wide => (58.0, 24.0),
        Format::Tall => (40.0, 14.0),
    };
    let (columns, rows) = ((plan.size.0 / step) as u32 + 1, (plan.size.1 / step) as u32 + 1);
    for at in 0..columns * rows {
        // Numbers that look like chance.
        let chance = |salt: u32| (at.wrapping_mul(2_654_435_761).wrapping_add(salt.wrapping_mul(40_503)) >> 7) % 1_000;
        let part = |salt: u32| chance(salt) as f32 / 1_000.0;
        let radius = largest * (0.45 + 0.55 * part(1));
        let center = (
            ((at % columns) as f32 + 0.2 + 0.6 * part(2)) * step,
            ((at / columns) as f32 + 0.2 + 0.6 * part(3)) * step,
        );
        let is_apart = |rect: &Rect, by: f32| {
            let near = radius + by;
            center.0 + near < rect.x
                || center.0 - near > rect.x + rect.w
                || center.1 + near < rect.y
                || center.1 - near > rect.y + rect.h
        };
        // Words stand above the first bays and above the road.
        let words = Rect::new(0.0, plan.road.y - plan.letter * 2.0, plan.gate, plan.letter * 2.0);
        let title = plan.band_title(false);
        let title = Rect::new(title.0, title.1 - plan.letter, plan.letter * 26.0, plan.letter * 2.0);
        let is_free = asphalt.iter().all(|rect| is_apart(rect, 7.0))
            && [words, title, plan.rack].iter().chain(&plan.title()).chain(&booth).all(|rect| is_apart(rect, 8.0));
        if is_free && chance(4) < 620 {
            tree(center, radius, shapes);
        }
    }
}

fn tree((x, y): (f32, f32), radius: f32, shapes: &mut Vec<Shape>) {
    let disc = |dx: f32, dy: f32, part: f32, fill| Shape::Disc {
        center: (x + dx * radius, y + dy * radius),
        radius: radius * part,
        fill,
    };
    shapes.push(disc(0.38, 0.5, 1.0, ColorRole::Shadow));
    shapes.push(disc(0.0, 0.0, 1.0, ColorRole::Leaf));
    shapes.push(disc(-0.22, -0.26, 0.62, ColorRole::LeafLight));
}

/// Where the valet sits, if there is room beside the gate.
fn booth_at(plan: &LotPlan, asphalt: &[Rect]) -> Option<Rect> {
    let (_, lane) = plan.widths();
    let (w, h) = if plan.format == Format::Tall { (34.0, 26.0) } else { (58.0, 44.0) };
    let beside = Rect::new(plan.gate + lane + KERB + 8.0, plan.road.y - KERB - h - 6.0, w, h);
    // Beside the gate, or behind the last bays.
    let behind = asphalt[1..].iter().filter(|other| other.x >= 0.0).map(|other| other.x + other.w).fold(0.0, f32::max);
    let is_free = |rect: &Rect| {
        let over = asphalt[1..].iter().filter(|other| other.x < rect.x + w + KERB && other.x + other.w > rect.x - KERB);
        over.map(|other| other.y + other.h).fold(0.0, f32::max) + 6.0 <= rect.y && rect.x + w < plan.size.0
    };
    [beside, Rect { x: behind + 14.0, ..beside }].into_iter().find(is_free)
}

fn draw_booth(rect: Rect, shapes: &mut Vec<Shape>) {
    let Rect { w, h, .. } = rect;
    shapes.push(filled(Rect { x: rect.x + 6.0, y: rect.y + 8.0, ..rect }, 5.0, ColorRole::Shadow));
    shapes.push(filled(rect, 5.0, ColorRole::Roof));
    let ridge = Stroke { color: ColorRole::Shadow, width: 2.0, dashed: false };
    shapes.push(line((rect.x + 6.0, rect.y + h / 2.0), (rect.x + w - 6.0, rect.y + h / 2.0), ridge));
    let size = h * 0.36;
    let (at, words, align) = (rect.center(), "valet".to_owned(), Align::Middle);
    shapes.push(Shape::Text { at, words, size, align, color: ColorRole::Plate, bold: true, edge: None });
}
