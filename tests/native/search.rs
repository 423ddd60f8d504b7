//! Comparing worlds, and searching for a good pool.

use proptest::prelude::*;
use valet::figures::{
    ERRORS, FAILED, Figure, LOST, Measurement, OPENED, P50, P95, P99, REFUSED, THROUGHPUT, TIMEOUTS, TURNED_AWAY,
    percentile,
};
use valet::pool::{Class, Settings};
use valet::search::{
    Axis, Comparison, Confirmation, Difference, MeasuredRun, Objective, Range, RunningComparison, Sweep, SweepError,
    SweepProgress, confirm, measure,
};
use valet::sim::{Distribution, Journal, Latency, Pattern, ServerSetup, Setup, Traffic, Work, World, WorldAct};
use valet::time::{Instant, Span};

const WARM_UP: Span = Span::from_secs(5);
const LENGTH: Span = Span::from_secs(30);

/// Forty requests a second of 100 ms on average each: four connections' worth of work.
fn busy(pool_size: i64, max_overflow: i64) -> Setup {
    Setup {
        settings: Settings { pool_size, max_overflow, ..Settings::default() },
        traffic: Traffic::poisson(40.0),
        work: Work { shape: Distribution::Exponential, ..Work::constant(Span::from_millis(100)) },
        database: ServerSetup {
            latency: Latency { connect: Span::from_millis(20), ..Latency::default() },
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

fn run(setup: &Setup) -> Measurement {
    measure(setup.clone(), WARM_UP, LENGTH)
}

fn sizes(values: impl IntoIterator<Item = i64>) -> Range {
    Range::new(Axis::PoolSize, values)
}

fn overflows(values: impl IntoIterator<Item = i64>) -> Range {
    Range::new(Axis::MaxOverflow, values)
}

fn swept(setup: &Setup, columns: Range, rows: Range, seeds: u32) -> Sweep {
    let mut sweep = Sweep::new(setup, columns, rows, seeds, WARM_UP, LENGTH).unwrap();
    sweep.advance(u64::MAX);
    assert!(sweep.is_over());
    sweep
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slices_equal_the_whole(pool_size in 1i64..6, overflow in 0i64..4, seed: u64, slices in prop::collection::vec(0u64..700, 1..8)) {
        prop_assume!(slices.iter().any(|&events| events > 0));
        let mut setup = Setup { seed, ..busy(pool_size, overflow) };
        setup.settings.pool_timeout = Some(Span::from_millis(300));
        setup.visitors.retries = 1;
        let mut trial = MeasuredRun::new(setup.clone(), WARM_UP, LENGTH);
        let sliced = slices.iter().cycle().find_map(|&events| {
            let before = trial.events();
            let measured = trial.advance(events);
            assert!(trial.events() - before <= events, "no more than asked for");
            measured
        });
        prop_assert_eq!(&sliced, &Some(run(&setup)));
        prop_assert_eq!(trial.advance(0), sliced, "and it stays so");
    }

    #[test]
    fn more_connections_mean_no_more_waiting(pool_size in 1i64..8, seed: u64) {
        let small = run(&Setup { seed, ..busy(pool_size, 0) });
        let large = run(&Setup { seed, ..busy(pool_size + 4, 0) });
        for figure in [&P50, &P95, &P99, &TIMEOUTS] {
            prop_assert!(figure.number(&large) <= figure.number(&small), "{figure:?}: {large:?} {small:?}");
        }
        prop_assert!(large.waits.mean <= small.waits.mean, "{large:?} {small:?}");
    }
}

/// The same figures from a world run by hand.
#[test]
fn a_measurement_is_what_happened_after_warming_up() {
    let mut setup = busy(4, 1);
    setup.settings.pool_timeout = Some(Span::from_millis(250));
    let (mut world, mut warming, mut journal) =
        (World::unwatched(setup.clone()), Journal::of_waits(), Journal::of_waits());
    world.run_until(Instant::ZERO + WARM_UP, &mut warming);
    let before = world.tally();
    world.run_until(Instant::ZERO + WARM_UP + LENGTH, &mut journal);
    let after = world.tally();
    let measured = run(&setup);
    assert!(before.timeouts > 0 && measured.tally.timeouts > 20, "{measured:?}");
    assert_eq!(measured.tally.timeouts, after.timeouts - before.timeouts);
    assert_eq!((measured.tally.errors(), measured.without()), (measured.tally.timeouts, measured.tally.timeouts));
    assert_eq!(measured.tally.served, after.served - before.served);
    assert_eq!(measured.tally.arrived, after.arrived - before.arrived);
    assert_eq!(measured.tally.opened, after.opened - before.opened);
    assert_eq!(measured.throughput(), measured.tally.served as i64 * 1_000 / 30);
    assert_eq!(measured.waits.count, journal.waits().len() as u64 + u64::from(after.asking));
    if after.asking == 0 {
        let mut times: Vec<Span> = journal.waits().iter().map(|wait| wait.time()).collect();
        assert_eq!(Some(measured.waits.p95), percentile(&mut times, 0.95));
    }
    assert_eq!(measured.waits.longest, Span::from_millis(250), "waits in vain count");
    assert!(
        measured.waits.mean < measured.waits.p95
            && measured.waits.p50 <= measured.waits.p95
            && measured.waits.p95 <= measured.waits.p99
    );
    let utilisation = measured.utilisation().unwrap();
    assert!((600..1_000).contains(&utilisation), "{utilisation}");
    // What its connections did: 0.1 s for each request served, give or take chance.
    let expected = measured.tally.served as i64 * 100 * 1_000 / (5 * 30 * 1_000);
    assert!((utilisation - expected).abs() < 60, "{utilisation} {expected}");
}

/// Requests that hold a connection and wait for a second one block each other. No wait ends, and no time-out comes in time.
#[test]
fn who_waits_for_ever_counts() {
    let mut setup = busy(2, 0);
    setup.work.nested_share = 1.0;
    setup.settings.pool_timeout = None;
    let measured = run(&setup);
    assert_eq!((measured.tally.served, measured.tally.timeouts), (0, 0));
    assert!(measured.waits.p50 > Span::from_secs(10), "{measured:?}");
}

#[test]
fn a_year_of_nothing_and_less_than_no_time() {
    let nobody = Setup { traffic: Traffic::poisson(0.0), ..busy(5, 10) };
    let century = Span::from_secs(100 * 365 * 24 * 3_600);
    let measured = measure(nobody, century, century);
    assert_eq!((measured.waits.count, measured.waits.p95, measured.utilisation()), (0, Span::ZERO, Some(0)));
    assert_eq!(measured.length, Span::from_secs(365 * 24 * 3_600));
    let measured = measure(busy(5, 10), Span::from_secs(-1), Span::from_secs(-1));
    assert_eq!((measured.tally.arrived, measured.length), (0, Span::ZERO));
}

#[test]
fn a_pool_does_not_differ_from_itself() {
    let comparison = Comparison::new(&busy(3, 2), &busy(3, 2), WARM_UP, LENGTH);
    assert!(comparison.a.waits.p95 > Span::ZERO);
    assert_eq!(comparison.a, comparison.b);
    assert_eq!(comparison.sentences(), ["No difference."]);
    assert!(
        comparison.differences.iter().all(|difference| difference.sentence.ends_with(" with both. No difference."))
    );
}

#[test]
fn both_have_the_same_visitors() {
    let (small, large) = (busy(2, 0), Setup { seed: 99, ..busy(20, 10) });
    let comparison = Comparison::new(&small, &large, WARM_UP, LENGTH);
    assert!(comparison.a.tally.served < comparison.b.tally.served, "the pools do differ");
    assert_eq!(comparison.a.tally.arrived, comparison.b.tally.arrived);
    assert_ne!(run(&large).tally.arrived, comparison.b.tally.arrived, "B has A's seed");
}

#[test]
fn sentences_name_the_better_one() {
    let (mut a, mut b) = (busy(3, 0), busy(5, 10));
    a.settings.pool_timeout = Some(Span::from_secs(1));
    b.settings.pool_timeout = a.settings.pool_timeout;
    let comparison = Comparison::new(&a, &b, WARM_UP, LENGTH);
    let p95 = comparison.difference(&P95).unwrap();
    assert!(p95.b < p95.a);
    assert!(p95.sentence.starts_with("p95 wait: 1 s with 3 + 0, "), "{}", p95.sentence);
    assert!(p95.sentence.contains(" with 5 + 10: B waits ") && p95.sentence.ends_with(" s less."), "{}", p95.sentence);
    let timeouts = comparison.difference(&TIMEOUTS).unwrap();
    assert_eq!(timeouts.sentence, format!("Time-outs: {0} with 3 + 0, 0 with 5 + 10: B has {0} fewer.", timeouts.a));
    let opened = comparison.difference(&OPENED).unwrap();
    assert_eq!(
        opened.sentence,
        format!("Connections opened: 0 with 3 + 0, {0} with 5 + 10: A opens {0} fewer.", opened.b)
    );
    let (said, failed) = (comparison.sentences(), &comparison.difference(&ERRORS).unwrap().sentence);
    assert_eq!(said.len(), 6, "all failures, time-outs, three waits, connections: {said:#?}");
    assert_eq!(said[..2], [failed, &timeouts.sentence], "failures come first");
    assert_eq!(
        *failed,
        format!("Failed requests: {0} with 3 + 0, 0 with 5 + 10: B has {0} fewer.", comparison.a.tally.errors())
    );

    let other = Setup { settings: Settings { pool_timeout: Some(Span::from_millis(10)), ..a.settings }, ..a.clone() };
    let comparison = Comparison::new(&a, &other, WARM_UP, LENGTH);
    let said = &comparison.difference(&P95).unwrap().sentence;
    assert!(said == "p95 wait: 1 s with A, 10 ms with B: B waits 1 s less.", "{said}");
}

/// One of two requests meets a connection that the server has closed meanwhile, if nobody pings it before. Who pings opens
/// one connection more and waits longer for it, and is the better one all the same.
#[test]
fn failures_come_before_waits() {
    let mut a = busy(5, 10);
    a.traffic = Traffic {
        pattern: Pattern::List,
        list: [1, 80].map(|secs| Instant::ZERO + Span::from_secs(secs)).to_vec().into(),
        ..Traffic::poisson(0.0)
    };
    a.database.wait_timeout = Some(Span::from_secs(60));
    let b = Setup { settings: Settings { pool_pre_ping: true, ..a.settings }, ..a.clone() };
    let comparison = Comparison::new(&a, &b, Span::ZERO, Span::from_secs(90));
    let [a, b] = [&comparison.a, &comparison.b].map(|run| run.tally);
    assert_eq!((a.arrived, a.served, a.errors(), a.lost), (2, 1, 1, 1));
    assert_eq!((b.arrived, b.served, b.errors(), b.lost), (2, 2, 0, 0));
    let said = comparison.sentences();
    assert_eq!(said[0], "Failed requests: 1 with A, 0 with B: B has 1 fewer.");
    assert_eq!(said[1], "Requests whose connection was dead: 1 with A, 0 with B: B has 1 fewer.");
    assert!(said[2].starts_with("Median wait: "), "nothing about kinds of failure that nobody met: {said:#?}");
}

/// Every kind of failure is a figure of both, and has its sentence where somebody met it.
#[test]
fn every_kind_of_failure_is_compared() {
    let mut a = busy(2, 0);
    a.traffic = Traffic::poisson(2_000.0);
    a.settings.pool_timeout = Some(Span::from_millis(500));
    a.database.max_connections = Some(1);
    let comparison = Comparison::new(&a, &busy(20, 10), Span::ZERO, Span::from_secs(5));
    let kinds = [&TIMEOUTS, &REFUSED, &LOST, &FAILED];
    let of = |figure: &Figure| comparison.difference(figure).unwrap();
    assert!(of(&TIMEOUTS).a > 0 && of(&REFUSED).a > 0, "{:?}", comparison.a);
    assert_eq!(kinds.map(|kind| of(kind).a).iter().sum::<i64>(), of(&ERRORS).a);
    for figure in [&ERRORS, &TURNED_AWAY].into_iter().chain(kinds) {
        let Difference { a, b, sentence, .. } = of(figure);
        assert_eq!((*a, *b), (figure.number(&comparison.a), figure.number(&comparison.b)));
        let is_said = comparison.sentences().contains(&&sentence[..]);
        assert_eq!(is_said, figure == &ERRORS || *a + *b > 0, "{sentence}");
    }
}

#[test]
fn a_comparison_in_slices() {
    let (a, b) = (busy(3, 2), busy(6, 0));
    let mut pair = RunningComparison::new(&a, &b, WARM_UP, LENGTH);
    let sliced = std::iter::repeat_with(|| pair.advance(97)).flatten().next();
    assert_eq!(sliced, Some(Comparison::new(&a, &b, WARM_UP, LENGTH)));
}

#[test]
fn a_sweep_in_slices_is_the_sweep() {
    let whole = swept(&busy(1, 0), sizes([3, 5, 8]), overflows([0, 4]), 3);
    let mut sliced = Sweep::new(&busy(1, 0), sizes([3, 5, 8]), overflows([0, 4]), 3, WARM_UP, LENGTH).unwrap();
    let mut before = sliced.progress();
    assert_eq!(before, SweepProgress { done: 0, of: 18, cells: 0 });
    while !sliced.is_over() {
        let progress = sliced.advance(501);
        assert!(progress.done >= before.done && progress.done <= before.done + 1, "a run is longer than a slice");
        if progress.done < 6 {
            assert_eq!(progress.cells, 0);
            assert!(sliced.cells().iter().all(|cell| cell.runs.len() <= 1), "one seed for all cells first");
        }
        before = progress;
    }
    assert_eq!(before, SweepProgress { done: 18, of: 18, cells: 6 });
    assert_eq!(sliced.cells(), whole.cells());
    assert_eq!(swept(&busy(1, 0), sizes([3, 5, 8]), overflows([0, 4]), 3).cells(), whole.cells(), "the same seeds");
}

#[test]
fn a_cell_is_the_world_it_says() {
    let sweep = swept(&Setup { seed: u64::MAX, ..busy(1, 0) }, sizes([3, 5, 8]), overflows([0, 4]), 3);
    let cell = sweep.cell(2, 1).unwrap();
    assert_eq!((cell.setup.settings.pool_size, cell.setup.settings.max_overflow), (8, 4));
    let seeds = [u64::MAX, 0, 1];
    let alone = seeds.map(|seed| run(&Setup { seed, ..busy(8, 4) }));
    assert_eq!(cell.runs, alone);
    assert!(alone[0].tally.arrived != alone[1].tally.arrived, "other seeds, other visitors");
    let first = sweep.cell(0, 0).unwrap();
    let arrivals = |runs: &[Measurement]| runs.iter().map(|run| run.tally.arrived).collect::<Vec<_>>();
    assert_eq!(arrivals(&first.runs), arrivals(&cell.runs), "the same visitors in all cells");
    let mut waits = first.runs.iter().map(|run| run.waits.p95.as_micros()).collect::<Vec<_>>();
    waits.sort();
    let spread = first.spread(&P95).unwrap();
    assert_eq!([spread.least, spread.median, spread.most], waits[..]);
    assert_eq!((sweep.cell(3, 0), sweep.cell(0, 2), sweep.cell(0, usize::MAX)), (None, None, None));
}

#[test]
fn every_axis_changes_its_world() {
    let of = |axis, value| {
        let (axis, other) =
            (Range::new(axis, [value]), if axis == Axis::Work { sizes([7]) } else { Range::new(Axis::Work, [9]) });
        let sweep = Sweep::new(&busy(5, 10), axis, other, 1, WARM_UP, LENGTH).unwrap();
        sweep.cells()[0].setup.clone()
    };
    assert_eq!(of(Axis::PoolSize, 2).settings.pool_size, 2);
    assert_eq!(of(Axis::MaxOverflow, -1).settings.max_overflow, -1);
    assert_eq!(of(Axis::PoolTimeout, 1_500).settings.pool_timeout, Some(Span::from_millis(1_500)));
    assert_eq!(of(Axis::Rate, 12).traffic.rate, 12.0);
    assert_eq!(of(Axis::Work, 30).work.mean, Span::from_millis(30));
    assert_eq!(of(Axis::Workers, 3).workers, 3);
}

#[test]
fn bad_axes_are_refused_in_a_sentence() {
    let refused = |setup: &Setup, columns, rows, seeds| {
        Sweep::new(setup, columns, rows, seeds, WARM_UP, LENGTH).map(drop).unwrap_err().to_string()
    };
    let fine = || overflows([0]);
    let setup = busy(5, 10);
    assert_eq!(refused(&setup, fine(), fine(), 1), "Both axes are max_overflow. Choose two different ones.");
    assert_eq!(refused(&setup, sizes([]), fine(), 1), "pool_size has no values. Give it at least one.");
    assert_eq!(
        refused(&setup, sizes([5, -1]), fine(), 1),
        "pool_size cannot be -1 here. It goes from 0 to 500 connections."
    );
    assert_eq!(
        refused(&setup, Range::new(Axis::Workers, [65]), fine(), 1),
        "workers cannot be 65 here. It goes from 1 to 64 workers."
    );
    assert_eq!(refused(&setup, sizes([5, 6, 5]), fine(), 1), "pool_size has the value 5 twice. Once is enough.");
    assert_eq!(refused(&setup, sizes([5]), fine(), 0), "A sweep needs at least one seed.");
    assert_eq!(
        refused(&setup, sizes(1..=310), overflows(0..310), 1),
        "96,100 cells are too many for a map. Take fewer values: at most 400 cells."
    );
    assert_eq!(
        refused(&setup, sizes(1..=20), overflows(0..20), 1_000),
        "400,000 runs are too many. Take fewer values or seeds: at most 100,000 runs."
    );
    let null = Setup { settings: Settings { class: Class::NullPool, ..setup.settings }, ..setup.clone() };
    assert_eq!(refused(&null, sizes([5]), fine(), 1), "pool_size changes nothing here: NullPool does not use it.");
    let listed = Setup { traffic: Traffic { pattern: Pattern::List, ..setup.traffic.clone() }, ..setup };
    assert_eq!(
        refused(&listed, Range::new(Axis::Rate, [5]), fine(), 1),
        "rate changes nothing here: requests come at listed moments."
    );
    let limits = [i64::MIN, i64::MAX].map(|value| Sweep::new(&listed, sizes([value]), fine(), 1, WARM_UP, LENGTH));
    assert!(limits.iter().all(|result| matches!(result, Err(SweepError::Outside { .. }))));
}

const OBJECTIVE: Objective = Objective { no_timeouts: true, p95_below: Span::from_millis(60) };

#[test]
fn the_smallest_pool_meets_the_objective_and_the_next_smaller_one_does_not() {
    let sweep = swept(&busy(1, 0), sizes(2..=9), overflows(0..=3), 8);
    let smallest = OBJECTIVE.smallest(&sweep).unwrap();
    let limit = smallest.setup.settings.limit().unwrap();
    assert!((5..=9).contains(&limit), "{}", smallest.sentence());
    let mut smaller = 0;
    for cell in sweep.cells() {
        let settings = cell.setup.settings;
        let size = (settings.limit().unwrap(), settings.pool_size);
        // By hand, in floating point: mean + t(7) * s / sqrt(8).
        let waits: Vec<f64> = cell.runs.iter().map(|run| run.waits.p95.as_secs_f64()).collect();
        let mean = waits.iter().sum::<f64>() / 8.0;
        let variance = waits.iter().map(|wait| (wait - mean).powi(2)).sum::<f64>() / 7.0;
        let high = mean + 2.364_624 * (variance / 8.0).sqrt();
        let meets = high < 0.060 && cell.runs.iter().all(|run| run.tally.timeouts == 0);
        if size < (limit, smallest.setup.settings.pool_size) {
            smaller += 1;
            assert!(!meets, "{} + {}", settings.pool_size, settings.max_overflow);
        } else if cell.setup == smallest.setup {
            assert!(meets);
            let found = smallest.result.high().unwrap();
            assert!((found.as_secs_f64() - high).abs() < 50e-6, "{found:?} {high}");
        }
    }
    assert!(smaller >= 4, "{smaller}");

    let held = confirm(&smallest, &sweep, 12);
    assert!(held.result.is_met(), "{}", held.sentence);
    assert!(held.sentence.starts_with("With other seeds ") && held.sentence.contains(" held. Its p95 wait is "));
    assert_eq!((held.result.runs, held.result.without), (12, 0));
    let mut sliced = smallest.confirmation(&sweep, 12);
    assert_eq!(std::iter::repeat_with(|| sliced.advance(313)).flatten().next(), Some(held));
    // Its seeds are none of the sweep's.
    let alone = run(&Setup { seed: smallest.setup.seed + 8, ..smallest.setup.clone() });
    let mut two = smallest.confirmation(&sweep, 0);
    let two = std::iter::repeat_with(|| two.advance(1_000)).flatten().next().unwrap().result;
    let second = run(&Setup { seed: smallest.setup.seed + 9, ..smallest.setup.clone() });
    assert_eq!(two, OBJECTIVE.result(&[alone, second]));
}

#[test]
fn what_is_found_says_how_sure_it_is() {
    let sweep = swept(&busy(1, 0), sizes(2..=9), overflows([0]), 8);
    let smallest = OBJECTIVE.smallest(&sweep).unwrap();
    let said = smallest.sentence();
    let pool = format!("The smallest pool is {} + 0. Its p95 wait is ", smallest.setup.settings.pool_size);
    assert!(said.starts_with(&pool) && said.contains(" ms. Over 8 seeds the 95 % interval is "), "{said}");
    assert!(said.ends_with(" ms, below 60 ms. Nobody went without a connection."), "{said}");
    let narrow = Confirmation::new(OBJECTIVE, busy(3, 0), 5, WARM_UP, LENGTH).advance(u64::MAX).unwrap();
    assert!(!narrow.result.is_met());
    assert!(
        narrow.sentence.starts_with("With other seeds 3 + 0 did not hold. Its p95 wait is "),
        "{}",
        narrow.sentence
    );
    assert!(narrow.sentence.contains(", not below 60 ms. "), "{}", narrow.sentence);
}

#[test]
fn no_answer_without_evidence() {
    let one = swept(&busy(1, 0), sizes([50]), overflows([0]), 1);
    assert_eq!(OBJECTIVE.smallest(&one), None, "one seed has no interval");
    assert_eq!(OBJECTIVE.result(&one.cells()[0].runs).sentence(), "1 seed cannot tell. It takes two.");
    let mut begun = Sweep::new(&busy(1, 0), sizes([50]), overflows([0]), 2, WARM_UP, LENGTH).unwrap();
    begun.advance(100);
    assert_eq!(OBJECTIVE.smallest(&begun), None, "not over");
    begun.advance(u64::MAX);
    assert!(OBJECTIVE.smallest(&begun).is_some());
    let impossible = Objective { p95_below: Span::ZERO, ..OBJECTIVE };
    assert_eq!(impossible.smallest(&begun), None, "no wait is below nothing");
}

#[test]
fn the_upper_end_of_the_interval_counts() {
    let sweep = swept(&busy(1, 0), sizes([6]), overflows([0]), 5);
    let result = OBJECTIVE.result(&sweep.cells()[0].runs);
    let (p95, high) = (result.p95.unwrap(), result.high().unwrap());
    let mean = Span::from_micros(p95.value as i64);
    assert!(p95.low() < p95.value && p95.value < p95.high() && mean < high);
    let meets = |p95_below| Objective { p95_below, ..OBJECTIVE }.smallest(&sweep).is_some();
    assert!(!meets(mean + Span::from_micros(1)));
    assert!(!meets(high));
    assert!(meets(high + Span::from_micros(1)));
}

/// Refused at once is not served quickly.
#[test]
fn who_is_refused_went_without() {
    let mut setup = busy(1, 0);
    setup.database.max_connections = Some(3);
    let sweep = swept(&setup, sizes([12]), overflows([0]), 3);
    let result = OBJECTIVE.result(&sweep.cells()[0].runs);
    assert!(result.high().unwrap() < OBJECTIVE.p95_below && result.without > 0, "{}", result.sentence());
    assert_eq!(OBJECTIVE.smallest(&sweep), None);
    assert!(Objective { no_timeouts: false, ..OBJECTIVE }.smallest(&sweep).is_some());
}

/// Where something else is varied too, a pool has to be good enough everywhere.
#[test]
fn the_worst_case_counts() {
    let sweep = swept(&busy(1, 0), sizes(2..=9), Range::new(Axis::Rate, [40, 10]), 8);
    let smallest = OBJECTIVE.smallest(&sweep).unwrap();
    assert_eq!(smallest.setup.traffic.rate, 40.0);
    let quiet = swept(&busy(1, 0), sizes(2..=9), Range::new(Axis::Rate, [10]), 8);
    assert!(OBJECTIVE.smallest(&quiet).unwrap().setup.settings.pool_size < smallest.setup.settings.pool_size);
}

/// Statements that stand in each other's way: beyond the knee more connections serve fewer requests.
#[test]
fn the_largest_pool_is_not_the_fastest() {
    let mut setup = busy(1, 0);
    setup.traffic = Traffic::poisson(50.0);
    setup.work = Work { shape: Distribution::Exponential, ..Work::constant(Span::from_millis(50)) };
    setup.settings.pool_timeout = Some(Span::from_secs(5));
    setup.database.contention = 0.05;
    setup.database.coherency = 0.02;
    let sweep = swept(&setup, sizes([1, 7, 60]), overflows([0]), 3);
    let median = |column, figure| sweep.cell(column, 0).unwrap().spread(figure).unwrap().median;
    let throughput = [0, 1, 2].map(|column| median(column, &THROUGHPUT));
    let p95 = [0, 1, 2].map(|column| median(column, &P95));
    assert!(throughput[1] > 2 * throughput[0] && throughput[1] > 2 * throughput[2], "{throughput:?}");
    assert!(p95[1] < p95[0] && p95[1] < p95[2], "{p95:?}");
}

/// The world goes on by single events as by whole stretches, acts included.
#[test]
fn a_world_moves_on_by_some_events() {
    let mut worlds = [World::new(busy(3, 1)), World::new(busy(3, 1))];
    let end = Instant::ZERO + LENGTH;
    let mut journals = [Journal::new(), Journal::new()];
    worlds.iter_mut().zip(&mut journals).for_each(|(world, journal)| world.act(WorldAct::Restart, journal));
    worlds[0].run_until(end, &mut journals[0]);
    let before = worlds[1].events();
    assert!(!worlds[1].run_some(end, 0, &mut journals[1]));
    assert!(!worlds[1].run_some(end, 10, &mut journals[1]));
    assert_eq!(worlds[1].events(), before + 10);
    while !worlds[1].run_some(end, 7, &mut journals[1]) {}
    let stories = [0, 1].map(|place| {
        (
            worlds[place].now(),
            worlds[place].events(),
            journals[place].samples().to_vec(),
            journals[place].waits().to_vec(),
        )
    });
    assert_eq!(stories[0], stories[1]);
}
