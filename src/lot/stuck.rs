//! What does not go on by itself, in a sentence.

use super::description::many;

/// Requests that do not go on by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stuck {
    /// Those that hold a connection and wait for another, while nobody else holds one.
    pub deadlocked: usize,
    /// Those that are done and keep their connection for ever.
    pub leaked: usize,
    /// Those that wait for ever at a pool that was replaced.
    pub stranded: usize,
}

impl Stuck {
    /// The gravest of it in a sentence, if there is any.
    pub fn sentence(self) -> Option<String> {
        let Stuck { deadlocked, leaked, stranded } = self;
        if deadlocked > 0 {
            let requests =
                many(deadlocked, "request holds a connection and waits", "requests each hold a connection and wait");
            return Some(format!(
                "Deadlock: {requests} for a second one, and there are no others. Nothing moves until pool_timeout ends a wait; without pool_timeout, nothing ever does."
            ));
        }
        if leaked > 0 {
            let bays = many(leaked, "bay is held for ever by a request", "bays are held for ever by requests");
            let done = if leaked == 1 { "is done: it never" } else { "are done: they never" };
            return Some(format!("{bays} that {done} returned the connection."));
        }
        (stranded > 0).then(|| {
            let requests = many(stranded, "request waits", "requests wait");
            format!(
                "{requests} for ever, at the pool before this one: with pool_timeout None, nothing says that it is gone. SQLAlchemy does the same."
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Stuck;

    fn said(deadlocked: usize, leaked: usize, stranded: usize) -> String {
        Stuck { deadlocked, leaked, stranded }.sentence().unwrap_or_default()
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(said(0, 0, 0), "");
        assert!(said(1, 0, 0).starts_with("Deadlock: 1 request holds a connection and waits for a second one"));
        assert!(said(2, 1, 0).starts_with("Deadlock: 2 requests each hold a connection and wait for"));
        assert_eq!(
            said(0, 1, 0),
            "1 bay is held for ever by a request that is done: it never returned the connection."
        );
        assert_eq!(
            said(0, 3, 1),
            "3 bays are held for ever by requests that are done: they never returned the connection."
        );
        assert!(said(0, 0, 1).starts_with("1 request waits for ever"));
        assert!(said(0, 0, 2).starts_with("2 requests wait for ever"));
    }
}
