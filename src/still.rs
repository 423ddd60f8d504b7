//! The still first frame: one moment of a simulated world, drawn before any wasm runs.

use crate::flask::{Application, Form, View};
use crate::lot::{Format, svg};
use crate::pool::Settings;
use crate::sim::{Database, Latency, Setup, Shape, Site, Traffic, Work};
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// The live scene's settings when the page opens: small enough to see all of it.
pub const FIRST: Settings =
    Settings { pool_size: 5, max_overflow: 2, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT };
/// The live scene's requests a second when the page opens.
pub const FIRST_RATE: f64 = 4.0;
/// How long a request works with its connection in the live scene when the page opens.
pub const FIRST_QUERY: Span = Span::from_millis(1_500);

/// When the moment is: cars drive, some wait, and two extra bays are up.
const MOMENT: Span = Span::from_millis(10_700);
const SEED: u64 = 3;

/// The still pictures by name.
pub fn all() -> [(&'static str, String); 2] {
    [("wide", still(Format::Wide)), ("tall", still(Format::Tall))]
}

/// The world of the live scene as it begins.
pub fn first() -> Setup {
    Setup {
        seed: SEED,
        settings: FIRST,
        traffic: Traffic::poisson(FIRST_RATE),
        work: Work::constant(FIRST_QUERY),
        database: Database {
            latency: Latency {
                connect: Span::from_millis(300),
                ping: Span::from_millis(10),
                reset: Span::from_millis(10),
                close: Span::from_millis(10),
            },
            ..Database::default()
        },
        ..Setup::default()
    }
}

/// The world of the Flask application as it begins: nobody comes until somebody is sent.
pub fn flask() -> Setup {
    let view = View::all().next();
    Setup {
        settings: Application::Example.settings(Form::Original),
        traffic: Traffic::poisson(0.0),
        work: Work::constant(Span::from_millis(300)),
        site: view.map(|view| Site { form: Form::Original, view }),
        ..first()
    }
}

/// The world of the playground as it begins: a pool that is a little too small now and then.
pub fn playground() -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed: 7,
        settings: Settings { max_overflow: 3, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT },
        traffic: Traffic::poisson(6.0),
        work: Work { shape: Shape::Exponential, ..Work::constant(ms(1_200)) },
        database: Database {
            latency: Latency { connect: ms(250), ping: ms(5), reset: ms(5), close: ms(5) },
            ..Database::default()
        },
        ..Setup::default()
    }
}

fn still(format: Format) -> String {
    let mut travel = Travel::new(first(), format);
    travel.seek(Instant::ZERO + MOMENT);
    let class = if format == Format::Wide { "still still-wide" } else { "still still-tall" };
    svg::write(&travel.picture(0, true), class, &travel.world().services()[0].pool().status())
}
