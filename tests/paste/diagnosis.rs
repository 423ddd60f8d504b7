//! What is said of a paste: the likeliest cause first, what speaks for it and against it, and what cannot be told.

use valet::clinic::{Cause, DEBUG_ON, Diagnosis, ERRORS, Known, WEIGHTS, diagnose, error_page};
use valet::paste::read;
use valet::pool::{Class, Settings};
use valet::sql::Vendor;
use valet::time::Span;

fn of(text: &str) -> Diagnosis {
    diagnose(&read(text), None)
}

fn first(text: &str) -> Option<Cause> {
    of(text).causes.first().map(|ranked| ranked.cause)
}

#[test]
fn every_fixture_has_its_cause_at_the_top() {
    let mut wrong = Vec::new();
    for (fixture, text, expected) in crate::fixtures::fixtures() {
        let cause = expected.iter().find(|(name, _)| name == "cause").map(|(_, cause)| cause.as_str()).unwrap();
        let found = first(&text).map_or("none", Cause::name);
        if found != cause {
            let scores: Vec<_> = of(&text).causes.iter().map(|ranked| (ranked.cause.name(), ranked.score)).collect();
            wrong.push(format!("{fixture}: {cause} is expected, not {scores:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_piece_of_evidence_says_where_it_stands() {
    for (fixture, text, _) in crate::fixtures::fixtures() {
        let diagnosis = of(&text);
        let lines = text.split('\n').count() as u32;
        for ranked in &diagnosis.causes {
            assert!(ranked.score > 0 && !ranked.speaks_for.is_empty(), "{fixture}: {ranked:?}");
            for evidence in ranked.speaks_for.iter().chain(&ranked.speaks_against) {
                assert!(evidence.lines.iter().all(|line| (1..=lines).contains(line)), "{fixture}: {evidence:?}");
                assert!(evidence.lines.is_empty() || !evidence.excerpt.is_empty(), "{fixture}: {evidence:?}");
            }
        }
        assert_eq!(diagnosis, of(&text), "{fixture}: the same again");
    }
}

#[test]
fn every_row_of_the_table_says_why() {
    for weight in WEIGHTS {
        assert!(weight.weight != 0 && weight.says.ends_with('.'), "{weight:?}");
    }
    for cause in Cause::ALL {
        assert!(
            WEIGHTS.iter().any(|weight| weight.cause == *cause && weight.weight > 0),
            "nothing speaks for {}",
            cause.name()
        );
        for said in [cause.says(), cause.refute(), cause.unknown()] {
            assert!(said.ends_with('.'), "{}: {said}", cause.name());
        }
        assert_eq!(Cause::ALL.iter().filter(|other| other.name() == cause.name()).count(), 1);
        if let Some((name, title)) = cause.lesson() {
            assert_eq!(valet::lesson::lesson(name).map(|lesson| lesson.title), Some(title), "{}", cause.name());
        }
    }
    // Rows of a sign stand together: it is looked for once.
    let mut signs = Vec::new();
    for weight in WEIGHTS {
        if signs.last() != Some(&weight.sign) {
            assert!(!signs.contains(&weight.sign), "{:?} stands in two places", weight.sign);
            signs.push(weight.sign);
        }
    }
}

#[test]
fn every_error_has_a_page() {
    for page in ERRORS {
        assert_eq!(error_page(page.name), Some(page));
        assert!(
            !page.causes.is_empty()
                && page.says.ends_with('.')
                && page.says_not.ends_with('.')
                && page.first.ends_with('.'),
            "{}",
            page.name
        );
        assert_eq!(ERRORS.iter().filter(|other| other.name == page.name).count(), 1);
        let found = diagnose(&read(page.text), None);
        assert!(
            found.errors.iter().any(|other| other.name == page.name),
            "{}: its own text is not recognised: {found:?}",
            page.name
        );
    }
    for name in [
        "queuepool-limit",
        "too-many-clients",
        "gone-away",
        "ssl-closed",
        "not-checked-in",
        "pending-rollback",
        "invalid-arguments",
        "database-is-locked",
    ] {
        assert!(error_page(name).is_some(), "{name}");
    }
}

#[test]
fn numbers_are_those_of_the_paste_then_of_the_configuration_then_defaults() {
    let configured = Settings { pool_size: 12, max_overflow: 3, ..Settings::DEFAULT };
    let numbers = diagnose(
        &read("QueuePool limit of size 7 overflow 2 reached, connection timed out, timeout 9.50"),
        Some(&configured),
    )
    .numbers;
    assert_eq!(
        (numbers.settings.pool_size, numbers.settings.max_overflow, numbers.settings.pool_timeout),
        (7, 2, Some(Span::from_millis(9_500)))
    );
    assert_eq!(numbers.known, Known::Error);
    let numbers = diagnose(&read("(2006, 'MySQL server has gone away')"), Some(&configured)).numbers;
    assert_eq!((numbers.settings.pool_size, numbers.known, numbers.vendor), (12, Known::Configuration, Vendor::Mysql));
    let numbers =
        of("Pool size: 4  Connections in pool: 0 Current Overflow: 3 Current Checked out connections: 7").numbers;
    assert_eq!((numbers.settings.pool_size, numbers.settings.max_overflow, numbers.known), (4, 10, Known::Status));
    assert_eq!(of("x").numbers.known, Known::Default);
}

#[test]
fn what_cannot_be_told_is_said() {
    let said = |text: &str| of(text).unknown.join(" ");
    assert!(said("INFO:sqlalchemy.pool.impl.QueuePool:Pool recreating").contains("no checkouts are in it"));
    assert!(said("QueuePool limit of size 5 overflow 10 reached").contains("not who held"));
    assert!(said("nothing at all").contains("Paste the whole traceback"));
    assert!(DEBUG_ON[1].contains("sqlalchemy.pool") && DEBUG_ON[1].contains("DEBUG"));
}

/// R01: the removed keys of Flask-SQLAlchemy. The error has the defaults.
#[test]
fn r01_flask_keys() {
    let text = "app.config[\"SQLALCHEMY_POOL_SIZE\"] = 12\nQueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00";
    assert_eq!(first(text), Some(Cause::PoolSurprise));
    let diagnosis = diagnose(
        &read("QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00"),
        Some(&Settings { pool_size: 12, ..Settings::DEFAULT }),
    );
    assert_eq!(diagnosis.causes[0].cause, Cause::PoolSurprise);
    assert_eq!(diagnosis.causes[0].speaks_for[0].lines, [1]);
}

/// R02: NullPool and arguments that it does not take; pool_pre_ping may stay.
#[test]
fn r02_nullpool_arguments() {
    let diagnosis = of(
        "TypeError: Invalid argument(s) 'pool_size','max_overflow','pool_timeout' sent to create_engine(), using configuration\nPGDialect_psycopg/NullPool/Engine.",
    );
    assert_eq!(diagnosis.causes[0].cause, Cause::PoolSurprise);
    let page = diagnosis.errors[0];
    assert_eq!(page.name, "invalid-arguments");
    assert!(page.says_not.contains("pool_pre_ping, pool_recycle and pool_reset_on_return are taken by every class"));
    let paste = read("AttributeError: 'str' object has no attribute '__dict__'");
    assert_eq!(paste.findings[0].kind.name(), "pool-class-text");
}

/// R05: the file of SQLite was replaced.
#[test]
fn r05_sqlite_file() {
    let text = "sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) attempt to write a readonly database\n[SQL: INSERT INTO job (name) VALUES (?)]";
    assert_eq!(first(text), Some(Cause::FileReplaced));
    assert!(error_page("readonly-database").unwrap().first.contains("engine.dispose()"));
}

/// R06: MySQL closes what is idle; pool_recycle or pool_pre_ping.
#[test]
fn r06_first_of_the_day() {
    let text = "[app:main]\nsqlalchemy.url = mysql+pymysql://web@db/catalogue\nsqlalchemy.pool_size = 4\n# each morning: (2006, \"MySQL server has gone away\")";
    let diagnosis = of(text);
    assert_eq!((diagnosis.causes[0].cause, diagnosis.numbers.vendor), (Cause::IdleLimit, Vendor::Mysql));
    let cures: Vec<_> = Cause::IdleLimit.cures().iter().map(|cure| cure.name).collect();
    assert_eq!(cures, ["pre-ping", "recycle"]);
    assert_eq!(
        first("ValueError: invalid literal for int() with base 10: '3600  ; an hour'"),
        Some(Cause::PoolSurprise)
    );
}

/// R07: a fork after connecting.
#[test]
fn r07_uwsgi_fork() {
    let text = "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) SSL error: decryption failed or bad record mac\nsqlalchemy.exc.OperationalError: (psycopg2.OperationalError) SSL SYSCALL error: EOF detected";
    let diagnosis = of(text);
    assert_eq!(diagnosis.causes[0].cause, Cause::Fork);
    assert!(Cause::Fork.says().contains("Sizes and timeouts have nothing to do with it"));
    assert!(Cause::Fork.cures()[0].says.contains("dispose(close=False)"));
}

/// R12: the connection was out; neither setting can help.
#[test]
fn r12_held_past_timeout() {
    let text = "engine = create_engine(\"mysql+pymysql://etl@db/facts\", pool_pre_ping=True, pool_recycle=3600)\n(2006, \"MySQL server has gone away\")\nsqlalchemy.exc.PendingRollbackError: Can't reconnect until invalid transaction is rolled back.";
    let diagnosis = of(text);
    assert_eq!(diagnosis.causes[0].cause, Cause::TransactionLeftOpen);
    assert!(Cause::TransactionLeftOpen.says().contains("cannot help one that is out"));
    let idle = diagnosis.causes.iter().find(|ranked| ranked.cause == Cause::IdleLimit);
    assert_eq!(idle, None, "pool_pre_ping speaks against it");
}

/// R13: all pools together.
#[test]
fn r13_workers_times_pool() {
    let text = "sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) connection to server at \"10.0.0.7\", port 5432 failed:\nFATAL:  sorry, too many clients already";
    let diagnosis = diagnose(&read(text), Some(&Settings { pool_size: 15, max_overflow: 30, ..Settings::DEFAULT }));
    assert_eq!(diagnosis.causes[0].cause, Cause::TooManyWorkers);
    let world = Cause::TooManyWorkers.world(&diagnosis.numbers).unwrap();
    assert!(world.plan.setup.workers as i64 * 45 > 97);
    assert!(error_page("too-many-clients").unwrap().says.contains("did not wait in the pool"));
}

/// R15: threads of FastAPI.
#[test]
fn r15_fastapi_deadlock() {
    let text = "starlette/concurrency.py in run_in_threadpool at line 41\n(psycopg2)\nQueuePool limit of size 10 overflow 0 reached, connection timed out, timeout 30.00";
    assert_eq!(first(text), Some(Cause::ThreadDeadlock));
    assert!(Cause::ThreadDeadlock.why_no_world().is_some());
}

/// R17: a leak that the garbage collector found, in an asynchronous program.
#[test]
fn r17_async_cancel() {
    let text = "2026-05-03 08:12:44,018 ERROR sqlalchemy.pool.impl.AsyncAdaptedQueuePool The garbage collector is trying to clean up\nnon-checked-in connection <AdaptedConnection <asyncpg.connection.Connection object at 0x7f10c2d0b6a0>>, which will be\nterminated.  Please ensure that SQLAlchemy pooled connections are returned to the pool explicitly, ...";
    let diagnosis = of(text);
    let causes: Vec<_> = diagnosis.causes.iter().take(2).map(|ranked| ranked.cause).collect();
    assert_eq!(causes, [Cause::Leak, Cause::CancelledTasks]);
    assert_eq!(diagnosis.numbers.settings.class, Class::AsyncAdaptedQueuePool);
    assert!(diagnosis.unknown.iter().any(|said| said.contains("The code that lost the connection is elsewhere")));
    assert!(error_page("not-checked-in").unwrap().says_not.contains("time-outs can come first"));
}

/// R19: the same connection is lent twice; the rollback is not missing.
#[test]
fn r19_mssql_temporary_table() {
    let text = "DEBUG sqlalchemy.pool.impl.QueuePool Connection <pyodbc.Connection object at 0x1f0> checked out from pool\nDEBUG sqlalchemy.pool.impl.QueuePool Connection <pyodbc.Connection object at 0x1f0> being returned to pool\nDEBUG sqlalchemy.pool.impl.QueuePool Connection <pyodbc.Connection object at 0x1f0> rollback-on-return\nProgrammingError: There is already an object named '#stage' in the database. (2714)\nDEBUG sqlalchemy.pool.impl.QueuePool Connection <pyodbc.Connection object at 0x1f0> reset, transaction already reset";
    assert_eq!(first(text), Some(Cause::SessionState));
    assert!(error_page("left-over-state").unwrap().says_not.contains("The rollback is not missing"));
}

/// R14 and R21 as their errors: held across an outside call, and two connections a call.
#[test]
fn r14_and_r21() {
    let llm = "  File \"/app/chat.py\", line 5, in chat\n    await openai.complete(prompt)\nfastapi asyncpg QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00";
    assert_eq!(first(llm), Some(Cause::HeldAcrossSlowWork));
    let two = "  File \"/app/a.py\", line 1, in call\n    with SessionLocal() as one:\n  File \"/app/b.py\", line 2, in settle\n    with SessionLocal() as two:\nQueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00";
    assert_eq!(first(two), Some(Cause::NestedCheckout));
}
