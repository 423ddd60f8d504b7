//! What the engine asks of the DBAPI, on the recorder's fakes.

use super::{Slice, World};
use serde_json::json;
use valet::pool::{Answer, Command, ConnectionId, Reset};

impl World {
    /// The call's beginning: what the trace shows of it, how long it takes, and what waiting for it is called.
    pub(super) fn begin(&mut self, gen_: usize, command: Command, slice: &mut Slice) -> (i64, &'static str) {
        let (event, key, pending) = match command {
            Command::Open(record) => {
                (json!(["db.connect_start", self.record(gen_, record)]), "connect_ms", "pending:connect")
            }
            Command::Ping(ConnectionId(id)) => (json!(["db.ping", id]), "ping_ms", "pending:ping"),
            Command::Reset(ConnectionId(id), Reset::Commit) => (json!(["db.commit", id]), "reset_ms", "pending:reset"),
            Command::Reset(ConnectionId(id), _) => (json!(["db.rollback", id]), "reset_ms", "pending:reset"),
            Command::Close(ConnectionId(id)) => (json!(["db.close", id]), "close_ms", "pending:close"),
            Command::Terminate(ConnectionId(id)) => (json!(["db.terminate", id]), "close_ms", "pending:close"),
            Command::Ask(_) | Command::Wake => return (0, ""),
        };
        slice.events.push(event);
        (self.latency(key), pending)
    }

    /// The call's end: what came of it.
    pub(super) fn obey(&mut self, client: u32, command: Command, slice: &mut Slice) -> Answer {
        match command {
            Command::Open(record) => {
                let record = self.record(self.fibers[&client].gen_, record);
                let answer = self.fakes.connect();
                slice.events.push(match answer {
                    Answer::Opened(connection) => json!(["db.connect", connection.0, record]),
                    _ => json!(["db.connect_fail", record]),
                });
                answer
            }
            Command::Ping(ConnectionId(id)) => self.fakes.ping(id),
            Command::Reset(ConnectionId(id), _) => self.fakes.reset(id),
            Command::Close(ConnectionId(id)) | Command::Terminate(ConnectionId(id)) => self.fakes.close(id),
            Command::Ask(hook) => self.fakes.listen(hook),
            Command::Wake => Answer::Done,
        }
    }
}
