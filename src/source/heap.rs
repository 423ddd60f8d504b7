//! Everything that can change: scopes, dictionaries, lists, classes and their instances; and a journal of the changes, so
//! that both sides of a condition can be gone through from the same beginning.

use super::value::{Key, Value};
use std::collections::BTreeMap;

/// An object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ObjectId(usize);

/// What an object is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Dict,
    List,
    Tuple,
    /// Names, and where to look for those that are not here.
    Scope(Option<ObjectId>),
    Class(Class),
    /// Of a class.
    Instance(ObjectId),
}

/// A class.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) at: u32,
    pub(super) bases: Vec<ObjectId>,
    /// Where its body looks for names.
    pub(super) outer: ObjectId,
    /// Whether it takes values from the environment, as pydantic's settings do.
    pub(super) from_environment: bool,
}

#[derive(Debug)]
struct Object {
    shape: Shape,
    /// Each with its number, as dictionaries keep their order.
    entries: BTreeMap<Key, (u64, Value)>,
}

/// A change: where, and what was there before.
type Change = (ObjectId, Key, Option<(u64, Value)>);

/// What a side of a condition has changed.
pub(super) type Changes = BTreeMap<(ObjectId, Key), Option<(u64, Value)>>;

/// All objects.
#[derive(Debug, Default)]
pub(super) struct Heap {
    objects: Vec<Object>,
    journal: Vec<Change>,
    /// How many sides of conditions are being gone through.
    forks: usize,
    written: u64,
}

impl Heap {
    pub(super) fn make(&mut self, shape: Shape) -> ObjectId {
        self.objects.push(Object { shape, entries: BTreeMap::new() });
        ObjectId(self.objects.len() - 1)
    }

    pub(super) fn shape(&self, id: ObjectId) -> &Shape {
        &self.objects[id.0].shape
    }

    pub(super) fn get(&self, id: ObjectId, key: &Key) -> Option<&Value> {
        self.objects[id.0].entries.get(key).map(|(_, value)| value)
    }

    pub(super) fn len(&self, id: ObjectId) -> usize {
        self.objects[id.0].entries.len()
    }

    /// All entries, in their order.
    pub(super) fn entries(&self, id: ObjectId) -> Vec<(Key, Value)> {
        let mut entries: Vec<_> = self.objects[id.0].entries.iter().collect();
        entries.sort_by_key(|(_, (number, _))| *number);
        entries.into_iter().map(|(key, (_, value))| (key.clone(), value.clone())).collect()
    }

    /// Sets an entry, or takes it away. One that is set again keeps its place.
    pub(super) fn set(&mut self, id: ObjectId, key: Key, value: Option<Value>) {
        let entries = &mut self.objects[id.0].entries;
        self.written += 1;
        let before = match value {
            Some(value) => {
                let number = entries.get(&key).map_or(self.written, |(number, _)| *number);
                entries.insert(key.clone(), (number, value))
            }
            None => entries.remove(&key),
        };
        if self.forks > 0 {
            self.journal.push((id, key, before));
        }
    }

    /// A side of a condition begins.
    pub(super) fn fork(&mut self) -> usize {
        self.forks += 1;
        self.journal.len()
    }

    /// It is over: what it changed, and everything is as it was before.
    pub(super) fn rewind(&mut self, mark: usize) -> Changes {
        let mut changes = Changes::new();
        for (id, key, before) in self.journal.drain(mark..).rev() {
            let entries = &mut self.objects[id.0].entries;
            let now = match before {
                Some(entry) => entries.insert(key.clone(), entry),
                None => entries.remove(&key),
            };
            changes.entry((id, key)).or_insert(now);
        }
        self.forks -= 1;
        changes
    }

    /// Adds to the end of a list.
    pub(super) fn push(&mut self, id: ObjectId, value: Value) {
        let key = Key::Index(self.len(id) as i128);
        self.set(id, key, Some(value));
    }

    /// Puts together what two sides of a condition have changed; `join` makes one value of two.
    pub(super) fn merge(&mut self, one: Changes, mut other: Changes, join: impl Fn(Value, Value) -> Value) {
        let mut merged = Vec::new();
        for (place, entry) in one {
            let before = || self.get(place.0, &place.1).cloned();
            let other = other.remove(&place).map_or_else(before, |entry| entry.map(|(_, value)| value));
            let number = entry.as_ref().map_or(0, |(number, _)| *number);
            merged.push((number, place, entry.map(|(_, value)| value), other));
        }
        for (place, entry) in other {
            let before = self.get(place.0, &place.1).cloned();
            let number = entry.as_ref().map_or(0, |(number, _)| *number);
            merged.push((number, place, before, entry.map(|(_, value)| value)));
        }
        merged.sort_by_key(|(number, ..)| *number);
        for (_, (id, key), one, other) in merged {
            let names = !matches!(self.shape(id), Shape::Dict | Shape::List | Shape::Tuple);
            let value = match (one, other) {
                (Some(one), Some(other)) if one == other => Some(one),
                // A name that one side does not have would be an error on that side.
                (Some(only), None) | (None, Some(only)) if names => Some(only),
                (None, None) => None,
                (one, other) => Some(join(one.unwrap_or_else(Value::absent), other.unwrap_or_else(Value::absent))),
            };
            self.set(id, key, value);
        }
    }

    /// A name, as code in this scope sees it.
    pub(super) fn name(&self, scope: ObjectId, key: &Key) -> Option<(&Value, ObjectId)> {
        let mut next = Some(scope);
        while let Some(scope) = next {
            if let Some(value) = self.get(scope, key) {
                return Some((value, scope));
            }
            next = match self.shape(scope) {
                Shape::Scope(outer) => *outer,
                Shape::Class(class) => Some(class.outer),
                _ => None,
            };
        }
        None
    }

    /// An attribute of a class or instance, or of where it is looked for next.
    pub(super) fn find(&self, id: ObjectId, key: &Key) -> Option<(&Value, ObjectId)> {
        let mut next = vec![id];
        // Classes may be said to come from one another.
        for _ in 0..64 {
            let id = next.pop()?;
            if let Some(value) = self.get(id, key) {
                return Some((value, id));
            }
            match self.shape(id) {
                Shape::Class(class) => next.extend(class.bases.iter().rev()),
                Shape::Instance(class) => next.push(*class),
                _ => {}
            }
        }
        None
    }
}
