//! What a checkout and checkin cost: this engine beside a bare queue and beside Rust's pools, in one run.
//!
//! `make bench`. The figures are ratios of one run: absolute times differ by machine and by what else it does.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Mutex;
use valet::pool::{Answer, Client, Command, ConnectionId, Input, Listeners, Output, Pool, Settings};
use valet::time::Instant;

const NOW: Instant = Instant::from_micros(1);

/// Plays a driver that answers at once, and gives the number of events told.
fn obey(pool: &mut Pool, opened: &mut u32) -> u32 {
    let mut told = 0;
    while let Some(output) = pool.poll() {
        let (client, answer) = match output {
            Output::Do(client, Command::Open(_)) => {
                *opened += 1;
                (client, Answer::Opened(ConnectionId(*opened)))
            }
            Output::Do(client, _) => (client, Answer::Done),
            _ => {
                told += 1;
                continue;
            }
        };
        pool.handle(NOW, Input::Answer(client, answer)).expect("an answer that is awaited");
    }
    told
}

fn checkin(client: Client) -> Input {
    Input::Checkin { client, transaction_was_reset: false }
}

fn cycle(pool: &mut Pool, client: Client, opened: &mut u32) -> u32 {
    pool.handle(NOW, Input::Checkout(client)).expect("a client with nothing");
    let told = obey(pool, opened);
    pool.handle(NOW, checkin(client)).expect("a client with a connection");
    told + obey(pool, opened)
}

struct Thing;

impl r2d2::ManageConnection for Thing {
    type Connection = u32;
    type Error = std::fmt::Error;
    fn connect(&self) -> Result<u32, Self::Error> {
        Ok(1)
    }
    fn is_valid(&self, _: &mut u32) -> Result<(), Self::Error> {
        Ok(())
    }
    fn has_broken(&self, _: &mut u32) -> bool {
        false
    }
}

impl deadpool::managed::Manager for Thing {
    type Type = u32;
    type Error = Infallible;
    async fn create(&self) -> Result<u32, Infallible> {
        Ok(1)
    }
    async fn recycle(&self, _: &mut u32, _: &deadpool::managed::Metrics) -> deadpool::managed::RecycleResult<Infallible> {
        Ok(())
    }
}

impl bb8::ManageConnection for Thing {
    type Connection = u32;
    type Error = Infallible;
    async fn connect(&self) -> Result<u32, Infallible> {
        Ok(1)
    }
    async fn is_valid(&self, _: &mut u32) -> Result<(), Infallible> {
        Ok(())
    }
    fn has_broken(&self, _: &mut u32) -> bool {
        false
    }
}

fn uncontended(c: &mut Criterion) {
    let mut group = c.benchmark_group("uncontended");
    group.bench_function("mutex_vecdeque", |b| {
        let queue = Mutex::new(VecDeque::from([1u32, 2, 3, 4, 5]));
        b.iter(|| {
            let connection = queue.lock().expect("not poisoned").pop_front().expect("one of five");
            queue.lock().expect("not poisoned").push_back(black_box(connection));
        });
    });
    for (name, listeners) in [("valet_silent", Listeners::NONE), ("valet_telling", Listeners::WATCHING)] {
        group.bench_function(name, |b| {
            let mut pool = Pool::new(Settings { listeners, ..Settings::default() });
            let mut opened = 0;
            b.iter(|| cycle(black_box(&mut pool), black_box(Client(1)), &mut opened));
        });
    }
    group.bench_function("r2d2", |b| {
        let pool = r2d2::Pool::builder().max_size(5).test_on_check_out(false).build(Thing).expect("a pool");
        b.iter(|| drop(black_box(pool.get().expect("a connection"))));
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    group.bench_function("deadpool", |b| {
        let pool: deadpool::managed::Pool<Thing> = deadpool::managed::Pool::builder(Thing).max_size(5).build().expect("a pool");
        b.iter_custom(|times| {
            runtime.block_on(async {
                let start = std::time::Instant::now();
                for _ in 0..times {
                    drop(black_box(pool.get().await.expect("a connection")));
                }
                start.elapsed()
            })
        });
    });
    group.bench_function("bb8", |b| {
        let pool = runtime
            .block_on(bb8::Pool::builder().max_size(5).test_on_check_out(false).build(Thing))
            .expect("a pool");
        b.iter_custom(|times| {
            runtime.block_on(async {
                let start = std::time::Instant::now();
                for _ in 0..times {
                    drop(black_box(pool.get().await.expect("a connection")));
                }
                start.elapsed()
            })
        });
    });
    group.finish();
}

/// A pool of 5 that is all out, with so many in line.
fn crowded(waiters: u32) -> (Pool, u32, u32) {
    let mut pool = Pool::new(Settings { max_overflow: 0, listeners: Listeners::NONE, ..Settings::default() });
    let mut opened = 0;
    for client in 0..waiters + 5 {
        pool.handle(NOW, Input::Checkout(Client(client))).expect("a new client");
        obey(&mut pool, &mut opened);
    }
    (pool, opened, waiters + 5)
}

/// Whoever has waited longest gets the connection; whoever gave it back stands in line again.
fn waiting(c: &mut Criterion) {
    let mut group = c.benchmark_group("waiting");
    for waiters in [10, 100_000] {
        group.bench_function(waiters.to_string(), |b| {
            let (mut pool, mut opened, clients) = crowded(waiters);
            let mut turn = 0;
            b.iter(|| {
                let client = Client(turn % clients);
                turn += 1;
                pool.handle(NOW, checkin(client)).expect("the one that has held it longest");
                let told = obey(&mut pool, &mut opened);
                pool.handle(NOW, Input::Checkout(client)).expect("it holds nothing now");
                told + obey(&mut pool, &mut opened)
            });
        });
    }
    for connections in [10u32, 100_000] {
        group.bench_function(format!("{connections}_connections"), |b| {
            let pool_size = i64::from(connections);
            let mut pool = Pool::new(Settings { pool_size, listeners: Listeners::NONE, ..Settings::default() });
            let mut opened = 0;
            let all = 0..connections;
            for client in all.clone() {
                pool.handle(NOW, Input::Checkout(Client(client))).expect("a new client");
                obey(&mut pool, &mut opened);
            }
            for client in all {
                pool.handle(NOW, checkin(Client(client))).expect("it holds one");
                obey(&mut pool, &mut opened);
            }
            b.iter(|| cycle(black_box(&mut pool), Client(1), &mut opened));
        });
    }
    group.finish();
}

/// A copy of a whole pool, as stepping back in time needs it.
fn copying(c: &mut Criterion) {
    let (pool, ..) = crowded(100);
    c.bench_function("clone_with_100_waiters", |b| b.iter_batched(|| (), |()| pool.clone(), BatchSize::SmallInput));
}

criterion_group!(benches, uncontended, waiting, copying);
criterion_main!(benches);
