//! The sentences that the program makes, with every setting of a lesson turned through values that people type: each says
//! something, its numbers and words agree, and it names no setting that the scene has not.

use valet::lesson::{LESSONS, Lesson, Plan};
use valet::lot::Format;
use valet::settings::SettingId;
use valet::time::{Instant, Span};

/// What is tried for each setting; what it does not take is left out.
static VALUES: [&str; 9] = ["-1", "0", "1", "2", "3", "10", "50", "None", "NullPool"];
/// At how many moments a run is described.
const MOMENTS: i64 = 8;

const MANY: [&str; 16] = [
    "requests",
    "connections",
    "statements",
    "users",
    "cars",
    "bays",
    "seeds",
    "are",
    "were",
    "have",
    "wait",
    "keys",
    "reports",
    "workers",
    "changes",
    "ones",
];
const ONE: [&str; 13] =
    ["request", "connection", "statement", "user", "car", "bay", "seed", "is", "was", "has", "waits", "key", "change"];

/// A number with the wrong form of the word after it. The number of a car or of a connection is a name.
fn badly_put(says: &str) -> Option<String> {
    let words: Vec<&str> = std::iter::once("").chain(says.split([' ', '\u{a0}'])).collect();
    let wrong = words.windows(3).find(|three| {
        let is_name = matches!(three[0], "car" | "Car" | "cars" | "connection" | "Connection" | "number");
        let word = three[2].trim_end_matches(['.', ',', ':', ';']);
        match three[1].parse::<i64>() {
            _ if is_name => false,
            Ok(1) => MANY.contains(&word),
            Ok(_) => ONE.contains(&word),
            Err(_) => false,
        }
    });
    wrong.map(|three| three.join(" ").trim().to_owned())
}

/// What is said of a plan while it runs.
fn said_of(plan: &Plan) -> Vec<String> {
    let mut travel = plan.travel(Format::Tall);
    let mut said = Vec::new();
    for part in 1..=MOMENTS {
        let micros = (plan.end() - Instant::ZERO).as_micros() * part / MOMENTS;
        travel.seek(Instant::ZERO + Span::from_micros(micros));
        let words = travel.describe(0);
        said.push(words.summary);
        said.extend(words.bays.into_iter().map(|[bay, state, _]| format!("{bay} {state}")));
        said.extend(words.cars.into_iter().map(|[car, does]| format!("{car} {does}")));
    }
    said
}

fn plans(lesson: &Lesson) -> Vec<(String, Plan)> {
    let turned = |id: &SettingId, of: &dyn Fn() -> Plan, what: &str| {
        let name = id.setting().name;
        let value =
            |value: &&str| Some((format!("{} {what}, {name}={value}", lesson.name), of().with(name, value).ok()?));
        VALUES.iter().filter_map(value).collect::<Vec<_>>()
    };
    let run = lesson.knobs.iter().flat_map(|id| turned(id, &lesson.plan, "run"));
    let controls = lesson.challenge.adjustable.iter().flat_map(|control| {
        let values = VALUES.iter().filter_map(|value| {
            let plan = lesson.challenge.attempt(&[(control.name(), *value)]).ok()?;
            Some((format!("{} challenge, {}={value}", lesson.name, control.name()), plan))
        });
        values.collect::<Vec<_>>()
    });
    run.chain(controls).collect()
}

#[test]
fn a_number_and_its_word_must_agree() {
    assert_eq!(badly_put("1 cars wait in line.").as_deref(), Some("1 cars"));
    assert_eq!(badly_put("Then 2 is open.").as_deref(), Some("Then 2 is"));
    assert_eq!(badly_put("1 are still open.").as_deref(), Some("1 are"));
    assert_eq!(badly_put("car 4 is in it, and 1 bay is free; 10 bays are not."), None);
}

#[test]
fn the_picture_in_words_is_good_english_with_every_setting() {
    let mut odd = Vec::new();
    let mut described = 0;
    for (what, plan) in LESSONS.iter().flat_map(|lesson| plans(lesson)) {
        described += 1;
        for says in said_of(&plan) {
            if says.trim().is_empty() || says.contains(['{', '}']) {
                odd.push(format!("{what}: {says:?}"));
            }
            odd.extend(badly_put(&says).map(|words| format!("{what}: {words}: {says}")));
        }
    }
    assert!(described > 200, "{described}");
    odd.truncate(40);
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
}

#[test]
fn a_reply_names_only_settings_that_its_scene_has() {
    for lesson in LESSONS {
        let offered: Vec<&str> = lesson.challenge.adjustable.iter().map(|control| control.name()).collect();
        let told = lesson.challenge.wrong.iter().map(|wrong| wrong.says);
        for says in told.chain(lesson.challenge.ideas.iter().map(|idea| idea.cured)) {
            // "Set X", "Turn X", "Look at X": an instruction is about something that can be turned here.
            for asks in ["Set ", "Turn ", "Look at ", "Change "] {
                for (_, after) in says.match_indices(asks).map(|(at, _)| (at, &says[at + asks.len()..])) {
                    let word = after.split([' ', '.', ',', ':']).next().unwrap_or_default();
                    if word.contains('_') {
                        assert!(offered.contains(&word), "{}: it has no {word}: {says}", lesson.name);
                    }
                }
            }
        }
    }
}
