//! The endpoints: what each line of the Python files does, and what FastAPI does between them.

use crate::apps::view::{Written, line, view};
use crate::apps::{Application, Form, Function, Op, Place, ViewLine};
use Application::{Coroutines, Threads};
use Form::{Corrected, Original};
use Function::{Audit, CurrentUser, GetDb, GetSession, Report};
use Op::{
    Add, All, Answer, CloseLater, CloseSession, Commit, ExpiringSession, Flush, Nothing, Number, Outside, OwnSession,
    Patient, Read, Rollback, Send, Stream, Yield,
};

/// The time that `ask_service` takes.
const SERVICE: Op = Outside(2);

/// How long `/patience` waits for its second statement.
const PATIENCE: Op = Patient(1);

/// A line of another function than the endpoint.
const fn of(function: Function, below: u16, op: Op) -> ViewLine {
    ViewLine { place: Place { function, below }, op }
}

/// What no line of the file does.
const fn between(op: Op) -> ViewLine {
    line(0, op)
}

/// The response is sent.
const SEND: ViewLine = between(Send);

/// `async with Session() as session:` of the dependency
const OPEN: ViewLine = of(GetSession, 1, OwnSession);
/// `yield session`
const YIELD: ViewLine = of(GetSession, 2, Nothing);
/// The end of the block.
const CLOSE: ViewLine = of(GetSession, 1, CloseSession);

/// `db = SessionLocal()` of the dependency
const DB: ViewLine = of(GetDb, 1, ExpiringSession);
/// `try:`
const TRY: ViewLine = of(GetDb, 2, Nothing);
/// `yield db`
const YIELD_DB: ViewLine = of(GetDb, 3, Nothing);
/// `db.close()`
const CLOSE_DB: ViewLine = of(GetDb, 5, CloseSession);

/// An endpoint that is `async def`, in one form.
const fn endpoint(
    form: Form,
    path: &'static str,
    function: &'static str,
    lines: &'static [ViewLine],
    handler: &'static [ViewLine],
) -> Written {
    Written { form: Some(form), in_thread: false, handler, ..view(Coroutines, path, function, lines) }
}

/// An endpoint that is `def`, in one form.
const fn threaded(form: Form, path: &'static str, function: &'static str, lines: &'static [ViewLine]) -> Written {
    Written { form: Some(form), ..view(Threads, path, function, lines) }
}

/// What the Python files do, line by line. `tests/fastapi` compares this with real runs of them.
pub(in crate::apps) static VIEWS: [Written; 29] = [
    endpoint(
        Original,
        "/quote",
        "quote",
        &[OPEN, YIELD, line(1, All), line(2, SERVICE), line(3, Answer(200, "{count} users")), SEND, CLOSE],
        &[],
    ),
    endpoint(
        Corrected,
        "/quote",
        "quote",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Commit),
            line(3, SERVICE),
            line(4, Answer(200, "{count} users")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Original,
        "/sign-up",
        "sign_up",
        &[
            OPEN,
            YIELD,
            line(1, Add("Alice")),
            line(2, Flush),
            line(3, SERVICE),
            line(4, Commit),
            line(5, Answer(200, "Saved.")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/sign-up",
        "sign_up",
        &[
            OPEN,
            YIELD,
            line(1, Add("Alice")),
            line(2, Commit),
            line(3, SERVICE),
            line(4, Answer(200, "Saved.")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Original,
        "/block",
        "block",
        &[
            line(1, OwnSession),
            line(2, All),
            line(3, SERVICE),
            line(1, CloseSession),
            line(4, Answer(200, "{count} users")),
            SEND,
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/block",
        "block",
        &[
            line(1, OwnSession),
            line(2, All),
            line(1, CloseSession),
            line(3, SERVICE),
            line(4, Answer(200, "{count} users")),
            SEND,
        ],
        &[],
    ),
    endpoint(
        Original,
        "/account",
        "account",
        &[
            OPEN,
            YIELD,
            of(CurrentUser, 1, All),
            of(CurrentUser, 2, Nothing),
            line(1, SERVICE),
            line(2, Answer(200, "One of {count}")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/account",
        "account",
        &[
            of(CurrentUser, 1, OwnSession),
            of(CurrentUser, 2, All),
            of(CurrentUser, 1, CloseSession),
            of(CurrentUser, 3, Nothing),
            line(1, SERVICE),
            line(2, Answer(200, "One of {count}")),
            SEND,
        ],
        &[],
    ),
    endpoint(
        Original,
        "/task",
        "task",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            SEND,
            between(SERVICE),
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/task",
        "task",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            CLOSE,
            SEND,
            between(SERVICE),
        ],
        &[],
    ),
    endpoint(
        Original,
        "/scope",
        "scope",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            CLOSE,
            SEND,
            of(Audit, 1, Number),
            of(Audit, 2, SERVICE),
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/scope",
        "scope",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            CLOSE,
            SEND,
            of(Audit, 1, OwnSession),
            of(Audit, 2, Number),
            of(Audit, 1, CloseSession),
            of(Audit, 3, SERVICE),
        ],
        &[],
    ),
    endpoint(
        Original,
        "/stream",
        "stream",
        &[
            OPEN,
            YIELD,
            line(1, Stream(200)),
            of(Report, 1, All),
            of(Report, 2, Yield("{count} users")),
            of(Report, 3, SERVICE),
            of(Report, 4, Yield("{count} users, and no more.")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/stream",
        "stream",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Commit),
            line(3, Stream(200)),
            of(Report, 1, Yield("{count} users")),
            of(Report, 2, SERVICE),
            of(Report, 3, Yield("{count} users, and no more.")),
            SEND,
            CLOSE,
        ],
        &[],
    ),
    endpoint(
        Original,
        "/patience",
        "patience",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, PATIENCE),
            line(6, All),
            line(7, Answer(200, "{first} users, then {count}")),
            SEND,
            CLOSE,
        ],
        &[
            line(4, Nothing),
            line(5, Nothing),
            line(6, All),
            line(7, Answer(200, "{first} users, then {count}")),
            SEND,
            CLOSE,
        ],
    ),
    endpoint(
        Corrected,
        "/patience",
        "patience",
        &[
            OPEN,
            YIELD,
            line(1, All),
            line(2, Nothing),
            line(3, PATIENCE),
            line(6, All),
            line(7, Answer(200, "{first} users, then {count}")),
            SEND,
            CLOSE,
        ],
        &[
            line(4, Nothing),
            line(5, Rollback),
            line(6, All),
            line(7, Answer(200, "{first} users, then {count}")),
            SEND,
            CLOSE,
        ],
    ),
    endpoint(
        Original,
        "/loop",
        "loop",
        &[
            line(1, Nothing),
            OPEN,
            YIELD,
            line(2, All),
            line(3, Answer(200, "{count} users")),
            SEND,
            of(GetSession, 1, CloseLater),
        ],
        &[],
    ),
    endpoint(
        Corrected,
        "/loop",
        "loop",
        &[line(1, OwnSession), line(2, All), line(3, Answer(200, "{count} users")), line(1, CloseSession), SEND],
        &[],
    ),
    Written { in_thread: false, ..view(Coroutines, "/health", "health", &[line(1, Answer(200, "alive")), SEND]) },
    Written {
        in_thread: false,
        ..view(
            Coroutines,
            "/health-db",
            "health_db",
            &[OPEN, YIELD, line(1, Number), line(2, Answer(200, "alive")), SEND, CLOSE],
        )
    },
    threaded(
        Original,
        "/quote",
        "quote",
        &[DB, TRY, YIELD_DB, line(1, All), line(2, SERVICE), line(3, Answer(200, "{count} users")), SEND, CLOSE_DB],
    ),
    threaded(
        Corrected,
        "/quote",
        "quote",
        &[
            DB,
            TRY,
            YIELD_DB,
            line(1, All),
            line(2, Nothing),
            line(3, Commit),
            line(4, SERVICE),
            line(5, Answer(200, "{count} users")),
            SEND,
            CLOSE_DB,
        ],
    ),
    threaded(
        Original,
        "/sign-up",
        "sign_up",
        &[
            DB,
            TRY,
            YIELD_DB,
            line(1, Nothing),
            line(2, Add("Alice")),
            line(3, Commit),
            line(4, Read),
            line(5, SERVICE),
            line(6, Answer(200, "Hello, Alice.")),
            SEND,
            CLOSE_DB,
        ],
    ),
    threaded(
        Corrected,
        "/sign-up",
        "sign_up",
        &[
            DB,
            TRY,
            YIELD_DB,
            line(1, Nothing),
            line(2, Add("Alice")),
            line(3, Nothing),
            line(4, Commit),
            line(5, SERVICE),
            line(6, Answer(200, "Hello, Alice.")),
            SEND,
            CLOSE_DB,
        ],
    ),
    threaded(
        Original,
        "/task",
        "task",
        &[
            DB,
            TRY,
            YIELD_DB,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            SEND,
            between(SERVICE),
            CLOSE_DB,
        ],
    ),
    threaded(
        Corrected,
        "/task",
        "task",
        &[
            DB,
            TRY,
            YIELD_DB,
            line(1, All),
            line(2, Nothing),
            line(3, Answer(200, "{count} users")),
            CLOSE_DB,
            SEND,
            between(SERVICE),
        ],
    ),
    threaded(Original, "/health", "health", &[line(1, Answer(200, "alive")), SEND]),
    Written { in_thread: false, ..threaded(Corrected, "/health", "health", &[line(1, Answer(200, "alive")), SEND]) },
    view(
        Threads,
        "/health-db",
        "health_db",
        &[DB, TRY, YIELD_DB, line(1, Number), line(2, Answer(200, "alive")), SEND, CLOSE_DB],
    ),
];
