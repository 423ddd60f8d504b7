//! Their tests that say nothing about what a pool does, and why.

/// Why a test is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// What a cursor does, or what fails when one is used.
    Cursor,
    /// How Python keeps listeners: `insert=True`, listening to a class or to an engine.
    Registry,
    /// How many arguments the creator takes, found by inspection.
    Creator,
    /// What a dialect makes of a connection or an error before the pool hears of it.
    Dialect,
    /// `Connection` and its transactions; the pool is not asked.
    Transaction,
    /// The engine's own initialization of its dialect.
    Initialization,
    /// Rows in a real database; to the pool the same as a test that is here.
    Rows,
}

/// Class, test, reason: in their order.
pub const NOT_APPLICABLE: [(&str, &str, Reason); 22] = [
    ("PoolTest", "test_cursor_iterable", Reason::Cursor),
    ("PoolTest", "test_rec_fairy_adapted_dialect", Reason::Dialect),
    ("PoolEventsTest", "test_connect_insert_event", Reason::Registry),
    ("PoolEventsTest", "test_listen_targets_scope", Reason::Registry),
    ("PoolEventsTest", "test_listen_targets_per_subclass", Reason::Registry),
    ("CreatorCompatibilityTest", "test_creator_callable_outside_noarg", Reason::Creator),
    ("CreatorCompatibilityTest", "test_creator_callable_outside_witharg", Reason::Creator),
    ("CreatorCompatibilityTest", "test_creator_patching_arg_to_noarg", Reason::Creator),
    ("MockReconnectTest", "test_commit_fails_contextmanager", Reason::Transaction),
    ("MockReconnectTest", "test_commit_fails_trans", Reason::Transaction),
    ("MockReconnectTest", "test_check_disconnect_no_cursor", Reason::Cursor),
    ("MockReconnectTest", "test_dialect_initialize_once", Reason::Initialization),
    ("MockReconnectTest", "test_invalidate_conn_interrupt_nodisconnect_workaround", Reason::Dialect),
    ("CursorErrTest", "test_cursor_explode", Reason::Cursor),
    ("CursorErrTest", "test_cursor_shutdown_in_initialize", Reason::Cursor),
    ("RealReconnectTest", "test_ensure_is_disconnect_gets_connection", Reason::Dialect),
    ("RealReconnectTest", "test_rollback_on_invalid_twophase", Reason::Transaction),
    ("RealReconnectTest", "test_rollback_on_invalid_savepoint", Reason::Transaction),
    ("RealReconnectTest", "test_no_begin_on_invalid", Reason::Transaction),
    ("RealReconnectTest", "test_explode_in_initializer_disconnect", Reason::Initialization),
    ("ReconnectRecipeTest", "test_restart_on_execute_txn", Reason::Rows),
    ("ReconnectRecipeTest", "test_autocommits_txn", Reason::Rows),
];
