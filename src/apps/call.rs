//! One call of a view: a request on its way through the application.

use crate::apps::{
    CallInput, CallRequest, Framework, Op, Phase, Place, Raised, Response, Session, SessionStep, Timeline, View,
    ViewLine,
};
use crate::sql::{Reply, Rows, Statement};
use crate::time::{Instant, Span};
use std::collections::VecDeque;

/// A request on its way through a view.
///
/// ```
/// use valet::apps::{Application, Call, CallInput, CallRequest, View};
/// use valet::sql::{Reply, Rows};
/// use valet::time::{Instant, Span};
///
/// let view = View::find(Application::Users, "/users").unwrap();
/// let now = Instant::ZERO;
/// let mut call = Call::new(view, Span::from_millis(1), now);
/// let mut asked = Vec::new();
/// let mut heard = CallInput::Time;
/// loop {
///     let next = call.go_on(now, heard);
///     heard = match next {
///         CallRequest::Pause(_) => CallInput::Time,
///         CallRequest::Checkout => CallInput::Connected,
///         CallRequest::Execute(_) | CallRequest::ExecuteWithin(..) => CallInput::Replied(Reply::Found(2), Rows::of(["alice", "bob"])),
///         CallRequest::GiveBack { .. } => CallInput::Returned,
///         CallRequest::Forget | CallRequest::Keep | CallRequest::Over => break,
///     };
///     match next {
///         CallRequest::Pause(_) => {}
///         CallRequest::Execute(statement) => asked.push(statement.to_string()),
///         other => asked.push(format!("{other:?}")),
///     }
/// }
/// assert_eq!(call.response().body(), "Found 2 users.");
/// assert_eq!(asked, ["Checkout", "SELECT user.id, user.username FROM user", "ROLLBACK", "GiveBack { transaction_was_reset: false }"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    view: View,
    /// How long a line of Python takes.
    pace: Span,
    /// Lines that are still to come. First those of the view, later perhaps those of its `except` block.
    lines: VecDeque<&'static ViewLine>,
    /// The line that it is at.
    place: Place,
    todo: VecDeque<SessionStep>,
    doing: Option<SessionStep>,
    /// Whether it holds a connection.
    holds: bool,
    db_session: Session,
    /// The view's own session, if it makes one.
    own_session: Option<Session>,
    /// Whether that session's block, or the dependency that made it, still has to close it.
    in_block: bool,
    /// The view's own connection, outside of any session.
    connection: OwnConnection,
    /// Who closes that connection.
    closed_by: ClosedBy,
    /// The value that it last sent.
    inserted: &'static str,
    rows: Rows,
    /// How many rows its first query found.
    first: Option<u32>,
    response: Response,
    answer: AnswerState,
    torn_down: bool,
    timeline: Timeline,
}

/// A connection outside of any session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OwnConnection {
    None,
    /// The view holds it, and no transaction has begun. A raw connection stays in this state, because SQLAlchemy begins no
    /// transaction on it.
    Idle,
    /// A transaction has begun.
    Begun,
}

/// How far the answer of a FastAPI endpoint is; Flask's is known when everything is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AnswerState {
    /// Nothing has been sent.
    Open,
    /// The status is out, and the body is on its way.
    Begun,
    /// The user has it.
    Sent,
    /// An error cut the body off.
    Broken,
}

/// Who closes a connection outside of any session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClosedBy {
    /// The view itself, or nobody.
    View,
    /// The end of its `with` block.
    Block,
    /// Nobody, ever: an object that outlives the request refers to it.
    Nobody,
    /// The view: it is a raw driver connection, without SQLAlchemy's transaction. SQLAlchemy does not see errors on it.
    Raw,
}

fn secs(seconds: u8) -> Span {
    Span::from_secs(seconds.into())
}

impl Call {
    /// A call that begins now. Each line of Python takes `pace`.
    pub fn new(view: View, pace: Span, now: Instant) -> Call {
        Call {
            view,
            pace,
            lines: view.lines().iter().collect(),
            place: Place::default(),
            todo: VecDeque::new(),
            doing: None,
            holds: false,
            db_session: Session::new(view.application().column()),
            own_session: None,
            in_block: false,
            connection: OwnConnection::None,
            closed_by: ClosedBy::View,
            inserted: "",
            rows: Rows::default(),
            first: None,
            response: Response::default(),
            answer: AnswerState::Open,
            torn_down: false,
            timeline: Timeline::new(now),
        }
    }

    /// The view.
    pub fn view(&self) -> View {
        self.view
    }

    /// The line that it is at; `None` before and after the view, and while the framework is at work.
    pub fn place(&self) -> Option<Place> {
        Some(self.place).filter(|place| place.below > 0)
    }

    /// Where its time has gone so far.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Its response, as far as that is known.
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// Whether it holds a raw driver connection, so that SQLAlchemy does not notice if that breaks.
    pub fn is_raw(&self) -> bool {
        self.closed_by == ClosedBy::Raw && self.connection != OwnConnection::None
    }

    /// Whether the client has the response, or nothing more of it will come. The call may go on after that.
    pub fn is_answered(&self) -> bool {
        matches!(self.answer, AnswerState::Sent | AnswerState::Broken)
            || self.torn_down && self.todo.is_empty() && self.doing.is_none()
    }

    /// Whether an error cut the body of its answer off.
    pub fn is_cut_off(&self) -> bool {
        self.answer == AnswerState::Broken
    }

    /// Starts a phase of its [`Timeline`].
    pub fn turn(&mut self, now: Instant, phase: Phase) {
        self.timeline.turn(now, phase, self.place, self.holds);
    }

    /// Takes the result of what it asked for, and returns what it wants next.
    pub fn go_on(&mut self, now: Instant, heard: CallInput) -> CallRequest {
        let done = self.doing.take();
        match heard {
            CallInput::Connected => self.holds = true,
            CallInput::Refused(_) | CallInput::Lost(_) | CallInput::Cancelled | CallInput::Returned => {
                self.holds = false
            }
            CallInput::Time | CallInput::Replied(..) | CallInput::Failed(_) => {}
        }
        match heard {
            CallInput::Time | CallInput::Connected | CallInput::Returned => {}
            CallInput::Replied(Reply::Conflict, _) => {
                let column = self.view.application().column().name();
                let value = match done {
                    Some(SessionStep::Execute(Statement::Insert(_, value))) => value,
                    _ => self.inserted,
                };
                self.fail(done, Raised::Integrity { column, value });
            }
            CallInput::Replied(reply, rows) => self.replied(reply, rows),
            CallInput::Failed(error) if self.is_raw() => self.fail(done, Raised::Driver(error)),
            CallInput::Failed(error) => self.fail(done, Raised::Statement(error)),
            CallInput::Cancelled => self.cancelled(),
            CallInput::Refused(error) => self.lose(Raised::Pool(error)),
            CallInput::Lost(error) => self.lose(Raised::Lost(error)),
        }
        loop {
            if let Some(next) = self.todo.pop_front() {
                self.doing = Some(next);
                return self.want(now, next);
            }
            if let Some(line) = self.lines.pop_front() {
                self.place = line.place;
                self.begin(line.op);
                let (phase, takes) = self.time_of(line.op);
                if line.op == Op::Send {
                    self.timeline.answer(now + takes);
                }
                self.turn(now, phase);
                return CallRequest::Pause(takes);
            }
            if self.torn_down {
                self.timeline.end(now);
                return CallRequest::Over;
            }
            match self.tear_down() {
                None => {}
                Some(next) => {
                    self.timeline.end(now); // for the client it is over
                    return next;
                }
            }
        }
    }

    fn want(&mut self, now: Instant, next: SessionStep) -> CallRequest {
        match next {
            SessionStep::Checkout => {
                self.turn(now, Phase::Waiting);
                CallRequest::Checkout
            }
            SessionStep::Execute(statement) => {
                if let Statement::Insert(_, value) = statement {
                    self.inserted = value;
                }
                let commits = matches!(statement, Statement::Commit | Statement::Rollback);
                self.turn(now, if commits { Phase::Commit } else { Phase::Statement });
                CallRequest::Execute(statement)
            }
            SessionStep::ExecuteWithin(statement, limit) => {
                self.turn(now, Phase::Statement);
                CallRequest::ExecuteWithin(statement, limit)
            }
            SessionStep::GiveBack { transaction_was_reset } => {
                self.turn(now, Phase::Returned);
                CallRequest::GiveBack { transaction_was_reset }
            }
        }
    }

    /// The phase and the time of a line's Python code, which runs before what the line asks of the database.
    fn time_of(&self, op: Op) -> (Phase, Span) {
        match op {
            Op::Slow(seconds) => (Phase::Python, secs(seconds)),
            Op::Outside(seconds) if self.is_answered() => (Phase::After, secs(seconds)),
            Op::Outside(seconds) => (Phase::Outside, secs(seconds)),
            Op::Return(..) | Op::Send => (Phase::Template, self.pace),
            _ if self.is_answered() => (Phase::After, self.pace),
            _ => (Phase::Python, self.pace),
        }
    }

    /// The end of the application context: the session is removed. A connection that the view did not close is kept for ever, or
    /// is left to the garbage collector.
    fn tear_down(&mut self) -> Option<CallRequest> {
        self.torn_down = true;
        self.place = Place::default();
        self.db_session.close(&mut self.todo);
        match self.connection {
            // A session that was used after its end: nobody closes it.
            OwnConnection::None if self.own_session.as_ref().is_some_and(Session::holds) => {
                self.own_session = None;
                Some(CallRequest::Forget)
            }
            OwnConnection::None => None,
            _ if self.closed_by == ClosedBy::Nobody => Some(CallRequest::Keep),
            OwnConnection::Idle | OwnConnection::Begun => {
                self.connection = OwnConnection::None;
                Some(CallRequest::Forget)
            }
        }
    }

    fn begin(&mut self, op: Op) {
        let column = self.view.application().column();
        let session = self.own_session.as_mut().unwrap_or(&mut self.db_session);
        let todo = &mut self.todo;
        match op {
            Op::Nothing | Op::Slow(_) | Op::Outside(_) => {}
            Op::Flush | Op::Commit | Op::All | Op::Number | Op::Read | Op::Patient(_) if session.is_invalid() => {
                self.raise(Raised::PendingRollback);
            }
            Op::Add(value) => session.add(value),
            Op::Flush => session.flush(todo),
            Op::Commit => session.commit(todo),
            Op::Rollback => session.rollback(todo),
            Op::All => session.query(Statement::SelectAll(column), todo),
            Op::Number => session.query(Statement::SelectNumber, todo),
            Op::Read => session.read(todo),
            Op::OwnSession => (self.own_session, self.in_block) = (Some(Session::keeping(column)), true),
            Op::ExpiringSession => (self.own_session, self.in_block) = (Some(Session::new(column)), true),
            Op::CloseSession | Op::CloseLater => {
                session.close(todo);
                self.in_block = false;
            }
            Op::Patient(limit) => {
                session.query(Statement::SelectNumber, todo);
                todo.pop_back();
                todo.push_back(SessionStep::ExecuteWithin(Statement::SelectNumber, secs(limit)));
            }
            Op::With | Op::Connect | Op::ConnectRaw => {
                self.closed_by = match op {
                    Op::With => ClosedBy::Block,
                    Op::ConnectRaw => ClosedBy::Raw,
                    _ => ClosedBy::View,
                };
                self.connection = OwnConnection::Idle;
                todo.push_back(SessionStep::Checkout);
            }
            Op::Ask => {
                self.connection = OwnConnection::Begun;
                todo.push_back(SessionStep::Execute(Statement::SelectNumber));
            }
            Op::Insert(value) => todo.push_back(SessionStep::Execute(Statement::Insert(column, value))),
            Op::Close => self.close(),
            Op::Keep => self.closed_by = ClosedBy::Nobody,
            Op::Raise(words) => self.raise(Raised::Runtime(words)),
            Op::Return(status, text) => {
                self.response = self.respond(status, text);
                self.lines.clear();
            }
            Op::Answer(status, text) => self.response = self.respond(status, text),
            Op::Stream(status) => {
                self.response = self.respond(status, "");
                self.answer = AnswerState::Begun;
            }
            Op::Yield(text) => self.response = self.respond(self.response.status, text),
            Op::Send => self.answer = AnswerState::Sent,
        }
    }

    /// The response as it is known at this line.
    fn respond(&self, status: u16, text: &'static str) -> Response {
        let session = self.own_session.as_ref().unwrap_or(&self.db_session);
        Response::new(status, text, &self.rows, self.first.unwrap_or_default(), session.key())
    }

    /// Gives the view's own connection back to the pool.
    fn close(&mut self) {
        let transaction_was_reset = self.connection == OwnConnection::Begun;
        if transaction_was_reset {
            self.todo.push_back(SessionStep::Execute(Statement::Rollback));
        }
        self.todo.push_back(SessionStep::GiveBack { transaction_was_reset });
        self.connection = OwnConnection::None;
    }

    fn replied(&mut self, reply: Reply, rows: Rows) {
        match reply {
            Reply::Inserted(key) => self.own_session.as_mut().unwrap_or(&mut self.db_session).inserted(key),
            Reply::Found(_) => {
                self.first.get_or_insert(rows.len());
                self.rows = rows;
            }
            Reply::Done | Reply::Conflict => {}
        }
    }

    /// Handles a statement that failed while its connection is still alive.
    fn fail(&mut self, done: Option<SessionStep>, raised: Raised) {
        match done {
            // The connection is given back even if the rollback failed.
            Some(SessionStep::Execute(Statement::Rollback)) => {
                self.todo.retain(|next| matches!(next, SessionStep::GiveBack { .. }))
            }
            Some(SessionStep::Execute(statement)) => {
                self.todo.clear();
                if self.connection == OwnConnection::None {
                    let session = self.own_session.as_mut().unwrap_or(&mut self.db_session);
                    session.failed(statement, &mut self.todo);
                }
            }
            _ => {}
        }
        self.raise(raised);
    }

    /// Handles that its statement was cancelled, because it took too long.
    fn cancelled(&mut self) {
        self.todo.clear();
        self.own_session.as_mut().unwrap_or(&mut self.db_session).cancelled();
        self.raise(Raised::WaitedTooLong);
    }

    /// Handles that there is no connection, or that it is lost.
    fn lose(&mut self, raised: Raised) {
        self.todo.clear();
        self.connection = OwnConnection::None;
        self.own_session.as_mut().unwrap_or(&mut self.db_session).disconnected();
        self.raise(raised);
    }

    /// Raises an exception. The view's `except` block for it runs next, if there is one; otherwise the view ends. An exception
    /// after the view, while the session is removed, escapes from Flask: the server then responds with 500, although the view
    /// had already made its page.
    fn raise(&mut self, raised: Raised) {
        if self.torn_down {
            self.response = Response::of(raised);
            return;
        }
        let is_caught = matches!(raised, Raised::Integrity { .. } | Raised::WaitedTooLong);
        if is_caught && !self.view.handler().is_empty() {
            self.lines = self.view.handler().iter().collect();
            self.response = Response::of(raised);
            return;
        }
        if self.view.application().framework() == Framework::FastApi {
            return self.unwind(raised);
        }
        // The end of a `with` block closes what the block opened.
        if let Some(session) = &mut self.own_session {
            session.close(&mut self.todo);
        }
        if self.closed_by == ClosedBy::Block && self.connection != OwnConnection::None {
            self.close();
        }
        self.lines.clear();
        self.response = Response::of(raised);
    }

    /// An exception leaves an endpoint of FastAPI: blocks and dependencies close what they opened, and then the answer is 500, if
    /// nothing has been sent yet. What is left to the event loop comes last.
    fn unwind(&mut self, raised: Raised) {
        let (in_block, is_open) = (self.in_block, self.answer == AnswerState::Open);
        let lines = std::mem::take(&mut self.lines);
        let first = |op: Op, runs: bool| lines.iter().copied().find(move |line| runs && line.op == op);
        let closes = first(Op::CloseSession, in_block);
        let sends = first(Op::Send, is_open);
        let closes_later = first(Op::CloseLater, in_block);
        self.lines = [closes, sends, closes_later].into_iter().flatten().collect();
        match self.answer {
            AnswerState::Open => self.response = Response::of(raised),
            AnswerState::Begun => self.answer = AnswerState::Broken,
            AnswerState::Sent | AnswerState::Broken => {}
        }
        self.response.raised = Some(raised);
    }
}
