//! What a person points at in the picture.

use super::SceneCommand;
use crate::app::controls::Controls;
use crate::app::pointed::PointedAt;
use crate::lot::{Car, Picture};
use leptos::web_sys::{HtmlElement, MouseEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// A person means a car when they point no further from it than this, in picture units.
const REACH: f32 = 60.0;

/// The number of the car nearest to a place, in parts of the picture's width and height; `None` if none is near.
pub fn car_at(picture: &Picture, x: f32, y: f32) -> Option<u32> {
    let (x, y) = (x * picture.plan.size.0, y * picture.plan.size.1);
    let distance = |car: &Car| (car.pose.x - x).powi(2) + (car.pose.y - y).powi(2);
    let nearest = picture.cars.iter().min_by(|one, other| distance(one).total_cmp(&distance(other)))?;
    (distance(nearest) < REACH * REACH).then_some(nearest.number)
}

/// A click on the picture becomes a command that says where it was.
pub fn listen_for_clicks(picture: &HtmlElement, controls: Controls) {
    let place = picture.clone();
    let answers = PointedAt::mount(picture, controls);
    let pointed = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let size = place.get_bounding_client_rect();
        let part = |at: i32, from: f64, length: f64| ((f64::from(at) - from) / length.max(1.0)) as f32;
        let x = part(event.client_x(), size.left(), size.width());
        let y = part(event.client_y(), size.top(), size.height());
        answers.ask(x, y);
        controls.send(SceneCommand::Point(x, y));
    });
    let _ = picture.add_event_listener_with_callback("click", pointed.as_ref().unchecked_ref());
    pointed.forget(); // as long as the page
}
