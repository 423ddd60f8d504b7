//! The causes.

macro_rules! causes {
    ($($(#[$doc:meta])* $id:ident $name:literal $title:literal $lesson:expr, $says:literal $refute:literal $unknown:literal;)*) => {
        /// Why it happens.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cause {
            $($(#[$doc])* $id,)*
        }

        impl Cause {
            /// All of them. Of equal ones the earlier comes first.
            pub const ALL: &[Cause] = &[$(Cause::$id),*];

            /// Its name in addresses.
            pub const fn name(self) -> &'static str {
                match self { $(Cause::$id => $name,)* }
            }

            /// What it is called.
            pub const fn title(self) -> &'static str {
                match self { $(Cause::$id => $title,)* }
            }

            /// The lesson in which one sees it happen: its name, and its title.
            pub const fn lesson(self) -> Option<(&'static str, &'static str)> {
                match self { $(Cause::$id => $lesson,)* }
            }

            /// What happens, in two or three sentences.
            pub const fn says(self) -> &'static str {
                match self { $(Cause::$id => $says,)* }
            }

            /// One experiment that would refute it.
            pub const fn refute(self) -> &'static str {
                match self { $(Cause::$id => $refute,)* }
            }

            /// What a paste cannot tell about it.
            pub const fn unknown(self) -> &'static str {
                match self { $(Cause::$id => $unknown,)* }
            }
        }
    };
}

causes! {
    /// A connection is out while something else is waited for.
    HeldAcrossSlowWork "held-across-slow-work" "A connection is held while something slow runs" Some(("outside", "The call that holds a connection")),
        "A session keeps its connection from its first statement to commit, rollback or close. If an email, an HTTP call, a language model or rendering runs in between, the connection is out all that time and the database has nothing to do."
        "At the time of the errors, ask the server what its sessions do. In PostgreSQL: SELECT state, count(*) FROM pg_stat_activity GROUP BY state. If most are active, and not “idle in transaction”, this is not the cause."
        "Who holds the connections. The traceback shows a request that waited, not those that it waited for.";
    /// Connections are never returned.
    Leak "leak" "Connections are taken and not returned" Some(("leak", "Find the leak")),
        "Some path through the code does not close its session or connection: an exception without finally, a generator that is left, a global. Each time the pool has one less, until none is left. A restart helps, for a while."
        "Stop the traffic for longer than your longest request, and read pool.status(). If “Current Checked out connections” returns to 0, nothing leaks."
        "Which code took the connections that are missing. The requests that fail are innocent.";
    /// More work than the pool lets through.
    TooSmall "too-small" "The pool is too small for the load" Some(("sizing", "How many connections are enough?")),
        "More connections are needed at once than the pool may open. By Little’s law that is requests a second, times the seconds that each holds a connection."
        "Multiply requests a second by the seconds that a request holds its connection. If the product is well below pool_size + max_overflow, the pool is large enough."
        "How many requests a second came, and how long each held its connection.";
    /// The statements became slow.
    ServerSlow "server-slow" "The database became slow" Some(("sizing", "How many connections are enough?")),
        "Statements take many times as long as usual: a lost index, locks, a busy disk. Each connection is out longer, so the same traffic needs more of them."
        "Compare the duration of the same statement now and on a good day. If it is the same, the server is not the cause."
        "How long the statements took. The pool sees only that connections come back late.";
    /// One request needs two connections at once.
    NestedCheckout "nested-checkout" "A request takes a second connection while it holds the first" None,
        "Once such requests hold every connection of the pool, each of them waits for another. Nothing moves until pool_timeout, and then half of them fail."
        "Count the checkouts of one single request in the pool’s DEBUG log. If it never has two connections out at once, this is not the cause."
        "Whether one request holds two connections: that needs the log of one request on its own.";
    /// Threads wait for connections, and returning needs a thread.
    ThreadDeadlock "thread-deadlock" "Threads that wait for a connection leave none to return one" Some(("threads", "Forty threads, fifteen connections")),
        "Endpoints written with def run in a pool of 40 threads. If all of them wait for a connection, the clean-up that would return one has to wait for a thread."
        "Limit the requests at once to fewer than the connections of the pool. If it still stops, threads are not the cause."
        "How many threads were busy. The pool counts connections only.";
    /// The sum of all pools is more than the server takes.
    TooManyWorkers "too-many-workers" "All pools together may open more than the server allows" Some(("workers", "Four workers, four pools")),
        "Each process has a pool of its own. The server sees processes × (pool_size + max_overflow), and max_overflow is 10 if you have not set it. Whoever is one too many is refused at once."
        "Multiply processes × (pool_size + max_overflow), replicas, workers and consoles included. If it is below max_connections minus the reserved ones, something else takes the connections."
        "How many processes there are, and what else connects to this server.";
    /// An engine for each request.
    EnginePerRequest "engine-per-request" "An engine is made for each request" Some(("why", "What a pool saves")),
        "An engine is meant to be made once, when the program starts. Each further one has a pool of its own, whose idle connection stays open until the engine is garbage-collected."
        "Print id(engine) in two requests of the same process. If it is the same, the engine is shared."
        "How often create_engine runs.";
    /// The server closes what is idle.
    IdleLimit "idle-limit" "The server or a proxy closed a connection that was idle" Some(("recycle", "When is a connection recycled?")),
        "The pool keeps idle connections for as long as the program runs. The server, or a proxy in between, closes them after a limit and does not tell the pool. The next request gets a dead connection and fails; the pool then replaces all others as well."
        "Send one request every few seconds through the quiet hours. If the errors come all the same, idleness is not the cause."
        "How long the connection had been idle, and the limit of the server and of every proxy on the way.";
    /// The server restarted.
    Restart "restart" "The server was restarted, or ended its sessions" Some(("pre-ping", "Who notices a dead connection?")),
        "A restart, an upgrade or an administrator ended every session. Each pool learns it when it next uses a connection, by an error."
        "Look for a start of the server in its own log at the time of the first error. If there is none, look at proxies and idle limits."
        "What happened at the server. Only its own log says that.";
    /// Something on the way forgets silent connections.
    Firewall "firewall" "A firewall or load balancer forgot the connection" Some(("pre-ping", "Who notices a dead connection?")),
        "What is between you and the server dropped a silent connection and told neither side. Statements are sent and no answer comes, until TCP gives up, which can take a quarter of an hour."
        "Run a statement after a pause that is shorter, and one after a pause that is longer than the limit of the load balancer. If both answer at once, it is not the cause."
        "How long the request hung before it failed. The length of the hang is the best evidence.";
    /// Another server took over.
    Failover "failover" "Another server took over" Some(("pre-ping", "Who notices a dead connection?")),
        "After a failover the old connections lead to a server that is gone or only reads. Those that are silent hang until TCP gives up."
        "Compare the time of the first error with the cluster’s events. If there was no change of the primary, it is not the cause."
        "Which server the connections led to.";
    /// Processes share sockets.
    Fork "fork" "Processes were forked after a connection was opened" None,
        "A child process inherits the open sockets of its parent’s pool. Two processes then read and write on one socket, and each gets parts of the other’s answers. Sizes and timeouts have nothing to do with it."
        "Run with one process, or load the application after the fork (lazy-apps = true, no --preload). If the errors stay, it is not the fork."
        "When the first connection was opened: before the fork, or after it.";
    /// Retries keep the trouble going.
    RetryStorm "retry-storm" "Retries keep the overload going" Some(("outage", "Why the outage goes on")),
        "Requests that failed or waited long come again at once, beside those that were there. The load grows just when the pool is short, and stays up when its first reason is gone."
        "Switch the retries off for a minute during the trouble. If the errors do not become fewer, they are not what keeps it going."
        "How many of the requests are repetitions.";
    /// Another pool than the reader thinks.
    PoolSurprise "pool-surprise" "The pool is not the one that you configured" Some(("why", "What a pool saves")),
        "The settings did not arrive, or they do not fit the class of the pool. Defaults are 5 + 10 and 30 s; the class depends on the address."
        "Print engine.pool and engine.pool.status() in the running program. If class and numbers are what you set, look further."
        "Where the engine is made that the program really uses.";
    /// A transaction is open and silent.
    TransactionLeftOpen "transaction-left-open" "A transaction was left open, and silent" Some(("outside", "The call that holds a connection")),
        "The program took a connection, computed or waited, and went on with it later. Meanwhile the server closed it. pool_pre_ping and pool_recycle look at a connection at checkout only, so they cannot help one that is out."
        "Log the time between the two statements before the error. If it is well below every limit of the server, it is not the cause."
        "How long the transaction was silent before the statement that failed.";
    /// The ping itself fails.
    PingRaised "ping-raised" "The ping fails, but not as a lost connection" Some(("pre-ping", "Who notices a dead connection?")),
        "pool_pre_ping replaces a connection if the driver’s error counts as a disconnect. Any other error is raised to your code, and the connection stays in the pool."
        "Run the ping’s statement by hand as the same user. If it works every time, something else is raised."
        "What the driver’s error looked like to SQLAlchemy.";
    /// Tasks are cancelled.
    CancelledTasks "cancelled-tasks" "Tasks are cancelled before they return their connection" Some(("cancelled", "Cancelled: where does the connection go?")),
        "A timeout or a closed tab cancels a task between taking a connection and returning it. In async with it comes back; otherwise only the garbage collector finds it, later."
        "Run without timeouts, and let clients finish. If the pool still empties, cancelling is not the cause."
        "Which tasks were cancelled while they had a connection.";
    /// Nothing listens there.
    ServerUnreachable "server-unreachable" "The database cannot be reached" Some(("pre-ping", "Who notices a dead connection?")),
        "No connection could be opened: nothing listens there, the name is unknown, or this user may not enter. The pool is not involved."
        "Connect with psql or mysql from the same machine, with the same address. If that works, the address in the program is another one."
        "What the program’s address resolves to on that machine.";
    /// Sessions or connections are used wrongly.
    SessionMisuse "session-misuse" "A session is used after its time, or by several at once" None,
        "A session belongs to one request, thread or task, and to the time until it is closed. The pool gave out connections as it should."
        "Give each task or thread a session of its own, and finish with its objects before it is closed. If the error stays, it is another one."
        "Where the session came from.";
    /// The file of the database was replaced.
    FileReplaced "file-replaced" "The SQLite file was removed or replaced" None,
        "Since SQLAlchemy 2.0 SQLite files have a QueuePool, so a connection to the old file stays open. It reads the removed file and cannot write to it."
        "Call engine.dispose() before the file is removed, or use NullPool. If the error stays, look at the file’s permissions."
        "When the file was replaced.";
    /// SQLite has one writer.
    WriterLock "writer-lock" "Another connection is writing" None,
        "SQLite lets one connection write at a time; the others wait for its timeout, 5 s by default. A transaction that stays open keeps the lock."
        "Look for transactions that wait for something else after their first write. If all are short, look for other processes with the same file."
        "Which connection holds the lock.";
    /// State of an earlier user.
    SessionState "session-state" "The connection remembers what its last user did" Some(("return", "What happens on return?")),
        "On return the pool rolls back. That ends the transaction, but temporary tables, SET, search_path, advisory locks and prepared statements belong to the connection and stay."
        "Use NullPool once. If the error is gone, it was state that stayed with a connection."
        "Which earlier request left the state.";
}
