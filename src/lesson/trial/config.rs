//! Claims about configuration. The pool's settings are read from the snippet as Flask-SQLAlchemy 3.1.1 reads them.

use super::setting::world;
use super::snippet::settings;
use super::{Claim, Ruling};
use crate::apps::{Application, Form};
use crate::lesson::Plan;
use crate::time::Span;

/// The arrivals of `number` requests, a tenth of a second apart.
fn rush(number: i64) -> Vec<i64> {
    (0..number).map(|number| 500 + 100 * number).collect()
}

/// Claim: `SQLALCHEMY_POOL_SIZE` and `SQLALCHEMY_MAX_OVERFLOW` configure the pool.
pub(super) static OWN_KEYS: Claim = Claim {
    name: "own-keys",
    plan: || {
        let settings = settings(Application::Test.source(Form::Original));
        Plan::new(world(settings, &rush(18), 5_000), Span::from_secs(7))
    },
    speed: 1.0,
    fact: "run.most-open",
    expects: "18",
    ruling: Ruling::Outdated,
};

/// Claim: the sample has three connections and two extra.
pub(super) static THE_SAMPLE: Claim = Claim {
    name: "the-sample",
    plan: || {
        let settings = settings(Application::Example.source(Form::Original));
        Plan::new(world(settings, &rush(8), 20_000), Span::from_secs(5))
    },
    speed: 1.0,
    fact: "run.most-open",
    expects: "5",
    ruling: Ruling::False,
};

const OLD_RECYCLE: &str = "\
app.config['SQLALCHEMY_DATABASE_URI'] = 'postgresql://host/shop'
app.config['SQLALCHEMY_POOL_RECYCLE'] = 3
";

/// Claim: `SQLALCHEMY_POOL_RECYCLE` recycles connections.
pub(super) static OLD_RECYCLE_KEY: Claim = Claim {
    name: "old-recycle-key",
    plan: || Plan::new(world(settings(OLD_RECYCLE), &[500, 5_000, 9_500], 800), Span::from_secs(11)),
    speed: 1.5,
    fact: "run.recycled",
    expects: ">0",
    ruling: Ruling::Outdated,
};

/// Claim: `SQLALCHEMY_ENGINE_OPTIONS` reaches `create_engine`.
pub(super) static ENGINE_OPTIONS: Claim = Claim {
    name: "engine-options",
    plan: || {
        let settings = settings(Application::Example.source(Form::Corrected));
        Plan::new(world(settings, &rush(8), 3_000), Span::from_secs(8))
    },
    speed: 1.0,
    fact: "run.most-open",
    expects: "5",
    ruling: Ruling::True,
};

/// Claim: without tuning, SQLAlchemy's own defaults are used.
pub(super) static UNTUNED: Claim = Claim {
    name: "untuned",
    plan: || {
        let settings = settings(Application::Users.source(Form::Original));
        Plan::new(world(settings, &rush(17), 4_000), Span::from_secs(7))
    },
    speed: 1.0,
    fact: "run.most-open",
    expects: "15",
    ruling: Ruling::True,
};

const FILE: &str = "app.config['SQLALCHEMY_DATABASE_URI'] = 'sqlite:///example.db'";

/// Claim: a database in a file has no pool.
pub(super) static SQLITE_FILE: Claim = Claim {
    name: "sqlite-file",
    plan: || {
        let one_by_one = [500, 2_500, 4_500, 6_500];
        Plan::new(world(settings(FILE), &one_by_one, 800), Span::from_secs(8))
    },
    speed: 1.0,
    fact: "run.opened",
    expects: "4",
    ruling: Ruling::Outdated,
};
