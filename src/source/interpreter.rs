//! Goes through a program as Python would, as far as its values are known. Of a condition that is not known, both sides.

use super::expression::Expr;
use super::found::{Condition, EngineFound};
use super::heap::{Changes, Heap, ObjectId, Shape};
use super::place::{Lines, Place};
use super::remark::{About, Remark};
use super::secret;
use super::statement::Definition;
use super::value::{Key, Value, What, Why};
use std::collections::{BTreeMap, BTreeSet};

/// How deep values may depend on conditions.
const MOST_CONDITIONS: usize = 6;
/// How deep expressions, blocks and calls may be in one another.
const DEEPEST: usize = 120;

/// A function, and where its body looks for names.
pub(super) struct Function<'a> {
    pub(super) definition: &'a Definition<'a>,
    pub(super) scope: ObjectId,
    pub(super) owner: Option<ObjectId>,
    /// What its parameters are without an argument.
    pub(super) defaults: Vec<Option<Value>>,
    pub(super) called: bool,
    /// What its cache knows, if it is decorated with one.
    pub(super) cached: Vec<Cached>,
}

/// What a function gave for these arguments, under these conditions.
pub(super) struct Cached {
    pub(super) given: Vec<(Option<String>, What)>,
    pub(super) path: Vec<(u32, bool)>,
    pub(super) value: Value,
}

/// A program on its way.
pub(super) struct Interpreter<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Lines<'a>,
    pub(super) heap: Heap,
    pub(super) functions: Vec<Function<'a>>,
    pub(super) classes: Vec<ObjectId>,
    pub(super) module: ObjectId,
    /// Where names are looked for now.
    pub(super) scope: ObjectId,
    /// Names that a function has declared global.
    pub(super) global: BTreeSet<(ObjectId, &'a str)>,
    /// What was set on objects of other files, by path.
    pub(super) elsewhere: ObjectId,
    /// `app.config`, and where it was first written to.
    pub(super) flask: ObjectId,
    pub(super) flask_at: Option<u32>,
    pub(super) engine_options: Option<Value>,
    /// Classes whose attributes are an application's configuration.
    pub(super) taken: BTreeSet<ObjectId>,
    pub(super) conditions: Vec<Condition>,
    by_text: BTreeMap<String, u32>,
    /// The conditions on the way here, and which side of each this is.
    pub(super) path: Vec<(u32, bool)>,
    pub(super) assumptions: Vec<Remark>,
    pub(super) found: Vec<EngineFound>,
    pub(super) remarks: Vec<Remark>,
    /// How many more steps are made.
    pub(super) fuel: usize,
    pub(super) depth: usize,
    pub(super) calls: usize,
}

impl<'a> Interpreter<'a> {
    pub(super) fn new(text: &'a str, fuel: usize) -> Interpreter<'a> {
        let mut heap = Heap::default();
        let module = heap.make(Shape::Scope(None));
        heap.set(module, Key::name("__name__"), Some(Value::plain("__main__")));
        Interpreter {
            text,
            lines: Lines::new(text),
            module,
            scope: module,
            elsewhere: heap.make(Shape::Dict),
            flask: heap.make(Shape::Dict),
            heap,
            functions: Vec::new(),
            classes: Vec::new(),
            global: BTreeSet::new(),
            flask_at: None,
            engine_options: None,
            taken: BTreeSet::new(),
            conditions: Vec::new(),
            by_text: BTreeMap::new(),
            path: Vec::new(),
            assumptions: Vec::new(),
            found: Vec::new(),
            remarks: Vec::new(),
            fuel,
            depth: 0,
            calls: 0,
        }
    }

    pub(super) fn place(&self, at: u32) -> Place {
        self.lines.place(at)
    }

    /// An expression as it is written, on one line and not too long.
    pub(super) fn source(&self, expression: &Expr) -> String {
        let text = self.text.get(expression.at as usize..expression.end as usize).unwrap_or_default();
        let near: String = text.chars().take(400).collect();
        let words: Vec<_> = near.split_whitespace().collect();
        let all = secret::code(&words.join(" "));
        let short: String = all.chars().take(60).collect();
        if short.len() < all.len() { short + "…" } else { short }
    }

    /// Steps are made, if there are so many left.
    pub(super) fn spend(&mut self, steps: usize) -> bool {
        let enough = self.fuel >= steps;
        self.fuel = self.fuel.saturating_sub(steps);
        if !enough && self.remarks.last().is_none_or(|last| last.about != About::TooLong) {
            self.remarks.push(Remark { place: self.place(0), about: About::TooLong });
        }
        enough
    }

    /// Does something one level deeper, unless that is too deep.
    pub(super) fn deeper<T>(&mut self, go: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.depth >= DEEPEST || !self.spend(1) {
            return None;
        }
        self.depth += 1;
        let result = go(self);
        self.depth -= 1;
        Some(result)
    }

    /// The number of an assumption.
    pub(super) fn assume(&mut self, at: u32, about: About) -> u32 {
        let remark = Remark { place: self.place(at), about };
        // The last ones are looked through: a function that is called twice says the same twice.
        let first = self.assumptions.len().saturating_sub(32);
        let known = self.assumptions[first..].iter().position(|other| *other == remark).map(|place| first + place);
        let number = known.unwrap_or_else(|| {
            self.assumptions.push(remark);
            self.assumptions.len() - 1
        });
        number as u32
    }

    /// The number of a condition. The same text is the same condition.
    pub(super) fn condition(&mut self, expression: &Expr) -> u32 {
        let text = self.source(expression);
        let next = self.conditions.len() as u32;
        let number = *self.by_text.entry(text.clone()).or_insert(next);
        if number == next {
            let place = self.place(expression.at);
            self.conditions.push(Condition { place, text, holds: true });
        }
        number
    }

    /// Which side of a condition this is.
    pub(super) fn side(&self, condition: u32) -> Option<bool> {
        self.path.iter().rev().find(|(number, _)| *number == condition).map(|(_, side)| *side)
    }

    /// The value on this side of all conditions.
    pub(super) fn here(&self, value: &Value) -> Value {
        value.decided(&|condition| self.side(condition))
    }

    /// Does something on one side of a condition.
    pub(super) fn on_side<T>(&mut self, condition: u32, side: bool, go: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.path.len();
        self.path.push((condition, side));
        let result = go(self);
        self.path.truncate(before);
        result
    }

    /// Does something with a value, with both of its sides if it depends on a condition.
    pub(super) fn each(&mut self, value: &Value, go: &mut dyn FnMut(&mut Self, &Value) -> Value) -> Value {
        let value = self.here(value);
        let What::Either(sides) = &value.what else { return go(self, &value) };
        let one = self.on_side(sides.0, true, |inner| inner.each(&sides.1, go));
        let other = self.on_side(sides.0, false, |inner| inner.each(&sides.2, go));
        either(sides.0, one, other)
    }

    /// What two sides of a condition have changed becomes one.
    pub(super) fn merge(&mut self, condition: u32, one: Changes, other: Changes) {
        self.heap.merge(one, other, |one, other| either(condition, one, other));
    }
}

/// One value or the other.
pub(super) fn either(condition: u32, one: Value, other: Value) -> Value {
    if one == other {
        return one;
    }
    if sides(&one).max(sides(&other)) >= MOST_CONDITIONS {
        return Value::unknown("more conditions than are followed", Why::Computed);
    }
    Value::new(What::Either((condition, one, other).into()))
}

/// How deep a value depends on conditions.
fn sides(value: &Value) -> usize {
    match &value.what {
        What::Either(both) => 1 + sides(&both.1).max(sides(&both.2)),
        _ => 0,
    }
}
