//! The simulation against theory: where theory is exact, it must lie inside the intervals of long runs.

use super::{erlang, run};
use std::fmt::Write;
use valet::figures::theory::{Formula, SteadyState, TheoryRow, broken_assumptions, compare};
use valet::figures::warm_up;
use valet::sim::{Setup, Work};
use valet::time::{Instant, Span};

/// What is counted. A p95 has an interval too, but that is the least reliable; Little's law is about every run.
const FIGURES: [&str; 5] = ["utilisation", "mean wait", "mean queue", "P(wait > 0)", "P(timeout)"];

/// So many runs of each.
const RUNS: u64 = 10;

/// By name, how long they are run in seconds, and by which formula they are judged.
fn settings() -> Vec<(&'static str, Setup, i64, Formula)> {
    use Formula::{ErlangB, ErlangC, Patient};
    let wait = |millis| Some(Span::from_millis(millis));
    let three_workers = Setup { workers: 3, ..erlang((5, 0), wait(100), 360.0, 40) };
    let mut slow_server = erlang((4, 4), wait(150), 76.0, 50);
    slow_server.database.slowness = 2.0;
    vec![
        ("M/M/1 at 0.5", erlang((1, 0), None, 25.0, 20), 1_000, ErlangC),
        ("M/M/5 at 0.9", erlang((5, 0), None, 225.0, 20), 700, ErlangC),
        ("M/M/15 (5 + 10) at 0.9", erlang((5, 10), wait(30_000), 270.0, 50), 600, Patient),
        ("M/M/15 (5 + 10) at 1.1, 2 s", erlang((5, 10), wait(2_000), 16.5, 1_000), 4_000, Patient),
        ("M/M/5 at 0.9, half a service", erlang((5, 0), wait(100), 22.5, 200), 1_500, Patient),
        ("M/M/5 at 0.9, none waits", erlang((5, 0), wait(0), 22.5, 200), 1_500, ErlangB),
        ("3 workers with 5 at 0.96, 100 ms", three_workers, 250, Patient),
        ("M/M/8 (4 + 4) at 0.95, slow server", slow_server, 700, Patient),
    ]
}

fn table(name: &str, rows: &[TheoryRow]) -> String {
    let mut table = format!("{name}\n");
    for row in rows {
        let (theory, measured) = (row.theory.unwrap_or(f64::NAN), row.measured);
        let (value, half) = measured.map_or((f64::NAN, f64::NAN), |one| (one.value, one.half_width));
        let verdict = row.within.map_or("-", |within| if within { "inside" } else { "OUTSIDE" });
        let _ = writeln!(table, "  {:<14}{theory:>12.6}  {value:>12.6} +- {half:<10.6}{verdict}", row.name);
    }
    table
}

/// The rows of a long run, after its warm-up.
fn rows(setup: &Setup, secs: i64) -> Vec<TheoryRow> {
    let (world, journal) = run(setup, Instant::ZERO + Span::from_secs(secs));
    assert_eq!(broken_assumptions(setup, &world.tally(), []), [""; 0]);
    compare(setup, &journal, warm_up(&journal), world.now())
}

#[test]
fn theory_is_inside_the_intervals_of_long_runs() {
    let (mut inside, mut all, mut tables) = (0, 0, String::new());
    for (place, (name, setup, secs, formula)) in settings().into_iter().enumerate() {
        assert_eq!(SteadyState::of(&setup).unwrap().formula, formula, "{name}");
        for run in 1..=RUNS {
            // Runs with the same seed have the same arrivals, and would err together.
            let seed = place as u64 * 100 + run;
            let rows = rows(&Setup { seed, ..setup.clone() }, secs);
            tables += &table(&format!("{name}, seed {seed}"), &rows);
            for row in rows {
                let zero = row.measured.unwrap().value == 0.0;
                if FIGURES.contains(&row.name) && !zero {
                    all += 1;
                    inside += u64::from(row.within == Some(true));
                } else if row.name != "p95 wait" {
                    assert_ne!(row.within, Some(false), "{}\n{tables}", row.name);
                }
            }
        }
    }
    // Five figures of each run, without those that are 0 in every run, as they should be: time-outs where hardly anybody or
    // nobody times out, and waits where nobody waits.
    assert_eq!(all, (8 * 5 - 3 - 2) * RUNS, "{tables}");
    assert!(inside * 100 >= all * 90, "{inside} of {all} inside\n{tables}");
    println!("{inside} of {all} inside\n{tables}"); // with --nocapture
}

/// The intervals are narrow enough to tell work that is not exponential, or another rate, from theory.
#[test]
fn a_wrong_theory_is_outside() {
    let setup = erlang((5, 0), None, 225.0, 20);
    let (world, journal) = run(&setup, Instant::ZERO + Span::from_secs(700));
    let rows_of = |setup: &Setup| compare(setup, &journal, warm_up(&journal), world.now());
    let within = |rows: Vec<TheoryRow>, name| rows.iter().find(|row| row.name == name).unwrap().within;
    assert_eq!(within(rows_of(&setup), "utilisation"), Some(true));
    for name in ["utilisation", "mean wait", "mean queue", "P(wait > 0)", "p95 wait"] {
        assert_eq!(within(rows_of(&erlang((5, 0), None, 215.0, 20)), name), Some(false), "{name}");
    }
    let constant = Setup { work: Work::constant(Span::from_millis(20)), ..setup };
    let (world, journal) = run(&constant, Instant::ZERO + Span::from_secs(700));
    let rows = compare(&constant, &journal, warm_up(&journal), world.now());
    assert_eq!(within(rows.clone(), "mean wait"), Some(false));
    // About half the wait, as for one server exactly (Pollaczek and Khinchin).
    let wait = rows.iter().find(|row| row.name == "mean wait").unwrap();
    let ratio = wait.measured.unwrap().value / wait.theory.unwrap();
    assert!((0.45..0.6).contains(&ratio), "{ratio}");
}

/// Batch means promise 95 %: neither much less nor, which would be as useless, always.
#[test]
fn intervals_hold_what_they_promise() {
    let setup = erlang((5, 0), Some(Span::from_millis(100)), 22.5, 200);
    let (mut inside, mut all) = (0, 0);
    for seed in 1_000..1_100 {
        for row in rows(&Setup { seed, ..setup.clone() }, 600) {
            if ["utilisation", "mean wait", "mean queue", "P(wait > 0)", "P(timeout)"].contains(&row.name) {
                all += 1;
                inside += u32::from(row.within == Some(true));
            }
        }
    }
    assert_eq!(all, 500);
    assert!((455..=495).contains(&inside), "{inside} of {all}");
    println!("{inside} of {all}");
}
