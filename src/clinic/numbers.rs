//! The reader's numbers.

use crate::paste::{Database, Kind, Paste};
use crate::pool::{Class, Settings};
use crate::sql::Vendor;
use crate::time::Span;

/// The numbers of the reader's pool, from the paste where it says them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numbers {
    /// The pool, as the error, a status line or the configuration says.
    pub settings: Settings,
    /// Whose words errors have.
    pub vendor: Vendor,
    /// Where size and overflow are from.
    pub known: Known,
    /// How many processes wrote the log, if several did.
    pub workers: Option<usize>,
}

/// The largest pool that is shown.
const MOST_SHOWN: i64 = 300;
/// The longest timeout that is played.
const LONGEST: Span = Span::from_secs(600);

/// Where the numbers of the pool are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The error itself.
    Error,
    /// `pool.status()`.
    Status,
    /// The configuration.
    Configuration,
    /// Nothing said them: these are SQLAlchemy's defaults.
    Default,
}

impl Numbers {
    /// The numbers of a paste. Where it says none, those of the configuration, and then SQLAlchemy's defaults.
    pub fn of(paste: &Paste, configured: Option<&Settings>) -> Numbers {
        let mut settings = configured.copied().unwrap_or_default();
        let mut known = if configured.is_some() { Known::Configuration } else { Known::Default };
        let statuses = paste.findings.iter().filter_map(|finding| match finding.kind {
            Kind::Status(status) => Some(status),
            _ => None,
        });
        if let Some(limit) = paste.limit() {
            known = Known::Error;
            (settings.pool_size, settings.max_overflow) = (limit.size, limit.overflow);
            settings.pool_timeout = limit.timeout.or(settings.pool_timeout);
        } else if let Some(status) = statuses.clone().max_by_key(|status| status.overflow) {
            known = Known::Status;
            settings.pool_size = status.size;
            let seen = if configured.is_some() { settings.max_overflow } else { 10 };
            settings.max_overflow = if seen == -1 { -1 } else { seen.max(status.overflow) };
        }
        settings.class = paste.context.class.filter(|class| class.has_queue()).unwrap_or(match settings.class {
            class if class.has_queue() => class,
            _ => Class::QueuePool,
        });
        let vendor = match paste.context.database {
            Some(Database::Mysql) => Vendor::Mysql,
            Some(Database::Sqlite) => Vendor::Sqlite,
            // Their drivers' words are not known here: errors are told plainly.
            Some(Database::Oracle | Database::Mssql) => Vendor::Plain,
            Some(Database::Postgresql) | None => Vendor::Postgresql,
        };
        let pids = paste.context.pids.len();
        let workers = processes(&paste.text).or((pids > 1).then_some(pids));
        Numbers { settings, vendor, known, workers }
    }

    /// The most connections that the pool may have, if it has a limit that a world can show.
    pub(super) fn limit(&self) -> Option<i64> {
        self.settings.limit().filter(|limit| (1..=MOST_SHOWN).contains(limit))
    }

    /// Why a pool of this size cannot be shown where a cause is about its limit.
    pub(super) fn why_no_limit(&self) -> String {
        match self.settings.limit() {
            None => {
                "This pool has no limit, so no request waits for it: pool_size 0 or max_overflow -1 says so.".into()
            }
            Some(limit) if limit < 1 => "This pool may open no connection at all, so there is nothing to show.".into(),
            Some(limit) => format!(
                "This pool may open {limit} connections. Here at most {MOST_SHOWN} are shown, so it is not played; what is said of it holds all the same."
            ),
        }
    }

    /// The timeout with which worlds are played: the reader's, unless nobody would wait for its end.
    pub fn played_timeout(&self) -> Option<Span> {
        self.settings.pool_timeout.map(|timeout| timeout.min(LONGEST))
    }

    /// The time that worlds are measured by: the reader's timeout, or one that can be waited for.
    pub(super) fn pace(&self) -> Span {
        let (least, most) = (Span::from_millis(200), LONGEST);
        match self.settings.pool_timeout {
            Some(timeout) if timeout > Span::ZERO => timeout.clamp(least, most),
            Some(_) => Span::from_secs(1),
            None => Span::from_secs(30),
        }
    }

    /// How many connections a server of this kind takes by default, those reserved for administrators left out.
    pub const fn server_limit(&self) -> Option<u32> {
        match self.vendor {
            Vendor::Postgresql => Some(97),
            Vendor::Mysql => Some(151),
            Vendor::Plain | Vendor::Sqlite => None,
        }
    }
}

/// How a number of processes is written: gunicorn, uvicorn, uWSGI, Kubernetes.
const PROCESSES: [&str; 6] = ["--workers", "WEB_CONCURRENCY", "workers", "processes", "replicas", "-w"];
/// More are taken for something else.
const MOST_PROCESSES: usize = 1_000;

/// The number of processes that a text says.
fn processes(text: &str) -> Option<usize> {
    PROCESSES.iter().find_map(|name| {
        text.match_indices(name).find_map(|(at, _)| {
            let before = text[..at].chars().next_back();
            let rest = text[at + name.len()..].trim_start_matches([' ', '=', ':', '"', '\'', ',']);
            let digits = rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            let is_word = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '-');
            let is_apart = rest.len() < text.len() - at - name.len();
            let count = digits.parse().ok().filter(|count| (1..=MOST_PROCESSES).contains(count));
            count.filter(|_| is_word && is_apart)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::processes;

    #[test]
    fn the_number_of_processes_is_read_as_people_write_it() {
        for text in [
            "gunicorn app:app --workers 8",
            "gunicorn -w 8 app:app",
            "WEB_CONCURRENCY=8",
            "[uwsgi]\nprocesses = 8",
            "replicas: 8",
            "CMD [\"gunicorn\", \"-w\", \"8\", \"app:app\"]",
            "uvicorn app:app --workers=8",
        ] {
            assert_eq!(processes(text), Some(8), "{text}");
        }
        for text in ["no workers here", "max_workers=8x", "coworkers: 3", "processes the queue", "workers = many", "-w"]
        {
            assert_eq!(processes(text), None, "{text}");
        }
    }
}
