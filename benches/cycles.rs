//! `cycles silent|telling TIMES` runs the steady cycle so often, for whoever counts instructions (scripts/instructions);
//! `cycles time` says how many nanoseconds one takes, the best of many batches.

use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["time"] => {
            let batch = || {
                let start = Instant::now();
                std::hint::black_box(steady::run(false, 1_000_000));
                start.elapsed().as_secs_f64() * 1e3 // ns a cycle
            };
            println!("{:.2}", (0..15).map(|_| batch()).fold(f64::INFINITY, f64::min));
        }
        [what @ ("silent" | "telling"), times] => {
            let times = times.parse().expect("how many times");
            println!("{} outputs besides commands", steady::run(what == "telling", times));
        }
        _ => panic!("silent TIMES, telling TIMES or time"),
    }
}
