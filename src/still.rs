//! The still first frame: one moment of a simulated world, drawn before any wasm runs.

use crate::lot::{Format, Lot, svg};
use crate::pool::Settings;
use crate::sim::{Latency, Server, Service, Traffic, run};
use crate::time::{Instant, Span};

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

fn still(format: Format) -> String {
    let latency = Latency {
        connect: Span::from_millis(300),
        work: FIRST_QUERY,
        ping: Span::from_millis(10),
        reset: Span::from_millis(10),
        close: Span::from_millis(10),
    };
    let mut service = Service::new(FIRST);
    let mut lot = Lot::new(format);
    let moment = Instant::ZERO + MOMENT;
    let mut traffic = Traffic::new(SEED, FIRST_RATE);
    run(&mut service, &mut Server::new(latency), &mut traffic, Instant::ZERO, moment, |now, service, news| {
        lot.watch(now, news);
        lot.settle(now, service);
    });
    lot.settle(moment, &service);
    let picture = lot.picture(moment, service.pool(), true);
    svg::write(
        &picture,
        &format!("still still-{}", if format == Format::Wide { "wide" } else { "tall" }),
        &service.pool().status(),
    )
}
