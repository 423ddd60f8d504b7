//! Threads: a request without one waits for it, and has not asked for a connection yet. No time in that line counts towards
//! `pool_timeout`, and no counter of the pool knows of it.

use super::news::News;
use super::request::RequestStage;
use super::request_spec::RequestSpec;
use super::service::Service;
use crate::pool::{Client, Input};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// The threads of a worker.
#[derive(Debug, Clone, Default)]
pub(super) struct Threads {
    /// How many there are; `None` if there is one for each request.
    limit: Option<u32>,
    /// The requests that wait for one, first come, first served.
    line: VecDeque<Client>,
    /// Requests that have been answered and are still under way: they leaked their connection, or forgot it.
    answered: u32,
    /// Requests under way that the event loop runs.
    on_loop: u32,
    /// The longest that a health check took until now.
    slowest_probe: Span,
    /// Whether those who get a thread run only later.
    is_late: bool,
    /// Those who have one, and do not run yet.
    late: Vec<Client>,
}

impl Threads {
    /// A request comes.
    #[inline]
    pub fn comes(&mut self, spec: &RequestSpec) {
        self.on_loop += u32::from(spec.is_on_loop());
    }

    /// A request is over.
    #[inline]
    pub fn leaves(&mut self, spec: &RequestSpec) {
        self.on_loop -= u32::from(spec.is_on_loop());
    }

    /// Whether no request waits for a thread.
    #[inline]
    pub fn is_line_empty(&self) -> bool {
        self.line.is_empty()
    }
}

impl Service {
    /// Sets how many threads there are from now on; `None` means one for each request.
    pub(crate) fn limit_threads(&mut self, now: Instant, limit: Option<u32>) {
        if self.threads.limit != limit {
            self.threads.limit = limit;
            self.start_waiting(now);
            self.tell_pending(now);
        }
    }

    /// How many requests wait for a thread.
    pub fn without_thread(&self) -> usize {
        self.threads.line.len()
    }

    /// How many requests run in threads, and how many threads there are; `None` if there is one for each request.
    pub fn threads(&self) -> Option<(u32, u32)> {
        Some((self.in_threads(), self.threads.limit?))
    }

    /// How many requests under way the event loop runs.
    pub fn on_loop(&self) -> u32 {
        self.threads.on_loop
    }

    /// How many requests have a thread.
    #[inline]
    fn in_threads(&self) -> u32 {
        self.tally.in_system - self.threads.line.len() as u32 - self.threads.answered - self.threads.on_loop
    }

    /// The longest that a health check took, those that are not over with their time so far.
    pub fn slowest_probe(&self, now: Instant) -> Span {
        let under_way = self.requests.iter().flatten().filter(|request| request.spec.probe.is_some());
        under_way.map(|request| now - request.came).max().unwrap_or_default().max(self.threads.slowest_probe)
    }

    /// Whether a thread is free for a request that just came, and is not counted yet.
    #[inline]
    pub(super) fn has_free_thread(&self) -> bool {
        let Some(limit) = self.threads.limit else { return true };
        self.in_threads() < limit
    }

    /// A request that came finds no free thread.
    pub(super) fn wait_for_thread(&mut self, client: Client) {
        self.threads.line.push_back(client);
        self.tell_news(News::Computes(client));
    }

    /// The request runs: it does what it came for.
    pub(crate) fn run(&mut self, now: Instant, client: Client) {
        let newest = self.newest();
        let Some(request) = &mut self.requests[client.0 as usize] else { return };
        let (spec, was_queued) = (request.spec, request.stage == RequestStage::Queued);
        if let Some(view) = spec.view {
            request.stage = RequestStage::Computing;
            return self.begin_call(now, client, view);
        }
        if spec.probe.is_some_and(|probe| probe.is_without_database()) {
            return self.end_without_connection(now, client, Ok(()));
        }
        if was_queued {
            (request.stage, request.generation, request.asked) = (RequestStage::First, newest, now);
            self.count_asking(now, true);
            self.tell_news(News::Asks(client));
        }
        self.pending.push_back((newest, Input::Checkout(client)));
    }

    /// Those who wait for a thread run, as far as threads are free.
    pub(super) fn start_waiting(&mut self, now: Instant) {
        while !self.threads.line.is_empty() && self.has_free_thread() {
            if let Some(client) = self.threads.line.pop_front() {
                if self.threads.is_late { self.threads.late.push(client) } else { self.run(now, client) }
            }
        }
    }

    /// Sets whether those who get a thread run only later from now on. The driver says when.
    pub(crate) fn run_late(&mut self, is_late: bool) {
        self.threads.is_late = is_late;
    }

    /// The request, which got its thread a moment ago, runs.
    pub(crate) fn run_at_last(&mut self, now: Instant, client: Client) {
        self.run(now, client);
        self.tell_pending(now);
    }

    /// Those who got a thread since the last call and do not run yet.
    pub(crate) fn take_late(&mut self) -> Vec<Client> {
        std::mem::take(&mut self.threads.late)
    }

    /// The request has been answered, and its thread is free, though it is still under way.
    pub(super) fn answered_early(&mut self, now: Instant, spec: RequestSpec) {
        self.threads.answered += u32::from(!spec.is_on_loop());
        self.start_waiting(now);
    }

    /// A request that had been answered before is over.
    pub(super) fn is_over_at_last(&mut self, spec: RequestSpec) {
        self.threads.answered -= u32::from(!spec.is_on_loop());
    }

    /// A health check was answered.
    pub(super) fn probed(&mut self, took: Span) {
        self.threads.slowest_probe = self.threads.slowest_probe.max(took);
    }
}
