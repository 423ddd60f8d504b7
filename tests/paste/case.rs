//! A text as a whole: errors, configuration and status lines in one paste all count.

use valet::clinic::{Case, Cause};
use valet::paste::Kind;
use valet::pool::Class;
use valet::time::Span;

fn sizes(case: &Case) -> Vec<(i64, i64)> {
    let engines = case.reading.iter().flat_map(|reading| &reading.engines);
    let made = engines.filter_map(|engine| engine.made.as_ref().ok());
    made.map(|engine| (engine.settings.pool_size, engine.settings.max_overflow)).collect()
}

const ERROR: &str = "Traceback (most recent call last):\n  File \"/app/main.py\", line 3, in view\n    session.execute(query)\nsqlalchemy.exc.TimeoutError: QueuePool limit of size 4 overflow 2 reached, connection timed out, timeout 30.00";
const STATUS: &str = "Pool size: 4  Connections in pool: 0 Current Overflow: 2 Current Checked out connections: 6";

#[test]
fn everything_in_one_paste_counts() {
    for configuration in [
        "engine = create_engine(\"postgresql://web@db/shop\", pool_size=4, max_overflow=2)",
        "[app:main]\nsqlalchemy.url = postgresql://web@db/shop\nsqlalchemy.pool_size = 4\nsqlalchemy.max_overflow = 2",
        "app.config[\"SQLALCHEMY_DATABASE_URI\"] = \"postgresql://web@db/shop\"\napp.config[\"SQLALCHEMY_ENGINE_OPTIONS\"] = {\"pool_size\": 4, \"max_overflow\": 2}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE=4\nAIRFLOW__DATABASE__SQL_ALCHEMY_MAX_OVERFLOW=2",
    ] {
        let log =
            format!("2026-05-03 08:12:44,018 ERROR app request failed\n2026-05-03 08:12:45,018 INFO app.pool {STATUS}");
        for text in [
            format!("{configuration}\n\n{ERROR}\n{STATUS}\n"),
            format!("{ERROR}\n{STATUS}\n\n{configuration}\n"),
            format!("{log}\n{ERROR}\n\n{configuration}\n"),
        ] {
            let case = Case::of(&text);
            assert_eq!(sizes(&case), [(4, 2)], "{text}");
            assert!(case.paste.has(|kind| matches!(kind, Kind::PoolTimeout(_))), "{text}");
            assert!(case.paste.has(|kind| matches!(kind, Kind::Status(_))), "{text}");
        }
    }
}

#[test]
fn of_several_engines_the_one_with_the_errors_numbers_is_taken() {
    let text = "SQLALCHEMY_DATABASE_URI = \"postgresql://web@db/shop\"\nSQLALCHEMY_ENGINE_OPTIONS = {\"pool_size\": 20, \"pool_timeout\": 7}\nSQLALCHEMY_BINDS = {\"logs\": {\"url\": \"postgresql://l@db/logs\", \"pool_size\": 2, \"max_overflow\": 1}}\n\nsqlalchemy.exc.TimeoutError: QueuePool limit of size 2 overflow 1 reached, connection timed out, timeout 30.00";
    let case = Case::of(text);
    assert!(sizes(&case).contains(&(20, 10)) && sizes(&case).contains(&(2, 1)), "{:?}", sizes(&case));
    assert_ne!(
        case.diagnosis.causes[0].cause,
        Cause::PoolSurprise,
        "the error is that of the bind, as it is configured"
    );
    let status = "a = create_engine(\"postgresql://web@db/a\", pool_size=20)\nb = create_engine(\"postgresql://web@db/b\", pool_size=3, max_overflow=0, pool_timeout=7)\nPool size: 3  Connections in pool: 0 Current Overflow: 0 Current Checked out connections: 3";
    assert_eq!(Case::of(status).diagnosis.numbers.settings.pool_timeout, Some(Span::from_secs(7)));
}

#[test]
fn a_pool_without_a_limit_gets_a_remark_and_a_reason() {
    for (argument, said) in
        [("pool_size=0", "pool_size 0 means no limit"), ("max_overflow=-1", "max_overflow -1 means no limit")]
    {
        let case = Case::of(&format!("engine = create_engine(\"postgresql://web@db/shop\", {argument})"));
        let engine = case.reading.as_ref().unwrap().engines[0].made.as_ref().unwrap();
        assert!(engine.notes.iter().any(|note| note.to_string().contains(said)), "{:?}", engine.notes);
        assert!(Cause::TooSmall.why_not_shown(&case.diagnosis.numbers).unwrap().contains("no limit"));
    }
    let huge = Case::of("QueuePool limit of size 4000 overflow 1000 reached, connection timed out, timeout 30.00");
    assert!(Cause::TooSmall.why_not_shown(&huge.diagnosis.numbers).unwrap().contains("5000 connections"));
    assert!(Cause::IdleLimit.why_not_shown(&huge.diagnosis.numbers).is_none());
}

#[test]
fn a_refused_engine_has_its_own_cure() {
    let case = Case::of("engine = create_engine(\"postgresql://web@db/shop\", poolclass=NullPool, pool_size=5)");
    assert!(case.is_refused());
    assert_eq!(case.cures(Cause::PoolSurprise)[0].name, "remove-arguments");
    assert_eq!(case.cures(Cause::Leak)[0].name, Cause::Leak.cures()[0].name);
    assert_eq!(Case::of("").diagnosis.numbers.settings.class, Class::QueuePool);
}

#[test]
fn every_cause_has_a_cure() {
    for cause in Cause::ALL {
        assert!(!cause.cures().is_empty(), "{}", cause.name());
        for cure in cause.cures() {
            assert!(cure.says.ends_with('.') && cure.may_break.ends_with('.'), "{}", cure.name);
        }
    }
}
