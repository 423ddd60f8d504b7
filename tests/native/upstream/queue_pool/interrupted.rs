//! What a `BaseException` leaves behind.

use crate::upstream::dbapi::Place;
use crate::upstream::kit::Kit;
use valet::pool::{Answer, Dialect, Echo, Exception, Hook, Input, Level, Listeners, LogLine, MisuseError, Settings};
use valet::time::Span;

/// The connection is terminated by `invalidate()`, or closed by `dispose()`; of the log only what closing says.
#[test]
fn test_close_connection_logging() {
    let kinds = [
        (Answer::Cancelled, Err(Exception::Cancelled.into())),
        (Answer::Interrupted, Err(Exception::Interrupt.into())),
        (Answer::Failed, Ok(())),
    ];
    for (answer, outcome) in kinds {
        for (terminate, has_terminate) in [(false, false), (false, true), (true, false), (true, true)] {
            let dialect = Dialect { is_async: true, has_terminate, has_ping: true };
            let mut kit = Kit::new(Settings { dialect, echo_pool: Echo::Debug, ..Settings::DEFAULT });
            kit.dbapi.fails(if terminate { Place::Terminate } else { Place::Close }, answer);
            let conn = kit.connect().unwrap();
            let raised = if terminate {
                kit.invalidate(conn, None)
            } else {
                kit.close(conn).unwrap();
                let client = kit.new_client();
                kit.call(0, client, Input::Dispose(client)).map(drop)
            };
            assert_eq!(raised, outcome);

            let c = conn.connection;
            let (closing, failed, verbs) = match terminate {
                true => (LogLine::Terminating(c), LogLine::TerminateFailed(c), ("Hard-closing", "terminating")),
                false => (LogLine::Closing(c), LogLine::CloseFailed(c), ("Closing", "closing")),
            };
            let (expected, level, text) = if answer == Answer::Cancelled && terminate && has_terminate {
                let text = "Cancellation during terminate of connection <connection 1>; connection was force-closed";
                (LogLine::TerminateCancelled(c), Level::Debug, text.to_owned())
            } else {
                (failed, Level::Error, format!("Exception {} connection <connection 1>", verbs.1))
            };
            let at = kit.log.iter().position(|line| *line == closing).unwrap();
            assert_eq!(kit.log[at + 1], expected);
            assert_eq!((closing.level(), expected.level()), (Level::Debug, level));
            assert_eq!(Kit::text(closing), format!("{} connection <connection 1>", verbs.0));
            assert_eq!(Kit::text(expected), text);
        }
    }
}

#[test]
fn test_invalidate_close_interrupted() {
    let dialect = Dialect { is_async: true, has_terminate: true, has_ping: true };
    let mut kit = Kit::new(Settings { pool_size: 1, max_overflow: 0, dialect, ..Settings::DEFAULT });
    let c1 = kit.connect().unwrap();
    kit.dbapi.fails(Place::Terminate, Answer::Interrupted);
    assert_eq!(kit.invalidate(c1, None), Err(Exception::Interrupt.into()));
    kit.dbapi.works(Place::Terminate);
    assert_eq!(kit.in_record(c1.record), None);

    kit.close(c1).unwrap();
    assert_eq!(kit.pool().checkedin(), 1);
    let c2 = kit.connect().unwrap();
    assert_ne!(c2.connection, c1.connection);
    kit.close(c2).unwrap();
}

fn one_with_listeners() -> Kit {
    let listeners = Listeners::ASKED;
    Kit::new(Settings { pool_size: 1, max_overflow: 0, listeners, ..Settings::DEFAULT })
}

#[test]
fn test_invalidate_interrupted_before_close() {
    let mut kit = one_with_listeners();
    let c1 = kit.connect().unwrap();
    kit.dbapi.fails(Place::Listener(Hook::Invalidate), Answer::Interrupted);
    kit.sleep(Span::from_millis(100));
    assert_eq!(kit.invalidate(c1, None), Err(Exception::Interrupt.into()));

    // The record is back, and what it still holds is not handed out again.
    assert_eq!(kit.pool().checkedin(), 1);
    kit.dbapi.works(Place::Listener(Hook::Invalidate));
    assert_ne!(kit.connect().unwrap().connection, c1.connection);
}

#[test]
fn test_reset_interrupted_detaches_fairy() {
    let mut kit = one_with_listeners();
    let c1 = kit.connect().unwrap();
    kit.dbapi.fails(Place::Listener(Hook::Reset), Answer::Interrupted);
    assert_eq!(kit.close(c1), Err(Exception::Interrupt.into()));
    assert_eq!((kit.held(c1), kit.pool().checkedin()), (None, 1));

    kit.dbapi.works(Place::Listener(Hook::Reset));
    let c2 = kit.connect().unwrap();
    assert_eq!(c2.record, c1.record);
    // Python warns: "Can't invalidate an already-closed connection."
    assert_eq!(kit.refused(c1, Input::Invalidate(c1.client, None)), MisuseError::Empty);
    assert_eq!(kit.held(c2).unwrap().connection, c2.connection);
    assert_eq!((kit.calls(c2.connection).len(), kit.pool().checkedout()), (0, 1));
}
