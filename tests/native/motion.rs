//! Cars drive as cars do: never through each other, never off the asphalt, never over what is written.
//!
//! Stories are looked at twenty times a second. A car that fades counts as long as more than half of it is seen.

use valet::apps::Framework;
use valet::lesson::{LESSONS, Plan, trial};
use valet::lot::{Car, Format, Picture, Rect, Shape, ground};
use valet::pool::Settings;
use valet::sim::{Latency, ServerSetup, Setup, Traffic, Work, WorldAct};
use valet::still;
use valet::time::{Instant, Span};

type Point = (f32, f32);

/// A car's body at scale 1.
const BODY: (f32, f32) = (72.0, 36.0);
/// Of a car so much may be covered by another.
const MOST: f32 = 0.05;
const LOOK: Span = Span::from_millis(50);

fn corners(car: &Car, part: f32) -> Vec<Point> {
    let (sin, cos) = car.pose.heading.sin_cos();
    let (w, h) = (BODY.0 * car.pose.scale * part / 2.0, BODY.1 * car.pose.scale * part / 2.0);
    let at = |(x, y): Point| (car.pose.x + x * cos - y * sin, car.pose.y + x * sin + y * cos);
    [(-w, -h), (w, -h), (w, h), (-w, h)].map(at).to_vec()
}

/// What of one convex shape lies in another, both clockwise.
fn shared(one: &[Point], other: &[Point]) -> f32 {
    let mut left = one.to_vec();
    for (index, &a) in other.iter().enumerate() {
        let b = other[(index + 1) % other.len()];
        let side = |p: Point| (b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0);
        let mut cut = Vec::new();
        for (index, &p) in left.iter().enumerate() {
            let q = left[(index + 1) % left.len()];
            if side(p) >= 0.0 {
                cut.push(p);
            }
            if side(p) * side(q) < 0.0 {
                let part = side(p) / (side(p) - side(q));
                cut.push((p.0 + (q.0 - p.0) * part, p.1 + (q.1 - p.1) * part));
            }
        }
        left = cut;
    }
    let area: f32 = (0..left.len())
        .map(|index| {
            let (p, q) = (left[index], left[(index + 1) % left.len()]);
            p.0 * q.1 - p.1 * q.0
        })
        .sum();
    area.abs() / 2.0
}

fn inside(rect: &Rect, (x, y): Point) -> bool {
    (rect.x - 1.0..=rect.x + rect.w + 1.0).contains(&x) && (rect.y - 1.0..=rect.y + rect.h + 1.0).contains(&y)
}

/// Where words stand on the ground, the bays' own numbers aside.
fn captions(picture: &Picture) -> Vec<Vec<Point>> {
    let words = |shape: Shape| match shape {
        Shape::Text { at, words, size, align, .. }
            if !words.starts_with('#') && words != "opening" && words != "closing" =>
        {
            let w = words.chars().count() as f32 * size * 0.5;
            let x = match align {
                valet::lot::Align::Start => at.0,
                valet::lot::Align::Middle => at.0 - w / 2.0,
                valet::lot::Align::End => at.0 - w,
            };
            let (y, h) = (at.1 - size / 2.0, size);
            Some(vec![(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
        }
        _ => None,
    };
    ground(picture).into_iter().filter_map(words).collect()
}

/// What is wrong with a picture.
fn faults(picture: &Picture) -> Vec<String> {
    let cars: Vec<&Car> = picture.cars.iter().filter(|car| car.opacity > 0.5).collect();
    let bodies: Vec<Vec<Point>> = cars.iter().map(|car| corners(car, 1.0)).collect();
    let mut faults = Vec::new();
    for (index, car) in cars.iter().enumerate() {
        let area = BODY.0 * BODY.1 * car.pose.scale * car.pose.scale;
        for (before, other) in cars[..index].iter().enumerate() {
            let apart = (car.pose.x - other.pose.x).abs().max((car.pose.y - other.pose.y).abs());
            let smaller = area.min(BODY.0 * BODY.1 * other.pose.scale * other.pose.scale);
            if apart < 80.0 * car.pose.scale.max(other.pose.scale) {
                let part = shared(&bodies[index], &bodies[before]) / smaller;
                if part > MOST {
                    faults.push(format!(
                        "{:.0} % of {} {:?} and {} {:?}",
                        part * 100.0,
                        car.number,
                        car.pose,
                        other.number,
                        other.pose
                    ));
                }
            }
        }
    }
    let (asphalt, size) = (picture.plan.asphalt(), picture.plan.size);
    let captions = captions(picture);
    for (car, body) in cars.iter().zip(&bodies) {
        let outside = |&(x, y): &Point| x < 0.0 || x > size.0 || y > size.1;
        let off = |corner: &Point| !outside(corner) && !asphalt.iter().any(|rect| inside(rect, *corner));
        if corners(car, 0.94).iter().any(off) {
            faults.push(format!("{} is off the asphalt at {:?}", car.number, car.pose));
        }
        if captions.iter().any(|words| shared(body, words) > 8.0) {
            faults.push(format!("{} is on words at {:?}", car.number, car.pose));
        }
    }
    faults
}

/// What is seen of plans, and what of it is wrong.
#[derive(Default)]
struct Seen {
    pictures: usize,
    cars: usize,
    faults: Vec<String>,
}

/// Looks at a plan from its beginning on.
fn look(seen: &mut Seen, name: &str, plan: &Plan, format: Format, most: Span) {
    let mut travel = plan.travel(format);
    let end = plan.end().min(Instant::ZERO + most);
    let mut at = Instant::ZERO;
    while at < end {
        at += LOOK;
        travel.seek(at);
        let picture = travel.picture(0, false);
        seen.faults.extend(faults(&picture).into_iter().map(|fault| format!("{name}, {format:?}, {at:?}: {fault}")));
        seen.pictures += 1;
        seen.cars += picture.cars.len();
    }
}

/// Nothing is wrong with what was seen, and something was.
fn nothing_is_wrong(seen: &Seen) {
    let some: Vec<&String> = seen.faults.iter().step_by(1 + seen.faults.len() / 12).collect();
    assert!(seen.faults.is_empty(), "{} faults in {} pictures, such as {some:#?}", seen.faults.len(), seen.pictures);
    assert!(seen.cars > seen.pictures, "{} cars in {} pictures", seen.cars, seen.pictures);
}

const MOST_LOOKED_AT: Span = Span::from_secs(40);

#[test]
fn in_lessons_nobody_drives_through_anybody() {
    let mut seen = Seen::default();
    for lesson in LESSONS {
        for (what, plan) in [("run", (lesson.plan)()), ("challenge", (lesson.challenge.plan)())] {
            for format in Format::ALL {
                look(&mut seen, &format!("{} {what}", lesson.name), &plan, format, MOST_LOOKED_AT);
            }
        }
    }
    nothing_is_wrong(&seen);
}

#[test]
fn in_the_trial_nobody_drives_through_anybody() {
    let mut seen = Seen::default();
    for claim in trial::CLAIMS {
        look(&mut seen, claim.name, &(claim.plan)(), Format::Tall, Span::from_secs(20));
    }
    nothing_is_wrong(&seen);
}

#[test]
fn on_the_first_page_nobody_drives_through_anybody() {
    let mut seen = Seen::default();
    let opening = still::opening();
    let opens = opening.acts.into_iter().fold(Plan::new(opening.setup, MOST_LOOKED_AT), |mut plan, (at, act)| {
        plan.add(at, act);
        plan
    });
    for format in Format::ALL {
        for setup in [still::first(), still::playground()] {
            look(&mut seen, "first", &Plan::new(setup, MOST_LOOKED_AT), format, MOST_LOOKED_AT);
        }
        look(&mut seen, "the opening", &opens, format, MOST_LOOKED_AT);
        for framework in [Framework::Flask, Framework::FastApi] {
            look(&mut seen, framework.name(), &still::visited(framework), format, MOST_LOOKED_AT);
        }
    }
    nothing_is_wrong(&seen);
}

/// A world by its number: pools, traffic and work of all kinds, and in the middle of it another pool, or a restart.
fn random(number: u64) -> Plan {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995;
    let mut below = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let settings = Settings {
        pool_size: 1 + below(9) as i64,
        max_overflow: below(6) as i64 - 1,
        pool_timeout: Some(Span::from_millis(500 + 500 * below(12) as i64)),
        pool_use_lifo: below(2) == 1,
        pool_pre_ping: below(2) == 1,
        ..Settings::DEFAULT
    };
    let ms = |ms: u64| Span::from_millis(ms as i64);
    let latency =
        Latency { connect: ms(50 + below(400)), ping: ms(5 + below(60)), reset: ms(5 + below(60)), close: ms(10) };
    let setup = Setup {
        seed: number,
        settings,
        traffic: Traffic::poisson(0.5 + below(196) as f64 / 10.0),
        work: Work::constant(ms(100 + below(3_000))),
        database: ServerSetup { latency, ..ServerSetup::default() },
        ..Setup::default()
    };
    let swap = Setup { settings: Settings { pool_size: 1 + below(12) as i64, ..settings }, ..setup.clone() };
    let plan = Plan::new(setup, Span::from_secs(14));
    match below(3) {
        0 => plan.at(6.0, WorldAct::Restart),
        1 => plan.at(6.0, WorldAct::Change(Box::new(swap))),
        _ => plan,
    }
}

#[test]
fn whatever_happens_nobody_drives_through_anybody() {
    let mut seen = Seen::default();
    for number in 0..120 {
        let format = Format::ALL[number as usize % 3];
        look(&mut seen, &format!("world {number}"), &random(number), format, Span::from_secs(14));
    }
    nothing_is_wrong(&seen);
}
