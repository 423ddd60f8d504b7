//! The map of answers: what every combination of a challenge's controls comes to, with different traffic.

use valet::lesson::{Assignment, Challenge};

/// What every combination of a challenge's controls comes to.
pub struct Map {
    /// The controls, by name, and the values that were tried.
    pub controls: Vec<(&'static str, Vec<String>)>,
    /// Every combination, in order: the last control changes fastest.
    pub answers: Vec<Answer>,
}

/// What a combination comes to.
#[derive(Clone)]
pub struct Answer {
    /// For each control, which of its values it has.
    pub places: Vec<usize>,
    /// With how many of the seeds it is solved.
    pub solved: usize,
    /// Its score with the challenge's own traffic, if it is solved there.
    pub score: Option<u8>,
    /// Which of the challenge's ideas it has.
    pub idea: Option<usize>,
    /// The reply to a wrong move, with the challenge's own traffic.
    pub wrong: Option<String>,
    /// What cured it.
    pub cured: Option<String>,
    /// Why the score is not 3.
    pub missing: Option<String>,
    /// All that the page says.
    pub says: String,
}

/// Which combinations are tried.
pub struct Grid {
    /// The most combinations of a challenge. With more, values are left out, but never the first, the solution's or an end.
    pub most: usize,
    /// How many kinds of traffic each is tried with, the challenge's own among them.
    pub seeds: u64,
    /// Whether the values of usual wrong moves are kept too.
    pub wrong_moves: bool,
}

impl Map {
    /// Tries every combination, on two threads.
    pub fn of(challenge: &'static Challenge, grid: &Grid) -> Map {
        let controls = controls(challenge, grid);
        let number: usize = controls.iter().map(|(_, values)| values.len()).product();
        let places = |mut index: usize| {
            let mut places: Vec<usize> = Vec::new();
            for (_, values) in controls.iter().rev() {
                places.insert(0, index % values.len());
                index /= values.len();
            }
            places
        };
        let half = |which: usize| {
            let part = (0..number).filter(|index| index % 2 == which);
            part.map(|index| (index, answer(challenge, &controls, places(index), grid.seeds))).collect::<Vec<_>>()
        };
        let mut answers = std::thread::scope(|scope| {
            let other = scope.spawn(|| half(1));
            let mut all = half(0);
            all.extend(other.join().expect("no panic"));
            all
        });
        answers.sort_by_key(|(index, _)| *index);
        Map { answers: answers.into_iter().map(|(_, answer)| answer).collect(), controls }
    }

    /// The changes of a combination, as the page has them: only what differs from the first value.
    pub fn changes<'a>(&'a self, challenge: &Challenge, answer: &Answer) -> Vec<Assignment<'a>> {
        changes(challenge, &self.controls, &answer.places)
    }

    /// The share of the combinations that are solved, in percent.
    pub fn share(&self) -> f64 {
        let solved = self.answers.iter().filter(|answer| answer.solved > 0).count();
        100.0 * solved as f64 / self.answers.len() as f64
    }
}

/// The controls and their values, so few that there are at most so many combinations.
fn controls(challenge: &Challenge, grid: &Grid) -> Vec<(&'static str, Vec<String>)> {
    let plan = (challenge.plan)();
    let ours = |name: &str| challenge.solution.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let mut controls = Vec::new();
    for control in challenge.adjustable {
        let mut values = control.values(&plan);
        if let Some(value) = ours(control.name()).filter(|value| !values.iter().any(|other| other == value)) {
            values.push(value.to_owned());
        }
        controls.push((control.name(), values));
    }
    while controls.iter().map(|(_, values)| values.len()).product::<usize>() > grid.most {
        let choices: Vec<_> = challenge
            .adjustable
            .iter()
            .map(|control| matches!(control, valet::lesson::Adjustable::Choice(_)))
            .collect();
        let longest = (0..controls.len()).filter(|&place| !choices[place]).max_by_key(|&place| controls[place].1.len());
        let Some((name, values)) = longest.and_then(|place| controls.get_mut(place)) else { break };
        let first =
            challenge.adjustable.iter().find(|control| control.name() == *name).map(|control| control.text(&plan));
        let last = values.len() - 1;
        let spare = |(place, value): (usize, &String)| {
            let kept = place == 0
                || place == last
                || Some(value) == first.as_ref()
                || Some(value.as_str()) == ours(name)
                || grid.wrong_moves
                    && challenge.wrong.iter().any(|wrong| wrong.changes.contains(&(*name, value.as_str())));
            (!kept).then_some(place)
        };
        let spares: Vec<usize> = values.iter().enumerate().filter_map(spare).collect();
        // One from the middle: the ends are further apart from each other than neighbours.
        let Some(&one) = spares.get(spares.len() / 2) else { break };
        values.remove(one);
    }
    controls
}

fn changes<'a>(
    challenge: &Challenge,
    controls: &'a [(&'static str, Vec<String>)],
    places: &[usize],
) -> Vec<Assignment<'a>> {
    let plan = (challenge.plan)();
    let all = controls.iter().zip(places).zip(challenge.adjustable);
    let changed = all.filter(|(((_, values), place), control)| values[**place] != control.text(&plan));
    changed.map(|(((name, values), place), _)| (*name, values[*place].as_str())).collect()
}

fn answer(
    challenge: &'static Challenge,
    controls: &[(&'static str, Vec<String>)],
    places: Vec<usize>,
    seeds: u64,
) -> Answer {
    let changes = changes(challenge, controls, &places);
    let verdict = challenge.judge(&changes).expect("a value that the control takes");
    let plan = challenge.attempt(&changes).expect("a value that the control takes");
    let solves = |seed: u64| {
        let run = plan.clone().varied(seed).outcome();
        challenge.goals.iter().all(|goal| goal.is_met(&run))
    };
    let solved = usize::from(verdict.is_met()) + (1..seeds).filter(|&seed| solves(seed)).count();
    let idea = challenge.idea(&changes);
    let idea = idea.and_then(|idea| challenge.ideas.iter().position(|other| std::ptr::eq(other, idea)));
    let says = [&verdict.says, &verdict.cured, &verdict.missing].into_iter().flatten().cloned().collect::<Vec<_>>();
    let says = says.join(" ");
    Answer {
        solved,
        score: verdict.score,
        idea,
        wrong: verdict.says,
        cured: verdict.cured,
        missing: verdict.missing,
        says,
        places,
    }
}
