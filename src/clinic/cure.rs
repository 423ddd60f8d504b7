//! Cures and the usual wrong moves: what each does to a cause's world.

use super::code::{Code, Dialect, Diff, code};
use super::numbers::Numbers;
use super::world::World;
use crate::lesson::Plan;

/// Something that removes a cause.
#[derive(Clone, Copy)]
pub struct Cure {
    /// Its name in addresses.
    pub name: &'static str,
    /// What to do.
    pub title: &'static str,
    /// How, and why it helps.
    pub says: &'static str,
    /// What it may break.
    pub may_break: &'static str,
    apply: fn(&mut Plan, &Numbers),
    code: Code,
}

/// Something that is often tried, and does not help.
#[derive(Clone, Copy)]
pub struct WrongMove {
    /// Its name in addresses.
    pub name: &'static str,
    /// What is tried.
    pub title: &'static str,
    /// Why it does not help.
    pub says: &'static str,
    apply: fn(&mut Plan, &Numbers),
}

impl std::fmt::Debug for Cure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl std::fmt::Debug for WrongMove {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Cure {
    /// The same world with the cure: the same arrivals, so that both can be compared.
    pub fn cured(&self, world: &World, numbers: &Numbers) -> Plan {
        let mut plan = world.plan.clone();
        (self.apply)(&mut plan, numbers);
        plan
    }

    /// The change as code: the lines before and after. `None` where a dialect has no words for it, such as an ini file for a
    /// change of the program.
    pub fn diff(&self, dialect: Dialect, world: Option<&World>, numbers: &Numbers) -> Option<Diff> {
        code(
            self.code,
            dialect,
            world.map(|world| (world.plan.setup.settings, self.cured(world, numbers).setup.settings)),
        )
    }
}

impl WrongMove {
    /// The same world with this move.
    pub fn moved(&self, world: &World, numbers: &Numbers) -> Plan {
        let mut plan = world.plan.clone();
        (self.apply)(&mut plan, numbers);
        plan
    }
}

pub(super) const fn cure(
    name: &'static str,
    title: &'static str,
    says: &'static str,
    may_break: &'static str,
    apply: fn(&mut Plan, &Numbers),
    code: Code,
) -> Cure {
    Cure { name, title, says, may_break, apply, code }
}

pub(super) const fn wrong(
    name: &'static str,
    title: &'static str,
    says: &'static str,
    apply: fn(&mut Plan, &Numbers),
) -> WrongMove {
    WrongMove { name, title, says, apply }
}
