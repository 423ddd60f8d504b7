//! What the page shows of an application's requests at a moment.

use super::at_work::InHand;
use crate::app::scene::Stage;
use crate::apps::{Call, Phase, Place, View};
use crate::service::Service;
use crate::sim::HostedApp;
use crate::time::{Instant, Span};

/// How many of the newest requests the reader can choose from.
const REQUESTS: usize = 10;
/// How many of the newest failed requests are offered besides.
const FAILED: usize = 10;
/// While at most this many requests are running, the newest is shown.
const FEW: usize = 3;
/// The most lines of a response body that are shown.
const LINES: usize = 24;

/// Everything that the page shows about requests, updated ten times a second.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestsView {
    /// The application and its form.
    pub site: Option<HostedApp>,
    /// The lines of the file that requests are at, each with the numbers of those requests.
    pub lit: Vec<(u16, Vec<u32>)>,
    /// The newest requests, newest first, then the newest failed ones.
    pub requests: Vec<RequestSummary>,
    /// The request that is shown in full.
    pub chosen: Option<Chosen>,
    /// Whether the reader chose that request.
    pub by_hand: bool,
    /// The number of requests that have no response yet.
    pub unanswered: usize,
    /// The numbers of requests that were served, and that failed, so far.
    pub ended: (u64, u64),
    /// How many the event loop and the threads have in hand.
    pub at_work: InHand,
}

/// A request in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestSummary {
    /// Its number.
    pub number: u32,
    /// The path that it asks for.
    pub path: &'static str,
    /// Its HTTP status, once it has its response.
    pub status: Option<u16>,
}

/// A request in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The request in one line.
    pub summary: RequestSummary,
    /// The lines of the response body that are shown, and how many more there are.
    pub body: (Vec<String>, usize),
    /// The exception, if one was raised, as Python prints it.
    pub raised: Option<String>,
    /// The parts of its time: the phase, the start counted from the request's beginning, and the duration.
    pub parts: Vec<(Phase, Span, Span)>,
    /// Its total time.
    pub takes: Span,
    /// How much of that time the pool takes.
    pub of_pool: Span,
    /// How much of that time it holds a connection.
    pub holding: Span,
    /// After how long the user had the answer, where the request went on after that.
    pub answered: Option<Span>,
    /// Whether an error cut the body of the answer off.
    pub is_cut_off: bool,
}

impl RequestsView {
    /// The requests at the moment that the stage shows.
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
        let at_work = InHand {
            on_loop: service.on_loop(),
            in_threads: site.view.application().threads().and_then(|_| service.threads()),
            without_thread: service.without_thread() as u32,
        };
        RequestsView {
            site: Some(site),
            lit: lit(service, site),
            requests,
            chosen,
            by_hand,
            unanswered,
            ended,
            at_work,
        }
    }
}

impl Chosen {
    fn of(number: u32, (call, over): (&Call, bool), now: Instant) -> Chosen {
        let (timeline, response) = (call.timeline(), call.response());
        let body = if over { response.body() } else { String::new() };
        let all = if body.is_empty() { 0 } else { body.matches("<br>").count() + 1 };
        let parts = timeline.parts(now).map(|part| (part.phase, part.from - timeline.begun(), part.takes()));
        Chosen {
            summary: RequestSummary { number, path: call.view().path(), status: over.then_some(response.status) },
            body: (body.split("<br>").take(LINES).map(plain).collect(), all.saturating_sub(LINES)),
            raised: response.raised.map(|raised| format!("{}: {raised}", raised.class())),
            parts: parts.collect(),
            takes: timeline.takes(now),
            of_pool: timeline.of_pool(now),
            holding: timeline.holding(now),
            answered: timeline.answered(),
            is_cut_off: call.is_cut_off(),
        }
    }
}

/// The request to show when the reader has chosen none: the newest while few are running; otherwise the last one that is
/// over, because the newest of many has hardly begun.
fn of_interest(service: &Service) -> Option<u32> {
    let running = service.calls().filter(|(_, call)| !call.is_answered()).map(|(number, _)| number);
    let (newest, few) = running.fold((None, 0), |(newest, count), number| (newest.max(Some(number)), count + 1));
    let over = service.finished().next_back().map(|call| call.number);
    match newest {
        Some(newest) if few <= FEW || over.is_none() => Some(newest),
        _ => over.max(service.calls().filter(|(_, call)| call.is_answered()).map(|(number, _)| number).max()),
    }
}

/// The newest requests, followed by the newest failed ones that are not among them.
fn newest(service: &Service) -> Vec<RequestSummary> {
    let summary = |number, view: View, status| RequestSummary { number, path: view.path(), status };
    let over = service.finished().rev();
    let over = over.map(|call| summary(call.number, call.call.view(), Some(call.call.response().status)));
    let status = |call: &Call| call.is_answered().then_some(call.response().status);
    let running = service.calls().map(|(number, call)| summary(number, call.view(), status(call)));
    let mut all: Vec<RequestSummary> = running.chain(over).collect();
    all.sort_unstable_by_key(|summary| std::cmp::Reverse(summary.number));
    let mut failed: Vec<RequestSummary> =
        all.iter().filter(|summary| summary.status.is_some_and(|status| status >= 400)).cloned().collect();
    failed.truncate(FAILED);
    all.truncate(REQUESTS);
    failed.retain(|summary| !all.contains(summary));
    all.extend(failed);
    all
}

fn find(service: &Service, number: u32) -> Option<(&Call, bool)> {
    let running = service.calls().find(|(other, _)| *other == number).map(|(_, call)| (call, call.is_answered()));
    running.or_else(|| service.finished().find(|call| call.number == number).map(|call| (&call.call, true)))
}

/// A line of a response body without its `<p>` tags.
fn plain(line: &str) -> String {
    line.replace("<p>", "").replace("</p>", "")
}

fn lit(service: &Service, site: HostedApp) -> Vec<(u16, Vec<u32>)> {
    let mut lit: Vec<(u16, Vec<u32>)> = Vec::new();
    // Finding a function's `def` means searching the file, so each line is looked up once and not once per request.
    let mut known: Vec<((View, Place), u16)> = Vec::new();
    for (number, call) in service.calls() {
        let (view, Some(place)) = (call.view(), call.place()) else { continue };
        if view.application() != site.view.application() || !view.is_in(site.form) {
            continue;
        }
        let found = known.iter().find(|(other, _)| *other == (view, place)).map(|(_, line)| *line);
        let line = found.unwrap_or_else(|| {
            let line = view.line(place, site.form);
            known.push(((view, place), line));
            line
        });
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
