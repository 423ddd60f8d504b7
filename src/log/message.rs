//! A line of the pool's log.

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Message<'a> {
    CheckedOut,
    Returned,
    Collected,
    Created,
    Closed,
    PingFailed,
    Recycled,
    /// Why, as far as it says so.
    Invalidated(&'a str),
    CouldNotConnect,
    ResetFailed,
    Disposed,
    /// The pool's time-out: size, overflow.
    TimedOut(i64, i64),
}

/// What a line says, and of which connection.
pub(super) fn read(line: &str) -> Option<(Message<'_>, u64)> {
    let (message, at) = message(line)?;
    Some((message, connection(line, at)))
}

fn message(line: &str) -> Option<(Message<'_>, usize)> {
    if let Some(at) = line.find("onnection ")
        && let Some(message) = of_connection(&line[..at], &line[at + 10..])
    {
        return Some((message, at));
    }
    if let Some(at) = line.find("QueuePool limit of size ") {
        let mut numbers = line[at + 24..].split_whitespace();
        let size = numbers.next()?.parse().ok()?;
        let overflow = numbers.nth(1)?.parse().ok()?;
        return Some((Message::TimedOut(size, overflow), at));
    }
    let plain = [
        ("Disconnection detected on checkout", Message::PingFailed),
        ("Error on connect(): ", Message::CouldNotConnect),
        ("Exception during reset or similar", Message::ResetFailed),
        ("Pool disposed.", Message::Disposed),
    ];
    plain.into_iter().find_map(|(text, message)| Some((message, line.find(text)?)))
}

/// What is said of a connection, before its name and behind it.
fn of_connection<'a>(before: &str, behind: &'a str) -> Option<Message<'a>> {
    const VERBS: [(&str, Message<'static>); 6] = [
        (" checked out from pool", Message::CheckedOut),
        (" being returned to pool", Message::Returned),
        (" exceeded timeout; recycling", Message::Recycled),
        (" invalidated due to local soft", Message::Invalidated("soft invalidation")),
        (" invalidated due to ", Message::Invalidated("the whole pool was invalidated")),
        ("failed, will invalidate pool", Message::PingFailed),
    ];
    if let Some((_, message)) = VERBS.iter().find(|(verb, _)| behind.contains(verb)) {
        return Some(*message);
    }
    if before.ends_with("Created new c") {
        Some(Message::Created)
    } else if before.ends_with("losing c") && !before.ends_with("Exception closing c") {
        Some(Message::Closed)
    } else if before.ends_with("nvalidate c") {
        Some(Message::Invalidated(reason(behind)))
    } else if before.ends_with("non-checked-in c") {
        Some(Message::Collected)
    } else {
        None
    }
}

/// The class of the error for which a connection was invalidated: `(reason: OperationalError:...)`.
fn reason(rest: &str) -> &str {
    let Some((_, reason)) = rest.split_once("(reason: ") else { return "the program asked for it" };
    reason.split([':', '(', ')']).next().unwrap_or(reason)
}

/// The connection: its address, or a number made of what stands there.
fn connection(line: &str, at: usize) -> u64 {
    let rest = line.get(at..).unwrap_or_default();
    let address = rest.find("at 0x").and_then(|place| {
        let digits = &rest[place + 5..];
        let end = digits.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(digits.len());
        u64::from_str_radix(&digits[..end], 16).ok()
    });
    address.unwrap_or_else(|| {
        let ends = [" checked out", " being returned", " exceeded", " invalidated", " (reason"];
        let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
        // Fowler, Noll and Vo's hash.
        let text = rest.get(10..end).unwrap_or_default().trim();
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
    })
}

/// Names with which threads and tasks begin.
const THREADS: [&str; 8] =
    ["Thread-", "MainThread", "Task-", "ThreadPoolExecutor-", "AnyIO worker thread", "Dummy-", "asyncio_", "waitress-"];

/// The thread or task in the prefix of a line, if it names one.
pub(super) fn thread(prefix: &str) -> Option<&str> {
    THREADS.iter().find_map(|name| {
        let at = prefix.find(name)?;
        let after = &prefix[at + name.len()..];
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(after.len());
        Some(&prefix[at..at + name.len() + end])
    })
}

/// The pool's class and its name, by its logger: `sqlalchemy.pool.impl.QueuePool.orders`.
pub(super) fn pool(line: &str) -> Option<(&str, &str)> {
    let at = line.find("sqlalchemy.pool.")? + 16;
    let logger = line[at..].strip_prefix("impl.").unwrap_or(&line[at..]);
    let end =
        logger.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(logger.len());
    let logger = logger[..end].trim_end_matches(['.', '-']);
    let (class, name) = logger.split_once('.').unwrap_or((logger, ""));
    class.ends_with("Pool").then_some((class, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_versions_write() {
        for (line, message, connection) in [
            (
                "Connection <psycopg.Connection [IDLE] (host=h) at 0x7f1> checked out from pool",
                Message::CheckedOut,
                0x7f1,
            ),
            (
                "Connection <psycopg.Connection [INTRANS] (host=h) at 0x7f1> being returned to pool",
                Message::Returned,
                0x7f1,
            ),
            ("Created new connection <sqlite3.Connection object at 0x1f>", Message::Created, 0x1f),
            ("Hard-closing connection <sqlite3.Connection object at 0x1f>", Message::Closed, 0x1f),
            ("Closing connection <sqlite3.Connection object at 0x1f>", Message::Closed, 0x1f),
            ("Connection <x at 0x1> exceeded timeout; recycling", Message::Recycled, 1),
            (
                "Invalidate connection <x at 0x1> (reason: OperationalError:(2006, 'gone'))",
                Message::Invalidated("OperationalError"),
                1,
            ),
            ("Soft Invalidate connection <x at 0x1>", Message::Invalidated("the program asked for it"), 1),
            ("Pool pre-ping on connection <x at 0x1> failed, will invalidate pool", Message::PingFailed, 1),
            (
                "The garbage collector is trying to clean up non-checked-in connection <x at 0x1>, which",
                Message::Collected,
                1,
            ),
        ] {
            assert_eq!(read(line), Some((message, connection)), "{line}");
        }
        assert_eq!(
            read("QueuePool limit of size 5 overflow 10 reached, c").map(|(message, _)| message),
            Some(Message::TimedOut(5, 10))
        );
        assert_eq!(read("Connection refused"), None);
        let [one, same, other] = [
            "Connection <a> checked out from pool",
            "Connection <a> being returned to pool",
            "Connection <b> checked out from pool",
        ];
        assert_eq!(read(one).map(|(_, id)| id), read(same).map(|(_, id)| id));
        assert_ne!(read(one).map(|(_, id)| id), read(other).map(|(_, id)| id));
        assert_eq!(pool("DEBUG sqlalchemy.pool.impl.QueuePool.orders Connection"), Some(("QueuePool", "orders")));
        assert_eq!(pool("DEBUG:sqlalchemy.pool.QueuePool:Connection"), Some(("QueuePool", "")));
        assert_eq!(thread("2026 [Thread-12 (work)] DEBUG"), Some("Thread-12"));
    }
}
