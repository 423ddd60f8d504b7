//! `race A|B REQUESTS` lets every contestant written in Rust play that world, and prints for each a line: its name,
//! nanoseconds of CPU time a request (the least of three), requests served and timed out, microseconds waited.
//! `race A|B REQUESTS NAME` lets just that one play it once, for whoever counts instructions.

use cpu_time::ProcessTime;
use steady::world::{CONTESTANTS, Run, Workload};

mod nexosim_world;

fn contestants() -> impl Iterator<Item = (&'static str, Run)> {
    CONTESTANTS.iter().copied().chain([("nexosim", nexosim_world::run as Run)])
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [workload, requests, only @ ..] = &arguments[..] else { panic!("race A|B REQUESTS [NAME]") };
    let workload = if workload == "A" { Workload::A } else { Workload::B };
    let requests = requests.parse().expect("how many requests");
    if let [only] = only {
        let (_, run) = contestants().find(|(name, _)| name == only).expect("a contestant");
        println!("{}", run(&workload, requests).served);
        return;
    }
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
            for (name, run) in contestants().filter(|(name, _)| *name != "valet") {
                assert!(run(&workload, 500_000) == expected, "{name} at {workload:?}");
            }
        }
    }

    #[test]
    fn valet_finds_them_too_where_nobody_leaves() {
        let expected = steady::loops::line(&Workload::A, 500_000);
        let found = steady::world::valet(&Workload::A, 500_000);
        assert!(found.waits[..500_000] == expected.waits);
    }
}
