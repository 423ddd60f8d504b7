//! The one table of what a run shows. A row that lacks something says so here.

use std::collections::BTreeSet;
use valet::figures::{self, COUNTERS, Figure, Measurement, PANEL, PANEL_OF_VIEWS, Unit, Value};
use valet::lesson::LESSONS;
use valet::lesson::trial::CLAIMS;
use valet::run::ON_CARD;
use valet::search::{COMPARED, ON_MAP};
use valet::sim::{Journal, World};
use valet::time::Instant;

/// A run of a lesson: watched, with something of everything in it.
fn watched() -> Measurement {
    (valet::lesson::lesson("outage").unwrap().challenge.plan)().outcome()
}

#[test]
fn every_row_has_a_name_a_title_and_a_value_in_its_unit() {
    let run = watched();
    let (mut names, mut titles) = (BTreeSet::new(), BTreeSet::new());
    for figure in figures::all() {
        let Figure { name, title, unit, of } = figure;
        let is_word =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        assert!(name.split('-').all(is_word), "{name}: a name is words in small letters with hyphens between them");
        assert!(names.insert(*name), "{name}: two figures have this name");
        let begins = title.chars().next().is_some_and(|c| c.is_uppercase()) || title.starts_with(['p']);
        assert!(begins && !title.ends_with(['.', ' ']), "{name}: {title:?} does not begin a sentence");
        assert!(titles.insert(title.to_lowercase()), "{name}: two figures are called {title:?}");
        let value = of(&run);
        let fits = matches!(
            (unit, &value),
            (Unit::Requests | Unit::Connections, Value::Count(_))
                | (Unit::Thousandths, Value::Thousandths(_))
                | (Unit::Time, Value::Time(_))
                | (Unit::Moment, Value::When(_))
                | (Unit::Text, Value::Text(_))
        );
        assert!(fits, "{name}: {value:?} is not in {unit:?}");
        if let (Unit::Requests | Unit::Connections | Unit::Thousandths | Unit::Time, number) = (*unit, value.number()) {
            assert_eq!(unit.value(number), value, "{name}");
        }
        assert_eq!(figures::figure(name), Some(figure));
    }
}

/// Facts and goals of lessons, and experiments of the trial, by the names of the figures in them.
fn in_lessons() -> BTreeSet<String> {
    let prose = |name: &str| std::fs::read_to_string(format!("src/lesson/{name}.html")).expect("a lesson's prose");
    let texts = LESSONS.iter().map(|lesson| prose(lesson.name)).chain([prose("trial")]);
    let mut found: BTreeSet<String> =
        CLAIMS.iter().filter_map(|claim| Some(claim.fact.rsplit_once('.')?.1.to_owned())).collect();
    for text in texts {
        let facts = text.split("data-fact=\"").skip(1).filter_map(|rest| rest.split_once('"'));
        found.extend(facts.filter_map(|(fact, _)| Some(fact.rsplit_once('.')?.1.to_owned())));
    }
    for lesson in LESSONS {
        found.extend(lesson.challenge.goals.iter().map(|goal| goal.figure.to_owned()));
        for says in lesson.challenge.wrong.iter().map(|wrong| wrong.says) {
            let marks = says.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            found.extend(marks.map(|(mark, _)| mark.trim_start_matches("was:").to_owned()));
        }
    }
    found
}

/// Both panels have the same places.
#[test]
fn panels_differ_in_who_counts_as_answered() {
    let places: Vec<(&Figure, &Figure)> =
        PANEL.into_iter().zip(PANEL_OF_VIEWS).filter(|(one, other)| one != other).collect();
    assert_eq!(places, [(&figures::SERVED, &figures::ANSWERED)]);
}

#[test]
fn every_figure_is_shown_somewhere() {
    let lessons = in_lessons();
    let lists = [&PANEL[..], &PANEL_OF_VIEWS, &COMPARED, &ON_CARD, &ON_MAP, COUNTERS];
    for figure in figures::all() {
        assert!(
            lists.iter().any(|list| list.contains(&figure)) || lessons.contains(figure.name),
            "{figure:?} is shown nowhere: put it into figures::PANEL, search::COMPARED, search::ON_MAP or run::ON_CARD, or let \
             the prose of a lesson say it"
        );
    }
}

/// The names in prose and files mean something to who reads them.
#[test]
fn every_figure_is_explained() {
    let page = std::fs::read_to_string("docs/figures.md").expect("docs/figures.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for figure in figures::all() {
        let name = format!("`{}`", figure.name);
        let row = rows.iter().find(|row| row[0] == name);
        let row = row.unwrap_or_else(|| panic!("docs/figures.md does not explain {figure:?}: give it a line"));
        let unit = match figure.unit {
            Unit::Requests => "requests",
            Unit::Connections => "connections",
            Unit::Thousandths => "decimal",
            Unit::Time => "time",
            Unit::Moment => "moment",
            Unit::Text => "words",
        };
        assert_eq!(row[1..3], [figure.title, unit], "docs/figures.md about {figure:?}");
        assert!(row[3].len() > 10 && row[3].ends_with('.'), "docs/figures.md says too little of {figure:?}");
    }
    for row in &rows {
        assert!(
            figures::figure(row[0].trim_matches('`')).is_some(),
            "docs/figures.md explains {}, which is none",
            row[0]
        );
    }
}

/// What nobody watched is not said to be 0.
#[test]
fn what_was_not_seen_is_unknown() {
    let world = World::unwatched(valet::sim::Setup::default());
    let run = Measurement::so_far(&world, &Journal::new());
    for name in ["most-open", "last-unserved", "status", "idle", "p50"] {
        assert_eq!((figures::figure(name).unwrap().of)(&run), Value::Unknown, "{name}");
    }
    assert_eq!((Value::Unknown.number(), Value::Unknown.to_string()), (0, "–".to_owned()));
    assert_eq!(Value::When(None).number(), i64::MAX);
    assert_eq!(Value::When(Some(Instant::ZERO)).number(), 0);
}
