//! Cures as code, in the dialects that people configure pools in.

use crate::pool::Settings;
use crate::settings::{SETTINGS, Scope, Setting};
use crate::sim::Setup;

/// How an application writes its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `create_engine(...)`.
    CreateEngine,
    /// Flask-SQLAlchemy's `SQLALCHEMY_ENGINE_OPTIONS`.
    Flask,
    /// FastAPI with an asynchronous engine.
    Fastapi,
    /// An ini file for `engine_from_config`.
    Ini,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Dialect; 4] = [Dialect::CreateEngine, Dialect::Flask, Dialect::Fastapi, Dialect::Ini];

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Dialect::CreateEngine => "create_engine",
            Dialect::Flask => "Flask-SQLAlchemy",
            Dialect::Fastapi => "FastAPI, async",
            Dialect::Ini => "ini file",
        }
    }
}

/// A change of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// The lines before; empty if there were none.
    pub old: Vec<String>,
    /// The lines after.
    pub new: Vec<String>,
}

/// What of the code a cure changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// Nothing that could be printed.
    None,
    /// Settings of the pool, as they differ between the two worlds.
    Settings,
    /// The transaction ends before the slow part.
    Release,
    /// Sessions are closed in every case.
    Close,
    /// The same for tasks.
    Shield,
    /// One session for one request.
    One,
    /// One engine for the program.
    Engine,
    /// Connections are opened after the fork.
    Fork,
    /// Ping, and a timeout of the driver.
    Driver,
}

/// The change in a dialect. `settings` are those of the pool before and after.
pub(super) fn code(code: Code, dialect: Dialect, settings: Option<(Settings, Settings)>) -> Option<Diff> {
    let texts = match code {
        Code::None => return None,
        Code::Settings => return settings.map(|(before, after)| arguments(dialect, &before, &after, "")),
        Code::Driver => {
            let more = if dialect == Dialect::Ini { "" } else { "connect_args={\"tcp_user_timeout\": 5000}" };
            return settings.map(|(before, after)| arguments(dialect, &before, &after, more));
        }
        Code::Release => RELEASE,
        Code::Close => CLOSE,
        Code::Shield => SHIELD,
        Code::One => ONE,
        Code::Engine => ENGINE,
        Code::Fork => FORK,
    };
    let (old, new) = match dialect {
        Dialect::CreateEngine => texts[0],
        Dialect::Flask => texts[1],
        Dialect::Fastapi => texts[2],
        Dialect::Ini => return None,
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    Some(Diff { old: lines(old), new: lines(new) })
}

/// The settings that differ, with those that are not SQLAlchemy's defaults beside them, in a dialect's own way.
fn arguments(dialect: Dialect, before: &Settings, after: &Settings, more: &str) -> Diff {
    let pair = (of(*before), of(*after));
    let differ: Vec<&Setting> = pool_settings().filter(|setting| !setting.is_same(&pair.0, &pair.1)).collect();
    let usual = Setup::default();
    let written = |setup: &Setup| -> Vec<(&'static str, String)> {
        let told = differ.iter().filter(|setting| !setting.is_same(setup, &usual) || setup.settings == *after);
        told.map(|setting| (setting.name, python(setting, setup, dialect))).collect()
    };
    let (old, new) = (written(&pair.0), written(&pair.1));
    if dialect == Dialect::Ini {
        let lines = |values: &[(&str, String)]| {
            values.iter().map(|(name, value)| format!("sqlalchemy.{name} = {value}")).collect()
        };
        return Diff { old: lines(&old), new: lines(&new) };
    }
    let line = |values: &[(&str, String)], more: &str| {
        let is_flask = dialect == Dialect::Flask;
        let mut list: Vec<String> = values
            .iter()
            .map(|(name, value)| if is_flask { format!("\"{name}\": {value}") } else { format!("{name}={value}") })
            .collect();
        if !more.is_empty() {
            list.push(if is_flask {
                more.replacen('=', "\": ", 1).replacen("connect", "\"connect", 1)
            } else {
                more.to_owned()
            });
        }
        let list = list.join(", ");
        match dialect {
            Dialect::Flask => format!("app.config[\"SQLALCHEMY_ENGINE_OPTIONS\"] = {{{list}}}"),
            Dialect::Fastapi if list.is_empty() => "engine = create_async_engine(url)".to_owned(),
            Dialect::Fastapi => format!("engine = create_async_engine(url, {list})"),
            _ if list.is_empty() => "engine = create_engine(url)".to_owned(),
            _ => format!("engine = create_engine(url, {list})"),
        }
    };
    let old_line = if old.is_empty() && dialect == Dialect::Flask { Vec::new() } else { vec![line(&old, "")] };
    Diff { old: old_line, new: vec![line(&new, more)] }
}

fn of(settings: Settings) -> Setup {
    Setup { settings, ..Setup::default() }
}

fn pool_settings() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().filter(|setting| setting.scope == Scope::Pool)
}

/// A value as Python or an ini file has it.
fn python(setting: &Setting, setup: &Setup, dialect: Dialect) -> String {
    let text = setting.text(setup);
    match (setting.name, text.as_str()) {
        ("pool_pre_ping" | "pool_use_lifo", "1") if dialect == Dialect::Ini => "true".into(),
        ("pool_pre_ping" | "pool_use_lifo", "0") if dialect == Dialect::Ini => "false".into(),
        ("pool_pre_ping" | "pool_use_lifo", "1") => "True".into(),
        ("pool_pre_ping" | "pool_use_lifo", "0") => "False".into(),
        _ => text,
    }
}

/// For create_engine, Flask-SQLAlchemy and FastAPI: the lines before, and after.
type Texts = [(&'static str, &'static str); 3];

const RELEASE: Texts = [
    (
        "with Session(engine) as session:\n    user = session.get(User, key)\n    answer = slow_call(user.name)\n    session.add(Answer(answer))\n    session.commit()",
        "with Session(engine) as session:\n    name = session.get(User, key).name\nanswer = slow_call(name)\nwith Session(engine) as session, session.begin():\n    session.add(Answer(answer))",
    ),
    (
        "user = db.session.get(User, key)\nanswer = slow_call(user.name)",
        "name = db.session.get(User, key).name\ndb.session.rollback()\nanswer = slow_call(name)",
    ),
    (
        "async def current_user(session: AsyncSession = Depends(get_session)):\n    return await session.get(User, key)",
        "async def current_user():\n    async with SessionLocal() as session:\n        return await session.get(User, key)",
    ),
];
const CLOSE: Texts = [
    (
        "session = Session(engine)\nwork(session)\nsession.close()",
        "with Session(engine) as session:\n    work(session)",
    ),
    (
        "connection = db.engine.connect()\nwork(connection)\nconnection.close()",
        "with db.engine.connect() as connection:\n    work(connection)",
    ),
    (
        "async def get_session():\n    session = SessionLocal()\n    yield session\n    await session.close()",
        "async def get_session():\n    async with SessionLocal() as session:\n        yield session",
    ),
];
const SHIELD: Texts = [CLOSE[0], CLOSE[1], CLOSE[2]];
const ONE: Texts = [
    (
        "def settle(order):\n    with Session(engine) as session:\n        session.add(Entry(order))",
        "def settle(session, order):\n    session.add(Entry(order))",
    ),
    (
        "def settle(order):\n    with db.engine.begin() as connection:\n        connection.execute(entry(order))",
        "def settle(order):\n    db.session.execute(entry(order))",
    ),
    (
        "async def settle(order):\n    async with SessionLocal() as session:\n        session.add(Entry(order))",
        "async def settle(session, order):\n    session.add(Entry(order))",
    ),
];
const ENGINE: Texts = [
    ("def view():\n    engine = create_engine(url)", "engine = create_engine(url)\n\ndef view():\n    ..."),
    (
        "def view():\n    engine = create_engine(url)",
        "db = SQLAlchemy(app)\n\ndef view():\n    db.session.execute(...)",
    ),
    (
        "async def view():\n    engine = create_async_engine(url)",
        "engine = create_async_engine(url)\n\nasync def view():\n    ...",
    ),
];
const FORK: Texts = [
    ("def work():\n    ...", "def work():\n    engine.dispose(close=False)\n    ..."),
    (
        "",
        "# gunicorn.conf.py\ndef post_fork(server, worker):\n    from app import app, db\n    with app.app_context():\n        db.engine.dispose(close=False)",
    ),
    (
        "",
        "# gunicorn.conf.py\ndef post_fork(server, worker):\n    from app.db import engine\n    engine.sync_engine.dispose(close=False)",
    ),
];
