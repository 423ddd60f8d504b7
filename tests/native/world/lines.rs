//! The lines of a trace: what the engine said, in the recorder's words and numbers.

use super::{Slice, World};
use crate::fakes::{class, error_class, without_stack, words};
use serde_json::{Map, Value, json};
use valet::pool::{ConnectionId, Event, Level, LogLine, Names, RecordId};

impl World {
    /// A line of the log, as the recorder shows it.
    pub(super) fn log(&mut self, gen_: usize, line: LogLine) -> Option<Value> {
        let shown = self.config["log"] == true;
        let records = &self.records;
        let names = Names {
            connection: &|connection| format!("<connection {}>", connection.0),
            record: &|record| format!("<record {}>", records[&(gen_, record)]),
            exception: &|exception| (words(exception).0.into(), words(exception).1),
        };
        let text = line.text(&names);
        match line.level() {
            _ if matches!(line, LogLine::Unraisable(_)) => Some(json!(["unraisable", text])),
            _ if !shown => None,
            Level::Warning => Some(json!(["warning", text])),
            level => Some(json!(["log", level.name(), text])),
        }
    }

    pub(super) fn record(&mut self, gen_: usize, record: RecordId) -> u32 {
        let next = self.records.len() as u32 + 1;
        *self.records.entry((gen_, record)).or_insert(next)
    }

    pub(super) fn event(&mut self, gen_: usize, event: Event) -> Value {
        match event {
            Event::FirstConnect(c, r) => json!(["first_connect", c.0, self.record(gen_, r)]),
            Event::Connect(c, r) => json!(["connect", c.0, self.record(gen_, r)]),
            Event::Checkout(c, r) => json!(["checkout", c.0, self.record(gen_, r)]),
            Event::Reset { connection, record, transaction_was_reset, terminate_only, asyncio_safe } => {
                let record = record.map(|r| self.record(gen_, r));
                json!(["reset", connection.0, record, transaction_was_reset, terminate_only, asyncio_safe])
            }
            Event::Finalizer(c, number) => json!(["finalizer", c.0, number]),
            Event::Checkin(c, r) => json!(["checkin", c.map(|c| c.0), self.record(gen_, r)]),
            Event::Invalidate(c, r, why) => json!(["invalidate", c.0, self.record(gen_, r), why.map(class)]),
            Event::SoftInvalidate(c, r, why) => json!(["soft_invalidate", c.0, self.record(gen_, r), why.map(class)]),
            Event::Close(c, r, _) => json!(["close", c.0, self.record(gen_, r)]),
            Event::Detach(c, r) => json!(["detach", c.0, self.record(gen_, r)]),
            Event::CloseDetached(c) => json!(["close_detached", c.0]),
        }
    }

    pub(super) fn write_result(&mut self, index: usize, gen_: usize, mut slice: Slice) {
        match slice.result {
            Some(Err(error)) => {
                slice.result = None;
                self.write_error(
                    index,
                    gen_,
                    error_class(error),
                    (without_stack(&error.message()), error.code()),
                    slice,
                );
            }
            _ => self.write(index, gen_, "ok".into(), slice),
        }
    }

    /// An error, with its text and, if SQLAlchemy has one for it, its code.
    pub(super) fn write_error(
        &mut self,
        index: usize,
        gen_: usize,
        class: &str,
        (message, code): (&str, Option<&str>),
        slice: Slice,
    ) {
        self.write(index, gen_, format!("error:{class}"), slice);
        let line = self.lines.last_mut().unwrap();
        line["message"] = json!(message);
        if let Some(code) = code {
            line["code"] = json!(code);
        }
    }

    pub(super) fn write(&mut self, index: usize, gen_: usize, outcome: String, slice: Slice) {
        let op = &self.script[index];
        let mut line = Map::new();
        line.insert("n".into(), json!(self.lines.len()));
        line.insert("t".into(), json!(self.now));
        line.insert("i".into(), json!(index));
        line.insert("client".into(), op["client"].clone());
        line.insert("op".into(), op["op"].clone());
        if op["op"] == "checkout"
            && outcome == "ok"
            && let Some(Ok(Some(held))) = slice.result
        {
            line.insert("conn".into(), json!(held.connection.0));
            line.insert("rec".into(), json!(self.records[&(gen_, held.record.unwrap())]));
        }
        if op["op"] == "nop" {
            line.insert("status".into(), json!(self.pools[gen_].status()));
        }
        if self.has_engine() {
            let (connection, current) = self.shown(op["client"].as_u64().map(|client| client as u32));
            line.insert("connection".into(), connection);
            line.insert("current".into(), current);
        }
        line.insert("outcome".into(), json!(outcome));
        line.insert("events".into(), json!(slice.events));
        self.counters(gen_, &mut line);
        self.lines.push(Value::Object(line));
    }

    pub(super) fn counters(&self, gen_: usize, line: &mut Map<String, Value>) {
        let pool = &self.pools[gen_];
        let invalidated_at = pool.invalidated_at().map(|at| at.as_micros() / 1000);
        let numbered = |(r, c): (RecordId, Option<ConnectionId>)| json!([self.records[&(gen_, r)], c.map(|c| c.0)]);
        if !pool.settings().class.has_queue() {
            line.insert("counters".into(), json!({ "gen": gen_, "invalidated_at": invalidated_at }));
            line.insert("records".into(), pool.kept().map(numbered).collect());
            return;
        }
        let counters = json!({
            "gen": gen_, "size": pool.size(), "checkedin": pool.checkedin(), "checkedout": pool.checkedout(),
            "overflow": pool.overflow(), "raw_overflow": pool.raw_overflow(), "waiters": pool.waiters(),
            "invalidated_at": invalidated_at,
        });
        line.insert("counters".into(), counters);
        line.insert("idle".into(), pool.idle().map(numbered).collect());
    }

    pub(super) fn finish(&mut self) {
        let mut line = Map::new();
        line.insert("final".into(), json!(true));
        line.insert("t".into(), json!(self.now));
        let gen_ = self.pools.len() - 1;
        line.insert("status".into(), json!(self.pools[gen_].status()));
        line.insert("open".into(), json!(self.fakes.open));
        line.insert("dead".into(), json!(self.fakes.dead));
        line.insert("held".into(), json!(self.held()));
        line.insert("stuck".into(), json!(self.fibers.keys().collect::<Vec<_>>()));
        self.counters(gen_, &mut line);
        self.lines.push(Value::Object(line));
    }
}
