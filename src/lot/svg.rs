//! The picture as SVG text: the still first frame of the page, and anything to keep or print.

use super::color_role::ColorRole;
use super::picture::Picture;
use super::shape::{Align, Shape, Stroke};
use super::{ground, traffic};
use html_escape::encode_double_quoted_attribute as escape;
use std::fmt::Write;

/// The picture as an `<svg>` element that takes its colours from the page, with `title` as its accessible name.
///
/// `title` is escaped; `class` must be a plain class name.
pub fn write(picture: &Picture, class: &str, title: &str) -> String {
    let (width, height) = picture.plan.size;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">\n",
        escape(title)
    );
    for shape in ground(picture).iter().chain(&traffic(picture)) {
        shape_text(shape, &mut text);
    }
    text.push_str("</svg>\n");
    text
}

fn shape_text(shape: &Shape, text: &mut String) {
    // Writing to a String cannot fail.
    let _ = match shape {
        Shape::Rect { rect, radius, fill, stroke, opacity } => writeln!(
            text,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"{}{}/>",
            short(rect.x),
            short(rect.y),
            short(rect.w.max(0.0)),
            short(rect.h.max(0.0)),
            short(*radius),
            paint(*fill, *stroke),
            faded(*opacity)
        ),
        Shape::Path { points, fill, stroke } => {
            let mut way = String::new();
            for (index, (x, y)) in points.iter().enumerate() {
                let _ = write!(way, "{}{} {}", if index == 0 { "M" } else { "L" }, short(*x), short(*y));
            }
            let close = if fill.is_some() { "Z" } else { "" };
            writeln!(text, "<path d=\"{way}{close}\"{}/>", paint(*fill, *stroke))
        }
        Shape::Arc { center: (x, y), radius, part, stroke } if *part >= 1.0 => writeln!(
            text,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
            short(*x),
            short(*y),
            short(*radius),
            paint(None, Some(*stroke))
        ),
        Shape::Arc { center: (x, y), radius, part, stroke } => {
            let angle = part * std::f32::consts::TAU;
            writeln!(
                text,
                "<path d=\"M{} {}A{r} {r} 0 {} 1 {} {}\"{}/>",
                short(*x),
                short(y - radius),
                i32::from(*part > 0.5),
                short(x + radius * angle.sin()),
                short(y - radius * angle.cos()),
                paint(None, Some(*stroke)),
                r = short(*radius),
            )
        }
        Shape::Disc { center: (x, y), radius, fill } => writeln!(
            text,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>",
            short(*x),
            short(*y),
            short(*radius),
            paint(Some(*fill), None)
        ),
        Shape::Text { at: (x, y), words, size, align, color, bold, edge } => writeln!(
            text,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{}\"{}{}{}>{}</text>",
            short(*x),
            short(y + size * 0.35),
            short(*size),
            match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            },
            if *bold { " font-weight=\"700\"" } else { "" },
            paint(Some(*color), None),
            edge.map_or(String::new(), |edge| format!(
                " stroke=\"var({})\" stroke-width=\"{}\" paint-order=\"stroke\"",
                edge.variable(),
                short(size * 0.25)
            )),
            escape(words)
        ),
        Shape::Tiles { fill, tiles } => {
            let mut way = String::new();
            for tile in tiles {
                for (mark, (x, y)) in ["M", "L", "L", "L"].iter().zip(tile.corners()) {
                    let _ = write!(way, "{mark}{} {}", short(x), short(y));
                }
                way.push('Z');
            }
            writeln!(text, "<path d=\"{way}\"{}/>", paint(Some(*fill), None))
        }
        Shape::Group { pose, opacity, shapes } => {
            let _ = writeln!(
                text,
                "<g transform=\"translate({} {}) rotate({}) scale({})\"{}>",
                short(pose.x),
                short(pose.y),
                short(pose.heading.to_degrees()),
                short(pose.scale),
                faded(*opacity)
            );
            for shape in shapes {
                shape_text(shape, text);
            }
            writeln!(text, "</g>")
        }
    };
}

fn paint(fill: Option<ColorRole>, stroke: Option<Stroke>) -> String {
    let mut text = match fill {
        Some(color) => format!(" fill=\"var({})\"", color.variable()),
        None => " fill=\"none\"".to_string(),
    };
    if let Some(Stroke { color, width, dashed }) = stroke {
        let _ = write!(text, " stroke=\"var({})\" stroke-width=\"{}\"", color.variable(), short(width));
        text.push_str(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
        if dashed {
            let _ = write!(text, " stroke-dasharray=\"{} {}\"", short(width * 3.0), short(width * 3.0));
        }
    }
    text
}

fn faded(opacity: f32) -> String {
    if opacity < 1.0 { format!(" opacity=\"{}\"", short(opacity)) } else { String::new() }
}

/// Two digits after the point are less than a pixel.
fn short(number: f32) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}
