//! Claims about when a Flask request holds its connection.

use super::setting::{pool, world};
use super::{Claim, Ruling};
use crate::apps::{Application, Form, View};
use crate::lesson::Plan;
use crate::service::RequestSpec;
use crate::sim::{HostedApp, Setup, WorldAct};
use crate::time::Span;

/// Sends `times` requests, `every` apart, to a view of our session application; its statements take 300 ms each.
fn visits(path: &str, times: u32, every: Span) -> Plan {
    let view = View::find(Application::Session, path);
    let site = view.map(|view| HostedApp { form: Form::Corrected, view });
    let setup = Setup { site, ..world(pool(3, 2), &[], 300) };
    let visit = RequestSpec { takes: Span::from_millis(300), view, ..RequestSpec::default() };
    Plan::new(setup, Span::from_secs(6)).at(1.0, WorldAct::Send(visit, times, every))
}

/// Claim: a request takes a connection when it comes in.
pub(super) static ON_ARRIVAL: Claim = Claim {
    name: "on-arrival",
    plan: || visits("/late", 3, Span::from_millis(100)),
    speed: 0.75,
    fact: "run@1.9.checked-out",
    expects: "3",
    ruling: Ruling::Misleading,
};

/// Claim: committing or closing gives the connection back.
pub(super) static COMMIT_RETURNS: Claim = Claim {
    name: "commit-returns",
    plan: || visits("/commit", 3, Span::from_millis(100)),
    speed: 0.75,
    fact: "run@3.checked-out",
    expects: "0",
    ruling: Ruling::True,
};
