//! The map of answers as a document for teachers.

use super::map::{Grid, Map};
use std::collections::BTreeMap;
use std::fmt::Write;
use valet::lesson::Lesson;

/// Answers that come to the same, as a product: for each control, the values that may be combined.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    /// For each control, which of its values.
    places: Vec<Vec<usize>>,
    score: Option<u8>,
    always: bool,
}

pub fn begin(grid: &Grid) -> String {
    format!(
        "# The map of answers\n\n\
         What solves the challenges, for teachers. `make soak-challenges` writes it: it tries every combination of the values \
         that people type (at most {} a challenge), each with {} kinds of traffic: the challenge's own, which the page shows, and \
         others with other random numbers, in which whatever comes at a fixed moment comes up to {} ms later. The tests hold \
         that the solution solves with all of them, and that nothing without the idea solves with any.\n\n\
         A row is a set of answers: any of the values in one column with any in the others. The points are for the challenge's \
         own traffic; without points, an answer is solved only with other traffic.\n",
        grid.most,
        grid.seeds,
        valet::lesson::SHIFT.as_micros() / 1_000,
    )
}

pub fn section(lesson: &Lesson, map: &Map, grid: &Grid) -> String {
    let challenge = &lesson.challenge;
    let solved: Vec<_> = map.answers.iter().filter(|answer| answer.solved > 0).collect();
    let always = solved.iter().filter(|answer| answer.solved as u64 == grid.seeds).count();
    let mut text = format!("\n## {}\n\n", lesson.title);
    let goals: Vec<_> = challenge.goals.iter().map(|goal| goal.sentence()).collect();
    let _ = writeln!(text, "- The goals: {}.", goals.join("; "));
    for idea in challenge.ideas {
        let _ = writeln!(text, "- The idea: {}.", idea.phrase());
    }
    let ours: Vec<_> = challenge.solution.iter().map(|(name, value)| format!("`{name}`: {value}")).collect();
    let _ = writeln!(text, "- Our solution: {}.", ours.join(", "));
    let _ = writeln!(
        text,
        "- Of {} combinations, {} ({:.1} %) solve it with some traffic, {always} with all.",
        map.answers.len(),
        solved.len(),
        map.share(),
    );
    let tried: Vec<_> = map.controls.iter().map(|(name, values)| format!("`{name}`: {}", values.join(", "))).collect();
    let _ = writeln!(text, "- Tried: {}.\n", tried.join("; "));
    let names: Vec<_> = map.controls.iter().map(|(name, _)| format!("`{name}`")).collect();
    let _ = writeln!(text, "| {} | traffic | points |", names.join(" | "));
    let _ = writeln!(text, "|{}---|---|", "---|".repeat(names.len()));
    for group in groups(map, grid) {
        let cells = group.places.iter().zip(&map.controls).map(|(places, (_, values))| {
            if places.len() == values.len() {
                return "any".to_owned();
            }
            places.iter().map(|&place| values[place].as_str()).collect::<Vec<_>>().join(", ")
        });
        let cells: Vec<_> = cells.collect();
        let traffic = if group.always { "all" } else { "some" };
        let points = group.score.map_or("–".into(), |score| score.to_string());
        let _ = writeln!(text, "| {} | {traffic} | {points} |", cells.join(" | "));
    }
    text
}

/// The answers that solve, as few groups as merging one control after the other gives; the best first.
fn groups(map: &Map, grid: &Grid) -> Vec<Group> {
    let solved = map.answers.iter().filter(|answer| answer.solved > 0);
    let mut groups: Vec<Group> = solved
        .map(|answer| Group {
            places: answer.places.iter().map(|&place| vec![place]).collect(),
            score: answer.score,
            always: answer.solved as u64 == grid.seeds,
        })
        .collect();
    for control in 0..map.controls.len() {
        let mut merged: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for mut group in groups {
            let values = std::mem::take(&mut group.places[control]);
            merged.entry(group).or_default().extend(values);
        }
        groups = merged
            .into_iter()
            .map(|(mut group, mut values)| {
                values.sort_unstable();
                group.places[control] = values;
                group
            })
            .collect();
    }
    groups.sort_by(|one, other| (other.score, other.always).cmp(&(one.score, one.always)).then(one.cmp(other)));
    groups
}
