//! Clients with `Connection`s of an `Engine`: what SQLAlchemy's does between its client's call and its pool.

use super::{Fiber, Own, Pause, Slice, World};
use serde_json::{Value, json};
use valet::pool::{Answer, Client, Exception, Held, Input, PoolError};

/// SQLAlchemy's `Connection`. What it has of a pool is in the world's `holds`: nothing, once it is invalidated.
#[derive(Clone, Copy, Debug, Default)]
pub struct Connection {
    /// Whether its transaction is active, if it is in one.
    transaction: Option<bool>,
}

/// The text and code of `PendingRollbackError`.
const PENDING_ROLLBACK: (&str, &str) =
    ("Can't reconnect until invalid transaction is rolled back.  Please rollback() fully before proceeding", "8s2b");

impl World {
    pub(super) fn has_engine(&self) -> bool {
        self.config["engine"] == true
    }

    /// A client's operation begins. `false`: it is none of a `Connection`'s.
    pub(super) fn begin_connection(&mut self, index: usize, client: u32) -> bool {
        let op = self.script[index].clone();
        let (current, id) = (self.pools.len() - 1, Client(client));
        let held = self.holds.get(&client).copied();
        let gen_ = held.map_or(current, |(gen_, _)| gen_);
        let name = op["op"].as_str().expect("an op");
        let reason = (op["reason"] == true).then_some(Exception::Client);
        if !op["client"].is_u64() {
            return false;
        }
        let Some(&Connection { transaction }) = self.connections.get(&client) else {
            match name {
                "checkout" => self.call(index, client, current, Input::Checkout(id)),
                _ => self.write(index, current, "skip:empty".into(), Slice::default()),
            }
            return true;
        };
        match (name, held, transaction) {
            ("checkout", ..) => self.write(index, current, "skip:holding".into(), Slice::default()),
            ("soft_invalidate", None, _) => self.write(index, current, "skip:invalidated".into(), Slice::default()),
            ("drop", _, Some(_)) => self.write(index, current, "skip:transaction".into(), Slice::default()),
            ("detach", None, _) => {
                let text = "Can't detach an invalidated Connection";
                self.write_error(index, current, "InvalidRequestError", (text, None), Slice::default());
            }
            ("use", None, Some(_)) | ("use" | "commit", _, Some(false)) | ("commit", None, Some(true)) => {
                if name == "commit" {
                    self.set_transaction(client, Some(false));
                }
                let (text, code) = PENDING_ROLLBACK;
                self.write_error(index, gen_, "PendingRollbackError", (text, Some(code)), Slice::default());
            }
            ("use", None, None) => self.call(index, client, current, Input::Checkout(id)),
            ("use", Some(_), _) => self.call_own(index, client, gen_, Own::Statement),
            ("commit", Some(_), Some(true)) => self.call_own(index, client, gen_, Own::Commit),
            ("rollback" | "checkin", Some(_), Some(true)) => self.call_own(index, client, gen_, Own::Rollback),
            ("checkin", Some(_), _) => {
                self.set_transaction(client, None);
                let checkin = Input::Checkin { client: id, transaction_was_reset: transaction.is_some() };
                self.call(index, client, gen_, checkin);
            }
            ("invalidate", Some(_), _) => self.call(index, client, gen_, Input::Invalidate(id, reason)),
            ("soft_invalidate", Some(_), _) => self.call(index, client, gen_, Input::SoftInvalidate(id, reason)),
            ("detach", Some(_), _) => self.call(index, client, gen_, Input::Detach(id)),
            ("drop", ..) => {
                self.connections.remove(&client);
                match held {
                    Some(_) => self.call(index, client, gen_, Input::Drop(id)),
                    None => self.write(index, gen_, "ok".into(), Slice::default()),
                }
            }
            _ => {
                // Nothing of it reaches the pool.
                match name {
                    "rollback" => self.set_transaction(client, None),
                    "checkin" => drop(self.connections.remove(&client)),
                    _ => {}
                }
                self.write(index, gen_, "ok".into(), Slice::default());
            }
        }
        true
    }

    fn set_transaction(&mut self, client: u32, transaction: Option<bool>) {
        if let Some(connection) = self.connections.get_mut(&client) {
            connection.transaction = transaction;
        }
    }

    /// A call of the pool's.
    fn call(&mut self, index: usize, client: u32, gen_: usize, input: Input) {
        let is_return = matches!(input, Input::Checkin { .. });
        self.fibers.insert(client, Fiber { is_return, ..Fiber::new(index, gen_, self.now) });
        self.tell(client, input, Slice::default());
    }

    /// A call of the DBAPI's that the `Connection` makes by itself.
    fn call_own(&mut self, index: usize, client: u32, gen_: usize, own: Own) {
        self.fibers.insert(client, Fiber::new(index, gen_, self.now));
        self.begin_own(client, own, Slice::default());
    }

    pub(super) fn begin_own(&mut self, client: u32, own: Own, mut slice: Slice) {
        let (event, key, pending) = match own {
            Own::Statement => ("db.ping", "ping_ms", "pending:ping"),
            Own::Rollback => ("db.rollback", "reset_ms", "pending:reset"),
            Own::Commit => ("db.commit", "reset_ms", "pending:reset"),
        };
        if own == Own::Statement {
            self.set_transaction(client, Some(true));
        }
        slice.events.push(json!([event, self.holds[&client].1.connection.0]));
        match self.latency(key) {
            0 => self.end_own(client, own, slice),
            latency => self.sleep(client, Pause::Own(own), latency, slice, pending),
        }
    }

    /// That call is over.
    pub(super) fn end_own(&mut self, client: u32, own: Own, slice: Slice) {
        let (_, held) = self.holds[&client];
        let (answer, failed) = match own {
            Own::Statement => (self.fakes.ping(held.connection.0), Exception::Ping),
            Own::Rollback | Own::Commit => (self.fakes.reset(held.connection.0), Exception::Reset),
        };
        let exception = match answer {
            Answer::Gone => Exception::Disconnect,
            Answer::Interrupted => Exception::Interrupt,
            Answer::Done => return self.worked(client, own, held, slice),
            _ => failed,
        };
        let (is_disconnect, marks) = self.verdict(exception);
        self.fibers.get_mut(&client).expect("a fiber").raised = Some(exception);
        if !is_disconnect {
            return self.failed(client, slice);
        }
        if marks {
            self.mark(client);
        }
        self.tell(client, Input::Invalidate(Client(client), Some(exception)), slice);
    }

    /// The engine's current pool is marked, whose connection this need not be.
    fn mark(&mut self, client: u32) {
        let (now, gen_) = (self.instant(), self.fibers[&client].gen_);
        let opened_at = self.pools[gen_].opened_at(Client(client));
        let current = self.pools.last_mut().expect("a pool");
        current.handle(now, Input::Mark(opened_at)).expect("always");
    }

    /// Whether the connection counts as lost after this, and so do all that the pool has; a listener may have a say.
    fn verdict(&self, exception: Exception) -> (bool, bool) {
        let is_gone = exception == Exception::Disconnect;
        match self.config["handle_error"].as_str() {
            _ if exception.is_base() => (true, false),
            Some("one") => (is_gone, false),
            Some("none") => (false, false),
            Some("all") => (true, true),
            _ => (is_gone, is_gone),
        }
    }

    fn worked(&mut self, client: u32, own: Own, held: Held, mut slice: Slice) {
        if own != Own::Statement {
            self.set_transaction(client, None);
        }
        if self.name(client) == "checkin" {
            return self.close(client, true, slice);
        }
        slice.result = Some(Ok(Some(held)));
        self.end(client, slice);
    }

    /// The rest of `close()`.
    fn close(&mut self, client: u32, transaction_was_reset: bool, slice: Slice) {
        self.fibers.get_mut(&client).expect("a fiber").is_return = true;
        self.tell(client, Input::Checkin { client: Client(client), transaction_was_reset }, slice);
    }

    /// The `Connection`'s own call raised, and what it does about that is done.
    fn failed(&mut self, client: u32, mut slice: Slice) {
        let raised = self.fibers[&client].raised.expect("an exception");
        match self.name(client).as_str() {
            "commit" => self.set_transaction(client, Some(false)),
            "rollback" => self.set_transaction(client, None),
            "checkin" => {
                self.set_transaction(client, None);
                if self.holds.contains_key(&client) {
                    return self.close(client, false, slice);
                }
                self.connections.remove(&client);
            }
            _ => {}
        }
        slice.result = Some(Err(PoolError::Raised(raised)));
        self.end(client, slice);
    }

    fn end(&mut self, client: u32, slice: Slice) {
        let fiber = self.fibers.remove(&client).expect("a fiber");
        self.write_result(fiber.op, fiber.gen_, slice);
    }

    fn name(&self, client: u32) -> String {
        self.script[self.fibers[&client].op]["op"].as_str().expect("an op").to_owned()
    }

    /// A call of the pool's returned, and `holds` is what it left.
    pub(super) fn returned_to_connection(
        &mut self,
        client: u32,
        result: Result<Option<Held>, PoolError>,
        mut slice: Slice,
    ) {
        let (raised, is_return) = (self.fibers[&client].raised, self.fibers[&client].is_return);
        match (self.name(client).as_str(), raised) {
            ("checkin", _) if is_return => {
                self.connections.remove(&client);
                if let (Ok(_), Some(raised)) = (result, raised) {
                    slice.result = Some(Err(PoolError::Raised(raised)));
                }
                self.end(client, slice);
            }
            (_, Some(_)) => self.failed(client, slice),
            ("use", None) if result.is_ok() => self.begin_own(client, Own::Statement, slice),
            ("checkout", None) if result.is_ok() => {
                self.connections.insert(client, Connection::default());
                self.end(client, slice);
            }
            _ => self.end(client, slice),
        }
    }

    /// What a line shows of the client's `Connection`, and of the pool that the engine has now.
    pub(super) fn shown(&self, client: Option<u32>) -> (Value, Value) {
        let connection = client.and_then(|client| {
            let connection = self.connections.get(&client)?;
            Some(json!([!self.holds.contains_key(&client), connection.transaction]))
        });
        let pool = self.pools.last().expect("a pool");
        let current = json!([self.pools.len() - 1, pool.invalidated_at().map(|at| at.as_micros() / 1000)]);
        (connection.into(), current)
    }

    /// What is left at the end: each client, its connection, and whether that is detached.
    pub(super) fn held(&self) -> Vec<Value> {
        let of = |client: &u32| match self.holds.get(client) {
            Some((_, held)) => json!([client, held.connection.0, held.record.is_none()]),
            None => json!([client, null, false]),
        };
        if self.has_engine() { self.connections.keys().map(of).collect() } else { self.holds.keys().map(of).collect() }
    }
}
