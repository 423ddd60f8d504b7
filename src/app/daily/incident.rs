//! The outage that is open, and what the reader does about it.

use crate::app::lesson::GoalNow;
use crate::app::plan::PlanScene;
use crate::app::scene::{SceneCommand, Stage};
use crate::browser::{keep, kept, prefers_reduced_motion};
use crate::clinic::Cause;
use crate::daily::{Change, Diary, Evidence, Judgement, Outage, Record, Reply, Score, control};
use crate::figures::{ERRORS, Measurement};
use crate::lesson::{Goal, Plan};
use crate::time::{Instant, Span};
use leptos::prelude::*;
use std::sync::Arc;

/// Where the browser keeps what was done on each day.
const DIARY: &str = "valet-daily";
/// How long the traffic is shown for when it runs again, and the incident when it is watched, in real time.
const SHORT: Span = Span::from_millis(2_500);
const WATCHED: Span = Span::from_millis(8_000);

/// The outage that is open. It is `Copy`: all copies share the same state.
#[derive(Clone, Copy)]
pub struct Incident {
    /// Its scene.
    pub scene: PlanScene,
    outage: StoredValue<Arc<Outage>>,
    evidence: StoredValue<Arc<Evidence>>,
    /// A cure, for who wants to see one.
    cure: StoredValue<Vec<Change>>,
    record: RwSignal<Record>,
    /// The reply to the last guess.
    reply: RwSignal<Option<Reply>>,
    /// Whether the changes that stand have been run.
    has_run: RwSignal<bool>,
    goals: RwSignal<Vec<GoalNow>>,
    said: RwSignal<String>,
    /// The run that plays in short: its plan.
    playing: StoredValue<Option<Plan>>,
    celebrated: RwSignal<bool>,
    worst: StoredValue<Measurement>,
    marks: StoredValue<Vec<f64>>,
    helped: RwSignal<bool>,
}

impl Incident {
    /// The outage as the reader left it.
    pub fn new(outage: Arc<Outage>, evidence: Arc<Evidence>, cure: Vec<Change>, scene: PlanScene) -> Incident {
        let record = Diary::read(&kept(DIARY).unwrap_or_default()).of(outage.date);
        let worst = outage.plan().outcome();
        let last = record.guesses.last().map(|&guess| outage.reply(&evidence, guess));
        Incident {
            scene,
            record: RwSignal::new(record),
            reply: RwSignal::new(last),
            outage: StoredValue::new(outage),
            evidence: StoredValue::new(evidence),
            cure: StoredValue::new(cure),
            has_run: RwSignal::new(false),
            goals: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            playing: StoredValue::new(None),
            celebrated: RwSignal::new(false),
            worst: StoredValue::new(worst),
            marks: StoredValue::new(Vec::new()),
            helped: RwSignal::new(false),
        }
    }

    /// Shows what stands: the incident, or the last changes.
    pub fn begin(self) {
        let Some(plan) = self.plan() else { return };
        let run = plan.outcome();
        self.read(&run, true);
        if self.changes().is_empty() {
            return;
        }
        self.has_run.set(true);
        self.follow(plan.clone());
        self.scene.controls.stop_at(SceneCommand::Seek(plan.end()));
        self.said.set(self.sentence(&run));
    }

    /// The outage.
    pub fn outage(self) -> Arc<Outage> {
        self.outage.get_value()
    }

    /// What the reader did.
    pub fn record(self) -> Record {
        self.record.get()
    }

    /// The scores, once it is cured.
    pub fn score(self) -> Option<Score> {
        self.record.with(|record| record.score(self.outage().cause))
    }

    /// Whether there is nothing left to guess.
    pub fn is_decided(self) -> bool {
        self.record.with(|record| record.is_decided(self.outage().cause))
    }

    /// The reply to the last guess.
    pub fn reply(self) -> Option<Reply> {
        self.reply.get()
    }

    /// Guesses at the cause.
    pub fn guess(self, guess: Cause) {
        let outage = self.outage();
        if self.record.with_untracked(|record| record.is_decided(outage.cause) || record.has_found(guess)) {
            return;
        }
        self.reply.set(Some(outage.reply(&self.evidence.get_value(), guess)));
        self.note(|record| record.guesses.push(guess));
    }

    /// Plays the incident as it was.
    pub fn watch(self) {
        let plan = self.outage().plan();
        self.celebrated.set(false);
        self.playing.set_value(None);
        let (length, end) = (plan.length, plan.end());
        self.follow(plan);
        if prefers_reduced_motion() {
            self.scene.controls.stop_at(SceneCommand::Seek(end));
        } else {
            self.scene.controls.play_in_short(length, WATCHED);
        }
        super::show_picture();
    }

    fn changes(self) -> Vec<Change> {
        self.record.with_untracked(|record| record.changes.clone())
    }

    /// The value of something that can be changed.
    pub fn value(self, name: &str) -> Option<String> {
        let changed = self.record.with(|record| record.changes.iter().find(|(other, _)| *other == name).cloned());
        changed.map(|(_, value)| value).or_else(|| Some(control(name)?.text(&self.outage().plan())))
    }

    /// Changes one thing. The traffic does not run before the reader says so.
    pub fn turn(self, name: &'static str, value: String) {
        let first = control(name).map(|control| control.text(&self.outage().plan()));
        let mut changes = self.changes();
        changes.retain(|(other, _)| *other != name);
        if first.as_ref() != Some(&value) {
            changes.push((name, value));
        }
        self.take(changes);
    }

    /// Takes all changes back.
    pub fn reset(self) {
        self.take(Vec::new());
    }

    fn take(self, changes: Vec<Change>) {
        if changes == self.changes() {
            return;
        }
        self.note(|record| record.changes = changes);
        self.has_run.set(false);
        self.celebrated.set(false);
        self.playing.set_value(None);
        if let Some(plan) = self.plan() {
            self.follow(plan);
            self.scene.controls.stop_at(SceneCommand::Seek(Instant::ZERO));
        }
        self.said.set("Changed. Run the same traffic again to see what comes of it.".into());
    }

    /// Whether something is changed.
    pub fn is_changed(self) -> bool {
        self.record.with(|record| !record.changes.is_empty())
    }

    /// Whether the changes that stand have been run.
    pub fn has_run(self) -> bool {
        self.has_run.get()
    }

    /// Shows what would help: first in words, then done.
    pub fn help(self) {
        if !self.helped.get_untracked() {
            return self.helped.set(true);
        }
        self.note(|record| record.is_shown |= !record.is_cured);
        self.take(self.cure.get_value());
        self.run();
    }

    /// Whether help in words was asked for.
    pub fn is_helped(self) -> bool {
        self.helped.get()
    }

    fn plan(self) -> Option<Plan> {
        match self.outage().attempt(&self.changes()) {
            Ok(plan) => Some(plan),
            Err(error) => {
                self.scene.controls.say(&error.to_string());
                None
            }
        }
    }

    fn follow(self, plan: Plan) {
        self.scene.controls.setup.set(plan.setup.clone());
        self.scene.controls.send(SceneCommand::Plan(Box::new(plan)));
    }

    /// Runs the same traffic again, with the changes.
    pub fn run(self) {
        if self.changes().is_empty() {
            return self.said.set("Change something first: as it is, it goes wrong as before.".into());
        }
        let Some(plan) = self.plan() else { return };
        let outcome = plan.outcome();
        let judged = self.outage().judge(&outcome);
        let broke = self.breaks(&judged);
        if !self.has_run.get_untracked() {
            self.note(|record| {
                if !record.is_cured {
                    record.runs += 1;
                    record.broken += u32::from(broke);
                    record.is_cured = judged.is_well();
                }
            });
        }
        self.has_run.set(true);
        self.celebrated.set(false);
        self.marks.set_value(self.goals.with_untracked(|goals| goals.iter().map(|goal| goal.meter.filled).collect()));
        let (length, end) = (plan.length, plan.end());
        self.follow(plan.clone());
        if prefers_reduced_motion() {
            self.scene.controls.stop_at(SceneCommand::Seek(end));
            self.over(&plan);
        } else {
            self.said.set(String::new());
            self.playing.set_value(Some(plan));
            super::show_picture();
            self.scene.controls.play_in_short(length, SHORT);
        }
    }

    /// Whether a run broke what the incident had not broken already, or cures it at that price.
    fn breaks(self, judged: &Judgement) -> bool {
        let before = self.worst.with_value(|worst| self.outage().judge(worst));
        judged.broken.iter().any(|goal| judged.is_cured() || !before.broken.contains(goal))
    }

    /// Follows a run while it plays in short: the meters are as at the moment that is shown.
    pub fn look(self, stage: &Stage) {
        let Some(plan) = self.playing.get_value() else { return };
        if self.scene.controls.is_hurrying() && !stage.is_over() {
            self.read(&plan.outcome_at(stage.travel().now()), false);
        } else {
            self.playing.set_value(None);
            self.over(&plan);
        }
    }

    /// A run is over.
    fn over(self, plan: &Plan) {
        let run = plan.outcome();
        self.read(&run, true);
        self.said.set(self.sentence(&run));
        self.celebrated.set(self.outage().judge(&run).is_well());
    }

    /// What a run came to, in a sentence.
    fn sentence(self, run: &Measurement) -> String {
        let outage = self.outage();
        let judged = outage.judge(run);
        let was = self.worst.with_value(|worst| ERRORS.number(worst));
        let fails = match ERRORS.number(run) {
            0 => format!("No request fails any more; before: {was}."),
            1 => format!("1 request fails; before: {was}."),
            many => format!("{many} requests fail; before: {was}."),
        };
        if judged.is_well() {
            return format!("{fails} Nothing else broke.");
        }
        let too_far = |goal: &Goal| format!("{}, and it is {}", goal.sentence(), goal.found(run));
        let broken: Vec<_> = judged.broken.iter().map(too_far).collect();
        match (judged.is_cured(), broken.is_empty()) {
            (true, _) => format!("{fails} But this breaks something else. {}.", broken.join(". ")),
            (false, true) => fails,
            (false, false) => format!("{fails} {}.", broken.join(". ")),
        }
    }

    /// Reads the meters.
    fn read(self, run: &Measurement, is_over: bool) {
        let (outage, marks) = (self.outage(), self.marks.get_value());
        let goals = self.worst.with_value(|worst| {
            let goals = outage.cures.iter().chain(&outage.bounds).enumerate().map(|(place, goal)| GoalNow {
                asked: goal.sentence(),
                found: goal.found(run).to_string(),
                met: is_over.then(|| goal.is_met(run)),
                meter: goal.meter(run, worst),
                before: marks.get(place).copied(),
            });
            goals.collect()
        });
        self.goals.set(goals);
    }

    /// The meters.
    pub fn goals(self) -> Vec<GoalNow> {
        self.goals.get()
    }

    /// The sentence about the changes.
    pub fn said(self) -> String {
        self.said.get()
    }

    /// Whether a cured run has been seen to its end and is not put aside.
    pub fn is_celebrated(self) -> bool {
        self.celebrated.get()
    }

    /// Puts the celebration aside.
    pub fn put_aside(self) {
        self.celebrated.set(false);
    }

    /// Notes something that the reader did, and keeps it. Another tab may have noted another day meanwhile.
    fn note(self, change: impl FnOnce(&mut Record)) {
        self.record.update(change);
        let mut diary = Diary::read(&kept(DIARY).unwrap_or_default());
        diary.note(self.outage().date, self.record.get_untracked());
        keep(DIARY, &diary.text());
    }
}

/// What the reader did on all days.
pub fn diary() -> Diary {
    Diary::read(&kept(DIARY).unwrap_or_default())
}
