//! Worlds that are interesting to begin with: each is a link with a name.

use super::address::Link;
use crate::sim::Setup;

/// A world to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// What it is called.
    pub title: &'static str,
    /// What there is to see, in a sentence.
    pub says: &'static str,
    /// The query of the link to it.
    query: &'static str,
}

/// All of them.
pub const PRESETS: [Preset; 6] = [
    Preset { title: "As it opens", says: "A pool of 5 + 3 that is a little too small now and then.", query: "at=8" },
    Preset {
        title: "A web application at noon",
        says: "Eighty requests a second, and a pool of 10 + 10 that is just enough for them.",
        query: "pool_size=10&max_overflow=10&pool_timeout=30&rate=80&query_ms=180&at=20",
    },
    Preset {
        title: "After a restart",
        says: "The database has just restarted. Every connection on the rack is dead, and without pool_pre_ping the pool does not know.",
        query: "rate=4&query_ms=600&acts=20000000-restart&at=20",
    },
    Preset {
        title: "A leak",
        says: "Three requests of a hundred never give their connection back. Padlocks mark them.",
        query: "rate=5&query_ms=300&leak_percent=3&at=45",
    },
    Preset {
        title: "An outage that goes on",
        says: "The queries were slow for six seconds, and are fast again now. Users give up after three seconds, and come back.",
        query: "pool_size=3&max_overflow=0&pool_timeout=30&traffic=constant&rate=3&work=constant&query_ms=600&gives_up=3&retries=2&connect_ms=200&seed=1&acts=8000000-slowness-5*14000000-slowness-1&at=14",
    },
    Preset {
        title: "Serverless",
        says: "Eight processes without a pool, before a server that takes twelve connections.",
        query: "poolclass=NullPool&workers=8&max_connections=12&rate=30&query_ms=250&at=12",
    },
];

impl Preset {
    /// What the link to it says.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.query.split('&').filter_map(|pair| pair.split_once('='))
    }

    /// The link to it, in a world that is `first` where the preset says nothing.
    pub fn link(&self, first: Setup) -> Link {
        Link::read(first, self.pairs()).0
    }
}
