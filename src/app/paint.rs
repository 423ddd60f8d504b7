//! Shapes on canvas. The one place that knows how; [`lot::svg`](crate::lot::svg) does the same in text.

use super::inks::Inks;
use crate::lot::{Align, Ink, Point, Shape, Stroke};
use js_sys::Array;
use leptos::web_sys::CanvasRenderingContext2d;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Paints shapes, in picture units scaled by `scale`, on a cleared canvas.
pub fn paint(pencil: &CanvasRenderingContext2d, shapes: &[Shape], inks: &Inks, size: (f32, f32), scale: f64) {
    let _ = pencil.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0);
    pencil.clear_rect(0.0, 0.0, size.0.into(), size.1.into());
    pencil.set_line_cap("round");
    pencil.set_line_join("round");
    pencil.set_text_baseline("middle");
    for shape in shapes {
        draw(pencil, shape, inks);
    }
}

fn draw(pencil: &CanvasRenderingContext2d, shape: &Shape, inks: &Inks) {
    match shape {
        Shape::Rect { rect, radius, fill, stroke, opacity } => {
            pencil.set_global_alpha((*opacity).into());
            pencil.begin_path();
            let (x, y, w, h) = (rect.x.into(), rect.y.into(), rect.w.into(), rect.h.into());
            if *radius > 0.0 {
                let _ = pencil.round_rect_with_f64(x, y, w, h, (*radius).into());
            } else {
                pencil.rect(x, y, w, h);
            }
            finish(pencil, *fill, *stroke, inks);
            pencil.set_global_alpha(1.0);
        }
        Shape::Path { points, fill, stroke } => {
            trace(pencil, points);
            finish(pencil, *fill, *stroke, inks);
        }
        Shape::Arc { center, radius, part, stroke } => {
            if *part > 0.0 {
                let end = -FRAC_PI_2 + f64::from(*part) * TAU;
                arc(pencil, *center, *radius, -FRAC_PI_2, end);
                finish(pencil, None, Some(*stroke), inks);
            }
        }
        Shape::Disc { center, radius, fill } => {
            arc(pencil, *center, *radius, 0.0, TAU);
            finish(pencil, Some(*fill), None, inks);
        }
        Shape::Text { at, words, size, align, ink, bold, edge } => {
            let weight = if *bold { "700 " } else { "" };
            pencil.set_font(&format!("{weight}{size}px {}", inks.typeface));
            pencil.set_text_align(match align {
                Align::Start => "left",
                Align::Middle => "center",
                Align::End => "right",
            });
            let (x, y) = (at.0.into(), at.1.into());
            if let Some(edge) = edge {
                pencil.set_stroke_style_str(inks.get(*edge));
                pencil.set_line_width((size * 0.25).into());
                let _ = pencil.stroke_text(words, x, y);
            }
            pencil.set_fill_style_str(inks.get(*ink));
            let _ = pencil.fill_text(words, x, y);
        }
        Shape::Group { pose, opacity, shapes } => {
            pencil.save();
            pencil.set_global_alpha((*opacity).into());
            let _ = pencil.translate(pose.x.into(), pose.y.into());
            let _ = pencil.rotate(pose.heading.into());
            let _ = pencil.scale(pose.scale.into(), pose.scale.into());
            for shape in shapes {
                draw(pencil, shape, inks);
            }
            pencil.restore();
        }
    }
}

fn trace(pencil: &CanvasRenderingContext2d, points: &[Point]) {
    pencil.begin_path();
    for (index, (x, y)) in points.iter().enumerate() {
        let (x, y) = ((*x).into(), (*y).into());
        if index == 0 { pencil.move_to(x, y) } else { pencil.line_to(x, y) }
    }
}

fn arc(pencil: &CanvasRenderingContext2d, center: Point, radius: f32, from: f64, to: f64) {
    pencil.begin_path();
    let _ = pencil.arc(center.0.into(), center.1.into(), radius.into(), from, to);
}

fn finish(pencil: &CanvasRenderingContext2d, fill: Option<Ink>, stroke: Option<Stroke>, inks: &Inks) {
    if let Some(ink) = fill {
        pencil.set_fill_style_str(inks.get(ink));
        pencil.fill();
    }
    if let Some(Stroke { ink, width, dashed }) = stroke {
        pencil.set_stroke_style_str(inks.get(ink));
        pencil.set_line_width(width.into());
        if dashed {
            let dash = f64::from(width) * 3.0;
            let _ = pencil.set_line_dash(&Array::of2(&dash.into(), &dash.into()));
            pencil.stroke();
            let _ = pencil.set_line_dash(&Array::new());
        } else {
            pencil.stroke();
        }
    }
}
