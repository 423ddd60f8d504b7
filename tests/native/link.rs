//! What a link says, and what is said of a link that cannot be taken as it is.

use valet::link::Link;
use valet::service::RequestSpec;
use valet::settings::Act;
use valet::sim::{ServerSetup, Setup, WorldAct};
use valet::time::{Instant, Span};

fn read(pairs: &[(&str, &str)]) -> (Link, Vec<String>) {
    let (link, errors) = Link::read(Setup::default(), pairs.iter().copied());
    (link, errors.iter().map(ToString::to_string).collect())
}

#[test]
fn of_a_setting_that_is_given_twice_the_first_counts_and_it_is_said() {
    let (link, complaints) = read(&[("pool_size", "3"), ("rate", "2"), ("pool_size", "4"), ("pool_size", "9")]);
    assert_eq!(link.setup.settings.pool_size, 3);
    assert_eq!(complaints, ["The link has pool_size more than once. The first counts, pool_size=3."]);
    let (link, complaints) =
        read(&[("acts", "1-restart"), ("acts", "2-cut"), ("b_pool_size", "7"), ("b_pool_size", "8")]);
    assert_eq!((link.acts.len(), link.rival.unwrap().pool_size, complaints.len()), (1, 7, 2));
}

#[test]
fn a_day_fits() {
    let day = Span::from_secs(86_400);
    let (link, complaints) =
        read(&[("wait_timeout", "28800"), ("firewall", "86400"), ("at", "86400"), ("acts", "86400000000-restart")]);
    assert_eq!(complaints, [""; 0]);
    assert_eq!(link.setup.database.wait_timeout, Some(Span::from_secs(28_800)));
    assert_eq!((link.setup.database.firewall, link.at), (Some(day), Some(Instant::ZERO + day)));
    assert_eq!(link.acts.len(), 1);
    let (_, complaints) = read(&[("wait_timeout", "86401"), ("at", "86401"), ("acts", "86400000001-restart")]);
    assert_eq!(
        complaints,
        [
            "The link has wait_timeout=86401. It takes None, or seconds, from 0 to 86400. The page's own value is used.",
            "The link has at=86401. A moment is seconds from 0 to 86400. The page begins at 0.",
            "The link has the act 86400000001-restart, which means nothing here. It is left out.",
        ]
    );
}

#[test]
fn a_thousand_workers_are_refused() {
    let (link, complaints) = read(&[("workers", "1000")]);
    assert_eq!(link.setup.workers, 1);
    assert_eq!(
        complaints,
        ["The link has workers=1000. It takes a whole number from 1 to 64. The page's own value is used."]
    );
}

/// Every sentence that a link can be answered with, and what of the link is taken all the same.
#[test]
fn what_is_wrong_is_said_and_the_rest_is_taken() {
    for (name, value, sentence) in [
        ("v", "2", "The link is of version 2; this page knows version 1 and does what it can."),
        (
            "pool_size",
            "lots",
            "The link has pool_size=lots. It takes a whole number, such as 5. The page's own value is used.",
        ),
        (
            "max_overflow",
            "501",
            "The link has max_overflow=501. It is played up to 500 here. SQLAlchemy has no such limit. The page's own value is used.",
        ),
        (
            "traffic",
            "rush",
            "The link has traffic=rush. It takes one of constant, poisson, bursts, spike, ramp, day, list. The page's own value is used.",
        ),
        (
            "gives_up",
            "-1",
            "The link has gives_up=-1. It takes None, or seconds, from 0 to 86400. The page's own value is used.",
        ),
        (
            "query_ms",
            "1.5",
            "The link has query_ms=1.5. It takes a whole number of milliseconds from 0 to 60000. The page's own value is used.",
        ),
        (
            "leak_percent",
            "101",
            "The link has leak_percent=101. It takes a number from 0 to 100. The page's own value is used.",
        ),
        (
            "pool_pre_ping",
            "yes",
            "The link has pool_pre_ping=yes. It takes 1 (on) or 0 (off). The page's own value is used.",
        ),
        (
            "arrivals",
            "1 x",
            "The link has arrivals=1 x. It takes moments in seconds, from 0 to 86400, and x is none. The page's own value is used.",
        ),
        (
            "b_pool_size",
            "x",
            "The link has b_pool_size=x. It takes a whole number, such as 5. The first pool's value is used.",
        ),
        ("b_rate", "3", "The link has b_rate, which means nothing here. The link can set pool_size, max_overflow, "),
        ("seed", "-1", "The link has seed=-1. A seed is a whole number from 0. The page's own value is used."),
        (
            "app",
            "shop",
            "The link has app=shop. It takes one of example, test, users, session, coroutines, threads, or one of them followed by -corrected. The page's own value is used.",
        ),
        ("acts", "7-dance", "The link has the act 7-dance, which means nothing here. It is left out."),
        ("acts", "7-rate-x", "The link has the act 7-rate-x. It takes a number from 0 to 1000. It is left out."),
    ] {
        let (link, complaints) = read(&[("max_connections", "7"), (name, value)]);
        assert!(complaints.len() == 1 && complaints[0].starts_with(sentence), "{complaints:?} instead of {sentence}");
        let first = Setup::default();
        let expected = Setup { database: ServerSetup { max_connections: Some(7), ..first.database }, ..first };
        assert_eq!((link.setup, link.acts.len()), (expected, 0), "{name}={value}");
    }
}

/// An address as pages have printed it from the beginning, with an act of each kind.
#[test]
fn an_address_that_was_printed_is_read_and_printed_again() {
    let printed = [
        ("v", "1"),
        ("scene", "playground"),
        ("app", "users-corrected"),
        ("pool_size", "3"),
        ("pool_timeout", "None"),
        ("poolclass", "StaticPool"),
        ("rate", "2.5"),
        ("arrivals", "0.5 1 1.25"),
        ("slow_percent", "12.5"),
        ("gives_up", "4"),
        ("b", "1"),
        ("b_pool_use_lifo", "1"),
        ("seed", "7"),
        (
            "acts",
            "1000-pool_size-4*2000-arrive-300000nl*2500-arrive-300000*3000-send-20x150000x300000users/register*4000-restart*5000-failover*6000-cut*7000-max_connections-None",
        ),
        ("at", "12.345678"),
    ];
    let (link, complaints) = read(&printed);
    assert_eq!(complaints, [""; 0]);
    assert_eq!(link.acts.len(), 8);
    let again = link.write(&Setup::default());
    let again: Vec<(&str, &str)> = again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let of_the_application = ["max_overflow", "pool_recycle", "pool_pre_ping"];
    let again: Vec<_> = again.into_iter().filter(|(name, _)| !of_the_application.contains(name)).collect();
    assert_eq!(again, printed);
}

/// What came later: a task that is cancelled, and requests that work outside the database.
#[test]
fn a_cancelled_task_and_work_outside_go_along() {
    let acts = "1000-cancel*2000-arrive-300000o2000000*3000-arrive-300000nle70";
    let (link, complaints) = read(&[("acts", acts)]);
    assert_eq!(complaints, [""; 0]);
    let takes = Span::from_millis(300);
    let holds = RequestSpec { takes, outside: Span::from_secs(2), ..RequestSpec::default() };
    let early = RequestSpec { outside: Span::from_micros(70), returns_early: true, nested: true, leaks: true, ..holds };
    let expected = [WorldAct::Cancel, WorldAct::Arrive(holds), WorldAct::Arrive(early)].map(Act::World);
    assert_eq!(link.acts.iter().map(|(_, act)| act.clone()).collect::<Vec<_>>(), expected);
    assert!(link.write(&Setup::default()).contains(&("acts".to_string(), acts.to_string())));
    for odd in ["1-arrive-300000o", "1-arrive-300000ox", "1-cancel-1"] {
        assert!(read(&[("acts", odd)]).0.acts.is_empty(), "{odd}");
    }
}

#[test]
fn what_was_chosen_of_the_code_goes_along() {
    let (link, complaints) = read(&[("choice", "report-2*ping-3*bad*report-0")]);
    assert_eq!(link.choices, [("report".to_string(), 2), ("ping".to_string(), 3)]);
    assert_eq!(
        complaints,
        ["bad", "report-0"]
            .map(|odd| format!("The link has the choice {odd}, which means nothing here. It is left out."))
    );
    assert_eq!(link.write(&Setup::default())[1], ("choice".to_string(), "report-2*ping-3".to_string()));
}
