//! The views: what each line of the Python files does.

use crate::apps::view::{Written, line, view};
use crate::apps::{Application, Op};
use Application::{Example, Session, Test, Users};
use Op::{
    Add, All, Ask, Close, Commit, Connect, ConnectRaw, Flush, Insert, Keep, Nothing, Number, OwnSession, Raise, Read,
    Return, Rollback, Slow, With,
};

/// The time that `send_mail` and the like take.
const A_SECOND: Op = Slow(1);

/// What the Python files do, line by line. `tests/flask` compares this with real runs of them.
pub(in crate::apps) static VIEWS: [Written; 18] = [
    view(
        Example,
        "/",
        "index",
        &[line(2, Nothing), line(3, Add("Alice")), line(4, Commit), line(5, All), line(6, Return(200, "{names}"))],
    ),
    view(Test, "/", "index", &[line(1, Number), line(2, Return(200, "{value}"))]),
    view(Users, "/users", "get_users", &[line(2, All), line(3, Return(200, "Found {count} users."))]),
    view(
        Users,
        "/register",
        "register",
        &[line(1, Nothing), line(2, Add("alice")), line(3, Commit), line(4, Return(200, "Welcome, alice."))],
    ),
    Written {
        handler: &[line(5, Nothing), line(6, Rollback), line(7, Return(409, "That name is taken."))],
        ..view(
            Users,
            "/register-kindly",
            "register_kindly",
            &[
                line(1, Nothing),
                line(2, Add("alice")),
                line(3, Nothing),
                line(4, Commit),
                line(8, Return(200, "Welcome, alice.")),
            ],
        )
    },
    view(Session, "/late", "late", &[line(1, A_SECOND), line(2, All), line(3, Return(200, "{count} users"))]),
    view(
        Session,
        "/flush",
        "flush",
        &[
            line(1, Nothing),
            line(2, Add("Alice")),
            line(3, Flush),
            line(4, A_SECOND),
            line(5, Commit),
            line(6, Return(200, "Saved.")),
        ],
    ),
    view(
        Session,
        "/commit",
        "commit",
        &[line(1, Nothing), line(2, Add("Alice")), line(3, Commit), line(4, A_SECOND), line(5, Return(200, "Saved."))],
    ),
    view(Session, "/read", "read", &[line(1, All), line(2, A_SECOND), line(3, Return(200, "<p>{count} users</p>"))]),
    view(
        Session,
        "/error",
        "error",
        &[line(1, Nothing), line(2, Add("Bob")), line(3, Flush), line(4, Raise("No mail today."))],
    ),
    view(
        Session,
        "/rollback",
        "rollback",
        &[
            line(1, Nothing),
            line(2, Add("Bob")),
            line(3, Flush),
            line(4, Rollback),
            line(5, A_SECOND),
            line(6, Return(200, "Not saved.")),
        ],
    ),
    view(
        Session,
        "/begin",
        "begin",
        &[
            line(1, Nothing),
            line(2, Nothing),
            line(3, Add("Carol")),
            line(1, Commit),
            line(4, A_SECOND),
            line(5, Return(200, "Saved.")),
        ],
    ),
    view(
        Session,
        "/expire",
        "expire",
        &[
            line(1, Nothing),
            line(2, Add("Dave")),
            line(3, Commit),
            line(4, Read),
            line(5, A_SECOND),
            line(6, Return(200, "Hello, Dave.")),
        ],
    ),
    view(
        Session,
        "/keep",
        "keep",
        &[
            line(1, OwnSession),
            line(2, Nothing),
            line(3, Add("Dave")),
            line(4, Commit),
            line(5, Read),
            line(6, A_SECOND),
            line(1, Rollback),
            line(7, Return(200, "Hello, Dave.")),
        ],
    ),
    view(
        Session,
        "/with",
        "with_block",
        &[line(1, With), line(2, Ask), line(1, Close), line(3, A_SECOND), line(4, Return(200, "<p>{value}</p>"))],
    ),
    view(Session, "/forgotten", "forgotten", &[line(1, Connect), line(2, Ask), line(3, Return(200, "{value}"))]),
    view(Session, "/kept", "kept", &[line(1, Connect), line(2, Keep), line(3, Ask), line(4, Return(200, "{value}"))]),
    view(
        Session,
        "/raw",
        "raw",
        &[
            line(1, ConnectRaw),
            line(2, Nothing),
            line(3, Insert("Eve")),
            line(4, Close),
            line(5, Return(200, "Saved?")),
        ],
    ),
];
