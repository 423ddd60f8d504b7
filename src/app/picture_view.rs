//! A picture on the page: where it stands, how large it is, and what is on its canvases.

use super::canvas::{Canvas, dissolve, pair};
use super::lettering::Lettering;
use super::paint::paint;
use super::palette::Palette;
use crate::lot::{Format, LotPlan, Picture, Shape, landscape, standing, traffic};
use leptos::prelude::window;
use leptos::web_sys::{DomRect, HtmlElement};

/// How often the ground is drawn anew to see whether it changed, in milliseconds: nothing on it moves.
const GROUND: f64 = 50.0;
/// Below this width the picture is tall, in CSS pixels.
const TALL: f64 = 640.0;
/// So many times as wide as it is high, a picture has room for a title.
const PANORAMA: f64 = 1.95;

/// The format that fits a picture's place.
pub fn format_of(place: &DomRect) -> Format {
    match (place.width(), place.height()) {
        (width, _) if width < TALL => Format::Tall,
        (width, height) if width > height * PANORAMA => Format::Panorama,
        _ => Format::Wide,
    }
}

/// A picture's place and its canvases.
#[derive(Debug)]
pub struct PictureView {
    place: HtmlElement,
    under: Option<Canvas>,
    over: Option<Canvas>,
    palette: Palette,
    lettering: Lettering,
    /// The plan that the lower canvas shows, and its landscape: it is drawn once for each plan.
    landscape: Option<(LotPlan, Vec<Shape>)>,
    /// What stands on it, and since when that is known to be right.
    painted: Vec<Shape>,
    drawn: f64,
    first: bool,
}

impl PictureView {
    /// Canvases in `place`.
    pub fn new(place: HtmlElement) -> PictureView {
        let (under, over) = pair(&place);
        PictureView {
            place,
            under,
            over,
            palette: Palette::read(),
            lettering: Lettering::default(),
            landscape: None,
            painted: Vec::new(),
            drawn: f64::MIN,
            first: true,
        }
    }

    /// Looks whether size or light changed: the format that fits, and whether everything has to be painted anew.
    pub fn look(&mut self) -> (Format, bool) {
        let place = self.place.get_bounding_client_rect();
        let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
        let (width, height) = ((place.width() * ratio).round() as u32, (place.height() * ratio).round() as u32);
        let mut repaint = self.palette.are_old();
        for canvas in self.under.iter().chain(&self.over) {
            repaint |= canvas.fit(width, height);
        }
        if repaint {
            self.palette = Palette::read();
            self.painted.clear();
            self.lettering.clear();
        }
        (format_of(&place), repaint)
    }

    /// Nobody is near: the canvases need no pixels until the next [look](PictureView::look).
    pub fn rest(&mut self) {
        for canvas in self.under.iter().chain(&self.over) {
            canvas.fit(1, 1);
        }
    }

    /// The picture's place on the page.
    pub fn place(&self) -> &HtmlElement {
        &self.place
    }

    /// Paints. While the world `goes_on`, the ground is painted only now and then. `now` is the browser's clock.
    pub fn paint(&mut self, picture: &Picture, now: f64, goes_on: bool) {
        let size = picture.plan.size;
        let (Some(under), Some(over)) = (&self.under, &self.over) else { return };
        let scale = f64::from(over.width()) / f64::from(size.0);
        if !goes_on || self.painted.is_empty() || now - self.drawn >= GROUND {
            self.drawn = now;
            if self.landscape.as_ref().is_none_or(|(plan, _)| *plan != picture.plan) {
                // Bays and cars are elsewhere now: what was there dissolves, unless nothing was to be seen.
                if self.landscape.as_ref().is_some_and(|(plan, _)| plan.format == picture.plan.format)
                    && !self.painted.is_empty()
                {
                    dissolve(&[under, over]);
                }
                self.landscape = Some((picture.plan, landscape(&picture.plan)));
                self.painted.clear();
            }
            let below = standing(picture);
            if below != self.painted {
                let lettering = Some(&mut self.lettering);
                let landscape = self.landscape.as_ref().map_or(&[][..], |(_, shapes)| shapes);
                paint(&under.pencil, &[landscape, &below], &self.palette, lettering, (size, scale));
                self.painted = below;
            }
        }
        let lettering = Some(&mut self.lettering);
        paint(&over.pencil, &[&traffic(picture)], &self.palette, lettering, (size, scale));
        if self.first {
            // The still picture has done its work.
            self.first = false;
            let _ = self.place.class_list().add_1("live");
        }
    }
}
