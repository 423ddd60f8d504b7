//! The queueing formulas against each other, and for any input.

use super::near;
use proptest::prelude::*;
use valet::theory::{Patient, Queue, Scalability, erlang_b, erlang_c, littles_law};

/// Any number a caller might pass, the bad ones included.
fn anything() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(-1.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        0.0..100.0,
        (-20.0..20.0).prop_map(|exponent| 10_f64.powf(exponent)),
    ]
}

/// From none to as many as there can be.
fn any_count() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(1), 2..40_u32, 40..5_000_u32, Just(u32::MAX)]
}

/// Queues as pools have them, idle, busy and overloaded.
fn queues() -> impl Strategy<Value = (Queue, f64)> {
    (1..60_u32, 0.05..1.6_f64, 0.1..50.0_f64, prop_oneof![Just(0.0), 0.01..3.0_f64]).prop_map(
        |(servers, load, service, services)| {
            (Queue { arrivals: load * service * f64::from(servers), service, servers }, services / service)
        },
    )
}

proptest! {
    #[test]
    fn nothing_is_nan_or_out_of_bounds(
        arrivals in anything(), service in anything(), servers in any_count(),
        patience in anything(), room in prop_oneof![0..100_u32, 100..20_000_u32], p in 0.0..1.0_f64,
    ) {
        let queue = Queue { arrivals, service, servers };
        let share = |name: &str, p: f64| check((0.0..=1.0).contains(&p), name, p);
        let finite = |name: &str, x: f64| check((0.0..f64::INFINITY).contains(&x), name, x);
        prop_assert!(queue.offered() >= 0.0 && queue.utilisation() >= 0.0);
        share("erlang_b", erlang_b(servers, arrivals))?;
        share("erlang_c", erlang_c(servers, arrivals).unwrap_or(0.0))?;
        if let Some(waiting) = queue.waiting() {
            share("waiting.p_wait", waiting.p_wait)?;
            share("waiting.p_wait_exceeds", waiting.p_wait_exceeds(patience))?;
            finite("waiting.mean_wait", waiting.mean_wait)?;
            finite("waiting.mean_wait_if_waiting", waiting.mean_wait_if_waiting)?;
            finite("waiting.mean_queue", waiting.mean_queue)?;
            finite("waiting.wait_quantile", waiting.wait_quantile(p).unwrap())?;
        }
        let patient = queue.with_patience(patience);
        let cut = if patience > 0.0 { patience.min(1e15) } else { 0.0 };
        for (name, p) in [
            ("p_wait", patient.p_wait), ("p_abandon", patient.p_abandon), ("utilisation", patient.utilisation),
            ("p_wait_exceeds", patient.p_wait_exceeds(p * cut)), ("p_wait_exceeds NaN", patient.p_wait_exceeds(f64::NAN)),
        ] {
            share(name, p)?;
        }
        finite("mean_queue", patient.mean_queue)?;
        for (name, wait) in [
            ("mean_wait", patient.mean_wait), ("mean_wait_served", patient.mean_wait_served),
            ("wait_quantile", patient.wait_quantile(p).unwrap()),
        ] {
            finite(name, wait)?;
            prop_assert!(wait <= cut * (1.0 + 1e-12), "{name}: {wait} with patience {cut}");
        }
        if let Some(erlang_a) = queue.erlang_a(patience) {
            share("erlang_a.p_wait", erlang_a.p_wait)?;
            share("erlang_a.p_abandon", erlang_a.p_abandon)?;
            finite("erlang_a.mean_wait", erlang_a.mean_wait)?;
            finite("erlang_a.mean_queue", erlang_a.mean_queue)?;
        }
        let inside = queue.with_room(room, patience).unwrap();
        for (name, p) in [
            ("p_block", inside.p_block), ("left", inside.p_abandon), ("busy", inside.utilisation),
        ] {
            share(name, p)?;
        }
        finite("mean_wait_accepted", inside.mean_wait_accepted)?;
        finite("inside.mean_queue", inside.mean_queue)?;
        for &p in &inside.number {
            share("number", p)?;
        }
        prop_assert_eq!(inside.number.len(), room as usize + 1);
        prop_assert!(near(inside.number.iter().sum(), 1.0, 1e-12));
    }

    #[test]
    fn scalability_is_never_nan(contention in anything(), coherency in anything(), n in any_count(), per_one in anything()) {
        let law = Scalability { contention, coherency };
        prop_assert!(law.throughput(n, per_one) >= 0.0 && law.throughput(n, per_one).is_finite());
        prop_assert!(law.slowdown(n) >= 1.0 && law.slowdown(n).is_finite());
        prop_assert!(law.knee().is_none_or(|knee| knee >= 1.0 && knee.is_finite()));
    }

    /// The closed forms and the law of the number in the system share no line of code.
    #[test]
    fn the_closed_forms_are_the_law_with_endless_room((queue, patience) in queues()) {
        let patient = queue.with_patience(patience);
        let finite = queue.with_room(queue.servers + 1_500, patience).unwrap();
        prop_assert!(finite.p_block < 1e-250);
        prop_assert!(near(finite.p_abandon, patient.p_abandon, 1e-11), "{finite:?} {patient:?}");
        prop_assert!(near(finite.mean_wait_accepted, patient.mean_wait, 1e-11));
        prop_assert!(near(finite.mean_queue, patient.mean_queue, 1e-11));
        prop_assert!(near(finite.utilisation, patient.utilisation, 1e-11));
        let all_busy: f64 = finite.number[queue.servers as usize..].iter().sum();
        prop_assert!(near(all_busy, patient.p_wait, 1e-11));
    }

    #[test]
    fn who_comes_is_lost_or_leaves_or_is_served((queue, patience) in queues(), room in 0..100_u32) {
        let finite = queue.with_room(room, patience).unwrap();
        let busy = queue.utilisation() * (1.0 - finite.p_block - finite.p_abandon);
        prop_assert!((finite.utilisation - busy).abs() < 1e-12, "{} {busy}", finite.utilisation);
        let patient = queue.with_patience(patience);
        prop_assert!(near(patient.utilisation, queue.utilisation() * (1.0 - patient.p_abandon), 1e-12));
        prop_assert!(near(
            patient.mean_wait,
            patient.mean_wait_served * (1.0 - patient.p_abandon) + patience * patient.p_abandon,
            1e-12
        ));
    }

    #[test]
    fn the_mean_is_the_area_under_the_tail((queue, patience) in queues()) {
        let patient = queue.with_patience(patience);
        let steps = 5_000;
        let at = |i: i32| patience * (f64::from(i) + 0.5) / f64::from(steps);
        let area = (0..steps).map(|i| patient.p_wait_exceeds(at(i))).sum::<f64>() * patience / f64::from(steps);
        prop_assert!((area - patient.mean_wait).abs() <= 1e-4 * patient.mean_wait, "{area} {patient:?}");
        if let Some(waiting) = queue.waiting() {
            let end = 40.0 * waiting.mean_wait_if_waiting;
            let at = |i: i32| end * (f64::from(i) + 0.5) / f64::from(steps);
            let area = (0..steps).map(|i| waiting.p_wait_exceeds(at(i))).sum::<f64>() * end / f64::from(steps);
            prop_assert!((area - waiting.mean_wait).abs() <= 1e-4 * waiting.mean_wait);
        }
    }

    #[test]
    fn the_number_waiting_is_the_rate_times_the_wait((queue, patience) in queues()) {
        let by_law = |wait| littles_law(queue.arrivals, wait);
        let patient = queue.with_patience(patience);
        prop_assert!(near(patient.mean_queue, by_law(patient.mean_wait), 1e-14));
        let erlang_a = queue.erlang_a(patience).unwrap();
        prop_assert!(near(erlang_a.mean_queue, by_law(erlang_a.mean_wait), 1e-14));
        if let Some(waiting) = queue.waiting() {
            prop_assert!(near(waiting.mean_queue, by_law(waiting.mean_wait), 1e-14));
            // Counted in the law, not multiplied. Near full load the room for it would have to be endless.
            if queue.utilisation() < 0.95 {
                let counted = queue.with_room(queue.servers + 2_000, f64::INFINITY).unwrap().mean_queue;
                prop_assert!(near(counted, by_law(waiting.mean_wait), 1e-10));
            }
        }
    }

    #[test]
    fn one_more_server_never_hurts((queue, patience) in queues()) {
        let more = Queue { servers: queue.servers + 1, ..queue };
        let figures = |queue: Queue| {
            let Patient { p_wait, p_abandon, mean_wait, mean_queue, utilisation, .. } = queue.with_patience(patience);
            let erlang_a = queue.erlang_a(patience).unwrap();
            let waiting = queue.waiting().map_or([1.0, f64::INFINITY], |waiting| [waiting.p_wait, waiting.mean_wait]);
            let [all_wait, endless] = waiting;
            [
                erlang_b(queue.servers, queue.offered()), p_wait, p_abandon, mean_wait, mean_queue, utilisation,
                erlang_a.p_wait, erlang_a.p_abandon, erlang_a.mean_wait, all_wait, endless,
            ]
        };
        for (index, (now, then)) in figures(queue).into_iter().zip(figures(more)).enumerate() {
            prop_assert!(then <= now * (1.0 + 1e-12), "figure {index}: {now}, with one more {then}");
        }
    }

    #[test]
    fn a_quantile_is_where_the_tail_crosses((queue, patience) in queues(), p in 0.0..1.0_f64) {
        let patient = queue.with_patience(patience);
        let t = patient.wait_quantile(p).unwrap();
        prop_assert!(patient.p_wait_exceeds(t) <= 1.0 - p);
        prop_assert!(t == 0.0 || patient.p_wait_exceeds(t * (1.0 - 1e-9)) >= 1.0 - p);
        if let Some(waiting) = queue.waiting() {
            let t = waiting.wait_quantile(p).unwrap();
            prop_assert!(waiting.p_wait_exceeds(t) <= (1.0 - p) * (1.0 + 1e-12));
            prop_assert!(t == 0.0 || near(waiting.p_wait_exceeds(t), 1.0 - p, 1e-12));
        }
    }

    /// The steps from the start of Erlang's recursion are as good as none.
    #[test]
    fn the_short_cut_of_erlang_b_shows_nowhere(c in 0..3_000_u32, load in 0.5..1.5_f64) {
        let a = load * f64::from(c);
        let long = (1..=c).fold(1.0, |b, k| a * b / (f64::from(k) + a * b));
        prop_assert!(near(erlang_b(c, a), long, 1e-15));
    }

    #[test]
    fn throughput_is_the_most_at_the_knee(contention in 0.0..0.9_f64, coherency in 0.000_01..0.5_f64) {
        let law = Scalability { contention, coherency };
        let best = (1..400).max_by(|&n, &m| law.throughput(n, 1.0).total_cmp(&law.throughput(m, 1.0))).unwrap();
        prop_assert!((f64::from(best) - law.knee().unwrap()).abs() < 1.0);
    }
}

fn check(ok: bool, name: &str, value: f64) -> Result<(), TestCaseError> {
    if ok { Ok(()) } else { Err(TestCaseError::fail(format!("{name} is {value}"))) }
}
