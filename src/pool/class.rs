//! The six pool classes.

/// SQLAlchemy's pool classes. What differs between them is where a record comes from and where it returns to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Class {
    /// The default: a queue of up to `pool_size` idle records, and up to `max_overflow` connections beyond.
    #[default]
    QueuePool,
    /// The same for asyncio: another queue, with other rules of waiting.
    AsyncAdaptedQueuePool,
    /// Keeps nothing: each checkout opens, each return closes.
    NullPool,
    /// One connection for everybody at once.
    StaticPool,
    /// One connection a thread.
    SingletonThreadPool,
    /// One connection, for one client at a time; asserts that.
    AssertionPool,
}

impl Class {
    /// All of them, the default first.
    pub const ALL: [Class; 6] = [
        Class::QueuePool,
        Class::AsyncAdaptedQueuePool,
        Class::NullPool,
        Class::StaticPool,
        Class::SingletonThreadPool,
        Class::AssertionPool,
    ];

    /// The class's name in `sqlalchemy.pool`.
    pub const fn name(self) -> &'static str {
        match self {
            Class::QueuePool => "QueuePool",
            Class::AsyncAdaptedQueuePool => "AsyncAdaptedQueuePool",
            Class::NullPool => "NullPool",
            Class::StaticPool => "StaticPool",
            Class::SingletonThreadPool => "SingletonThreadPool",
            Class::AssertionPool => "AssertionPool",
        }
    }

    /// Whether it is one of the two with a queue, and so with counters, waiting and overflow.
    pub const fn has_queue(self) -> bool {
        matches!(self, Class::QueuePool | Class::AsyncAdaptedQueuePool)
    }
}
