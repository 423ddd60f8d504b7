//! Conditions: both sides are gone through from the same beginning, and what they change is put together.

use super::expression::Expr;
use super::heap::Changes;
use super::interpreter::{Interpreter, either};
use super::statement::Statement;
use super::value::{Value, What};
use crate::python::Argument;

/// Where a block has led to.
pub(super) enum Flow {
    /// To its end; on some sides of conditions it was left before, with these values.
    On(Vec<(u32, bool, Value)>),
    /// It was left on all sides: by `return` with a value, or by `raise` and the like.
    Left(Value),
}

impl Flow {
    /// What a function returns whose body it was.
    pub(super) fn returned(self) -> Value {
        match self {
            Flow::Left(value) => value,
            Flow::On(left) => gathered(left, Value::none()),
        }
    }
}

/// One value of those of several sides.
pub(super) fn gathered(left: Vec<(u32, bool, Value)>, otherwise: Value) -> Value {
    left.into_iter().rev().fold(otherwise, |otherwise, (condition, side, value)| match (&value.what, side) {
        (What::Absent, _) => otherwise,
        (_, true) => either(condition, value, otherwise),
        (_, false) => either(condition, otherwise, value),
    })
}

impl<'a> Interpreter<'a> {
    /// `if`, `elif`, `else`: the side that holds, or all that may.
    pub(super) fn branches(
        &mut self,
        branches: &'a [(Expr<'a>, Vec<Statement<'a>>)],
        otherwise: &'a [Statement<'a>],
    ) -> Flow {
        let before = self.path.len();
        let mut open: Vec<(u32, Flow, Changes)> = Vec::new();
        let mut last = otherwise;
        for (expression, body) in branches {
            let value = self.value(expression);
            let value = self.here(&value);
            let known = value.argument().map(Argument::truthy);
            let condition = self.condition(expression);
            match known.or_else(|| self.side(condition)) {
                Some(true) => {
                    last = body;
                    break;
                }
                Some(false) => {}
                None => {
                    let mark = self.heap.fork();
                    let flow = self.on_side(condition, true, |inner| inner.block(body));
                    open.push((condition, flow, self.heap.rewind(mark)));
                    self.path.push((condition, false));
                }
            }
        }
        if open.is_empty() {
            return self.block(last);
        }
        let mark = self.heap.fork();
        let mut flow = self.block(last);
        let mut changes = self.heap.rewind(mark);
        self.path.truncate(before);
        for (condition, one, changed) in open.into_iter().rev() {
            flow = match (one, flow) {
                (Flow::Left(one), Flow::Left(other)) => Flow::Left(joined(condition, one, other)),
                (Flow::Left(one), Flow::On(mut left)) => {
                    left.insert(0, (condition, true, one));
                    Flow::On(left)
                }
                (Flow::On(mut left), Flow::Left(other)) => {
                    changes = changed;
                    left.insert(0, (condition, false, other));
                    Flow::On(left)
                }
                (Flow::On(mut left), Flow::On(more)) => {
                    let mark = self.heap.fork();
                    self.merge(condition, changed, changes);
                    changes = self.heap.rewind(mark);
                    left.extend(more);
                    Flow::On(left)
                }
            };
        }
        // What is left of the changes holds on all sides.
        self.heap.merge(changes.clone(), changes, |one, _| one);
        flow
    }

    /// What a handler of errors would do: its names count where there are no others.
    pub(super) fn handle(&mut self, body: &'a [Statement<'a>]) {
        let mark = self.heap.fork();
        self.block(body);
        for ((id, key), entry) in self.heap.rewind(mark) {
            if self.heap.get(id, &key).is_none() {
                self.heap.set(id, key, entry.map(|(_, value)| value));
            }
        }
    }
}

/// What both sides return; one of them may raise instead.
fn joined(condition: u32, one: Value, other: Value) -> Value {
    match (&one.what, &other.what) {
        (What::Absent, _) => other,
        (_, What::Absent) => one,
        _ => either(condition, one, other),
    }
}
