//! Valet: watch database connection pooling.
//!
//! SQLAlchemy's connection pool, rule for rule, as an engine that knows no browser; around it a page that shows it as a
//! parking lot, in which requests are cars and every parked car runs real transactions on a real IndexedDB database.
//!
//! # The rooms
//!
//! | room | what it is for | may use |
//! |---|---|---|
//! | [`time`](mod@time) | whole microseconds, the only clock type | – |
//! | [`pool`](mod@pool) | THE ENGINE: SQLAlchemy's six pool classes as one state machine without input or output | `time` |
//! | [`sql`](mod@sql) | statement, reply, rows: the words between an application and a database | `pool` |
//! | [`apps`](mod@apps) | the tutorials' applications as steps, with SQLAlchemy's session as it is | `pool`, `sql`, `time` |
//! | [`service`](mod@service) | an application around a pool: requests, orders, reports, news, and what is counted | `apps`, `pool`, `sql`, `time` |
//! | [`sim`](mod@sim) | a world around pools, repeatable from its seed: traffic, workers, a simulated server, and its journal | `apps`, `pool`, `service`, `sql`, `time` |
//! | [`theory`](mod@theory) | queueing formulas for a pool seen as c servers, to show beside what is measured | – |
//! | [`format`](mod@format) | times and numbers as people read them | `time` |
//! | [`figures`](mod@figures) | the one table of what a run shows, as numbers and as files, beside what theory says | `format`, `pool`, `service`, `sim`, `theory`, `time` |
//! | [`search`](mod@search) | two worlds compared, grids of them, and the smallest pool that is good enough | `figures`, `format`, `pool`, `sim`, `time` |
//! | [`paste`](mod@paste) | WHAT PEOPLE PASTE: errors, tracebacks and logs with secrets masked, and what is found in them | `pool`, `time` |
//! | [`log`](mod@log) | THE POOL'S LOG: who held which connection from when to when, read in pieces, from SQLAlchemy's log or a recorded file | `paste`, `pool`, `time` |
//! | [`python`](mod@python) | settings as create_engine, engine_from_config and Flask-SQLAlchemy take them | `pool`, `time` |
//! | [`source`](mod@source) | Python and configuration files as people paste them: the engines in them, and what is not known | `pool`, `python` |
//! | [`settings`](mod@settings) | the one table of everything that can be set: typed values, their texts, ranges and errors; what is done to a world | `apps`, `pool`, `service`, `sim`, `sql`, `time` |
//! | [`link`](mod@link) | settings, acts and the moment as an address, and every address ever printed read again | `apps`, `pool`, `service`, `settings`, `sim`, `time` |
//! | [`lot`](mod@lot) | THE PICTURE in numbers: where everything is at a moment; also as SVG text | `pool`, `service`, `time` |
//! | [`travel`](mod@travel) | a recorded run in which one goes back, forth, and off into another future | `figures`, `lot`, `service`, `sim`, `time` |
//! | [`run`](mod@run) | a run as a file: settings, acts, the store's answers, results; played again it shows the same pictures | `apps`, `figures`, `lot`, `pool`, `service`, `settings`, `sim`, `sql`, `time`, `travel` |
//! | [`lesson`](mod@lesson) | THE TUTORIAL: lessons as pairs of prose (HTML) and data (Rust), challenges, claims on trial, the glossary | `apps`, `figures`, `format`, `lot`, `pool`, `python`, `service`, `settings`, `sim`, `theory`, `time`, `travel` |
//! | [`progress`](mod@progress) | what a reader has done, and the same as a code to copy | – |
//! | [`fleet`](mod@fleet) | SIZING: from processes, traffic and a server's limit to a pool_size, with reasons, and the advice played | `figures`, `lesson`, `pool`, `search`, `settings`, `sim`, `theory`, `time` |
//! | [`still`](mod@still) | the still first frame, and the settings the page opens with | `apps`, `fleet`, `lesson`, `lot`, `pool`, `service`, `sim`, `time`, `travel` |
//! | [`film`](mod@film) | THE FILM: the lot's pictures one after another, as a page without the program can play them | `lot`, `still`, `time` |
//! | [`clinic`](mod@clinic) | THE CLINIC: from a paste to ranked causes, each with a world that shows it, cures, and code | `apps`, `figures`, `lesson`, `link`, `log`, `paste`, `pool`, `service`, `settings`, `sim`, `source`, `sql`, `still`, `time` |
//! | [`report`](mod@report) | THE REPORT: a case as one file of HTML, in which what was found still plays | `clinic`, `film`, `format`, `lesson`, `lot`, `still`, `time`, `travel` |
//! | [`daily`](mod@daily) | THE DAILY OUTAGE: a world a day from its date, certified to be fair; its evidence, replies, and scores | `apps`, `clinic`, `figures`, `format`, `lesson`, `pool`, `service`, `settings`, `sim`, `sql`, `time` |
//! | [`site`](mod@site) (host) | THE PAGES: one table of them, and the HTML of each, made from index.html and fragments | `clinic`, `figures`, `lesson`, `settings`, `sim`, `still` |
//! | `indexeddb` (wasm) | one way to open, migrate, restart and use a database of the browser's; errors, deadline, quarantine | – |
//! | `database` (wasm) | THE REAL STORE: transactions on IndexedDB, memory where it is refused, the pool's driver | `indexeddb`, `pool`, `sql`, `time` |
//! | `storage` (wasm) | kept runs and progress, in an IndexedDB database of their own, or in memory | `indexeddb`, `progress`, `run` |
//! | `browser` (wasm) | what the page asks of its browser: elements, visibility, media, address, clipboard, downloads | – |
//! | `app` (wasm) | THE PAGE: Leptos components, the frame loop, the canvas | `apps`, `browser`, `clinic`, `daily`, `database`, `figures`, `fleet`, `format`, `lesson`, `link`, `log`, `lot`, `paste`, `pool`, `progress`, `report`, `run`, `search`, `service`, `settings`, `sim`, `source`, `sql`, `still`, `storage`, `time`, `travel` |
//!
//! Cargo keeps the browser's crates out of everything that is not marked wasm; `tests/native/layers.rs` keeps the rooms apart,
//! and the words of the picture (car, bay, kerb) in `lot`, `lesson`, `still`, `site` and `app`.
//!
//! # The story of one request
//!
//! ```
//! use valet::lot::{Format, Lot};
//! use valet::pool::{Answer, Command, ConnectionId, Settings};
//! use valet::service::{Job, Report, RequestSpec, Service};
//! use valet::time::{Instant, Span};
//!
//! let mut service = Service::new(Settings { pool_size: 5, max_overflow: 10, ..Settings::default() });
//! let mut lot = Lot::new(Format::Wide);
//!
//! // 1. Request 42 comes at 1.203417 s and asks the pool for a connection.
//! let now = Instant::from_micros(1_203_417);
//! service.arrive(now, 42, RequestSpec { takes: Span::from_millis(100), ..RequestSpec::default() });
//!
//! // 2. Nothing is idle. The pool counts one more, makes a record, and wants a connection opened in it.
//! let order = service.poll().unwrap();
//! let Job::Pool(Command::Open(_)) = order.job else { panic!() };
//! assert_eq!((service.pool().overflow(), service.pool().checkedout()), (-4, 1));
//!
//! // 3. The driver obeys: the simulated server in virtual time, or IndexedDB. 20 ms later it reports.
//! let opened = Report::Answered(Answer::Opened(ConnectionId(1)));
//! service.report(now + Span::from_millis(20), order.generation, order.client, opened);
//!
//! // 4. The pool hands the connection over; the request works with it, and gives it back.
//! let order = service.poll().unwrap();
//! assert_eq!(order.job, Job::Work(ConnectionId(1), Span::from_millis(100)));
//! let done = now + Span::from_millis(120);
//! service.report(done, order.generation, order.client, Report::Worked);
//!
//! // 5. It is reset on return, and its key hangs on the rack.
//! let order = service.poll().unwrap();
//! let Job::Pool(Command::Reset(..)) = order.job else { panic!() };
//! service.report(done, order.generation, order.client, Report::Answered(Answer::Done));
//! assert_eq!((service.pool().checkedin(), service.tally().served), (1, 1));
//!
//! // 6. All the while the lot has watched. It can say for any moment where everything is.
//! while let Some(news) = service.news() {
//!     lot.watch(done, news);
//! }
//! lot.settle(done, &service);
//! let picture = lot.picture(done, service.pool(), false);
//! assert_eq!((picture.bays.len(), picture.hanging), (1, 1)); // a bay is paved, and its key hangs on the rack
//! ```

#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod apps;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod clinic;
pub mod daily;
#[cfg(target_arch = "wasm32")]
pub mod database;
pub mod figures;
pub mod film;
pub mod fleet;
pub mod format;
#[cfg(target_arch = "wasm32")]
pub mod indexeddb;
pub mod lesson;
pub mod link;
pub mod log;
pub mod lot;
pub mod paste;
pub mod pool;
pub mod progress;
pub mod python;
pub mod report;
pub mod run;
pub mod search;
pub mod service;
pub mod settings;
pub mod sim;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod source;
pub mod sql;
pub mod still;
#[cfg(target_arch = "wasm32")]
pub mod storage;
pub mod theory;
pub mod time;
pub mod travel;
