//! The queueing formulas: against values computed to 50 digits, at the edges, and against each other (`properties`).

mod properties;

use valet::theory::{Finite, Queue, erlang_b, erlang_c};

/// 30 settings, 15 digits each, computed once with mpmath at 50 digits (320 for the number in the system). The values of
/// M/M/c+D come from two routes, quadrature and the law of the number in the system, that agree to 48 digits. K = c + 10.
/// Empty where there is no steady state; below 1e-300 written as 0.
const REFERENCE: &str = include_str!("queueing-reference.csv");

/// What the room says for one row, by the names of the columns.
fn columns(queue: Queue, patience: f64, room: u32) -> Vec<(&'static str, Option<f64>)> {
    let waiting = queue.waiting();
    let patient = queue.with_patience(patience);
    let finite = queue.with_room(room, patience).unwrap();
    let erlang_a = queue.erlang_a(patience).unwrap();
    vec![
        ("a", Some(queue.offered())),
        ("rho", Some(queue.utilisation())),
        ("erlang_b", Some(erlang_b(queue.servers, queue.offered()))),
        ("erlang_c", erlang_c(queue.servers, queue.offered())),
        ("mmc_ew", waiting.map(|waiting| waiting.mean_wait)),
        ("mmc_ew_given_wait", waiting.map(|waiting| waiting.mean_wait_if_waiting)),
        ("mmcD_p_wait", Some(patient.p_wait)),
        ("mmcD_p_abandon", Some(patient.p_abandon)),
        ("mmcD_ew_all", Some(patient.mean_wait)),
        ("mmcD_ew_served", Some(patient.mean_wait_served)),
        ("mmcD_eq", Some(patient.mean_queue)),
        ("mmcD_util", Some(patient.utilisation)),
        ("mmcD_p_w_gt_halfD", Some(patient.p_wait_exceeds(patience / 2.0))),
        ("mmcKD_p_block", Some(finite.p_block)),
        ("mmcKD_p_abandon", Some(finite.p_abandon)),
        ("mmcKD_ew_accepted", Some(finite.mean_wait_accepted)),
        ("mmcKD_eq", Some(finite.mean_queue)),
        ("erlA_meanpatienceD_p_abandon", Some(erlang_a.p_abandon)),
        ("erlA_ew", Some(erlang_a.mean_wait)),
        ("erlA_p_wait", Some(erlang_a.p_wait)),
    ]
}

#[test]
fn every_column_of_every_setting() {
    let mut lines = REFERENCE.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let (mut compared, mut wrong, mut worst) = (0, Vec::new(), Vec::<(&str, f64)>::new());
    for line in lines {
        let row: Vec<&str> = line.split(',').collect();
        assert_eq!(row.len(), names.len(), "{line}");
        let number = |index: usize| row[index].parse::<f64>().unwrap();
        let queue = Queue { arrivals: number(1), service: number(2), servers: row[3].parse().unwrap() };
        let columns = columns(queue, number(4), row[5].parse().unwrap());
        assert_eq!(columns.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names[6..]);
        for ((name, got), text) in columns.into_iter().zip(&row[6..]) {
            let wanted: Option<f64> = (!text.is_empty()).then(|| text.parse().unwrap());
            let error = match (got, wanted) {
                (Some(got), Some(0.0)) if (0.0..1e-300).contains(&got) => 0.0,
                (Some(_), Some(0.0)) => f64::INFINITY,
                (Some(got), Some(wanted)) => (got - wanted).abs() / wanted,
                (None, None) => 0.0,
                _ => f64::INFINITY,
            };
            let absolute = error * wanted.unwrap_or(0.0);
            if error.is_nan() || error > 1e-12 || (name.starts_with("mmcKD") && absolute > 5e-14) {
                wrong.push(format!("setting {} {name}: got {got:?}, wanted {wanted:?}", row[0]));
            }
            let group = &name[..name.find('_').unwrap_or(name.len())];
            match worst.iter_mut().find(|(known, _)| *known == group) {
                Some((_, known)) => *known = known.max(error),
                None => worst.push((group, error)),
            }
            compared += 1;
        }
    }
    println!("worst relative error: {worst:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(compared, 30 * 20);
}

/// Equal to `digits` relative, or both as good as nothing.
fn near(a: f64, b: f64, digits: f64) -> bool {
    (a - b).abs() <= digits * a.abs().max(b.abs()).max(1e-200)
}

#[test]
fn without_patience_it_is_erlang_b_and_with_endless_patience_erlang_c() {
    for (arrivals, servers) in [(0.5, 1), (4.5, 5), (13.5, 15), (47.5, 50)] {
        let queue = Queue { arrivals, service: 1.0, servers };
        let none = queue.with_patience(0.0);
        let lost = erlang_b(servers, arrivals);
        assert!(near(none.p_wait, lost, 1e-14) && near(none.p_abandon, lost, 1e-14));
        assert!(near(queue.erlang_a(0.0).unwrap().p_abandon, lost, 1e-14));
        assert!(near(queue.with_room(servers + 20, 0.0).unwrap().p_abandon, lost, 1e-14));
        assert_eq!((none.mean_wait, none.p_wait_exceeds(0.0), none.wait_quantile(0.999)), (0.0, 0.0, Some(0.0)));

        let waiting = queue.waiting().unwrap();
        let endless = queue.with_patience(f64::INFINITY);
        assert!(near(endless.p_wait, waiting.p_wait, 1e-14) && near(endless.mean_wait, waiting.mean_wait, 1e-14));
        assert_eq!(endless.p_abandon, 0.0);
        let erlang_a = queue.erlang_a(f64::INFINITY).unwrap();
        assert!(near(erlang_a.p_wait, waiting.p_wait, 1e-13) && near(erlang_a.mean_wait, waiting.mean_wait, 1e-13));
    }
}

#[test]
fn where_nobody_comes_or_nobody_serves() {
    let nobody = Queue { arrivals: 0.0, service: 1.0, servers: 3 };
    assert_eq!((nobody.offered(), nobody.utilisation()), (0.0, 0.0));
    assert_eq!((nobody.waiting().unwrap().mean_wait, nobody.with_patience(1.0).p_wait), (0.0, 0.0));
    assert_eq!(nobody.erlang_a(1.0).unwrap().p_wait, 0.0);
    assert_eq!(nobody.with_room(5, 1.0).unwrap().number, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);

    for unserved in [
        Queue { arrivals: 2.0, service: 1.0, servers: 0 },
        Queue { arrivals: 2.0, service: 0.0, servers: 3 },
        Queue { arrivals: 2.0, service: f64::NAN, servers: 3 },
    ] {
        assert_eq!((unserved.utilisation(), unserved.waiting()), (f64::INFINITY, None));
        let patient = unserved.with_patience(1.5);
        assert_eq!((patient.p_wait, patient.p_abandon, patient.mean_wait, patient.mean_queue), (1.0, 1.0, 1.5, 3.0));
        assert_eq!((patient.p_wait_exceeds(1.4), patient.p_wait_exceeds(1.5)), (1.0, 0.0));
        assert_eq!((patient.wait_quantile(0.0), patient.wait_quantile(0.01)), (Some(0.0), Some(1.5)));
        let erlang_a = unserved.erlang_a(1.5).unwrap();
        assert!(near(erlang_a.p_wait, 1.0, 1e-14) && near(erlang_a.p_abandon, 1.0, 1e-14));
        let finite = unserved.with_room(60, 1.5).unwrap();
        assert!(near(finite.p_abandon, 1.0, 1e-14) && near(finite.mean_queue, 3.0, 1e-14), "{finite:?}");
    }
}

#[test]
fn what_cannot_be_answered_is_none() {
    let full = Queue { arrivals: 15.0, service: 1.0, servers: 15 };
    assert_eq!((full.waiting(), erlang_c(15, 15.0), full.erlang_a(f64::INFINITY)), (None, None, None));
    assert_eq!(full.with_room(Finite::LARGEST + 1, 1.0), None);
    let waiting = Queue { arrivals: 10.0, ..full }.waiting().unwrap();
    for p in [-0.1, 1.0, 1.1, f64::NAN] {
        assert_eq!(waiting.wait_quantile(p), None);
    }
    for p in [-0.1, 1.1, f64::NAN] {
        assert_eq!(full.with_patience(1.0).wait_quantile(p), None);
    }
    assert_eq!(full.with_patience(1.0).wait_quantile(1.0), Some(1.0));
}

#[test]
fn a_pool_of_billions_is_quick() {
    assert!(near(erlang_b(1_000_000_000, 1e9), (2.0 / (std::f64::consts::PI * 1e9)).sqrt(), 1e-4));
    assert!(erlang_b(u32::MAX, 4e9) < 1e-300);
    assert!(near(erlang_b(u32::MAX, 1e12), 1.0 - f64::from(u32::MAX) / 1e12, 1e-4));
}
