//! A case as one file: complete, without a network, and what plays in it is the world of the case.

use std::sync::Arc;
use valet::clinic::Case;
use valet::film::Part;
use valet::lot::{Format, landscape, standing, traffic};
use valet::report::{Making, Reel};
use valet::time::{Instant, Span};

const ERROR: &str = "sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, connection timed out, timeout 30.00 (Background on this error at: https://sqlalche.me/e/20/3o7r)";

/// The file of a text's first cause.
fn file(text: &str) -> String {
    let case = Arc::new(Case::of(text));
    let cause = case.diagnosis.causes[0].cause;
    let world = cause.world(&case.diagnosis.numbers).expect("a world");
    let mut making = Making::of(case, cause, world, Some("https://example.org/?a=1&b=2".to_owned()));
    let mut before = 0;
    while making.percent() < 100 {
        assert_eq!(making.page(), None);
        making.go_on();
        assert!((before..=100).contains(&making.percent()));
        before = making.percent();
    }
    making.page().expect("it is made")
}

#[test]
fn a_case_is_one_file_that_asks_for_nothing() {
    let page = file(ERROR);
    for word in [
        "QueuePool limit of size 5 overflow 10 reached",
        "In the model, as it is",
        "Assumed, so that the cause shows",
        "What does not help",
        "What helps",
        "What it may break",
        "<svg",
        "class Film",
    ] {
        assert!(page.contains(word), "{word}");
    }
    // Nothing in it is asked of anybody: the policy forbids it, and there is nothing that would.
    assert!(page.contains("default-src 'none'"));
    for (index, _) in page.match_indices("http") {
        let from = &page[index..];
        let known = [
            "http-equiv",
            "http://www.w3.org/2000/svg",
            "https://sqlalche.me",
            "https://example.org/?a=1&amp;b=2",
            "https://docs.sqlalchemy",
        ];
        assert!(known.iter().any(|known| from.starts_with(known)), "{}", &from[..80]);
    }
    assert!(!page.contains("<link") && !page.contains(" src="));
    assert_eq!(page.matches("<figure").count(), 2);
    assert!(page.len() < 3_000_000, "{}", page.len());
}

#[test]
fn what_is_pasted_stays_text() {
    let page = file(&format!("</script><script>alert(1)</script> <img src=x onerror=alert(1)> {ERROR}"));
    assert!(!page.contains("<script>alert") && !page.contains("<img"));
    assert_eq!(page.matches("</script>").count(), 3, "two films and what plays them");
}

/// Errors whose worlds differ in kind: a line, a restart, an idle limit.
const ERRORS: [&str; 3] = [
    ERROR,
    "sqlalchemy.exc.OperationalError: (psycopg2.errors.AdminShutdown) terminating connection due to administrator command",
    "sqlalchemy.exc.OperationalError: (pymysql.err.OperationalError) (2006, \"MySQL server has gone away\")",
];

#[test]
fn a_film_shows_the_plans_world_at_its_pace() {
    for error in ERRORS {
        let case = Case::of(error);
        let cause = case.diagnosis.causes[0].cause;
        let world = cause.world(&case.diagnosis.numbers).unwrap();
        let mut reel = Reel::of(&world.plan, world.moment());
        while !reel.is_done() {
            reel.go_on();
        }
        let shown = reel.finish();
        let film = &shown.film;
        let mut travel = world.plan.travel(Format::Wide);
        for frame in (0..film.frames).step_by(50) {
            // In whole microseconds, as the film counts them: a restart comes at a whole second.
            let passed = Span::from_micros(i64::from(frame) * 1_000_000 / i64::from(film.rate));
            travel.seek(Instant::ZERO + Span::from_secs_f64(film.begins) + passed.times(film.pace));
            let picture = travel.picture(0, false);
            let layers = [landscape(&picture.plan), standing(&picture), traffic(&picture)];
            for (shots, shapes) in film.layers.iter().zip(layers) {
                let seen: Vec<_> = shots.iter().filter(|shot| (shot.first..=shot.last).contains(&frame)).collect();
                let looks: Vec<_> = seen.iter().map(|shot| &film.looks[shot.look]).collect();
                let meant: Vec<_> = shapes.iter().map(|shape| Part::of(shape).0).collect();
                assert_eq!(looks, meant.iter().collect::<Vec<_>>(), "{error}, frame {frame}");
            }
        }
        let moment = film.begins + f64::from(shown.frame) / f64::from(film.rate) * film.pace;
        let told = (world.moment() - Instant::ZERO).as_secs_f64();
        assert!((moment - told).abs() < 0.2, "the still is of {moment}, and {told} tells most");
        assert!(shown.still.starts_with("<svg"));
    }
}
