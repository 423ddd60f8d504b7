//! What is to be seen of an application's requests at a moment.

use crate::app::scene::Stage;
use crate::apps::flask::View;
use crate::apps::{Call, Phase};
use crate::service::Service;
use crate::sim::Site;
use crate::time::{Instant, Span};

/// So many requests can be chosen from, the newest, ...
const REQUESTS: usize = 10;
/// ... and so many more that failed.
const FAILED: usize = 10;
/// With no more than these on their way the newest is looked at.
const FEW: usize = 3;
/// A page shows no more lines than these.
const LINES: usize = 24;

/// Everything about requests that the page shows, patched ten times a second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestsView {
    /// The application.
    pub site: Option<Site>,
    /// Lines of the file at which requests are, with their numbers.
    pub lit: Vec<(u16, Vec<u32>)>,
    /// The last requests, newest first.
    pub requests: Vec<Brief>,
    /// The request that is looked at.
    pub chosen: Option<Chosen>,
    /// Whether somebody chose it.
    pub by_hand: bool,
    /// Visitors that have no answer yet; and those that were served, and that were not, so far.
    pub unanswered: usize,
    /// Requests that ended well, and badly.
    pub ended: (u64, u64),
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

impl RequestsView {
    /// The moment that the stage shows.
    pub fn of(stage: &Stage) -> RequestsView {
        let (world, now) = (stage.travel().world(), stage.travel().now());
        let Some(site) = world.setup().site else { return RequestsView::default() };
        let service = &world.services()[stage.worker()];
        let requests = newest(service);
        let number = stage.chosen().or_else(|| of_interest(service));
        let chosen = number.and_then(|number| Some(Chosen::of(number, find(service, number)?, now)));
        let unanswered = service.calls().filter(|(_, call)| !call.is_answered()).count();
        let tally = service.tally();
        let ended = (tally.served + tally.leaked, tally.errors());
        let by_hand = stage.chosen().is_some();
        RequestsView { site: Some(site), lit: lit(service, site), requests, chosen, by_hand, unanswered, ended }
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
            body: (body.split("<br>").take(LINES).map(plain).collect(), all.saturating_sub(LINES)),
            raised: response.raised.map(|raised| format!("{}: {raised}", raised.class())),
            parts: parts.collect(),
            takes: timeline.takes(now),
            of_pool: timeline.of_pool(now),
            holding: timeline.holding(now),
        }
    }
}

/// Without a choice: the newest request, while few are on their way; of a crowd the last one that is over, since the newest
/// has hardly begun.
fn of_interest(service: &Service) -> Option<u32> {
    let running = service.calls().filter(|(_, call)| !call.is_answered()).map(|(number, _)| number);
    let (newest, few) = running.fold((None, 0), |(newest, count), number| (newest.max(Some(number)), count + 1));
    let over = service.finished().next_back().map(|call| call.number);
    match newest {
        Some(newest) if few <= FEW || over.is_none() => Some(newest),
        _ => over.max(service.calls().filter(|(_, call)| call.is_answered()).map(|(number, _)| number).max()),
    }
}

/// The last requests, and the last that failed.
fn newest(service: &Service) -> Vec<Brief> {
    let brief = |number, view: View, status| Brief { number, path: view.path(), status };
    let over = service.finished().rev();
    let over = over.map(|call| brief(call.number, call.call.view(), Some(call.call.response().status)));
    let status = |call: &Call| call.is_answered().then_some(call.response().status);
    let running = service.calls().map(|(number, call)| brief(number, call.view(), status(call)));
    let mut all: Vec<Brief> = running.chain(over).collect();
    all.sort_unstable_by_key(|brief| std::cmp::Reverse(brief.number));
    let mut failed: Vec<Brief> =
        all.iter().filter(|brief| brief.status.is_some_and(|status| status >= 400)).cloned().collect();
    failed.truncate(FAILED);
    all.truncate(REQUESTS);
    failed.retain(|brief| !all.contains(brief));
    all.extend(failed);
    all
}

fn find(service: &Service, number: u32) -> Option<(&Call, bool)> {
    let running = service.calls().find(|(other, _)| *other == number).map(|(_, call)| (call, call.is_answered()));
    running.or_else(|| service.finished().find(|call| call.number == number).map(|call| (&call.call, true)))
}

/// A line of a page without its tags.
fn plain(line: &str) -> String {
    line.replace("<p>", "").replace("</p>", "")
}

fn lit(service: &Service, site: Site) -> Vec<(u16, Vec<u32>)> {
    let mut lit: Vec<(u16, Vec<u32>)> = Vec::new();
    // Where a view begins is looked for in the file: once a view, not once a request.
    let mut defs: Vec<(View, u16)> = Vec::new();
    for (number, call) in service.calls() {
        let Some(below) = call.below() else { continue };
        if call.view().application() != site.view.application() {
            continue;
        }
        let view = call.view();
        let known = defs.iter().find(|(other, _)| *other == view).map(|(_, def)| *def);
        let def = known.unwrap_or_else(|| {
            let def = view.def(site.form);
            defs.push((view, def));
            def
        });
        let line = def + below;
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
