//! What is to be seen of an application's requests at a moment.

use crate::app::stage::Stage;
use crate::flask::{Call, Phase, View};
use crate::sim::{Service, Site};
use crate::time::{Instant, Span};

/// So many requests can be chosen from.
const REQUESTS: usize = 12;
/// A page shows no more lines than these.
const LINES: usize = 24;

/// Everything about requests that the page shows, patched ten times a second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// The application.
    pub site: Option<Site>,
    /// Lines of the file at which requests are, with their numbers.
    pub lit: Vec<(u16, Vec<u32>)>,
    /// The last requests, newest first.
    pub requests: Vec<Brief>,
    /// The request that is looked at.
    pub chosen: Option<Chosen>,
}

/// A request in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its number.
    pub number: u32,
    /// What it asked for.
    pub path: &'static str,
    /// Its status, once it is over.
    pub status: Option<u16>,
}

/// A request in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// It in a line.
    pub brief: Brief,
    /// The lines of the answer that are shown, and how many more there are.
    pub body: (Vec<String>, usize),
    /// What was raised, as Python prints it.
    pub raised: Option<String>,
    /// Stretches of its time: what it was at, since when from its beginning, and how long.
    pub parts: Vec<(Phase, Span, Span)>,
    /// All of its time.
    pub takes: Span,
    /// So much of it was the pool's.
    pub of_pool: Span,
    /// So much of it a connection was in its hands.
    pub holding: Span,
}

impl Seen {
    /// The moment that the stage shows. Without a choice the newest request is looked at.
    pub fn of(stage: &Stage) -> Seen {
        let (world, now) = (stage.travel().world(), stage.travel().now());
        let Some(site) = world.setup().site else { return Seen::default() };
        let service = &world.services()[stage.worker()];
        let requests = newest(service);
        let number = stage.chosen().or(requests.first().map(|brief| brief.number));
        let chosen = number.and_then(|number| Some(Chosen::of(number, find(service, number)?, now)));
        Seen { site: Some(site), lit: lit(service, site), requests, chosen }
    }
}

impl Chosen {
    fn of(number: u32, (call, over): (&Call, bool), now: Instant) -> Chosen {
        let (timeline, response) = (call.timeline(), call.response());
        let body = if over { response.body() } else { String::new() };
        let all = if body.is_empty() { 0 } else { body.matches("<br>").count() + 1 };
        let parts = timeline.parts(now).map(|part| (part.phase, part.from - timeline.begun(), part.takes()));
        Chosen {
            brief: Brief { number, path: call.view().path(), status: over.then_some(response.status) },
            body: (body.split("<br>").take(LINES).map(str::to_owned).collect(), all.saturating_sub(LINES)),
            raised: response.raised.map(|raised| format!("{}: {raised}", raised.class())),
            parts: parts.collect(),
            takes: timeline.takes(now),
            of_pool: timeline.of_pool(now),
            holding: timeline.holding(now),
        }
    }
}

fn newest(service: &Service) -> Vec<Brief> {
    let brief = |number, view: View, status| Brief { number, path: view.path(), status };
    let over = service.finished().rev().take(REQUESTS);
    let over = over.map(|call| brief(call.number, call.call.view(), Some(call.call.response().status)));
    let running = service.calls().map(|(number, call)| brief(number, call.view(), None));
    let mut all: Vec<Brief> = running.chain(over).collect();
    all.sort_unstable_by_key(|brief| std::cmp::Reverse(brief.number));
    all.truncate(REQUESTS);
    all
}

fn find(service: &Service, number: u32) -> Option<(&Call, bool)> {
    let running = service.calls().find(|(other, _)| *other == number).map(|(_, call)| (call, false));
    running.or_else(|| service.finished().find(|call| call.number == number).map(|call| (&call.call, true)))
}

fn lit(service: &Service, site: Site) -> Vec<(u16, Vec<u32>)> {
    let mut lit: Vec<(u16, Vec<u32>)> = Vec::new();
    for (number, call) in service.calls() {
        let Some(below) = call.below() else { continue };
        if call.view().application() != site.view.application() {
            continue;
        }
        let line = call.view().def(site.form) + below;
        match lit.iter_mut().find(|(other, _)| *other == line) {
            Some((_, numbers)) => numbers.push(number),
            None => lit.push((line, vec![number])),
        }
    }
    for (_, numbers) in &mut lit {
        numbers.sort_unstable();
    }
    lit
}
