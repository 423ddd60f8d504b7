//! What is said to a guess at the cause: what in the evidence speaks against a wrong one.

use super::evidence::{Evidence, Stretch};
use super::outage::Outage;
use crate::clinic::Cause;
use crate::figures::ERRORS;
use crate::format::{many, rounded};
use crate::time::{Instant, Span};

/// What is said to a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Whether it is the cause.
    pub is_right: bool,
    /// Why, or what speaks against it.
    pub says: String,
    /// What the same traffic comes to without it.
    pub without: String,
}

impl Outage {
    /// The reply to a guess.
    pub fn reply(&self, evidence: &Evidence, guess: Cause) -> Reply {
        let (failed, requests) = (evidence.failed, many(evidence.requests as usize, "request"));
        if guess == self.cause {
            let without = format!("Take it away, and none of the same {requests} fails.");
            return Reply { is_right: true, says: guess.says().into(), without };
        }
        let happened = self.suspects.iter().any(|suspect| suspect.cause == guess);
        let still = ERRORS.number(&self.without(guess).outcome());
        let without = if happened {
            format!("Take it away, and {still} of {requests} fail all the same. As it is: {failed}.")
        } else {
            String::new()
        };
        Reply { is_right: false, says: self.against(evidence, guess), without }
    }

    /// What in the evidence speaks against a guess that is wrong.
    fn against(&self, evidence: &Evidence, guess: Cause) -> String {
        let Evidence { first, sessions, good_day, .. } = evidence;
        let (after, at, out) = (rounded(first.after), moment(first.at), sessions.out.len());
        let worst = evidence.worst();
        match guess {
            Cause::Leak => {
                let longest = evidence.stretches.iter().filter_map(|stretch| stretch.longest).max();
                format!(
                    "With a leak, connections go out and never come back, until none is left. Here all of them come back: none is out for longer than {}.",
                    rounded(longest.unwrap_or(Span::ZERO))
                )
            }
            Cause::HeldAcrossSlowWork => match self.cause {
                Cause::NestedCheckout => "They hold connections and run nothing. But what they wait for is a second connection: just before the first failure, requests that have one ask for another.".into(),
                Cause::Leak => format!(
                    "They are idle in transaction, but for no email or call: connection #{} is out for {} at {at}, and never returned.",
                    sessions.out.first().map_or(0, |out| out.connection.0),
                    rounded(sessions.out.first().map_or(Span::ZERO, |out| out.lasts)),
                ),
                Cause::EnginePerRequest => format!(
                    "Connections are out long after their requests are over, and {} are opened for {}. A request that waits for an email has one connection.",
                    evidence.opened(),
                    many(evidence.requests as usize, "request")
                ),
                _ => format!(
                    "Then most connections that are out would run no statement. Just before the first failure {} of {out} run one.",
                    sessions.active
                ),
            },
            Cause::TooSmall => {
                let usual = f64::from(good_day.requests) * worst.lasts.as_secs_f64() / good_day.lasts.as_secs_f64();
                let (come, lasts) = (worst.requests, rounded(worst.lasts));
                if f64::from(come) < usual * 1.3 {
                    return format!(
                        "Then more requests would come than usual. When most fail, {come} come in {lasts}; on a good day {usual:.0}."
                    );
                }
                let longest = evidence.stretches.iter().filter_map(|stretch| stretch.longest).max();
                format!(
                    "More requests do come, {come} in {lasts} instead of {usual:.0}. But what fills the pool is how long some keep a connection: up to {}, on a good day {}.",
                    rounded(longest.unwrap_or(Span::ZERO)),
                    rounded(good_day.longest.unwrap_or(Span::ZERO))
                )
            }
            Cause::ServerSlow => self.against_slow(evidence),
            Cause::NestedCheckout => format!(
                "Then the log has requests with two connections at once, marked with a b. Here {} of {} ever ask for a second one.",
                evidence.doubles, evidence.requests
            ),
            Cause::IdleLimit if first.after >= SOON => format!(
                "A server that closes an idle session lets the next request fail at once. The first one that failed hung for {after}."
            ),
            Cause::Restart if first.after >= SOON => format!(
                "A restart ends every session, and requests on them fail at once. The first one that failed hung for {after}."
            ),
            Cause::Firewall if first.after < SOON => format!(
                "What a firewall forgets is dead without a word, and requests hang until TCP gives up. The first one that failed did so {after} after it came."
            ),
            Cause::Failover if first.after < SOON => format!(
                "After a failover the old connections are silent, and requests hang until TCP gives up. The first one that failed did so {after} after it came."
            ),
            Cause::IdleLimit | Cause::Firewall => match self.note(guess) {
                Some(note) => format!("{note} The longest quiet stretch of that day is {}.", rounded(self.longest_pause())),
                None => "No such limit is known of that day.".into(),
            },
            Cause::Restart | Cause::Failover => match self.note(guess) {
                Some(note) => format!("{note} That was before the first connection was opened. The first request fails at {at}."),
                None => "Nothing of the kind is known of that day.".into(),
            },
            Cause::TooManyWorkers => {
                let setup = self.plan().setup;
                let each = self.good_day().setup.settings.limit().unwrap_or(0);
                format!(
                    "{} processes with at most {each} connections each come to {}. The server takes {}.",
                    setup.workers,
                    setup.workers as i64 * each,
                    setup.database.max_connections.unwrap_or(0)
                )
            }
            Cause::EnginePerRequest => format!(
                "Then a connection would be opened for each request. Here {} are opened for {}.",
                evidence.opened(),
                many(evidence.requests as usize, "request")
            ),
            _ => guess.refute().into(),
        }
    }

    fn against_slow(&self, evidence: &Evidence) -> String {
        let (now, usual) = (evidence.typical_at_first(), evidence.good_day.typical.unwrap_or(Span::ZERO));
        if now < usual.times(1.5) {
            return format!(
                "Then every statement would take longer, and with it every request. When the first one fails, a connection is typically out for {}; on a good day for {}.",
                rounded(now),
                rounded(usual)
            );
        }
        format!(
            "Connections are out for longer than usual, but the server has little to do: just before the first failure {} of {} run a statement.",
            evidence.sessions.active,
            evidence.sessions.out.len()
        )
    }

    /// What is known of something that happened and was not the cause.
    fn note(&self, cause: Cause) -> Option<String> {
        self.suspects.iter().find(|suspect| suspect.cause == cause).map(|suspect| suspect.note())
    }

    /// The longest time without a request.
    fn longest_pause(&self) -> Span {
        let plan = self.good_day();
        let list = &plan.setup.traffic.list;
        list.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(Span::ZERO)
    }
}

/// A request that fails sooner than this did not hang.
const SOON: Span = Span::from_secs(1);

impl Evidence {
    /// The stretch in which most requests failed.
    pub fn worst(&self) -> Stretch {
        let worst = self.stretches.iter().rev().max_by_key(|stretch| stretch.failed);
        worst.copied().unwrap_or(self.good_day)
    }

    /// How long a connection is typically out when the first request fails, as far as connections come back then.
    fn typical_at_first(&self) -> Span {
        let until = self.stretches.iter().rev().filter(|stretch| stretch.from <= self.first.at);
        until.filter_map(|stretch| stretch.typical).next().unwrap_or(Span::ZERO)
    }

    /// How many connections were opened.
    pub fn opened(&self) -> u32 {
        self.stretches.iter().map(|stretch| stretch.opened).sum()
    }
}

/// A moment as text: "12.3 s".
fn moment(at: Instant) -> String {
    format!("{:.1} s", at.as_secs_f64())
}
