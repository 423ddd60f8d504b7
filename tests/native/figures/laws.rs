//! What holds for every run, whatever the traffic, the work and the misfortunes: no theory, only bookkeeping.

use super::{at, erlang, run};
use proptest::prelude::*;
use valet::apps::{Form, View};
use valet::figures::{Window, batch_means, warm_up};
use valet::pool::{Class, Settings};
use valet::service::{Borrow, RequestSpec, Tally};
use valet::sim::{
    Distribution, HostedApp, Journal, Latency, Pattern, ServerSetup, Setup, Traffic, Visitors, Work, World, WorldAct,
};
use valet::time::{Instant, Span};

fn millis(range: std::ops::Range<i64>) -> impl Strategy<Value = Span> {
    range.prop_map(Span::from_millis)
}

prop_compose! {
    fn settings()(
        class in prop::sample::select(vec![Class::QueuePool, Class::QueuePool, Class::AsyncAdaptedQueuePool, Class::NullPool]),
        (pool_size, max_overflow) in (1i64..5, -1i64..4),
        timeout in prop_oneof![1 => Just(Span::ZERO), 5 => millis(1..3_000)],
        pool_recycle in prop_oneof![2 => Just(Span::from_secs(-1)), 1 => millis(100..2_000)],
        (pool_pre_ping, pool_use_lifo) in any::<(bool, bool)>(),
    ) -> Settings {
        let pool_timeout = Some(timeout);
        let settings = Settings { class, pool_size, max_overflow, pool_timeout, ..Settings::default() };
        Settings { pool_recycle, pool_pre_ping, pool_use_lifo, ..settings }
    }
}

prop_compose! {
    fn database()(
        (connect, ping, reset, close) in (millis(0..30), millis(0..5), millis(0..5), millis(0..5)),
        max_connections in prop::option::weighted(0.3, 1u32..12),
        wait_timeout in prop::option::weighted(0.3, millis(100..2_000)),
        firewall in prop::option::weighted(0.3, millis(100..2_000)),
        (tcp_timeout, outage) in (millis(100..5_000), millis(0..3_000)),
        (keepalive, accept) in (millis(500..10_000), prop_oneof![Just(Span::ZERO), millis(1..100)]),
        (slowness, contention) in (0.5f64..3.0, prop_oneof![Just(0.0), 0.0f64..0.3]),
    ) -> ServerSetup {
        let latency = Latency { connect, ping, reset, close };
        let database = ServerSetup { latency, max_connections, wait_timeout, firewall, ..ServerSetup::default() };
        ServerSetup { tcp_timeout, outage, keepalive, accept, slowness, contention, ..database }
    }
}

prop_compose! {
    /// A world to which nobody comes any more after ten seconds. It has threads enough that the line for them ends in time.
    fn setup()(
        seed in any::<u64>(),
        settings in settings(),
        workers in 1usize..4,
        mut list in prop::collection::vec(0i64..10_000_000, 0..250),
        shape in prop_oneof![Just(Distribution::Constant), Just(Distribution::Exponential), Just(Distribution::Lognormal)],
        mean in millis(0..300),
        (slow_share, nested_share) in (0.0f64..0.1, prop_oneof![Just(0.0), 0.0f64..0.5]),
        leak_share in prop_oneof![Just(0.0), 0.0f64..0.05],
        (gives_up, retries, retry_after) in (prop::option::of(millis(1..2_000)), 0u32..3, millis(1..1_000)),
        (wake, collected_after) in (prop_oneof![Just(Span::ZERO), millis(1..500)], prop::option::of(millis(1..5_000))),
        database in database(),
        site in prop::option::of(site()),
        (outside, outside_holds) in (prop_oneof![Just(Span::ZERO), millis(1..900)], any::<bool>()),
        (threads, cancel_after) in (prop::option::of(20u32..60), prop::option::of(millis(1..2_000))),
    ) -> Setup {
        list.sort_unstable();
        let list = list.into_iter().map(Instant::from_micros).collect();
        let slow = Span::from_millis(2_000);
        Setup {
            site,
            seed,
            borrow: [Borrow::Session, Borrow::Connection, Borrow::Begin, Borrow::Raw][(seed % 4) as usize],
            settings,
            workers,
            traffic: Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) },
            work: Work { shape, mean, slow_share, slow, nested_share, leak_share, outside, outside_holds },
            wake,
            collected_after,
            threads,
            cancel_after,
            visitors: Visitors { gives_up, retries, retry_after },
            database,
        }
    }
}

/// Any view of any application.
fn site() -> impl Strategy<Value = HostedApp> {
    let views: Vec<View> = View::all().collect();
    prop::sample::select(views).prop_map(|view| HostedApp { form: Form::Corrected, view })
}

fn acts() -> impl Strategy<Value = Vec<(Instant, WorldAct)>> {
    let takes = millis(0..500);
    let act = prop_oneof![
        Just(WorldAct::Restart),
        Just(WorldAct::Cancel),
        Just(WorldAct::Failover),
        Just(WorldAct::Cut),
        setup().prop_map(|setup| WorldAct::Change(Box::new(setup))),
        (takes, any::<(bool, bool)>(), prop::option::of(site())).prop_map(|(takes, (nested, leaks), site)| {
            WorldAct::Arrive(RequestSpec {
                view: site.map(|site| site.view),
                takes,
                nested,
                leaks,
                ..RequestSpec::default()
            })
        }),
    ];
    prop::collection::vec((0i64..12_000).prop_map(at), 0..6)
        .prop_flat_map(move |mut moments| {
            moments.sort_unstable();
            let count = moments.len();
            (Just(moments), prop::collection::vec(act.clone(), count))
        })
        .prop_map(|(moments, acts)| moments.into_iter().zip(acts).collect())
}

/// Everybody has had a connection or an answer by then: also two seconds of work that two hundred statements slow down.
const OVER: i64 = 1_200_000;

fn play(world: &mut World, journal: &mut Journal, acts: &[(Instant, WorldAct)], until: Instant) {
    for (moment, act) in acts {
        world.run_until(*moment, journal);
        world.act(act.clone(), journal);
    }
    world.run_until(until, journal);
}

fn balanced(tally: &Tally) -> bool {
    tally.arrived == tally.served + tally.errors() + u64::from(tally.in_system)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn little_and_the_balance_hold_exactly(setup in setup(), acts in acts()) {
        let (mut world, mut journal) = (World::unwatched(setup), Journal::new());
        play(&mut world, &mut journal, &acts, at(OVER));
        let (tally, last) = (world.tally(), journal.samples()[journal.samples().len() - 1]);
        prop_assert_eq!((tally.asking, u64::from(tally.in_system)), (0, tally.leaked), "the run ends empty");
        prop_assert!(journal.samples().iter().all(|sample| balanced(&sample.tally)) && balanced(&tally));

        // The integral of those who ask is the sum of all waits, to the microsecond.
        let sum: i64 = journal.waits().iter().map(|wait| wait.time().as_micros()).sum();
        prop_assert_eq!(last.areas.asking, sum);
        prop_assert_eq!(last.waits, journal.waits().len());
        prop_assert!(journal.waits().iter().filter(|wait| wait.unserved()).count() as u64 >= tally.timeouts);

        // So windows add up to the whole, and in the whole both mean waits are one.
        let whole = Window::all(&journal).unwrap();
        prop_assert_eq!(whole.asked(), whole.waits().len() as u64);
        let parts: Vec<Window> = [(0, 3_000), (3_000, 9_900), (9_900, OVER)].into_iter()
            .map(|(from, to)| Window::of(&journal, at(from), at(to)).unwrap()).collect();
        let counts = |window: &Window| {
            let tally = window.tally();
            [tally.arrived, window.asked(), tally.served, tally.errors(), tally.timeouts, tally.opened]
        };
        for (place, all) in counts(&whole).into_iter().enumerate() {
            prop_assert_eq!(parts.iter().map(|part| counts(part)[place]).sum::<u64>(), all, "{}", place);
        }
        prop_assert_eq!(parts.iter().map(|part| part.waits().len()).sum::<usize>(), whole.waits().len());
        if let (Some(one), Some(other)) = (whole.mean_wait(), whole.mean_wait_by_little()) {
            prop_assert!((one - other).abs() <= 1e-12 * one.max(1.0), "{} and {}", one, other);
        }
    }

    #[test]
    fn a_journal_cut_back_is_written_the_same_again(setup in setup(), acts in acts(), cut in 0i64..12_000) {
        let (mut world, mut journal) = (World::unwatched(setup), Journal::new());
        let (before, after): (Vec<_>, Vec<_>) = acts.into_iter().partition(|(moment, _)| *moment <= at(cut));
        play(&mut world, &mut journal, &before, at(cut));
        let (mut again, mark) = (world.clone(), journal.mark());
        play(&mut world, &mut journal, &after, at(20_000));
        let first = journal.clone();
        journal.cut(mark);
        prop_assert!(journal.samples().len() as i64 == cut / 100 && journal.waits().len() <= first.waits().len());
        play(&mut again, &mut journal, &after, at(20_000));
        prop_assert_eq!(journal.waits(), first.waits());
        prop_assert_eq!(journal.samples(), first.samples());
        prop_assert_eq!(world.tally(), again.tally());
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_waits(seed in any::<u64>(), from in 0i64..9_000, part in 0.0f64..=1.0) {
        let (_, journal) = run(&Setup { seed, ..erlang((2, 1), Some(Span::from_millis(200)), 30.0, 100) }, at(10_000));
        let window = Window::of(&journal, at(from), at(10_000)).unwrap();
        let mut sorted: Vec<Span> = window.waits().iter().map(|wait| wait.time()).collect();
        sorted.sort_unstable();
        let rank = (part * sorted.len() as f64).ceil().max(1.0) as usize;
        prop_assert_eq!(window.wait_at(part), sorted.get(rank - 1).copied());
        prop_assert_eq!(window.wait_at(1.0), sorted.last().copied());
    }
}

#[test]
fn windows_are_taken_back_to_samples() {
    let (_, journal) = run(&erlang((5, 0), None, 20.0, 100), at(10_050));
    let window = Window::of(&journal, at(1_234), at(5_678)).unwrap();
    assert_eq!((window.from(), window.to()), (at(1_200), at(5_600)));
    assert_eq!(window.secs(), 4.4);
    let whole = Window::all(&journal).unwrap();
    assert_eq!((whole.from(), whole.to()), (at(0), at(10_000)));
    assert_eq!(Window::of(&journal, at(-5), Instant::from_micros(i64::MAX)), Some(whole));
    for (from, to) in [(5_000, 5_000), (5_000, 5_099), (6_000, 5_000), (10_000, 99_000), (-9, -5)] {
        assert_eq!(Window::of(&journal, at(from), at(to)), None, "{from} {to}");
    }
    assert_eq!(Window::all(&Journal::new()), None);
    assert_eq!(warm_up(&journal), at(1_000));
    assert_eq!(warm_up(&Journal::new()), at(0));
}

#[test]
fn figures_of_a_run_worked_out_by_hand() {
    // Two connections, three requests of 1 s at 0, one of 3 s by hand at 0.2 s, and one of 1 s at 0.3 s.
    let mut setup = erlang((2, 0), Some(Span::from_millis(1_500)), 0.0, 1_000);
    let list = [at(0), at(0), at(0), at(300)].into();
    setup.traffic = Traffic { pattern: Pattern::List, list, ..Traffic::poisson(0.0) };
    setup.work = Work::constant(Span::from_millis(1_000));
    let (mut world, mut journal) = (World::unwatched(setup.clone()), Journal::new());
    let long = WorldAct::Arrive(RequestSpec { takes: Span::from_secs(3), ..RequestSpec::default() });
    play(&mut world, &mut journal, &[(at(200), long)], at(10_000));

    // In line: the third from 0 to 1 s, the one by hand from 0.2 to 1 s, the fourth from 0.3 to 1.8 s in vain.
    let window = Window::all(&journal).unwrap();
    let tally = window.tally();
    let waits: Vec<(i64, bool)> =
        window.waits().iter().map(|wait| (wait.time().as_micros(), wait.unserved())).collect();
    assert_eq!(waits, [(0, false), (0, false), (1_000_000, false), (800_000, false), (1_500_000, true)]);
    assert_eq!((tally.arrived, window.asked(), tally.served, tally.errors(), tally.timeouts), (5, 5, 4, 1, 1));
    assert_eq!((window.arrival_rate(), window.throughput()), (0.5, 0.4));
    assert_eq!(window.mean_asking(), 0.33);
    assert_eq!(window.mean_holding(), 0.6, "three of 1 s and one of 3 s in 10 s");
    assert_eq!(window.utilisation(&setup), Some(0.3));
    assert_eq!(window.utilisation(&Setup { workers: 2, ..setup }), Some(0.15));
    assert_eq!((window.mean_wait(), window.mean_wait_by_little()), (Some(0.66), Some(0.66)));
    assert_eq!(
        (window.share_waited(), window.share_unserved(), window.share_timeouts()),
        (Some(0.6), Some(0.2), Some(0.2))
    );
    assert_eq!(tally.opened, 2);
    let [median, longest] = [0.5, 1.0].map(|part| window.wait_at(part).unwrap().as_millis_f64());
    assert_eq!((median, longest), (800.0, 1_500.0));

    // Who still waits at the end of a window has asked in it, and belongs to the next with his wait.
    let early = Window::of(&journal, at(0), at(500)).unwrap();
    assert_eq!((early.asked(), early.waits().len()), (5, 2));
    let late = Window::of(&journal, at(500), at(10_000)).unwrap();
    assert_eq!((late.asked(), late.waits().len()), (0, 3));
    assert_eq!(late.mean_wait_by_little(), None);
}

#[test]
fn batch_means_by_hand() {
    let (_, journal) = run(&erlang((5, 0), None, 20.0, 100), at(10_000));
    let means = |from, batches, figure: &dyn Fn(&Window) -> Option<f64>| {
        batch_means(&journal, at(from), at(10_000), batches, figure)
    };
    // The middles of four batches of 2 s: 3, 5, 7, 9 about 6, so a variance of 20/3 and t for 3.
    let middle = |window: &Window| Some((window.from().as_secs_f64() + window.to().as_secs_f64()) / 2.0);
    let interval = means(2_000, 4, &middle).unwrap();
    assert_eq!(interval.value, 6.0);
    assert!((interval.half_width - 3.182 * (20.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
    assert!(interval.contains(interval.low()) && interval.contains(interval.high()) && !interval.contains(1.8));
    // What does not come out even is cut off at the beginning.
    assert_eq!(means(1_900, 4, &middle), means(2_000, 4, &middle));
    assert_eq!(means(0, 20, &|_| Some(1.0)).map(|one| (one.value, one.half_width)), Some((1.0, 0.0)));
    // Batches without a figure are left out: here the first two of four, and 7, 9 about 6 are left.
    let late = means(2_000, 4, &|window| middle(window).filter(|&middle| middle > 5.5)).unwrap();
    assert!((late.half_width - 12.706 * (10.0f64 / 2.0).sqrt()).abs() < 1e-12);
    for (from, batches) in [(0, 0), (0, 1), (9_900, 2), (0, 101), (10_000, 20)] {
        assert_eq!(means(from, batches, &middle), None, "{from} {batches}");
    }
    assert!(means(0, 100, &middle).is_some());
    assert_eq!(means(0, 20, &|_| None), None);
}
