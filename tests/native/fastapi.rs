//! The FastAPI applications against real runs of them: `tests/fastapi/fixture.json` says what FastAPI, Starlette and SQLAlchemy
//! did, event for event and line for line, and calls in a world have to do the same.

use crate::visits::{Run, application, fixture, without_key};
use serde_json::Value;
use valet::apps::{Framework, Raised};
use valet::pool::{Class, ConnectionId, Settings};
use valet::service::{Order, Report, RequestSpec};
use valet::sim::WorldAct;
use valet::time::Span;

const FIXTURE: &str = "tests/fastapi/fixture.json";

/// A statement that takes longer than `/patience` waits.
const SLOW: Span = Span::from_secs(2);

/// What is recorded, without what the engine, the service and the log do beside.
fn as_told(events: &[Value]) -> Vec<String> {
    let mut told = Vec::new();
    for event in events.iter().map(|event| event.as_str().unwrap()) {
        match event.split(' ').next().unwrap() {
            "engine" | "sleep" | "slow" | "raise" | "log" | "warn" => {}
            // The exception's class is the driver's.
            "invalidate" => told.push(event.split(' ').take(2).collect::<Vec<_>>().join(" ")),
            _ => told.push(without_key(event)),
        }
    }
    told
}

#[test]
fn pools_are_what_sqlalchemy_makes() {
    let fixture = fixture(FIXTURE);
    let apps = fixture["apps"].as_object().unwrap();
    assert_eq!(apps.len(), 2 * Framework::FastApi.applications().len());
    for (name, app) in apps {
        let (application, form) = application(name);
        let Settings { class, pool_size, max_overflow, pool_timeout, pool_recycle, pool_pre_ping, .. } =
            application.settings(form);
        let pool = &app["pool"];
        assert_eq!(pool["class"], class.name(), "{name}");
        assert_eq!(
            (pool["size"].as_i64(), pool["max_overflow"].as_i64()),
            (Some(pool_size), Some(max_overflow)),
            "{name}"
        );
        assert_eq!(pool["timeout"].as_f64(), pool_timeout.map(Span::as_secs_f64), "{name}");
        assert_eq!(pool["recycle"].as_f64(), Some(pool_recycle.as_secs_f64()), "{name}");
        assert_eq!(pool["pre_ping"], pool_pre_ping, "{name}");
        assert_eq!(application.threads().is_none(), class == Class::AsyncAdaptedQueuePool, "{name}");
    }
}

#[test]
fn calls_do_what_fastapi_does() {
    let fixture = fixture(FIXTURE);
    let (mut steps, mut lines) = (0, 0);
    for sequence in fixture["sequences"].as_array().unwrap() {
        let name = sequence["app"].as_str().unwrap();
        let (application, form) = application(name);
        let mut settings = application.settings(form);
        for (key, value) in sequence["settings"].as_object().unwrap() {
            let value = value.as_i64().unwrap();
            match key.as_str() {
                "pool_size" => settings.pool_size = value,
                "max_overflow" => settings.max_overflow = value,
                "pool_timeout" => settings.pool_timeout = Some(Span::from_secs(value)),
                other => panic!("{other}"),
            }
        }
        let mut run = Run::new(form, settings);
        for step in sequence["steps"].as_array().unwrap() {
            let what = step["do"].as_str().unwrap();
            let say = format!("{name} {settings:?}: {what}");
            let words: Vec<&str> = what.split(' ').collect();
            run.events.clear();
            match words[..] {
                ["visit", path, ..] => {
                    let losses = ["statement", "commit", "rollback"];
                    run.losing = losses.into_iter().find(|loss| words.last() == Some(loss));
                    let takes = if words.contains(&"slow") { SLOW } else { Span::ZERO };
                    let view = application.views(form).find(|view| view.path() == path).expect(path);
                    run.visit(view, takes, |_| false);
                    run.wait(9); // the garbage collector comes later
                }
                ["hold"] => run.do_it(WorldAct::Arrive(RequestSpec::default())),
                ["release"] => {
                    let Order { generation, client, .. } = run.held.pop().expect("somebody holds one");
                    let report = Report::Worked;
                    run.do_it(WorldAct::Report { generation, client, report, rows: None, found: Default::default() });
                }
                ["restart"] => run.dead = (1..=run.opened).map(ConnectionId).collect(),
                _ => panic!("{say}"),
            }
            let expected = as_told(step["events"].as_array().unwrap());
            let events: Vec<String> = run.events.iter().map(|event| without_key(event)).collect();
            assert_eq!(events, expected, "{say}");
            assert_eq!(step["out"].as_i64(), Some(run.out()), "{say}");
            (steps, lines) = (steps + 1, lines + expected.len());

            // Then the garbage collector comes by, and everybody is done.
            run.events.clear();
            run.wait(11);
            assert_eq!(run.events, as_told(step["garbage"].as_array().unwrap()), "{say}: garbage");
            assert_eq!(step["out_then"].as_i64(), Some(run.out()), "{say}: then");
            if words[0] == "visit" {
                let call = &run.world.services()[0].finished().next_back().expect("it is over").call;
                let response = call.response();
                assert_eq!(Some(i64::from(response.status)), step["status"].as_i64(), "{say}");
                assert_eq!(Some(response.body().as_str()), step["body"].as_str(), "{say}");
                let really = step["raised"].as_array().unwrap().last();
                let Some(raised) = response.raised else {
                    let caught = really.is_none_or(|really| really["class"] == "TimeoutError");
                    assert!(caught && response.status == 200, "{say}");
                    continue;
                };
                let really = really.expect("something was raised");
                assert_eq!(raised.class(), really["class"], "{say}");
                let text = really["text"].as_str().unwrap();
                match raised {
                    // The recorder made these up, and the driver's words and the statement are around them.
                    Raised::Lost(_) | Raised::Driver(_) | Raised::Statement(_) => {
                        assert!(text.contains(&raised.to_string()), "{say}: {raised}, really {text}");
                    }
                    _ => assert_eq!(raised.to_string(), text, "{say}"),
                }
            }
        }
    }
    assert!(steps > 200 && lines > 2_000, "{steps} steps, {lines} lines");
}
