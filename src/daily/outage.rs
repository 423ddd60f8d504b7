//! The outage of a day.

use super::base::{Base, Symptom};
use super::certificate::{Certificate, certify};
use super::chance::Chance;
use super::date::Date;
use super::error::DailyError;
use super::moves::{Change, changed};
use super::suspect::Suspect;
use crate::clinic::Cause;
use crate::figures::Measurement;
use crate::lesson::{Goal, LessonError, Plan};

/// The causes that have their day, each once in a round.
pub const CAUSES: [Cause; 11] = [
    Cause::Leak,
    Cause::IdleLimit,
    Cause::HeldAcrossSlowWork,
    Cause::TooManyWorkers,
    Cause::NestedCheckout,
    Cause::Firewall,
    Cause::TooSmall,
    Cause::Restart,
    Cause::ServerSlow,
    Cause::EnginePerRequest,
    Cause::Failover,
];

/// How many worlds are drawn for a day until one is certified.
pub const MOST_ATTEMPTS: u32 = 200;

/// Who has the outage.
const SERVICES: [&str; 10] = [
    "the ticket shop",
    "the library",
    "the bakery’s orders",
    "the bike rental",
    "the clinic’s appointments",
    "the parcel tracker",
    "the school timetable",
    "the film archive",
    "the plant nursery",
    "the ferry bookings",
];

/// The outage of a day: a world in which something went wrong, and what could have been the reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Outage {
    /// The day.
    pub date: Date,
    /// Which draw it is of the day's.
    pub attempt: u32,
    /// Whose outage it is.
    pub service: &'static str,
    /// What it looks like at first.
    pub symptom: Symptom,
    /// The cause.
    pub cause: Cause,
    /// What can be chosen as the cause; the cause is among it.
    pub offered: Vec<Cause>,
    /// What happened: the cause, and what did no harm.
    pub suspects: Vec<Suspect>,
    /// What has to be so again, when it is cured.
    pub cures: Vec<Goal>,
    /// What a cure may not break.
    pub bounds: Vec<Goal>,
    /// The day without all that happened.
    good: Plan,
}

impl Outage {
    /// The outage of a day: the first world drawn that is certified, with its certificate.
    ///
    /// # Errors
    /// [`DailyError`] if none of them is.
    pub fn of(date: Date) -> Result<(Outage, Certificate), DailyError> {
        let mut last = None;
        for attempt in 0..MOST_ATTEMPTS {
            let outage = Outage::draw(date, attempt);
            match certify(&outage) {
                Ok(certificate) => return Ok((outage, certificate)),
                Err(why) => last = Some(why),
            }
        }
        Err(DailyError { date, last })
    }

    /// One draw, which need not be any good.
    pub fn draw(date: Date, attempt: u32) -> Outage {
        let cause = cause_of(date);
        let symptom = Symptom::of(cause);
        let mut chance = Chance::new(date, attempt);
        let service = chance.one_of(&SERVICES);
        let Base { plan, cures, bounds, measures } = Base::draw(cause, &mut chance);
        let mut suspects: Vec<_> = Suspect::cause(cause, &measures, &mut chance).into_iter().collect();
        let mut others: Vec<_> = symptom.causes().iter().copied().filter(|other| *other != cause).collect();
        chance.shuffle(&mut others);
        let is_alone = cause == Cause::EnginePerRequest; // its requests keep nothing that another dose could be of
        let kept = |other: &&Cause| !(is_alone && matches!(other, Cause::NestedCheckout | Cause::Leak));
        let harmless = others.iter().filter(kept).filter_map(|&other| Suspect::harmless(other, &measures, &mut chance));
        suspects.extend(harmless.take(2));
        chance.shuffle(&mut suspects);
        let mut offered: Vec<_> = others.into_iter().take(4).chain([cause]).collect();
        chance.shuffle(&mut offered);
        Outage { date, attempt, service, symptom, cause, offered, suspects, cures, bounds, good: plan }
    }

    /// The day as it was.
    pub fn plan(&self) -> Plan {
        self.with(|_| true)
    }

    /// The same day without what would be this cause.
    pub fn without(&self, cause: Cause) -> Plan {
        self.with(|suspect| suspect.cause != cause)
    }

    /// The same traffic on a day on which nothing happened.
    pub fn good_day(&self) -> Plan {
        self.good.clone()
    }

    fn with(&self, happens: impl Fn(&Suspect) -> bool) -> Plan {
        let mut plan = self.good.clone();
        self.suspects.iter().filter(|suspect| happens(suspect)).for_each(|suspect| suspect.happen(&mut plan));
        plan
    }

    /// The same day with changes.
    ///
    /// # Errors
    /// If something cannot be changed, or does not take the value.
    pub fn attempt(&self, changes: &[Change]) -> Result<Plan, LessonError> {
        changed(self.plan(), changes)
    }

    /// What a run of the day came to.
    pub fn judge(&self, run: &Measurement) -> Judgement {
        let missed = |goals: &[Goal]| goals.iter().copied().filter(|goal| !goal.is_met(run)).collect();
        Judgement { missed: missed(&self.cures), broken: missed(&self.bounds) }
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What is not cured.
    pub missed: Vec<Goal>,
    /// What is broken.
    pub broken: Vec<Goal>,
}

impl Judgement {
    /// Whether nothing is missed.
    pub fn is_cured(&self) -> bool {
        self.missed.is_empty()
    }

    /// Whether nothing is missed or broken.
    pub fn is_well(&self) -> bool {
        self.missed.is_empty() && self.broken.is_empty()
    }
}

/// The cause of a day. In each round of days every cause has its day, in another order each time; no two days in a row have
/// the same one.
pub fn cause_of(date: Date) -> Cause {
    let many = CAUSES.len() as u32;
    let (round, place) = (date.number() / many, date.number() % many);
    let order = order_of(round);
    order[place as usize]
}

fn order_of(round: u32) -> [Cause; CAUSES.len()] {
    let drawn = |round: u32| {
        let mut order = CAUSES;
        Chance::of_round(round).shuffle(&mut order);
        order
    };
    let mut order = drawn(round);
    // The last of a round stays the last, so the round before can be drawn alone.
    if round > 0 && drawn(round - 1)[CAUSES.len() - 1] == order[0] {
        order.swap(0, 1);
    }
    order
}
