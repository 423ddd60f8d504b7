//! Challenges are proven to teach. Every combination of their controls is tried, each with several kinds of traffic: the
//! solution always solves, nothing without the lesson's idea ever does, trying at random hardly does, and whatever is tried,
//! the page says something, in good English.
//!
//! `cargo test` tries a sample. `make soak-challenges` tries all that people would type, and writes `docs/challenges.md`.

mod document;
mod map;
mod score;

use map::{Grid, Map};
use valet::lesson::{Adjustable, LESSONS, Lesson};

/// At most so many of all combinations may solve a challenge, in percent, and so many of the options of one control.
const SHARE: f64 = 20.0;

const SAMPLE: Grid = Grid { most: 120, seeds: 3, wrong_moves: false };
const ALL: Grid = Grid { most: 2_000, seeds: 20, wrong_moves: true };

/// Proves a lesson's challenge by this map, and says what is not as it should be.
fn odd(lesson: &Lesson, map: &Map, grid: &Grid) -> Vec<String> {
    let challenge = &lesson.challenge;
    let mut odd = Vec::new();
    for idea in challenge.ideas {
        let example = challenge.attempt(idea.example).expect(lesson.name);
        let own = std::iter::once(example.outcome());
        for run in own.chain((1..grid.seeds).map(|seed| example.clone().varied(seed).outcome())) {
            for goal in challenge.goals.iter().filter(|goal| !goal.is_met(&run)) {
                odd.push(format!("{:?} misses {}: {}", idea.example, goal.sentence(), goal.found(&run)));
            }
        }
        if challenge.idea(idea.example).is_none_or(|other| !std::ptr::eq(idea, other)) {
            odd.push(format!("{:?} has another idea", idea.example));
        }
    }
    if challenge.idea(challenge.solution).is_none() {
        odd.push("the solution has no idea".into());
    }
    for answer in &map.answers {
        let changes = map.changes(challenge, answer);
        let says = |what: &str| format!("{changes:?}: {what}: {}", answer.says);
        if answer.solved > 0 && answer.idea.is_none() {
            odd.push(says("solved without the idea"));
        }
        match answer.score {
            Some(score) if answer.cured.is_none() || (score == 3) != answer.missing.is_none() => {
                odd.push(says("solved, and not told why"));
            }
            None if answer.wrong.is_none() && !changes.is_empty() => odd.push(says("nothing is said")),
            _ => {}
        }
        odd.extend(badly_put(&answer.says).map(|words| says(&words)));
    }
    for (place, control) in challenge.adjustable.iter().enumerate() {
        let alone = |answer: &&map::Answer| {
            let changes = map.changes(challenge, answer);
            changes.len() == 1 && changes[0].0 == control.name()
        };
        let alone = map.answers.iter().filter(alone).filter(|answer| answer.solved > 0).count();
        let of = map.controls[place].1.len();
        let is_button = matches!(control, Adjustable::Choice(_)) || of <= 2;
        if is_button && 100.0 * alone as f64 / of as f64 > SHARE {
            odd.push(format!("{}: {alone} of {of} options solve it alone", control.name()));
        }
    }
    odd.into_iter().map(|sentence| format!("{}: {sentence}", lesson.name)).collect()
}

/// A number with the wrong form of the word after it, or a mark that was not filled in.
fn badly_put(says: &str) -> Option<String> {
    const MANY: [&str; 10] =
        ["requests", "connections", "statements", "users", "changes", "are", "were", "have", "ones", "retries"];
    const ONE: [&str; 8] = ["request", "connection", "statement", "user", "change", "is", "was", "one"];
    let words: Vec<&str> = says.split_whitespace().collect();
    let wrong = words.windows(2).find(|pair| match pair[0].parse::<i64>() {
        Ok(1) => MANY.contains(&pair[1]),
        Ok(_) => ONE.contains(&pair[1]),
        Err(_) => false,
    });
    if says.contains(['{', '}', '?']) {
        return Some("a mark is left".into());
    }
    wrong.map(|pair| pair.join(" "))
}

#[test]
fn a_number_and_its_word_must_agree() {
    assert_eq!(badly_put("1 requests fail, and 2 requests fail.").as_deref(), Some("1 requests"));
    assert_eq!(badly_put("3 is open at the end.").as_deref(), Some("3 is"));
    assert_eq!(badly_put("1 is open, 0 requests fail, and p95 is 1 s."), None);
    assert!(badly_put("{errors} fail").is_some());
}

#[test]
fn a_sample_of_the_answers_proves_every_challenge() {
    let proven = LESSONS.iter().flat_map(|lesson| odd(lesson, &Map::of(&lesson.challenge, &SAMPLE), &SAMPLE));
    let odd: Vec<_> = proven.collect();
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
}

#[test]
#[ignore = "takes minutes: make soak-challenges"]
fn all_answers_prove_every_challenge() {
    let (mut odd, mut text) = (Vec::new(), document::begin(&ALL));
    for lesson in LESSONS {
        let map = Map::of(&lesson.challenge, &ALL);
        odd.extend(self::odd(lesson, &map, &ALL));
        if map.share() > SHARE {
            odd.push(format!("{}: {:.1} % of all answers solve it", lesson.name, map.share()));
        }
        let said = |wrong: &valet::lesson::Wrong| {
            let first = wrong.says.split('{').next().unwrap_or_default();
            map.answers.iter().filter_map(|answer| answer.wrong.as_deref()).any(|says| says.starts_with(first))
        };
        let unsaid = lesson.challenge.wrong.iter().filter(|wrong| !wrong.changes.is_empty() && !said(wrong));
        odd.extend(unsaid.map(|wrong| format!("{}: never said: {}", lesson.name, wrong.says)));
        text += &document::section(lesson, &map, &ALL);
    }
    if std::env::var_os("WRITE_CHALLENGES").is_some() {
        std::fs::write("docs/challenges.md", text).expect("docs/challenges.md");
    }
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
}
