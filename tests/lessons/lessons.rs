//! Each lesson by itself, then all of them together.

use crate::prose::{Prose, facts_hold, plain, words};
use valet::figures::{STATUS, figure};
use valet::lesson::{LESSONS, Lesson, Prediction};
use valet::time::{Instant, Span};

fn each(check: impl Fn(&Lesson, &Prose)) {
    for lesson in LESSONS {
        check(lesson, &Prose::read(lesson.name));
    }
}

#[test]
fn a_lesson_has_all_its_parts() {
    each(|lesson, prose| {
        let name = lesson.name;
        assert_eq!(words(prose.one("article > h2")), lesson.title, "{name}");
        for part in [
            format!("article.prose.lesson#{name}[aria-labelledby={name}-title]"),
            format!("h2#{name}-title > a.anchor[href='#{name}']"),
            "p.question".into(),
            format!("form.guess#{name}-guess legend"),
            format!(
                "section.scene#{name}-run[aria-label] > .stage > .picture#{name}-run-picture[role=img][aria-label]"
            ),
            format!("#{name}-run > .stage > ol.board"),
            format!("#{name}-run > .stage > .panel#{name}-run-panel[aria-busy=true]"),
            format!("details.answer#{name}-answer > summary"),
            format!(
                "section.challenge#{name}-challenge > h3#{name}-challenge-title > a.anchor[href='#{name}-challenge']"
            ),
            format!("#{name}-challenge > .stage > .picture#{name}-challenge-picture[role=img][aria-label]"),
            format!(
                "#{name}-challenge > .stage > figure.still > img[src='still/{name}-challenge.svg'][alt][loading=lazy]"
            ),
            format!("#{name}-challenge > .stage > .panel#{name}-challenge-panel[aria-busy=true]"),
            format!("details.solution#{name}-solution > summary"),
            "p.docs".into(),
        ] {
            prose.one(&part);
        }
        assert!(prose.all("article > h3").iter().any(|title| words(*title) == "In your application"), "{name}");
        assert_eq!(prose.all("details.hint").len(), 3, "{name}");
        assert!(!prose.all("p.docs a[href^='https://docs.sqlalchemy.org/en/21/']").is_empty(), "{name}");
        assert!(!prose.all("figure.still figcaption").is_empty(), "{name}");
        let length = words(prose.one("article")).split(' ').count();
        assert!((300..1_100).contains(&length), "{name} has {length} words");
    });
}

#[test]
fn every_number_of_the_prose_is_the_engines() {
    let mut odd = Vec::new();
    each(|lesson, prose| assert_eq!(prose.loose_numbers(), [""; 0], "{}: numbers that nothing checks", lesson.name));
    for lesson in LESSONS {
        let prose = Prose::read(lesson.name);
        odd.extend(facts_hold(&prose, "article", |expression| lesson.fact(expression)));
        for element in prose.all("[data-goal]") {
            let name = element.value().attr("data-goal").unwrap_or_default();
            let said = plain(&words(element));
            let goal = lesson.challenge.goals.iter().find(|goal| goal.figure == name);
            let asked = goal.map(|goal| plain(&goal.sentence())).unwrap_or_default();
            if !asked.ends_with(&format!(" {said}")) {
                odd.push(format!("{}: the goal {name} is {asked:?}, and the prose says {said:?}", lesson.name));
            }
        }
    }
    assert!(odd.is_empty(), "\n{}", odd.join("\n"));
}

#[test]
fn a_prediction_has_one_right_answer() {
    each(|lesson, prose| {
        let name = lesson.name;
        let options = lesson.prediction.options;
        let answer = lesson.fact(lesson.prediction.fact).expect(name);
        let right = lesson.answer();
        assert!(right.is_some(), "{name}: none of {options:?} is {answer}");
        assert!(options.len() >= 3, "{name}");
        let typed = prose.all(&format!("form.guess label.number > input[type=text][inputmode][name={name}-guess]"));
        if !typed.is_empty() {
            assert_eq!(prose.all("form.guess input").len(), 1, "{name}");
            // What is close enough comes first; every other number is too low or too high, and is told why.
            assert_eq!(right, Some(0), "{name}");
            for tenths in 0..2_000 {
                let number = f64::from(tenths) / 10.0;
                assert!(lesson.prediction.option(&number.to_string()).is_some(), "{name}: no sentence about {number}");
            }
            return;
        }
        let shown = prose.all(&format!("form.guess label > input[type=radio][name={name}-guess]"));
        let values: Vec<_> = shown.iter().filter_map(|option| option.value().attr("value")).collect();
        let expected: Vec<_> = (0..options.len()).map(|place| place.to_string()).collect();
        assert_eq!(values, expected, "{name}");
        let after = Prediction { fact: "", replies: &[], options: &options[right.map_or(0, |right| right + 1)..] };
        assert_eq!(after.option(&answer), None, "{name}: {answer} is in more than one option");
    });
}

#[test]
fn a_typed_guess_is_told_whether_it_is_too_low_or_too_high() {
    let reply = |name: &str, typed: &str| {
        let lesson = valet::lesson::lesson(name).expect(name);
        lesson.reply(lesson.prediction.option(typed).expect(typed)).unwrap_or_default()
    };
    for (name, typed, begins) in [
        ("overflow", "3", "Too low: all 5"),
        ("overflow", "5", "That is how many are open at the same time."),
        ("overflow", "15", "Too low: after the first load"),
        ("overflow", "31", ""),
        ("overflow", "33", ""),
        ("overflow", "45", "Too high: the pool keeps 3"),
        ("overflow", "75", "Too high: one for each request would be 75."),
        ("sizing", "1", "Too low: requests come at random"),
        ("sizing", "3", ""),
        ("sizing", "6", "Too high: each request holds"),
        ("sizing", "10", "Too high: a pool uses"),
    ] {
        let said = reply(name, typed);
        assert!(said.starts_with(begins) && said.is_empty() == begins.is_empty(), "{name}: {typed}: {said}");
    }
}

#[test]
fn links_to_moments_lead_to_moments_of_the_run() {
    for lesson in LESSONS {
        let prose = Prose::read(lesson.name);
        let (name, end) = (lesson.name, (lesson.plan)().end());
        let of_facts = prose.all("[data-fact^='run@']").into_iter().filter_map(|fact| {
            let (_, rest) = fact.value().attr("data-fact")?.split_once('@')?;
            rest.rsplit_once('.')?.0.parse::<f64>().ok()
        });
        // Each is one that a still shows, or that the prose says something about.
        let known: Vec<f64> = lesson.board.iter().copied().chain(of_facts).collect();
        let moments = prose.all("a.moment");
        assert!(!moments.is_empty(), "{name} has no link to a moment");
        for moment in moments {
            assert_eq!(moment.value().attr("href"), Some(format!("#{name}-run").as_str()));
            let at: f64 = moment.value().attr("data-at").and_then(|at| at.parse().ok()).expect("a moment");
            assert!(known.contains(&at), "{name}: nothing is said about {at}: {known:?}");
            assert!(Instant::ZERO + Span::from_secs_f64(at) <= end, "{name}: {at} is after the end");
        }
    }
}

#[test]
fn every_wrong_guess_has_a_sentence_of_its_own() {
    for lesson in LESSONS {
        let (name, options) = (lesson.name, lesson.prediction.options.len());
        assert_eq!(lesson.prediction.replies.len(), options, "{name}");
        let mut said = Vec::new();
        for option in 0..options {
            let reply = lesson.reply(option);
            assert_eq!(reply.is_none(), lesson.answer() == Some(option), "{name}: {option}: {reply:?}");
            said.extend(reply);
        }
        for reply in &said {
            assert!(!reply.contains(['{', '}']), "{name}: {reply}");
            assert!(said.iter().filter(|other| *other == reply).count() == 1, "{name}: {reply}");
        }
        for says in lesson.prediction.replies {
            let outside = says.split('{').enumerate();
            let outside = outside
                .map(|(part, text)| if part == 0 { text } else { text.split_once('}').map_or("", |(_, rest)| rest) });
            for text in outside {
                // `max_overflow 0` is a setting's value, as code; any other number has to be a fact.
                let text = text.replace("max_overflow 0", "");
                assert!(!text.contains(|c: char| c.is_ascii_digit()), "{name}: a number that nothing checks: {says}");
            }
        }
    }
}

#[test]
fn a_board_tells_the_run_in_a_few_stills() {
    each(|lesson, prose| {
        let (name, end) = (lesson.name, (lesson.plan)().end());
        let frames = prose.all("ol.board > li > figure");
        assert_eq!(frames.len(), lesson.board.len(), "{name}");
        assert!((3..=5).contains(&frames.len()), "{name}");
        for (index, (frame, &at)) in frames.iter().zip(lesson.board).enumerate() {
            assert!(Instant::ZERO + Span::from_secs_f64(at) <= end, "{name}: {at} is after the end");
            let html = frame.html();
            assert!(html.contains(&format!("src=\"still/{name}-{}.svg\"", index + 1)), "{html}");
            assert!(
                html.contains("loading=\"lazy\"") && html.contains("width=\"390\"") && html.contains("height=\"580\""),
                "{html}"
            );
            assert!(html.contains("<figcaption>") && html.contains("alt=\"") && !html.contains("alt=\"\""), "{html}");
        }
        assert!(lesson.board.is_sorted(), "{name}");
        assert!(
            Instant::ZERO + Span::from_secs_f64(lesson.challenge.still) <= (lesson.challenge.plan)().end(),
            "{name}"
        );
    });
}

#[test]
fn a_challenge_starts_unsolved_is_solved_by_its_solution_and_not_by_wrong_moves() {
    each(|lesson, prose| {
        let (name, challenge) = (lesson.name, lesson.challenge);
        let start = challenge.judge(&[]).expect(name);
        assert!(!start.is_met() && start.score.is_none(), "{name} is solved from the beginning: {start:?}");
        let solved = challenge.judge(challenge.solution).expect(name);
        assert!(solved.is_met(), "{name}: the solution solves nothing: {solved:?}");
        assert_eq!(solved.score, Some(3), "{name}");
        assert!(challenge.wrong.len() >= 2, "{name}");
        for wrong in challenge.wrong.iter().filter(|wrong| wrong.when.is_empty() && !wrong.changes.is_empty()) {
            let verdict = challenge.judge(wrong.changes).expect(name);
            assert!(!verdict.is_met(), "{name}: {:?} solves it", wrong.changes);
            assert!(verdict.says.is_some_and(|says| !says.is_empty()), "{name}: {:?}", wrong.changes);
        }
        for (change, value) in challenge.solution {
            let told = prose.one(&format!("details.solution [data-solution='{change}']"));
            assert_eq!(plain(&words(told)), plain(value), "{name}: {change}");
        }
    });
}

#[test]
fn what_is_turned_and_asked_for_exists() {
    for lesson in LESSONS {
        for goal in lesson.challenge.goals {
            assert!(figure(goal.figure).is_some(), "{}: {}", lesson.name, goal.figure);
        }
        for (says, act) in lesson.acts {
            let _ = act().on(&(lesson.plan)().setup);
            assert!(!says.is_empty(), "{}", lesson.name);
        }
        assert!(lesson.speed > 0.0 && (lesson.plan)().length >= Span::from_secs(5), "{}", lesson.name);
        assert!((lesson.plan)().length <= Span::from_secs(600), "{}: nobody watches that long", lesson.name);
    }
}

#[test]
fn names_are_unique_and_plans_are_the_same_again() {
    for (place, lesson) in LESSONS.iter().enumerate() {
        assert!(LESSONS[..place].iter().all(|other| other.name != lesson.name), "{}", lesson.name);
        assert_eq!((lesson.plan)().outcome(), (lesson.plan)().outcome(), "{}", lesson.name);
    }
}

#[test]
fn a_travel_shows_what_the_outcome_says() {
    use valet::lot::Format;
    for lesson in LESSONS {
        for plan in [(lesson.plan)(), (lesson.challenge.plan)()] {
            let mut travel = plan.travel(Format::Tall);
            assert_eq!(travel.now(), Instant::ZERO, "{}", lesson.name);
            travel.seek(plan.end());
            let outcome = plan.outcome();
            assert_eq!(travel.world().tally(), outcome.tally, "{}", lesson.name);
            assert_eq!(
                travel.world().services()[0].pool().status(),
                (STATUS.of)(&outcome).to_string(),
                "{}",
                lesson.name
            );
        }
    }
}

#[test]
fn the_map_of_answers_has_every_lesson() {
    let map = std::fs::read_to_string("docs/challenges.md").unwrap();
    let headings: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let titles: Vec<&str> = LESSONS.iter().map(|lesson| lesson.title).collect();
    assert_eq!(headings, titles, "make soak-challenges writes docs/challenges.md");
}
