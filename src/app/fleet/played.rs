//! How sure it is: what the formula says, beside what the engine did.

use super::sizing::Sizing;
use crate::fleet::{Band, Need};
use crate::format::{number, rounded};
use leptos::prelude::*;

/// The table.
pub fn view(sizing: Sizing) -> AnyView {
    let rows = move || {
        let (fleet, advice) = (sizing.fleet.get(), sizing.advice.get());
        let bands = sizing.played.get().bands;
        [("The load", 1.0, advice.now, bands[0]), ("Twice the load", 2.0, advice.twice, bands[1])]
            .map(|(title, times, need, band)| row(title, fleet.rate_each(times), need, band))
            .into_iter()
            .collect::<Vec<_>>()
    };
    let progress = move || {
        let (done, of) = sizing.played.get().progress;
        match (done, of) {
            (_, 0) => "The runs begin in a moment.".to_owned(),
            (done, of) if done < of => format!("{done} of {of} runs are over."),
            (_, of) => format!("All {of} runs are over."),
        }
    };
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="The formula and the runs">
            <table data-figure="played">
                <thead>
                    <tr>
                        <th scope="col">"One process"</th>
                        <th scope="col">"Requests per second"</th>
                        <th scope="col">"p95 wait, by the formula"</th>
                        <th scope="col">"p95 wait in nine runs"</th>
                        <th scope="col">"Timed out"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="quiet" role="status" data-figure="runs">{progress}</p>
    }
    .into_any()
}

fn row(title: &'static str, rate: f64, need: Need, band: Option<Band>) -> AnyView {
    let theory = need.p95.map_or_else(|| "grows without end".into(), rounded);
    let seen = band.map_or_else(String::new, |band| match (rounded(band.least), rounded(band.most)) {
        (least, most) if least == most => least,
        (least, most) => format!("{least} to {most}"),
    });
    let timeouts =
        band.map_or_else(String::new, |band| format!("{} of {}", number(band.timeouts), number(band.requests)));
    view! {
        <tr>
            <th scope="row">{title}</th>
            <td>{format!("{}.{:02}", rate as u64, (rate * 100.0) as u64 % 100)}</td>
            <td>{theory}</td>
            <td>{seen}</td>
            <td>{timeouts}</td>
        </tr>
    }
    .into_any()
}
