//! Statements, carried out.

use super::branch::{Flow, gathered};
use super::expression::{Expr, Node, Role, Trailer};
use super::heap::{Class, Shape};
use super::interpreter::{Function, Interpreter};
use super::statement::{ClassDefinition, Statement};
use super::value::{Key, Value, What, Why};

/// So many members of a list are gone through.
const LOOPS: usize = 16;

impl<'a> Interpreter<'a> {
    pub(super) fn block(&mut self, block: &'a [Statement<'a>]) -> Flow {
        let before = self.path.len();
        let mut left = Vec::new();
        let flow = self.deeper(|inner| {
            for statement in block {
                match inner.statement(statement) {
                    Flow::Left(value) => return Flow::Left(gathered(std::mem::take(&mut left), value)),
                    Flow::On(more) => {
                        // Beyond a side that raises, nobody asks for the condition.
                        let returned = more.iter().filter(|(.., value)| value.what != What::Absent);
                        inner.path.extend(returned.map(|(condition, side, _)| (*condition, !side)));
                        left.extend(more);
                    }
                }
            }
            Flow::On(std::mem::take(&mut left))
        });
        self.path.truncate(before);
        flow.unwrap_or(Flow::On(Vec::new()))
    }

    fn statement(&mut self, statement: &'a Statement<'a>) -> Flow {
        if !self.spend(1) {
            return Flow::Left(Value::absent());
        }
        match statement {
            Statement::Expression(expression) => {
                self.value(expression);
            }
            Statement::Assign(targets, expression) => {
                let value = self.value(expression);
                for target in targets {
                    self.assign(target, value.clone());
                }
            }
            Statement::Augment(target, operator, expression) => self.augment(target, operator, expression),
            Statement::Import(imported) => {
                for (path, name) in imported {
                    // Its own name says enough, unless it has another here.
                    let same = path.rsplit('.').next() == Some(name);
                    self.bind(name, Value::unknown(if same { *name } else { path.as_str() }, Why::Elsewhere));
                }
            }
            Statement::If(branches, otherwise) => return self.branches(branches, otherwise),
            Statement::For(target, through, body) => return self.repeat(target, through, body),
            Statement::While(condition, body) => {
                self.value(condition);
                return self.block(body);
            }
            Statement::With(items, body) => {
                for (expression, target) in items {
                    let value = self.value(expression);
                    if let Some(target) = target {
                        self.assign(target, value);
                    }
                }
                return self.block(body);
            }
            Statement::Try(body, handlers) => {
                let flow = self.block(body);
                for handler in handlers {
                    self.handle(handler);
                }
                return flow;
            }
            Statement::Also(body) => return self.block(body),
            Statement::Define(definition) => {
                let (scope, owner) = match self.heap.shape(self.scope) {
                    Shape::Class(class) => (class.outer, Some(self.scope)),
                    _ => (self.scope, None),
                };
                let defaults = definition.parameters.iter().map(|parameter| parameter.default.as_ref());
                let defaults = defaults.map(|default| default.map(|default| self.value(default))).collect();
                self.functions.push(Function { definition, scope, owner, defaults, called: false, cached: Vec::new() });
                self.bind(definition.name, Value::new(What::Function(self.functions.len() - 1)));
            }
            Statement::Class(definition) => self.class(definition),
            Statement::Return(expression) => {
                let value = expression.as_ref().map_or(Value::none(), |expression| self.value(expression));
                return Flow::Left(value);
            }
            Statement::Leave => return Flow::Left(Value::absent()),
            Statement::Delete(targets) => targets.iter().for_each(|target| self.delete(target)),
            Statement::Global(names) => self.global.extend(names.iter().map(|name| (self.scope, *name))),
        }
        Flow::On(Vec::new())
    }

    fn repeat(&mut self, target: &'a Expr<'a>, through: &'a Expr<'a>, body: &'a [Statement<'a>]) -> Flow {
        let value = self.value(through);
        let value = self.here(&value);
        let members: Vec<Value> = match value.what {
            What::Object(id) => match self.heap.shape(id) {
                Shape::List | Shape::Tuple => self.heap.entries(id).into_iter().map(|(_, value)| value).collect(),
                Shape::Dict => self.heap.entries(id).into_iter().map(|(key, _)| key.to_value()).collect(),
                _ => Vec::new(),
            },
            _ => vec![Value::unknown(self.source(target), Why::Computed)],
        };
        for member in members.into_iter().take(LOOPS) {
            self.assign(target, member);
            // `continue` and `break` are not told apart: the next member is looked at.
            match self.block(body) {
                Flow::Left(value) if value.what != What::Absent => return Flow::Left(value),
                _ => {}
            }
        }
        Flow::On(Vec::new())
    }

    fn class(&mut self, definition: &'a ClassDefinition<'a>) {
        let mut class = Class {
            name: definition.name.to_owned(),
            at: definition.at,
            bases: Vec::new(),
            outer: self.scope,
            from_environment: false,
        };
        for base in definition.bases.iter().filter(|base| base.role == Role::Plain) {
            let value = self.value(&base.value);
            match (&value.what, value.last_name()) {
                (What::Object(id), _) => {
                    if let Shape::Class(base) = self.heap.shape(*id) {
                        class.from_environment |= base.from_environment;
                        class.bases.push(*id);
                    }
                }
                (_, Some("BaseSettings")) => class.from_environment = true,
                _ => {}
            }
        }
        let id = self.heap.make(Shape::Class(class));
        self.classes.push(id);
        let outside = std::mem::replace(&mut self.scope, id);
        self.block(&definition.body);
        self.scope = outside;
        self.bind(definition.name, Value::object(id));
    }

    fn delete(&mut self, target: &'a Expr<'a>) {
        match &target.node {
            Node::Name(name) => self.heap.set(self.scope, Key::name(name), None),
            Node::Postfix(base, trailers) => {
                let Some((Trailer::Index(Some(index)), before)) = trailers.split_last() else { return };
                let index = self.value(index);
                let container = self.trail(target.at, base, before);
                if let (What::Object(id), Some(key)) = (self.here(&container).what, Key::of(&index)) {
                    self.heap.set(id, key, None);
                }
            }
            _ => {}
        }
    }
}
