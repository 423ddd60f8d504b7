//! The still pictures: the page's first frame, drawn before any wasm runs, and the lessons' stills, for paper, for readers
//! without motion, and for browsers without JavaScript.

use crate::apps::{Form, Framework};
use crate::fleet::{Advice, Fleet, Rehearsal};
use crate::lesson::{LESSONS, Plan, trial};
use crate::lot::{Format, svg};
use crate::pool::Settings;
use crate::service::RequestSpec;
use crate::sim::{Distribution, HostedApp, Latency, ServerSetup, Setup, Traffic, Work, WorldAct};
use crate::time::{Instant, Span};
use crate::travel::Travel;

/// The live scene's settings when the page opens: small enough to see all of it.
pub const FIRST: Settings =
    Settings { pool_size: 5, max_overflow: 2, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT };
/// The live scene's requests a second when the page opens.
pub const FIRST_RATE: f64 = 4.0;
/// How long a request works with its connection in the live scene when the page opens.
pub const FIRST_QUERY: Span = Span::from_millis(1_500);

const SEED: u64 = 3;

/// The stills of the live scene by name, one a format.
pub const OPENINGS: [(&str, Format); 3] =
    [("panorama", Format::Panorama), ("wide", Format::Wide), ("tall", Format::Tall)];

/// How the live scene opens where no link says otherwise: in the middle of life. Reports hold five of seven connections, a line
/// has formed, and some seconds on the first of it has waited too long. Before twenty seconds are over the line is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningScene {
    /// The world at its beginning.
    pub setup: Setup,
    /// What is done to it.
    pub acts: Vec<(Instant, WorldAct)>,
    /// The moment that is shown first.
    pub at: Instant,
}

/// How the live scene opens.
pub fn opening() -> OpeningScene {
    let moment = |millis| Instant::ZERO + Span::from_millis(millis);
    let report = RequestSpec { takes: Span::from_secs(10), ..RequestSpec::default() };
    OpeningScene {
        setup: Setup {
            seed: 8,
            settings: Settings { pool_timeout: Some(Span::from_secs(5)), ..FIRST },
            traffic: Traffic::poisson(3.0),
            ..first()
        },
        acts: vec![(moment(2_000), WorldAct::Send(report, 5, Span::from_millis(300)))],
        at: moment(5_500),
    }
}

/// All stills by name: of the live lot, of each frame of a lesson's board, of each challenge, of the trial, the application and
/// the playground. They have their colours with them, for light and for dark.
pub fn all() -> Vec<(String, String)> {
    let mut stills: Vec<_> = OPENINGS.map(|(name, format)| (name.to_owned(), still(format))).into();
    for lesson in LESSONS {
        let name = lesson.name;
        let frames = lesson.board.iter().enumerate();
        stills.extend(frames.map(|(index, &at)| (format!("{name}-{}", index + 1), of_plan(&(lesson.plan)(), at))));
        stills.push((format!("{name}-challenge"), of_plan(&(lesson.challenge.plan)(), lesson.challenge.still)));
        let opening =
            [("1", (lesson.plan)(), lesson.board[0]), ("challenge", (lesson.challenge.plan)(), lesson.challenge.still)];
        stills.extend(opening.map(|(of, plan, at)| (format!("{name}-{of}-wide"), drawn(&plan, at, Format::Wide))));
    }
    let tried = (trial::STILL.plan)();
    stills.push(("trial".to_owned(), of_plan(&tried, tried.length.as_secs_f64())));
    let asked = (trial::CLAIMS[0].plan)();
    let (sized, moment) = Rehearsal::plan(&Fleet::default(), &Advice::of(&Fleet::default()));
    for (name, plan, at) in [
        ("flask", visited(Framework::Flask), 1.9),
        ("fastapi", visited(Framework::FastApi), 3.2),
        ("playground", Plan::new(playground(), Span::from_secs(60)), 24.0),
        ("trial-run", asked, 0.0),
        ("fleet", sized, (moment - Instant::ZERO).as_secs_f64()),
    ] {
        stills.push((format!("{name}-wide"), drawn(&plan, at, Format::Wide)));
        stills.push((format!("{name}-tall"), drawn(&plan, at, Format::Tall)));
    }
    stills
}

/// The names of the stills of a scene as it opens, wide and tall. `None` for those whose page says it itself.
pub fn of_scene(scene: &str) -> Option<[String; 2]> {
    let lesson = |of: &str| LESSONS.iter().any(|lesson| scene.strip_suffix(of) == Some(lesson.name));
    let name = match scene {
        "flask" | "fastapi" | "fleet" | "playground" | "trial-run" => {
            return Some(["wide", "tall"].map(|format| format!("{scene}-{format}")));
        }
        _ if lesson("-run") => scene.replace("-run", "-1"),
        _ if lesson("-challenge") => scene.to_owned(),
        _ => return None,
    };
    Some([format!("{name}-wide"), name])
}

/// A framework's first application while eight visits are on their way.
pub fn visited(framework: Framework) -> Plan {
    let setup = application(framework);
    let visit =
        RequestSpec { takes: setup.work.mean, view: setup.site.map(|site| site.view), ..RequestSpec::default() };
    Plan::new(setup, Span::from_secs(10)).at(0.1, WorldAct::Send(visit, 8, Span::from_millis(150)))
}

fn of_plan(plan: &Plan, at: f64) -> String {
    drawn(plan, at, Format::Tall)
}

fn drawn(plan: &Plan, at: f64, format: Format) -> String {
    let mut travel = plan.travel(format);
    travel.seek(Instant::ZERO + Span::from_secs_f64(at));
    written(&travel, true)
}

/// The moment that is shown, with the picture's colours. `rests` leaves out who is on its way: everything is where it goes.
fn written(travel: &Travel, rests: bool) -> String {
    let svg = svg::write(&travel.picture(0, rests), "still", &travel.world().services()[0].pool().status());
    let (open, shapes) = svg.split_once('\n').unwrap_or((&svg, ""));
    format!("{open}\n{}{shapes}", style())
}

/// The picture's colours and its typeface, as the page's style has them, for a picture that stands alone.
fn style() -> String {
    format!("<style>{}</style>\n", colors("svg", "font-family:system-ui,sans-serif"))
}

/// The picture's colours for light and dark, as the page's style has them, for what a selector finds; and more of its style.
pub fn colors(selector: &str, more: &str) -> String {
    let tokens = include_str!("../style/tokens.css");
    let (light, dark) = tokens.split_once("@media screen and (prefers-color-scheme: dark)").unwrap_or((tokens, ""));
    let [light, dark] = [light, dark]
        .map(|text| -> String { text.lines().map(str::trim).filter(|line| line.starts_with("--lot-")).collect() });
    format!("{selector}{{{light}{more}}}@media screen and (prefers-color-scheme:dark){{{selector}{{{dark}}}}}")
}

/// The world of the live scene as it begins.
pub fn first() -> Setup {
    Setup {
        seed: SEED,
        settings: FIRST,
        traffic: Traffic::poisson(FIRST_RATE),
        work: Work::constant(FIRST_QUERY),
        database: ServerSetup {
            latency: Latency {
                connect: Span::from_millis(300),
                ping: Span::from_millis(10),
                reset: Span::from_millis(10),
                close: Span::from_millis(10),
            },
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// The world of a framework's applications as it begins: nobody comes until somebody is sent.
pub fn application(framework: Framework) -> Setup {
    let application = framework.applications()[0];
    let view = application.views(Form::Original).next();
    Setup {
        settings: application.settings(Form::Original),
        traffic: Traffic::poisson(0.0),
        work: Work::constant(Span::from_millis(300)),
        site: view.map(|view| HostedApp { form: Form::Original, view }),
        ..first()
    }
}

/// The world of the playground as it begins: a pool that is a little too small now and then.
pub fn playground() -> Setup {
    let ms = Span::from_millis;
    Setup {
        seed: 7,
        settings: Settings { max_overflow: 3, pool_timeout: Some(Span::from_secs(10)), ..Settings::DEFAULT },
        traffic: Traffic::poisson(6.0),
        work: Work { shape: Distribution::Exponential, ..Work::constant(ms(1_200)) },
        database: ServerSetup {
            latency: Latency { connect: ms(250), ping: ms(5), reset: ms(5), close: ms(5) },
            ..ServerSetup::default()
        },
        ..Setup::default()
    }
}

/// The live scene as it opens, simulated.
pub fn opened(format: Format) -> Travel {
    let OpeningScene { setup, acts, at } = opening();
    let mut travel = Travel::new(setup, format);
    for (at, act) in acts {
        travel.seek(at);
        let _ = travel.act(act); // a simulated world has no past that could not be changed
    }
    travel.seek(at);
    travel
}

/// The first frame of the [film](mod@crate::film) that the page goes on with: cars on their way are on their way.
fn still(format: Format) -> String {
    written(&opened(format), false)
}
