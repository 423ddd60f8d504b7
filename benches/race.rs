//! `race A|B REQUESTS` lets every contestant written in Rust play that world, and prints for each a line: its name,
//! nanoseconds of CPU time a request (the least of three), requests served and timed out, microseconds waited.

use cpu_time::ProcessTime;
use steady::world::{CONTESTANTS, Run, Workload};

mod nexosim_world;

fn contestants() -> impl Iterator<Item = (&'static str, Run)> {
    CONTESTANTS.iter().copied().chain([("nexosim", nexosim_world::run as Run)])
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, requests] = &arguments[..] else { panic!("race A|B REQUESTS") };
    let workload = if workload == "A" { Workload::A } else { Workload::B };
    let requests = requests.parse().expect("how many requests");
    for (name, run) in contestants() {
        let mut least = f64::INFINITY;
        let mut outcome = None;
        for _ in 0..3 {
            let start = ProcessTime::now();
            outcome = Some(run(&workload, std::hint::black_box(requests)));
            least = least.min(start.elapsed().as_nanos() as f64 / f64::from(requests));
        }
        let outcome = outcome.expect("three");
        println!("{name} {least:.1} {} {} {}", outcome.served, outcome.timed_out, outcome.waited);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_contestant_finds_the_same_waits() {
        for workload in [Workload::A, Workload::B] {
            let expected = steady::loops::line(&workload, 500_000);
            for (name, run) in contestants() {
                assert!(run(&workload, 500_000) == expected, "{name} at {workload:?}");
            }
        }
    }
}
