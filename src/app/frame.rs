//! The frame loop: moves the world on, paints it, and patches the figures.

use super::canvas::Canvas;
use super::controls::{Controls, prefers_stillness};
use super::figures::Figures;
use super::inks::Inks;
use super::live::Live;
use super::paint::paint;
use crate::lot::{Format, Shape, ground, traffic};
use crate::time::Span;
use leptos::prelude::{request_animation_frame, window};
use leptos::web_sys::HtmlElement;
use reactive_stores::{Patch, Store};
use std::cell::RefCell;
use std::rc::Rc;

/// A frame moves the world on by this at most, in milliseconds: after a hidden tab it goes on, it does not catch up.
const LONGEST: f64 = 50.0;
/// How often the figures are patched, in milliseconds.
const FIGURES: f64 = 100.0;
/// How often the ground is drawn anew to see whether it changed, in milliseconds: nothing on it moves.
const GROUND: f64 = 50.0;
/// How often a still picture is painted anew, in milliseconds.
const STILL: f64 = 1_000.0;
/// Below this width the picture is tall, in CSS pixels.
const TALL: f64 = 640.0;

struct Frame {
    live: Live,
    controls: Controls,
    figures: Store<Figures>,
    /// The picture's place, and the whole scene's: picture, knobs and figures.
    picture: HtmlElement,
    scene: HtmlElement,
    under: Option<Canvas>,
    over: Option<Canvas>,
    inks: Inks,
    /// What is on the lower canvas, and since when it is known to be right.
    painted: Vec<Shape>,
    drawn: f64,
    /// When the last frame, patch and still picture were, in the browser's milliseconds.
    last: f64,
    patched: f64,
    shown: f64,
    still: bool,
    in_sight: bool,
    first: bool,
}

/// Starts the loop; it runs as long as the page.
pub fn start(
    live: Live,
    controls: Controls,
    figures: Store<Figures>,
    scene: HtmlElement,
    picture: HtmlElement,
    (under, over): (Option<Canvas>, Option<Canvas>),
) {
    let inks = Inks::read();
    let frame = Frame {
        live,
        controls,
        figures,
        scene,
        picture,
        under,
        over,
        inks,
        painted: Vec::new(),
        drawn: f64::MIN,
        last: clock(),
        patched: f64::MIN,
        shown: f64::MIN,
        still: false,
        in_sight: true,
        first: true,
    };
    again(Rc::new(RefCell::new(frame)));
}

fn again(frame: Rc<RefCell<Frame>>) {
    request_animation_frame(move || {
        frame.borrow_mut().tick();
        again(frame);
    });
}

fn clock() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

impl Frame {
    fn tick(&mut self) {
        let now = clock();
        let real = (now - self.last).clamp(0.0, LONGEST);
        self.last = now;
        for act in self.controls.take_acts() {
            self.live.act(act);
        }
        let patch = now - self.patched >= FIGURES;
        if patch {
            self.patched = now;
            self.look_round();
        }
        let goes_on = self.in_sight && self.controls.pace() > 0.0;
        self.live.step(if goes_on { Span::from_secs_f64(real / 1e3) } else { Span::ZERO });
        // Without motion, picture and figures change in the same frame, now and then.
        let due = !self.still || (patch && now - self.shown >= STILL);
        if due && self.in_sight {
            self.shown = now;
            self.paint();
        }
        if patch && (due || !goes_on) {
            self.figures.patch(self.live.figures());
        }
    }

    /// What changes seldom: size, light or dark, motion, whether anybody can see the scene.
    fn look_round(&mut self) {
        let place = self.picture.get_bounding_client_rect();
        // The world rests when nothing of the scene is in view, knobs and figures included.
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
        let scene = self.scene.get_bounding_client_rect();
        self.in_sight = scene.bottom() > 0.0 && scene.top() < height;
        self.still = prefers_stillness();
        let format = if place.width() < TALL { Format::Tall } else { Format::Wide };
        self.live.set_format(format);
        let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
        let (width, height) = ((place.width() * ratio).round() as u32, (place.height() * ratio).round() as u32);
        let mut repaint = self.inks.are_old();
        for canvas in self.under.iter().chain(&self.over) {
            repaint |= canvas.fit(width, height);
        }
        if repaint {
            self.inks = Inks::read();
            self.painted.clear();
            self.shown = f64::MIN;
        }
    }

    fn paint(&mut self) {
        let picture = self.live.picture(self.still);
        let size = picture.plan.size;
        let (Some(under), Some(over)) = (&self.under, &self.over) else { return };
        let width = f64::from(over.width());
        let scale = width / f64::from(size.0);
        if self.still || self.painted.is_empty() || self.last - self.drawn >= GROUND {
            self.drawn = self.last;
            let below = ground(&picture);
            if below != self.painted {
                paint(&under.pencil, &below, &self.inks, size, scale);
                self.painted = below;
            }
        }
        paint(&over.pencil, &traffic(&picture), &self.inks, size, scale);
        if self.first {
            // The still picture has done its work.
            self.first = false;
            let _ = self.picture.class_list().add_1("live");
        }
    }
}
