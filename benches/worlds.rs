//! What a hundred thousand requests cost, in worlds written by hand and in nexosim. `cargo bench --bench worlds`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use steady::world::{CONTESTANTS, Run, Workload};

mod nexosim_world;

const REQUESTS: u32 = 100_000;

fn worlds(c: &mut Criterion) {
    for (group, workload) in [("A", Workload::A), ("B", Workload::B)] {
        let mut group = c.benchmark_group(group);
        group.throughput(Throughput::Elements(u64::from(REQUESTS))).sample_size(20);
        for &(name, run) in CONTESTANTS.iter().chain(&[("nexosim", nexosim_world::run as Run)]) {
            group.bench_function(name, |b| b.iter(|| run(black_box(&workload), REQUESTS)));
        }
        group.finish();
    }
}

criterion_group!(benches, worlds);
criterion_main!(benches);
