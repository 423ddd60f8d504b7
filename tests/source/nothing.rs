//! Texts in which no engine is made.

use valet::source::read;

#[test]
fn an_error_is_no_configuration() {
    let error = "sqlalchemy.exc.TimeoutError: QueuePool limit of size 3 overflow 2 reached, connection timed out, timeout 7.00 (Background on this error at: https://sqlalche.me/e/20/3o7r)";
    for text in [
        error.to_owned(),
        format!("Traceback (most recent call last):\n  File \"/app/main.py\", line 42, in checkout\n{error}"),
        format!("2026-05-03 08:12:44,018 ERROR app {error}\n"),
        "loggers:\n  sqlalchemy.engine: INFO\n  sqlalchemy.pool: DEBUG\n".to_owned(),
        "Lorem ipsum dolor sit amet".to_owned(),
    ] {
        let reading = read(&text);
        assert!(reading.as_ref().is_none_or(|reading| reading.engines.is_empty()), "{text}\n{reading:?}");
    }
}
