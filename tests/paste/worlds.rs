//! Every cause's world, with pools of several sizes: it fails in the reader's own words, its cures remove that, and what is
//! often tried does not.

use valet::clinic::{Cause, Cure, Dialect, Known, Numbers, effects, play};
use valet::link::Link;
use valet::pool::{Class, Settings};
use valet::settings::SETTINGS;
use valet::sql::Vendor;
use valet::still;
use valet::time::Span;

/// Pools of readers: size, overflow, timeout in milliseconds.
const POOLS: [(i64, i64, i64); 6] =
    [(1, 0, 5_000), (5, 10, 30_000), (20, 0, 10_000), (10, 20, 30_000), (3, 2, 500), (2, 1, 300_000)];

fn numbers(pool_size: i64, max_overflow: i64, timeout: i64, vendor: Vendor) -> Numbers {
    let settings =
        Settings { pool_size, max_overflow, pool_timeout: Some(Span::from_millis(timeout)), ..Settings::DEFAULT };
    Numbers { settings, vendor, known: Known::Error, workers: None }
}

/// What the first error of this cause's world must begin with or hold.
fn words(cause: Cause, numbers: &Numbers) -> Vec<String> {
    let Settings { pool_size, max_overflow, pool_timeout, .. } = numbers.settings;
    let seconds = pool_timeout.map_or(0.0, Span::as_secs_f64);
    let limit = format!(
        "QueuePool limit of size {pool_size} overflow {max_overflow} reached, connection timed out, timeout {seconds:.2}"
    );
    let mysql = numbers.vendor == Vendor::Mysql;
    let said: &[&str] = match cause {
        Cause::TooManyWorkers | Cause::EnginePerRequest => {
            if mysql {
                &["(1040, 'Too many connections')"]
            } else {
                &["sorry, too many clients already"]
            }
        }
        Cause::IdleLimit | Cause::Restart | Cause::TransactionLeftOpen => {
            if mysql {
                &["(2006, \"MySQL server has gone away"]
            } else {
                &["server closed the connection unexpectedly"]
            }
        }
        Cause::Firewall | Cause::Failover => {
            if mysql {
                &["(2013, 'Lost connection to MySQL server during query"]
            } else {
                &["could not receive data from server: Connection timed out"]
            }
        }
        _ => return vec![limit],
    };
    said.iter().map(|said| (*said).to_owned()).collect()
}

fn each(mut check: impl FnMut(Cause, &Numbers)) {
    for cause in Cause::ALL {
        if cause.why_no_world().is_some() {
            continue;
        }
        for (size, overflow, timeout) in POOLS {
            for vendor in [Vendor::Postgresql, Vendor::Mysql] {
                check(*cause, &numbers(size, overflow, timeout, vendor));
            }
        }
    }
}

fn pool(numbers: &Numbers) -> String {
    let Settings { pool_size, max_overflow, pool_timeout, .. } = numbers.settings;
    format!(
        "{pool_size} + {max_overflow}, {} s, {:?}",
        pool_timeout.map_or("none".into(), Span::in_secs),
        numbers.vendor
    )
}

#[test]
fn each_world_fails_in_the_readers_own_words() {
    let mut wrong = Vec::new();
    each(|cause, numbers| {
        let world = cause.world(numbers).unwrap_or_else(|| panic!("{}: {}", cause.name(), pool(numbers)));
        let trial = play(&world.plan);
        let error = trial.error.clone().unwrap_or_default();
        let right = words(cause, numbers).iter().any(|words| error.contains(words.as_str()));
        if !right || trial.is_well(numbers) {
            wrong.push(format!("{} with {}: {error:?} {:?}", cause.name(), pool(numbers), trial.measurement.tally));
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_cure_cures() {
    let mut wrong = Vec::new();
    each(|cause, numbers| {
        let world = cause.world(numbers).unwrap();
        assert!(!cause.cures().is_empty(), "{}", cause.name());
        for cure in cause.cures() {
            let trial = play(&cure.cured(&world, numbers));
            // What a larger pool may break is the server's limit; that is shown, and is no failure of the cure as such.
            let broken = cure.name == "larger-pool" || cure.name == "settings-arrive";
            let refused = broken && trial.measurement.tally.refused > 0;
            if !trial.is_well(numbers) && !refused {
                wrong.push(format!(
                    "{}: {} with {}: {:?} {:?} {:?}",
                    cause.name(),
                    cure.name,
                    pool(numbers),
                    trial.error,
                    trial.measurement.tally,
                    trial.measurement.waits
                ));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_usual_wrong_move_does() {
    let mut wrong = Vec::new();
    each(|cause, numbers| {
        let world = cause.world(numbers).unwrap();
        assert!(!cause.wrong_moves().is_empty(), "{}", cause.name());
        for wrong_move in cause.wrong_moves() {
            let trial = play(&wrong_move.moved(&world, numbers));
            if trial.is_well(numbers)
                && !(cause == Cause::Firewall && numbers.settings.pool_timeout > Some(Span::from_secs(100)))
            {
                wrong.push(format!(
                    "{}: {} with {}: {:?}",
                    cause.name(),
                    wrong_move.name,
                    pool(numbers),
                    trial.measurement.tally
                ));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_pool_without_a_limit_is_refused_by_the_server_and_never_times_out() {
    for (size, overflow) in [(0, 10), (5, -1)] {
        let numbers = numbers(size, overflow, 30_000, Vendor::Postgresql);
        let world = Cause::TooManyWorkers.world(&numbers).unwrap();
        let trial = play(&world.plan);
        assert!(trial.error.as_deref().unwrap_or_default().contains("too many clients"), "{trial:?}");
        let cured = play(&Cause::TooManyWorkers.cures()[0].cured(&world, &numbers));
        assert!(cured.is_well(&numbers), "{cured:?}");
        assert_eq!(Cause::TooSmall.world(&numbers), None, "such a pool never times out");
        assert_eq!(Cause::Leak.world(&numbers), None);
    }
}

#[test]
fn odd_numbers_do_no_harm() {
    for (size, overflow) in [(i64::MAX, i64::MAX), (-5, -7), (5, -5), (0, 0), (100_000, 3), (1, i64::MIN)] {
        for timeout in [-1, 0, 1, i64::MAX / 1_000] {
            let numbers = numbers(size, overflow, timeout, Vendor::Postgresql);
            for cause in Cause::ALL {
                if let Some(world) = cause.world(&numbers) {
                    let _ = world.plan.end();
                    for cure in cause.cures() {
                        cure.cured(&world, &numbers);
                    }
                }
            }
        }
    }
}

#[test]
fn a_cure_shows_what_it_may_break() {
    let numbers = numbers(40, 40, 30_000, Vendor::Postgresql);
    let world = Cause::TooSmall.world(&numbers).unwrap();
    let cure = &Cause::TooSmall.cures()[0];
    let shown = effects(&play(&world.plan), &play(&cure.cured(&world, &numbers)));
    let refused = shown.iter().find(|effect| effect.figure.name == "refused").unwrap();
    assert_eq!(refused.before.number(), 0);
    assert!(refused.after.number() > 0, "the server takes 97: {refused:?}");
    for cause in Cause::ALL {
        for cure in cause.cures() {
            assert!(!cure.may_break.is_empty() && !cure.says.is_empty(), "{cure:?}");
        }
    }
}

#[test]
fn links_open_the_same_world_at_the_telling_moment() {
    each(|cause, numbers| {
        let world = cause.world(numbers).unwrap();
        for cure in cause.cures().iter().map(Some).chain([None]) {
            let query = world.link(numbers, cure);
            let decoded = query.replace('+', " ");
            let pairs = decoded.split('&').map(|pair| pair.split_once('=').unwrap());
            let (link, errors) = Link::read(still::playground(), pairs);
            assert!(errors.is_empty(), "{}: {query}: {errors:?}", cause.name());
            for setting in SETTINGS {
                let same = setting.is_same(&link.setup, &world.plan.setup);
                assert!(
                    same,
                    "{}: {} in {query}: {} instead of {}",
                    cause.name(),
                    setting.name,
                    setting.text(&link.setup),
                    setting.text(&world.plan.setup)
                );
            }
            assert_eq!(
                (link.setup.seed, link.acts.len()),
                (world.plan.setup.seed, world.plan.acts.len()),
                "{}",
                cause.name()
            );
            assert_eq!(link.scene.as_deref(), Some("playground"));
            let rival = cure
                .map(|cure: &Cure| cure.cured(&world, numbers).setup.settings)
                .filter(|after| *after != world.plan.setup.settings);
            assert_eq!(link.rival, rival, "{}: {query}", cause.name());
            let fails = play(&world.plan).at.unwrap();
            let at = link.at.unwrap();
            assert!(at < fails && fails - at <= Span::from_millis(300), "{}: {at:?} before {fails:?}", cause.name());
        }
    });
}

#[test]
fn cures_are_code_in_every_dialect_that_has_words_for_them() {
    let numbers = numbers(5, 10, 30_000, Vendor::Postgresql);
    let diff = |cause: Cause, place: usize, dialect| {
        let world = cause.world(&numbers);
        cause.cures()[place].diff(dialect, world.as_ref(), &numbers).map(|diff| (diff.old, diff.new))
    };
    let said = |old: &[&str], new: &[&str]| {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        Some((lines(old), lines(new)))
    };
    assert_eq!(
        diff(Cause::IdleLimit, 0, Dialect::CreateEngine),
        said(&["engine = create_engine(url)"], &["engine = create_engine(url, pool_pre_ping=True)"])
    );
    assert_eq!(
        diff(Cause::IdleLimit, 1, Dialect::Flask),
        said(&[], &["app.config[\"SQLALCHEMY_ENGINE_OPTIONS\"] = {\"pool_recycle\": 50}"])
    );
    assert_eq!(
        diff(Cause::IdleLimit, 0, Dialect::Fastapi),
        said(&["engine = create_async_engine(url)"], &["engine = create_async_engine(url, pool_pre_ping=True)"])
    );
    assert_eq!(diff(Cause::IdleLimit, 0, Dialect::Ini), said(&[], &["sqlalchemy.pool_pre_ping = true"]));
    let twenty = Numbers { settings: Settings { pool_size: 20, max_overflow: 30, ..numbers.settings }, ..numbers };
    let world = Cause::TooManyWorkers.world(&twenty).unwrap();
    let divided = Cause::TooManyWorkers.cures()[0].diff(Dialect::CreateEngine, Some(&world), &twenty).unwrap();
    assert_eq!(divided.old, ["engine = create_engine(url, pool_size=20, max_overflow=30)"]);
    assert_eq!(divided.new, ["engine = create_engine(url, pool_size=24, max_overflow=0)"]);
    for cause in Cause::ALL {
        let world = cause.world(&numbers);
        for cure in cause.cures() {
            for dialect in Dialect::ALL {
                if let Some(diff) = cure.diff(dialect, world.as_ref(), &numbers) {
                    assert!(!diff.new.is_empty() && diff.old != diff.new, "{cure:?} {dialect:?}: {diff:?}");
                }
            }
        }
    }
}

#[test]
fn an_async_pool_keeps_its_class() {
    let mut numbers = numbers(5, 10, 30_000, Vendor::Postgresql);
    numbers.settings.class = Class::AsyncAdaptedQueuePool;
    let world = Cause::CancelledTasks.world(&numbers).unwrap();
    assert_eq!(world.plan.setup.settings.class, Class::AsyncAdaptedQueuePool);
    assert!(play(&world.plan).error.unwrap().starts_with("QueuePool limit of size 5 overflow 10 reached"));
}
