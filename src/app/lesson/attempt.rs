//! A reader's attempt at a challenge: what was changed, what came of it, and how it is shown.

use super::learned::Learned;
use crate::app::embed;
use crate::app::plan::{OpenedScene, PlanScene};
use crate::app::scene::{SceneCommand, Stage};
use crate::browser::{keep, kept, prefers_reduced_motion};
use crate::figures::Measurement;
use crate::lesson::{Adjustable, Assessment, Challenge, Lesson, Meter, Plan};
use crate::time::{Instant, Span};
use leptos::prelude::*;

/// What the reader has changed: names and values.
type Changes = Vec<(&'static str, String)>;

/// How long the run is shown for after a change, in real time.
const SHORT: Span = Span::from_millis(2_500);

/// The reader's attempt. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Attempt {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// Its challenge.
    pub challenge: &'static Challenge,
    /// Its scene.
    pub scene: PlanScene,
    learned: Learned,
    changes: RwSignal<Changes>,
    /// The earlier versions of `changes`, oldest first, for undo.
    before: RwSignal<Vec<Changes>>,
    verdict: RwSignal<Option<Assessment>>,
    /// The goals in the whole run, or, while it plays in short, at the moment that is shown.
    goals: RwSignal<Vec<GoalNow>>,
    in_short: RwSignal<bool>,
    /// Where the meters ended before the last change.
    marks: StoredValue<Vec<f64>>,
    /// The unchanged run.
    worst: StoredValue<Measurement>,
    /// Whether the solution has been shown.
    shown: RwSignal<bool>,
    /// Whether a solved run has been seen to its end and is not put aside: then it is celebrated.
    celebrated: RwSignal<bool>,
}

/// One goal as it stands at the moment that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct GoalNow {
    /// What is asked for.
    pub asked: String,
    /// What is found.
    pub found: String,
    /// Whether the whole run meets it; `None` while the run plays in short.
    pub met: Option<bool>,
    /// The same as a bar.
    pub meter: Meter,
    /// Where the bar ended before the last change.
    pub before: Option<f64>,
}

impl Attempt {
    /// The attempt that the browser has kept or the page's link says, else the unchanged challenge.
    pub fn new(lesson: &'static Lesson, opened: &OpenedScene, learned: Learned) -> Attempt {
        let challenge = &lesson.challenge;
        let scene = opened.scene;
        let mut plan = (challenge.plan)();
        let worst = plan.outcome();
        let start = plan.clone();
        plan.setup = opened.plan.setup.clone();
        // Start with what the browser has kept of an attempt, unless the link changes something else.
        let turned = challenge.adjustable.iter().filter(|turn| turn.text(&plan) != turn.text(&start));
        let mut linked: Changes = turned.map(|turn| (turn.name(), turn.text(&plan))).collect();
        for (name, option) in &opened.link.choices {
            match challenge.adjustable.iter().find_map(|turn| turn.option(name, *option)) {
                Some(chosen) => linked.push(chosen),
                None => scene.controls.complaints.update(|complaints| {
                    complaints.push(format!(
                        "The link has the choice {name}-{option}, which this challenge does not have. It is left out."
                    ));
                }),
            }
        }
        let before = Attempt::remembered(lesson);
        let goes_on = !before.is_empty() && linked.iter().all(|change| before.contains(change));
        let changes = if goes_on { before } else { linked };
        let is_changed = !changes.is_empty();
        let attempt = Attempt {
            lesson,
            challenge,
            scene,
            learned,
            changes: RwSignal::new(changes),
            before: RwSignal::new(Vec::new()),
            verdict: RwSignal::new(None),
            goals: RwSignal::new(Vec::new()),
            in_short: RwSignal::new(false),
            marks: StoredValue::new(Vec::new()),
            worst: StoredValue::new(worst),
            shown: RwSignal::new(false),
            celebrated: RwSignal::new(false),
        };
        attempt.judge();
        attempt.celebrated.set(attempt.is_solved());
        if is_changed && let Some(plan) = attempt.plan() {
            attempt.follow(plan);
        }
        attempt
    }

    /// What the reader had changed before a reload or before leaving the page.
    fn remembered(lesson: &Lesson) -> Changes {
        let said = kept(&place_of(lesson)).unwrap_or_default();
        let known = |name: &str| lesson.challenge.adjustable.iter().map(Adjustable::name).find(|known| *known == name);
        let pairs = said.lines().filter_map(|line| line.split_once('='));
        pairs.filter_map(|(name, value)| Some((known(name)?, value.to_owned()))).collect()
    }

    /// Changes one thing.
    pub fn turn(self, name: &'static str, value: String) {
        let mut changes = self.changes.get_untracked();
        changes.retain(|(other, _)| *other != name);
        let first = self
            .challenge
            .adjustable
            .iter()
            .find(|turn| turn.name() == name)
            .map(|turn| turn.text(&(self.challenge.plan)()));
        if first.as_ref() != Some(&value) {
            changes.push((name, value));
        }
        self.take(changes);
    }

    fn take(self, changes: Changes) {
        if changes == self.changes.get_untracked() {
            return;
        }
        self.before.update(|before| before.push(self.changes.get_untracked()));
        self.set(changes);
    }

    /// Takes the last change back.
    pub fn undo(self) {
        if let Some(before) = self.before.try_update(Vec::pop).flatten() {
            self.set(before);
        }
    }

    /// Whether there is something to take back.
    pub fn can_undo(self) -> bool {
        self.before.with(|before| !before.is_empty())
    }

    /// Takes all changes back.
    pub fn reset(self) {
        self.take(Vec::new());
    }

    /// Whether something is changed.
    pub fn is_changed(self) -> bool {
        self.changes.with(|changes| !changes.is_empty())
    }

    /// Takes our solution.
    pub fn solve(self) {
        self.shown.set(true);
        self.take(self.challenge.solution.iter().map(|(name, value)| (*name, (*value).to_owned())).collect());
    }

    /// The value of something that can be changed, if it is.
    pub fn value(self, name: &str) -> Option<String> {
        self.changes.with(|changes| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone()))
    }

    fn set(self, changes: Changes) {
        let lines: Vec<_> = changes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        keep(&place_of(self.lesson), &lines.join("\n"));
        self.changes.set(changes);
        self.marks.set_value(self.goals.with_untracked(|goals| goals.iter().map(|goal| goal.meter.filled).collect()));
        self.judge();
        self.show();
    }

    /// The challenge's plan with what is changed.
    pub fn plan(self) -> Option<Plan> {
        self.challenge.attempt(&borrowed(&self.changes.get_untracked())).ok()
    }

    /// Shows the attempt in the lot: the whole run, in short. Readers who want no motion see how it ends.
    pub fn show(self) {
        let Some(plan) = self.plan() else { return };
        self.celebrated.set(false);
        let (length, end) = (plan.length, plan.end());
        self.follow(plan);
        if prefers_reduced_motion() {
            self.scene.controls.stop_at(SceneCommand::Seek(end));
            self.celebrated.set(self.is_solved());
        } else {
            self.in_short.set(true);
            self.scene.controls.play_in_short(length, SHORT);
        }
    }

    fn follow(self, plan: Plan) {
        self.scene.controls.setup.set(plan.setup.clone());
        self.scene.controls.send(SceneCommand::Plan(Box::new(plan)));
    }

    /// Follows the run while it plays in short: the goals are as at the moment that is shown.
    pub fn look(self, stage: &Stage) {
        if !self.in_short.get_untracked() {
            return;
        }
        let goes_on = self.scene.controls.is_hurrying() && !stage.is_over();
        let Some(plan) = self.plan() else { return };
        self.read(&plan, if goes_on { stage.travel().now() } else { plan.end() }, !goes_on);
        if !goes_on {
            self.in_short.set(false);
            self.celebrated.set(self.is_solved());
        }
    }

    fn judge(self) {
        match self.challenge.judge(&borrowed(&self.changes.get_untracked())) {
            Ok(verdict) => {
                if verdict.is_met() && !self.is_shown() {
                    self.learned.add(&format!("challenge-{}", self.lesson.name));
                    embed::achieved(&format!("challenge-{}", self.lesson.name), verdict.score);
                }
                if let Some(plan) = self.plan() {
                    self.read(&plan, plan.end(), true);
                }
                self.verdict.set(Some(verdict));
            }
            Err(error) => self.scene.controls.say(&error.to_string()),
        }
    }

    fn is_solved(self) -> bool {
        self.verdict.with_untracked(|verdict| verdict.as_ref().is_some_and(Assessment::is_met))
    }

    /// The verdict on a solved run that has been seen to its end.
    pub fn celebrated(self) -> Option<Assessment> {
        self.verdict.get().filter(|_| self.celebrated.get())
    }

    /// Puts the celebration aside.
    pub fn put_aside(self) {
        self.celebrated.set(false);
    }

    /// Whether the attempt equals our solution and that solution has been shown.
    pub fn is_shown(self) -> bool {
        let ours = |changes: &Changes| {
            changes.len() == self.challenge.solution.len()
                && borrowed(changes).iter().all(|change| self.challenge.solution.contains(change))
        };
        self.shown.get_untracked() && self.changes.with_untracked(ours)
    }

    /// Reads the meters of a plan at a moment.
    fn read(self, plan: &Plan, at: Instant, is_over: bool) {
        let (run, marks) = (plan.outcome_at(at), self.marks.get_value());
        let goals = self.worst.with_value(|worst| {
            let goals = self.challenge.goals.iter().enumerate().map(|(place, goal)| GoalNow {
                asked: goal.sentence(),
                found: goal.found(&run).to_string(),
                met: is_over.then(|| goal.is_met(&run)),
                meter: goal.meter(&run, worst),
                before: marks.get(place).copied(),
            });
            goals.collect()
        });
        self.goals.set(goals);
    }

    /// The goals as they stand.
    pub fn goals(self) -> Vec<GoalNow> {
        self.goals.get()
    }

    /// The sentence about the attempt.
    pub fn said(self) -> String {
        if self.in_short.get() {
            return String::new();
        }
        let changes = self.changes.with(Vec::len);
        let Some(verdict) = self.verdict.get() else { return String::new() };
        let met = verdict.goals.iter().filter(|(_, _, met)| *met).count();
        match verdict.score {
            Some(_) if self.is_shown() => {
                let cured = verdict.cured.map(|cured| format!(" {cured}")).unwrap_or_default();
                format!("Solved, with our solution.{cured} Play it, or undo it and find your own.")
            }
            Some(score) => {
                let many = if changes == 1 { "change" } else { "changes" };
                let parts = [
                    Some(format!("Solved with {changes} {many}. {score} of 3 points.")),
                    verdict.missing,
                    verdict.cured,
                ];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            None => {
                let says = verdict.says.map(|says| format!(" {says}")).unwrap_or_default();
                format!("{met} of {} goals are met.{says}", verdict.goals.len())
            }
        }
    }

    /// What the goals come to when it is solved.
    pub fn target(self) -> Option<String> {
        let solved = self.challenge.judge(self.challenge.solution).ok()?;
        let reached = solved.goals.into_iter().map(|(asked, found, _)| {
            let title = asked.split(':').next().unwrap_or_default().to_owned();
            format!("{title}: {found}")
        });
        Some(format!("When it is solved: {}.", reached.collect::<Vec<_>>().join("; ")))
    }
}

/// The key under which the browser keeps what was changed.
fn place_of(lesson: &Lesson) -> String {
    format!("valet-challenge-{}", lesson.name)
}

fn borrowed(changes: &Changes) -> Vec<(&str, &str)> {
    changes.iter().map(|(name, value)| (*name, value.as_str())).collect()
}
