//! A chart of connections checked out and requests waiting over time, with `pool_size` and the limit as lines.

use super::scene::Stage;
use crate::sim::Sample;
use crate::time::{Instant, Span};
use leptos::prelude::*;
use std::fmt::Write;

/// So far back the chart looks.
const SPAN: Span = Span::from_secs(120);
/// How finely it looks: what is between two columns is shown by its highest.
const COLUMNS: usize = 300;
/// Its size in its own units.
const SIZE: (f64, f64) = (600.0, 120.0);
/// How high a label is at most, as a part of the chart's height.
const LABEL: f64 = 0.13;

/// What is written beside a line.
#[derive(Debug, Clone, PartialEq)]
struct Label {
    text: String,
    /// Where its top is, as a part of the chart's height.
    top: f64,
    /// Curves are named where they end, lines where they begin.
    is_at_end: bool,
}

/// What a chart shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// The curves as SVG paths: checked out, and waiting.
    curves: (String, String),
    /// Heights of `pool_size` and of the limit, where there are such lines.
    lines: (Option<f64>, Option<f64>),
    /// What those lines and the curves are.
    labels: Vec<Label>,
    /// The ends in seconds.
    ends: (f64, f64),
    /// The same in words.
    words: String,
}

impl Chart {
    /// What it shows, in words.
    fn said(&self) -> String {
        // Before the first figures a picture needs a name too.
        if self.words.is_empty() { "Nothing has happened yet.".to_owned() } else { self.words.clone() }
    }

    /// The chart of the time up to the moment that a stage shows.
    pub fn of(stage: &Stage) -> Chart {
        let travel = stage.travel();
        let now = travel.now();
        let from = Instant::ZERO.max(now + Span::from_micros(-SPAN.as_micros()));
        let samples = travel.journal().samples();
        let seen = &samples[samples.partition_point(|sample| sample.at < from)..];
        let setup = travel.world().setup();
        let workers = setup.workers as i64;
        let (size, limit) = (setup.settings.pool_size * workers, setup.settings.limit().map(|limit| limit * workers));
        let most = seen.iter().map(|sample| sample.checked_out.max(i64::from(sample.waiting))).max().unwrap_or(0);
        let top = most.max(limit.unwrap_or(size)).max(4) * 11 / 10 + 1;
        let width = (now - from).max(Span::from_secs(10));
        let curve = |value: fn(&Sample) -> i64| curve(seen, (from, width), top, value);
        let part = |value: i64| 1.0 - value as f64 / top as f64;
        let height = |value: i64| SIZE.1 * part(value);
        let (out, waiting) = seen.last().map_or((0, 0), |last| (last.checked_out, last.waiting));
        let pool = format!("pool_size {size}");
        let mut labels = match limit {
            Some(limit) if limit > size => {
                beside((part(limit), format!("pool_size + max_overflow {limit}")), (part(size), pool), false)
            }
            _ if size > 0 => vec![Label { text: pool, top: (part(size) - LABEL).max(0.0), is_at_end: false }],
            _ => Vec::new(),
        };
        if !seen.is_empty() {
            let out = (part(out), format!("{out} checked out"));
            let waiting = (part(i64::from(waiting)), format!("{waiting} waiting"));
            let (higher, lower) = if waiting.0 < out.0 { (waiting, out) } else { (out, waiting) };
            labels.extend(beside(higher, lower, true));
        }
        let worst = seen.iter().map(|sample| sample.waiting).max().unwrap_or(0);
        Chart {
            curves: (curve(|sample| sample.checked_out), curve(|sample| i64::from(sample.waiting))),
            lines: ((size > 0).then(|| height(size)), limit.map(height)),
            labels,
            ends: (from.as_secs_f64(), (from + width).as_secs_f64()),
            words: format!(
                "From {:.0} to {:.0} seconds: {out} checked out and {waiting} waiting at the end; at most {worst} waiting.",
                from.as_secs_f64(),
                now.as_secs_f64()
            ),
        }
    }
}

/// The labels of two lines, the higher one's above it, the lower one's below: inside the chart, and never one on the other.
fn beside(higher: (f64, String), lower: (f64, String), is_at_end: bool) -> Vec<Label> {
    let top = (higher.0 - LABEL).clamp(0.0, 1.0 - 2.0 * LABEL);
    let below = lower.0.clamp(top + LABEL, 1.0 - LABEL);
    vec![Label { text: higher.1, top, is_at_end }, Label { text: lower.1, top: below, is_at_end }]
}

fn curve(samples: &[Sample], (from, width): (Instant, Span), top: i64, value: fn(&Sample) -> i64) -> String {
    let mut path = String::new();
    let mut column = (usize::MAX, 0);
    let mut put = |(column, value): (usize, i64)| {
        let x = column as f64 * SIZE.0 / COLUMNS as f64;
        let y = SIZE.1 * (1.0 - value as f64 / top as f64);
        let _ = write!(path, "{}{x:.0} {y:.1}", if path.is_empty() { 'M' } else { 'L' });
    };
    for sample in samples {
        let at = ((sample.at - from).as_micros() * COLUMNS as i64 / width.as_micros().max(1)) as usize;
        if at == column.0 {
            column.1 = column.1.max(value(sample));
        } else {
            if column.0 != usize::MAX {
                put(column);
            }
            column = (at, value(sample));
        }
    }
    if column.0 != usize::MAX {
        put(column);
    }
    path
}

/// The chart on the page.
#[component]
pub fn ChartView(
    /// What it shows.
    chart: RwSignal<Chart>,
) -> impl IntoView {
    let line = move |class: &'static str, height: fn(&Chart) -> Option<f64>| {
        move || {
            chart
                .with(height)
                .map(|y| view! { <line class=class x1="0" x2=SIZE.0 y1=y y2=y vector-effect="non-scaling-stroke" /> })
        }
    };
    let label = |label: &Label| {
        let class = if label.is_at_end { "chart-label at-end" } else { "chart-label" };
        let top = format!("{:.1}%", label.top * 100.0);
        view! { <span class=class aria-hidden="true" style:inset-block-start=top>{label.text.clone()}</span> }
    };
    view! {
        <figure class="chart">
            <div class="chart-plot">
            <svg viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) preserveAspectRatio="none" role="img" aria-label=move || chart.with(Chart::said)>
                {line("chart-size", |chart| chart.lines.0)}
                {line("chart-limit", |chart| chart.lines.1)}
                <path class="chart-out" d=move || chart.with(|chart| chart.curves.0.clone()) vector-effect="non-scaling-stroke" />
                <path class="chart-waiting" d=move || chart.with(|chart| chart.curves.1.clone()) vector-effect="non-scaling-stroke" />
            </svg>
            {move || chart.with(|chart| chart.labels.iter().map(label).collect_view())}
            </div>
            <span class="chart-ends">
                <span>{move || chart.with(|chart| format!("{:.0} s", chart.ends.0))}</span>
                <span>{move || chart.with(|chart| format!("{:.0} s", chart.ends.1))}</span>
            </span>
            <figcaption>
                <span class="chart-key chart-key-out">"checked out"</span>
                <span class="chart-key chart-key-waiting">"waiting"</span>
            </figcaption>
        </figure>
    }
}
