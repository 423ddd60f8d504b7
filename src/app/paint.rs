//! Shapes on canvas. The one place that knows how; [`lot::svg`](crate::lot::svg) does the same in text.

use super::lettering::{LetterStyle, Lettering};
use super::palette::Palette;
use crate::lot::{Align, ColorRole, Point, Pose, Rect, Shape, Stroke, Tile};
use js_sys::Array;
use leptos::web_sys::CanvasRenderingContext2d;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Paints layers of shapes, in picture units scaled by `scale`, on a cleared canvas. Words are laid down by the `lettering`, where there is
/// one.
pub fn paint(
    pencil: &CanvasRenderingContext2d,
    layers: &[&[Shape]],
    palette: &Palette,
    lettering: Option<&mut Lettering>,
    (size, scale): ((f32, f32), f64),
) {
    let mut brush =
        Brush { pencil, palette, lettering, scale, fill: None, line: None, width: 0.0, font: None, align: None };
    brush.lay_flat();
    pencil.clear_rect(0.0, 0.0, size.0.into(), size.1.into());
    pencil.set_line_cap("round");
    pencil.set_line_join("round");
    pencil.set_text_baseline("middle");
    for shape in layers.iter().copied().flatten() {
        brush.draw(shape);
    }
}

/// A pencil that remembers what it was dipped into: telling the browser the same colour again costs more than the stroke.
struct Brush<'a> {
    pencil: &'a CanvasRenderingContext2d,
    palette: &'a Palette,
    lettering: Option<&'a mut Lettering>,
    scale: f64,
    fill: Option<ColorRole>,
    line: Option<ColorRole>,
    width: f32,
    font: Option<(bool, f32)>,
    align: Option<Align>,
}

impl Brush<'_> {
    fn draw(&mut self, shape: &Shape) {
        let pencil = self.pencil;
        match shape {
            Shape::Rect { rect, radius, fill, stroke, opacity } => {
                if *opacity < 1.0 {
                    pencil.set_global_alpha((*opacity).into());
                }
                let (x, y, w, h) = (rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into());
                pencil.begin_path();
                if *radius > 0.0 {
                    let _ = pencil.round_rect_with_f64(x, y, w, h, (*radius).into());
                } else {
                    pencil.rect(x, y, w, h);
                }
                self.finish(*fill, *stroke);
                if *opacity < 1.0 {
                    pencil.set_global_alpha(1.0);
                }
            }
            Shape::Path { points, fill, stroke } => {
                pencil.begin_path();
                for (index, (x, y)) in points.iter().enumerate() {
                    let (x, y) = ((*x).into(), (*y).into());
                    if index == 0 { pencil.move_to(x, y) } else { pencil.line_to(x, y) }
                }
                self.finish(*fill, *stroke);
            }
            Shape::Arc { center, radius, part, stroke } => {
                if *part > 0.0 {
                    self.arc(*center, *radius, -FRAC_PI_2, -FRAC_PI_2 + f64::from(*part) * TAU);
                    self.finish(None, Some(*stroke));
                }
            }
            Shape::Disc { center, radius, fill } => {
                self.arc(*center, *radius, 0.0, TAU);
                self.finish(Some(*fill), None);
            }
            Shape::Text { at, words, size, align, color, bold, edge } => {
                let style = LetterStyle { size: *size, bold: *bold, align: *align, color: *color, edge: *edge };
                if let Some(lettering) = &mut self.lettering
                    && lettering.lay(pencil, self.palette, self.scale, (words, style, *at))
                {
                    return;
                }
                if self.font.replace((*bold, *size)) != Some((*bold, *size)) {
                    style.take_font(pencil, self.palette);
                }
                if self.align.replace(*align) != Some(*align) {
                    pencil.set_text_align(style.text_align());
                }
                let (x, y) = (at.0.into(), at.1.into());
                if let Some(edge) = edge {
                    self.dip_line(Stroke { color: *edge, width: size * 0.25, dashed: false });
                    let _ = pencil.stroke_text(words, x, y);
                }
                self.dip_fill(*color);
                let _ = pencil.fill_text(words, x, y);
            }
            Shape::Tiles { fill, tiles } => {
                self.dip_fill(*fill);
                // Upright ones need one call each: with hundreds of cars it is the calls that cost.
                for rect in tiles.iter().filter_map(Tile::upright) {
                    self.fill_rect(&rect);
                }
                let mut flat = true;
                for tile in tiles.iter().filter(|tile| tile.upright().is_none()) {
                    flat = false;
                    self.lay(&tile.pose);
                    self.fill_rect(&tile.rect);
                }
                if !flat {
                    self.lay_flat();
                }
            }
            Shape::Group { pose, opacity, shapes } => {
                if *opacity < 1.0 {
                    pencil.set_global_alpha((*opacity).into());
                }
                self.lay(pose);
                for shape in shapes {
                    self.draw(shape);
                }
                self.lay_flat();
                if *opacity < 1.0 {
                    pencil.set_global_alpha(1.0);
                }
            }
        }
    }

    /// Turns the paper to a group's frame. Groups do not nest.
    fn lay(&self, pose: &Pose) {
        // The browser's own sine: Rust's would have to be loaded first.
        let heading = f64::from(pose.heading);
        let (sin, cos) = (js_sys::Math::sin(heading), js_sys::Math::cos(heading));
        let size = self.scale * f64::from(pose.scale);
        let (x, y) = (self.scale * f64::from(pose.x), self.scale * f64::from(pose.y));
        let _ = self.pencil.set_transform(cos * size, sin * size, -sin * size, cos * size, x, y);
    }

    fn lay_flat(&self) {
        let _ = self.pencil.set_transform(self.scale, 0.0, 0.0, self.scale, 0.0, 0.0);
    }

    fn fill_rect(&self, rect: &Rect) {
        self.pencil.fill_rect(rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into());
    }

    fn arc(&self, center: Point, radius: f32, from: f64, to: f64) {
        self.pencil.begin_path();
        let _ = self.pencil.arc(center.0.into(), center.1.into(), radius.into(), from, to);
    }

    fn finish(&mut self, fill: Option<ColorRole>, stroke: Option<Stroke>) {
        if let Some(color) = fill {
            self.dip_fill(color);
            self.pencil.fill();
        }
        if let Some(stroke) = stroke {
            self.dip_line(stroke);
            if stroke.dashed {
                let dash = f64::from(stroke.width) * 3.0;
                let _ = self.pencil.set_line_dash(&Array::of2(&dash.into(), &dash.into()));
                self.pencil.stroke();
                let _ = self.pencil.set_line_dash(&Array::new());
            } else {
                self.pencil.stroke();
            }
        }
    }

    fn dip_fill(&mut self, color: ColorRole) {
        if self.fill != Some(color) {
            self.fill = Some(color);
            self.pencil.set_fill_style_str(self.palette.get(color));
        }
    }

    fn dip_line(&mut self, stroke: Stroke) {
        if self.line != Some(stroke.color) {
            self.line = Some(stroke.color);
            self.pencil.set_stroke_style_str(self.palette.get(stroke.color));
        }
        if self.width != stroke.width {
            self.width = stroke.width;
            self.pencil.set_line_width(stroke.width.into());
        }
    }
}
