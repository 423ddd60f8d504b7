//! The applications against real runs of them: `tests/flask/fixture.json` says what Flask, Flask-SQLAlchemy and SQLAlchemy did,
//! event for event, and calls in a world have to do the same.

use crate::visits::{Run, application, fixture, without_key};
use serde_json::Value;
use valet::apps::{Application, Form, Framework, Phase, Raised, View};
use valet::pool::{ConnectionId, Settings};
use valet::service::{Order, Report, RequestSpec};
use valet::sim::{World, WorldAct};
use valet::time::{Instant, Span};

const FIXTURE: &str = "tests/flask/fixture.json";

/// Whether a visitor still waits for an answer.
fn waits(world: &World) -> bool {
    world.services()[0].calls().any(|(_, call)| !call.is_answered())
}

/// What the engine does beside, and lines at which Python only looks for somebody who catches an exception: an `except` that does not
/// match, the end of a `with`.
fn as_told(events: &[Value], status: i64) -> Vec<String> {
    let events = events.iter().map(|event| event.as_str().unwrap());
    let mut raised = false;
    let mut told = Vec::new();
    for event in events {
        let word = event.split(' ').next().unwrap();
        raised |= word == "raise";
        match word {
            "engine" | "leave" | "teardown" | "sleep" | "raise" | "log" => {}
            "line" if raised && status == 500 => {}
            // The exception's class is the driver's.
            "invalidate" => told.push(event.split(' ').take(2).collect::<Vec<_>>().join(" ")),
            _ => told.push(without_key(event)),
        }
    }
    told
}

#[test]
fn pools_are_what_flask_sqlalchemy_makes() {
    for (name, app) in fixture(FIXTURE)["apps"].as_object().unwrap() {
        let (application, form) = application(name);
        let Settings { pool_size, max_overflow, pool_timeout, pool_recycle, pool_pre_ping, .. } =
            application.settings(form);
        let pool = &app["pool"];
        assert_eq!(pool["class"], "QueuePool", "{name}");
        assert_eq!(
            (pool["size"].as_i64(), pool["max_overflow"].as_i64()),
            (Some(pool_size), Some(max_overflow)),
            "{name}"
        );
        assert_eq!(pool["timeout"].as_f64(), pool_timeout.map(Span::as_secs_f64), "{name}");
        assert_eq!(pool["recycle"].as_f64(), Some(pool_recycle.as_secs_f64()), "{name}");
        assert_eq!(pool["pre_ping"], pool_pre_ping, "{name}");
        assert_eq!(app["warnings"].as_array().map(Vec::len), Some(0), "{name}: nobody is warned");
    }
}

#[test]
fn calls_do_what_flask_does() {
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
            let say = format!("{name}: {what}");
            let words: Vec<&str> = what.split(' ').collect();
            run.events.clear();
            match words[..] {
                ["visit", path, ..] => {
                    let losses = ["statement", "second", "commit", "rollback"];
                    run.losing = losses.into_iter().find(|loss| words.last() == Some(loss));
                    run.visit(View::find(application, path).expect(path), Span::ZERO, waits);
                }
                ["hold"] => run.do_it(WorldAct::Arrive(RequestSpec::default())),
                ["release"] => {
                    let Order { generation, client, .. } = run.held.pop().expect("somebody holds one");
                    let report = Report::Worked;
                    run.do_it(WorldAct::Report { generation, client, report, rows: None, found: Default::default() });
                }
                ["restart"] => run.dead = (1..=run.opened).map(ConnectionId).collect(),
                ["wait", seconds] => {
                    let until = run.world.now() + Span::from_secs(seconds.parse().unwrap());
                    run.world.run_until(until, &mut run.journal);
                }
                _ => panic!("{say}"),
            }
            let escaped = step.get("escaped");
            let status = if escaped.is_some() { 500 } else { step["status"].as_i64().unwrap_or(0) };
            let expected = as_told(step["events"].as_array().unwrap(), status);
            let events: Vec<String> = run.events.iter().map(|event| without_key(event)).collect();
            assert_eq!(events, expected, "{say}");
            assert_eq!(step["out"].as_i64(), Some(run.out()), "{say}");
            (steps, lines) = (steps + 1, lines + expected.len());

            // Then the garbage collector comes by, and everybody is done.
            run.events.clear();
            run.wait(11);
            assert_eq!(run.events, as_told(step["garbage"].as_array().unwrap(), 0), "{say}: garbage");
            assert_eq!(step["out_then"].as_i64(), Some(run.out()), "{say}: then");
            if status > 0 {
                let call = &run.world.services()[0].finished().next_back().expect("it is over").call;
                let response = call.response();
                assert_eq!(i64::from(response.status), status, "{say}");
                if let Some(body) = step["body"].as_str() {
                    assert_eq!(response.body(), body, "{say}");
                }
                match response.raised {
                    None => assert_ne!(status, 500, "{say}"),
                    Some(raised) => {
                        let in_view = step["raised"].as_array().and_then(|raised| raised.last());
                        let really = escaped.or(in_view).expect("something was raised");
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
        }
    }
    assert!(steps > 200 && lines > 2_000, "{steps} steps, {lines} lines");
}

#[test]
fn every_line_that_does_something_is_in_the_file() {
    for view in View::all() {
        for form in [Form::Original, Form::Corrected].into_iter().filter(|form| view.is_in(*form)) {
            let source: Vec<&str> = view.application().source(form).lines().collect();
            assert!(view.def(form) > 0, "{} is not in the file", view.name());
            for line in view.lines().iter().chain(view.handler()).filter(|line| line.place.below > 0) {
                let number = usize::from(view.line(line.place, form));
                let text = source[number - 1];
                assert!(number > usize::from(line.place.below), "{}: {:?}", view.name(), line.place);
                assert!(text.starts_with("    ") && !text.trim().starts_with('#'), "{}: {text}", view.name());
            }
        }
        assert_eq!(View::named(&view.name()), Some(view));
    }
}

#[test]
fn a_timeline_adds_up() {
    let settings = Settings { pool_size: 1, max_overflow: 0, ..Settings::default() };
    let mut run = Run::new(Form::Original, settings);
    run.do_it(WorldAct::Arrive(RequestSpec::default())); // somebody holds the only connection
    let view = View::find(Application::Example, "/").unwrap();
    run.do_it(WorldAct::Send(RequestSpec { view: Some(view), ..RequestSpec::default() }, 1, Span::ZERO));
    run.world.run_until(Instant::ZERO + Span::from_secs(5), &mut run.journal);
    let Order { generation, client, .. } = run.held.pop().unwrap();
    run.do_it(WorldAct::Report { generation, client, report: Report::Worked, rows: None, found: Default::default() });
    run.visit(view, Span::ZERO, waits);
    let timeline = run.world.services()[0].finished().next().unwrap().call.timeline();
    let now = run.world.now();
    let sum = timeline.parts(now).fold(Span::ZERO, |sum, part| sum + part.takes());
    assert_eq!(sum, timeline.takes(now), "the parts are the whole");
    let waited = timeline
        .parts(now)
        .filter(|part| part.phase == Phase::Waiting)
        .fold(Span::ZERO, |sum, part| sum + part.takes());
    assert!(waited > Span::from_secs(3), "{waited:?}");
    assert_eq!(timeline.of_pool(now), waited, "the driver takes no time: nothing else is the pool's");
}

#[test]
fn the_page_without_javascript_shows_the_file() {
    for framework in [Framework::Flask, Framework::FastApi] {
        let file = format!("src/site/{}.html", framework.name());
        let page = std::fs::read_to_string(&file).unwrap();
        let source = framework.applications()[0].source(Form::Original).trim_end();
        let escaped = source.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&format!("<code>{escaped}</code>")), "{file} has another file than src/apps");
    }
}
