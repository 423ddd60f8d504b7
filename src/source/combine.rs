//! Operators, on values that are known and on those that are not.

use super::expression::Expr;
use super::heap::{ObjectId, Shape};
use super::hole::hole;
use super::interpreter::Interpreter;
use super::operate;
use super::remark::About;
use super::value::{Key, Value, What};
use crate::python::Argument;

impl<'a> Interpreter<'a> {
    pub(super) fn unary(&mut self, operator: &str, value: &Value, expression: &Expr) -> Value {
        let result = match &value.what {
            What::Plain(operand) => operate::unary(operator, operand).map(Value::plain),
            _ if operator == "await" => Some(value.clone()),
            What::Object(id) if operator == "not" => self.size(*id).map(|size| Value::plain(size == 0)),
            _ => None,
        };
        result.unwrap_or_else(|| self.computed(expression)).with(value)
    }

    /// How many members a collection has.
    fn size(&self, id: ObjectId) -> Option<usize> {
        matches!(self.heap.shape(id), Shape::Dict | Shape::List | Shape::Tuple).then(|| self.heap.len(id))
    }

    /// What `bool()` says, if it is known.
    pub(super) fn truthy(&self, value: &Value) -> Option<bool> {
        match &value.what {
            What::Plain(argument) => Some(argument.truthy()),
            What::Object(id) => Some(self.size(*id).is_none_or(|size| size > 0)),
            What::Function(_) | What::Bound(_) => Some(true),
            _ => None,
        }
    }

    /// Operators of one rank.
    pub(super) fn chain(&mut self, first: &'a Expr<'a>, rest: &'a [(&'a str, Expr<'a>)], whole: &'a Expr<'a>) -> Value {
        let mut left = self.value(first);
        let mut holds: Option<Value> = None;
        for (operator, expression) in rest {
            match *operator {
                "and" | "or" => left = self.logical(&left, operator == &"or", expression),
                _ => {
                    let right = self.value(expression);
                    let result = self.operated(&left, operator, &right, whole);
                    if !["<", ">", "<=", ">=", "==", "!=", "in", "is", "not in", "is not"].contains(operator) {
                        left = result;
                        continue;
                    }
                    // `a < b < c` is `a < b and b < c`.
                    holds = Some(match holds.take() {
                        Some(before) if self.truthy(&before) != Some(true) => before,
                        _ => result,
                    });
                    left = right;
                }
            }
        }
        holds.unwrap_or(left)
    }

    fn logical(&mut self, left: &Value, or: bool, right: &'a Expr<'a>) -> Value {
        self.each(left, &mut |inner, left| match inner.truthy(left) {
            Some(truthy) if truthy == or => left.clone(),
            Some(_) => inner.value(right).with(left),
            None => {
                let right_value = inner.value(right);
                let What::Unknown(text, _) = &left.what else { return inner.computed(right) };
                if !or || inner.truthy(&right_value).is_none() {
                    return left.clone();
                }
                // `X or 5`, where nothing is known of X: the 5 is what is there if X is not.
                let taken = inner.shown(&right_value);
                let number = inner.assume(right.at, About::OrDefault { text: text.to_string(), taken });
                let mut value = right_value.with(left);
                value.assuming(number);
                value
            }
        })
    }

    /// An operator on two values, on all sides of conditions.
    pub(super) fn operated(&mut self, left: &Value, operator: &str, right: &Value, whole: &'a Expr<'a>) -> Value {
        self.each(left, &mut |inner, left| {
            inner.each(right, &mut |inner, right| {
                let result = inner.operate(left, operator, right).unwrap_or_else(|| inner.computed(whole));
                result.with(left).with(right)
            })
        })
    }

    fn operate(&mut self, left: &Value, operator: &str, right: &Value) -> Option<Value> {
        match (&left.what, &right.what) {
            (What::Plain(Argument::Str(format)), _) if operator == "%" => self.percent(format, right),
            (What::Plain(left), What::Plain(right)) => {
                if operator == "*" && (matches!(left, Argument::Str(_)) || matches!(right, Argument::Str(_))) {
                    return None;
                }
                operate::binary(left, operator, right).map(Value::plain)
            }
            (What::Plain(Argument::Str(text)), What::Unknown(name, _)) if operator == "+" => {
                Some(Value::plain(Argument::Str(text.clone() + &hole(name))))
            }
            (What::Unknown(name, _), What::Plain(Argument::Str(text))) if operator == "+" => {
                Some(Value::plain(Argument::Str(hole(name) + text)))
            }
            (What::Object(one), What::Object(other)) if operator == "|" || operator == "+" => {
                let shape = self.heap.shape(*one).clone();
                let joined = Value::object(self.heap.make(shape.clone()));
                match (&shape, operator) {
                    (Shape::Dict, "|") => {
                        self.update(&joined, left, 0);
                        self.update(&joined, right, 0);
                    }
                    (Shape::List | Shape::Tuple, "+") => {
                        let What::Object(id) = joined.what else { return None };
                        for (_, member) in self.heap.entries(*one).into_iter().chain(self.heap.entries(*other)) {
                            self.spend(1);
                            self.heap.push(id, member);
                        }
                    }
                    _ => return None,
                }
                Some(joined)
            }
            (What::Plain(key), What::Object(id)) if operator.ends_with("in") => {
                let has = match self.heap.shape(*id) {
                    Shape::Dict => self.heap.get(*id, &Key::of(left)?).is_some(),
                    Shape::List | Shape::Tuple => {
                        let members = self.heap.entries(*id);
                        self.spend(members.len());
                        let known: Option<Vec<_>> = members.iter().map(|(_, member)| member.argument()).collect();
                        known?.iter().any(|member| operate::equal(member, key) == Some(true))
                    }
                    _ => return None,
                };
                Some(Value::plain(has == (operator == "in")))
            }
            (What::Object(_) | What::Function(_), What::Plain(Argument::None)) if operator.starts_with("is") => {
                Some(Value::plain(operator == "is not"))
            }
            _ => None,
        }
    }

    /// `"..." % values`.
    fn percent(&mut self, format: &str, values: &Value) -> Option<Value> {
        let members = match &values.what {
            What::Object(id) if *self.heap.shape(*id) == Shape::Tuple => self.heap.entries(*id),
            What::Object(_) => return None,
            _ => vec![(Key::None, values.clone())],
        };
        let mut members = members.into_iter();
        let mut parts = format.split("%s");
        let mut out = parts.next()?.to_owned();
        for part in parts {
            out += &self.written(&members.next()?.1);
            out += part;
        }
        (!out.contains('%') && members.next().is_none()).then(|| Value::plain(out.as_str()))
    }
}
