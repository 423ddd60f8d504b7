//! The pool's log becomes who held which connection, and the same night in the lot: as SQLAlchemy writes it, in the prefixes that
//! people have, damaged, long; and as the recorder writes it. `logs/` holds real programs (tests/sqlalchemy/pool_log.py).

use std::fs::read;
use valet::clinic::{Limit, Night, play};
use valet::log::{Count, End, Log, LogReader, PoolLog};
use valet::time::{Instant, Span};

fn of(text: &str) -> Log {
    in_pieces(text.as_bytes(), usize::MAX)
}

fn in_pieces(bytes: &[u8], size: usize) -> Log {
    let mut reader = LogReader::new();
    bytes.chunks(size.min(bytes.len()).max(1)).for_each(|piece| reader.feed(piece));
    reader.finish()
}

/// The folder of logs: those that are kept, or new ones.
fn real(name: &str) -> Log {
    let folder = std::env::var("POOL_LOGS").unwrap_or_else(|_| "tests/paste/logs".into());
    in_pieces(&read(format!("{folder}/{name}")).unwrap(), 4_096)
}

fn at(secs: f64) -> Instant {
    Instant::ZERO + Span::from_secs_f64(secs)
}

/// Two connections, three holds, one that never comes back.
fn story(prefix: impl Fn(usize) -> String) -> String {
    let says = [
        "Created new connection <psycopg.Connection [IDLE] (host=db) at 0x7f01>",
        "Connection <psycopg.Connection [IDLE] (host=db) at 0x7f01> checked out from pool",
        "Created new connection <psycopg.Connection [IDLE] (host=db) at 0x7f02>",
        "Connection <psycopg.Connection [IDLE] (host=db) at 0x7f02> checked out from pool",
        "Connection <psycopg.Connection [INTRANS] (host=db) at 0x7f01> being returned to pool",
        "Connection <psycopg.Connection [INTRANS] (host=db) at 0x7f01> rollback-on-return",
        "Connection <psycopg.Connection [IDLE] (host=db) at 0x7f01> checked out from pool",
        "Connection <psycopg.Connection [IDLE] (host=db) at 0x7f01> being returned to pool",
    ];
    says.iter().enumerate().map(|(second, says)| format!("{}{says}\n", prefix(second))).collect()
}

#[test]
fn every_usual_prefix_tells_the_same_story() {
    type Prefix = Box<dyn Fn(usize) -> String>; // of a second
    let prefixes: Vec<(&str, Prefix)> = vec![
        ("echo", Box::new(|s| format!("2026-05-03 08:00:{s:02},500 DEBUG sqlalchemy.pool.impl.QueuePool "))),
        ("asctime", Box::new(|s| format!("2026-05-03 08:00:{s:02},500 - sqlalchemy.pool.impl.QueuePool - DEBUG - "))),
        (
            "airflow",
            Box::new(|s| {
                format!("[2026-05-03T08:00:{s:02}.500+0000] {{base.py:442}} DEBUG - sqlalchemy.pool.impl.QueuePool ")
            }),
        ),
        (
            "gunicorn",
            Box::new(|s| format!("[2026-05-03 08:00:{s:02} +0000] [58] [DEBUG] sqlalchemy.pool.impl.QueuePool ")),
        ),
        (
            "structlog",
            Box::new(|s| format!("2026-05-03T08:00:{s:02}.500000Z [debug    ] sqlalchemy.pool.impl.QueuePool ")),
        ),
        (
            "loguru",
            Box::new(|s| {
                format!("2026-05-03 08:00:{s:02}.500 | DEBUG    | sqlalchemy.pool.impl.QueuePool:_checkout:12 - ")
            }),
        ),
        ("prefect", Box::new(|s| format!("08:00:{s:02}.500 | DEBUG   | sqlalchemy.pool.impl.QueuePool - "))),
        (
            "compose",
            Box::new(|s| format!("web-1  | 2026-05-03 08:00:{s:02},500 DEBUG sqlalchemy.pool.impl.QueuePool ")),
        ),
        ("journald", Box::new(|s| format!("May  3 08:00:{s:02} host web[123]: DEBUG:sqlalchemy.pool.impl.QueuePool:"))),
        (
            "kubectl",
            Box::new(|s| {
                format!(
                    "2026-05-03T08:00:{s:02}.500000000Z 2026-05-03 08:00:{s:02},500 DEBUG sqlalchemy.pool.impl.QueuePool "
                )
            }),
        ),
        (
            "cri",
            Box::new(|s| format!("2026-05-03T08:00:{s:02}.500000000Z stdout F DEBUG:sqlalchemy.pool.impl.QueuePool:")),
        ),
        (
            "heroku",
            Box::new(|s| {
                format!("2026-05-03T08:00:{s:02}.500000+00:00 app[web.1]: DEBUG:sqlalchemy.pool.impl.QueuePool:")
            }),
        ),
        (
            "json",
            Box::new(|s| {
                format!(
                    "{{\"timestamp\": \"2026-05-03T08:00:{s:02}.500Z\", \"logger\": \"sqlalchemy.pool.impl.QueuePool\", \"event\": "
                )
            }),
        ),
        ("1.2", Box::new(|s| format!("2026-05-03 08:00:{s:02},500 DEBUG sqlalchemy.pool.QueuePool "))),
    ];
    for (name, prefix) in prefixes {
        let log = of(&story(prefix));
        let [pool] = &log.pools[..] else { panic!("{name}: {:?}", log.pools) };
        let held: Vec<_> = pool.holds.iter().map(|hold| (hold.got, hold.back, hold.end)).collect();
        let expected = [
            (at(1.0), Some(at(4.0)), End::Returned),
            (at(3.0), None, End::Out),
            (at(6.0), Some(at(7.0)), End::Returned),
        ];
        assert_eq!(held, expected, "{name}");
        assert_eq!(
            (pool.count(Count::Opened), pool.most_out, pool.class.map(|class| class.name())),
            (2, (2, at(3.0)), Some("QueuePool")),
            "{name}"
        );
    }
}

#[test]
fn a_log_without_times_keeps_its_order() {
    let log = of(&story(|_| "DEBUG:sqlalchemy.pool.impl.QueuePool:".into()));
    assert!(!log.is_timed);
    let lasted: Vec<_> = log.pools[0].holds.iter().map(|hold| hold.lasted().map(Span::as_micros)).collect();
    assert_eq!(lasted, [Some(30_000), None, Some(10_000)]);
}

#[test]
fn pools_and_processes_are_told_apart() {
    let one = story(|s| format!("2026-05-03 08:00:{s:02},500 [41] DEBUG sqlalchemy.pool.impl.QueuePool.orders "));
    let two = story(|s| format!("2026-05-03 08:00:{s:02},500 [42] DEBUG sqlalchemy.pool.impl.QueuePool.orders "));
    let users = story(|s| format!("2026-05-03 08:00:{s:02},500 [42] DEBUG sqlalchemy.pool.impl.QueuePool.users "));
    let mixed: String = one
        .lines()
        .zip(two.lines())
        .zip(users.lines())
        .map(|((one, two), users)| format!("{one}\nINFO something else\n{two}\n{users}\n"))
        .collect();
    let log = of(&mixed);
    let mut titles: Vec<_> = log.pools.iter().map(|pool| pool.title.clone()).collect();
    titles.sort();
    assert_eq!(titles, ["QueuePool orders, process 41", "QueuePool orders, process 42", "QueuePool users, process 42"]);
    assert!(log.pools.iter().all(|pool| pool.checkouts == 3 && pool.most_out.0 == 2));
}

#[test]
fn reasons_time_outs_and_what_is_missing_are_told() {
    let line = |second: usize, says: &str| {
        format!("2026-05-03 08:00:{second:02},000 DEBUG sqlalchemy.pool.impl.QueuePool {says}\n")
    };
    let text = [
        line(0, "Connection <c at 0x9> being returned to pool"),
        line(1, "Connection <c at 0x1> checked out from pool"),
        line(2, "Connection <c at 0x1> checked out from pool"),
        line(3, "Connection <c at 0x1> being returned to pool"),
        line(4, "Connection <c at 0x1> exceeded timeout; recycling"),
        line(5, "Invalidate connection <c at 0x1> (reason: OperationalError:(2006, 'gone away'))"),
        line(6, "Pool pre-ping on connection <c at 0x2> failed, will invalidate pool"),
        line(7, "The garbage collector is trying to clean up non-checked-in connection <c at 0x3>, which will be dropped"),
        "2026-05-03 08:00:08,000 ERROR app\nTraceback (most recent call last):\n  File \"/app/x.py\", line 1, in y\n    z()\nsqlalchemy.exc.TimeoutError: QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 3.00\n".into(),
    ]
    .concat();
    let log = of(&text);
    let pool = &log.pools[0];
    let counted: Vec<_> = pool.counts.iter().map(|&(count, times)| (count, times)).collect();
    let expected =
        [Count::Recycled, Count::Invalidated, Count::PingFailed, Count::Collected, Count::Unseen, Count::Unasked];
    assert_eq!(counted, expected.map(|count| (count, 1)));
    assert_eq!(pool.reasons, [("OperationalError".to_owned(), 1)]);
    assert_eq!(
        (pool.timeouts(), pool.size, pool.overflow, pool.timeout),
        (1, Some(1), Some(0), Some(Span::from_secs(3)))
    );
    assert!(log.rest.contains("/app/x.py"), "what is not the pool's is kept for whoever looks for errors");
}

#[test]
fn waits_are_inferred_only_where_all_were_out() {
    let line = |millis: usize, says: &str| {
        format!(
            "2026-05-03 08:00:{:02},{:03} DEBUG sqlalchemy.pool.impl.QueuePool {says}\n",
            millis / 1_000,
            millis % 1_000
        )
    };
    let text = [
        line(0, "Connection <c at 0x1> checked out from pool"),
        line(100, "Connection <c at 0x2> checked out from pool"),
        line(900, "Connection <c at 0x1> being returned to pool"),
        line(901, "Connection <c at 0x1> checked out from pool"),
        line(1_500, "Connection <c at 0x2> being returned to pool"),
        line(3_000, "Connection <c at 0x2> checked out from pool"),
        line(4_000, "Connection <c at 0x1> being returned to pool"),
        line(4_001, "Connection <c at 0x1> checked out from pool"),
    ]
    .concat();
    let inferred = of(&text).pools[0].inferred;
    assert_eq!((inferred.count, inferred.longest), (2, Span::from_millis(1_001)));
}

#[test]
fn the_clock_may_jump_and_pieces_may_be_of_any_size() {
    let mut text = story(|s| format!("2026-05-03 08:00:{s:02},500 DEBUG sqlalchemy.pool.impl.QueuePool "));
    text += &story(|s| format!("2026-05-03 07:00:{s:02},500 DEBUG sqlalchemy.pool.impl.QueuePool.later "));
    let log = of(&text);
    assert_eq!((log.jumps, log.pools.len()), (1, 2));
    assert!(log.pools.iter().all(|pool| pool.end <= at(15.0)));
    for size in [1, 7, 64, 1_000] {
        assert_eq!(in_pieces(text.as_bytes(), size), log, "{size}");
    }
    // A beginning that is missing, an end that is cut, and bytes that are no text.
    for cut in (0..text.len()).step_by(37) {
        of(&text[cut..]);
        let mut bytes = text.as_bytes()[..cut].to_vec();
        bytes.extend([0xff, 0xfe, b'{', b'\n']);
        in_pieces(&bytes, 11);
    }
}

#[test]
fn a_long_log_is_counted_to_its_end_and_kept_in_part() {
    let mut reader = LogReader::new();
    for number in 0..210_000_u64 {
        let (second, milli) = (number / 100, number % 100 * 10);
        let stamp = format!("2026-05-03 {:02}:{:02}:{:02},{milli:03}", second / 3_600, second / 60 % 60, second % 60);
        let line = format!(
            "{stamp} DEBUG sqlalchemy.pool.impl.QueuePool Connection <c at 0x1> checked out from pool\n{stamp} DEBUG sqlalchemy.pool.impl.QueuePool Connection <c at 0x1> being returned to pool\n"
        );
        reader.feed(line.as_bytes());
    }
    assert_eq!(reader.checkouts(), 210_000);
    let log = reader.finish();
    assert_eq!((log.pools[0].checkouts, log.pools[0].holds.len(), log.lines), (210_000, 200_000, 420_000));
    let night = Night::around(&log.pools[0], None, at(1_000.0));
    assert_eq!(night.shown, 1_500);
}

/// The night of a log has the log's figures.
fn replayed(pool: &PoolLog) -> (u64, u64, Vec<Span>) {
    let night = Night::around(pool, None, Instant::ZERO);
    let trial = play(&night.plan);
    let mut waits: Vec<Span> = pool.waits().collect();
    waits.sort_unstable();
    (trial.measurement.tally.timeouts, trial.measurement.tally.served, waits)
}

#[test]
fn what_was_recorded_happens_again() {
    for name in ["threads", "tasks", "flask", "processes"] {
        let log = real(&format!("{name}.jsonl"));
        for pool in &log.pools {
            assert!(pool.is_recorded && pool.size.is_some(), "{name}");
            let out = pool.never_returned().count() as u64;
            let (timeouts, served, waits) = replayed(pool);
            assert_eq!(timeouts, pool.timeouts() as u64, "{name}: {}", pool.title);
            assert_eq!(served, pool.checkouts - out, "{name}: {}", pool.title);
            // The longest wait is the recorded one, but for the time that threads need. Flask's threads overtake each other, which
            // requests here never do.
            if name == "flask" {
                continue;
            }
            let trial = play(&Night::around(pool, None, Instant::ZERO).plan);
            let (played, recorded) = (trial.measurement.waits.longest, waits.last().copied().unwrap_or_default());
            assert!((played.as_secs_f64() - recorded.as_secs_f64()).abs() < 0.06, "{name}: {played:?} {recorded:?}");
        }
    }
}

#[test]
fn the_recorder_and_the_log_say_the_same() {
    for name in ["threads", "tasks", "flask", "processes"] {
        let (logged, recorded) = (real(&format!("{name}.log")), real(&format!("{name}.jsonl")));
        let sum = |log: &Log, of: fn(&PoolLog) -> u64| log.pools.iter().map(of).sum::<u64>();
        assert_eq!(sum(&logged, |pool| pool.checkouts), sum(&recorded, |pool| pool.checkouts), "{name}");
        assert_eq!(
            sum(&logged, |pool| pool.timeouts() as u64),
            sum(&recorded, |pool| pool.timeouts() as u64),
            "{name}"
        );
        assert_eq!(
            sum(&logged, |pool| pool.never_returned().count() as u64),
            sum(&recorded, |pool| pool.never_returned().count() as u64),
            "{name}"
        );
        let most = |log: &Log| log.pools.iter().map(|pool| pool.most_out.0).max();
        assert_eq!(most(&logged), most(&recorded), "{name}");
    }
    let threads = real("threads.jsonl");
    let pool = &threads.pools[0];
    assert!(pool.places()[0].0.starts_with("pool_log.py:"), "{:?}", pool.places());
    assert!(pool.names.name(pool.holds[0].who.unwrap()).starts_with("Thread-"));
}

#[test]
fn the_same_night_with_another_pool() {
    let log = real("threads.jsonl");
    let night = Night::around(&log.pools[0], None, Instant::ZERO);
    assert_eq!(night.limit, Limit::Said);
    assert!(play(&night.plan).measurement.tally.timeouts > 0);
    let plan = night.with(&[("pool_size", "10"), ("max_overflow", "0"), ("pool_timeout", "0.35")]).unwrap();
    assert_eq!(play(&plan).measurement.tally.timeouts, 0);
    assert!(night.with(&[("pool_size", "many")]).is_err());
}
