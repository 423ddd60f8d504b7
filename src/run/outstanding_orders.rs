//! The orders of a driven world that have no report yet.

use super::play::ReplayErrorKind;
use crate::pool::{Answer, Client, Command, ConnectionId};
use crate::service::{Job, Order, Report};
use crate::sql::{Reply, Statement};
use crate::travel::Travel;
use std::collections::BTreeSet;

/// The orders without a report, and the connections that have been opened: every report is about one of these.
#[derive(Debug, Default)]
pub struct OutstandingOrders {
    orders: Vec<Order>,
    opened: BTreeSet<ConnectionId>,
}

impl OutstandingOrders {
    /// Collects the orders that the travel has given.
    pub fn collect(&mut self, travel: &mut Travel) {
        while let Some(order) = travel.order() {
            self.orders.push(order);
        }
    }

    /// Takes a report and removes the order that it is about.
    ///
    /// # Errors
    /// [`ReplayErrorKind::NotOrdered`] or [`ReplayErrorKind::OpenedTwice`].
    pub fn take(&mut self, generation: u32, client: Client, report: Report) -> Result<(), ReplayErrorKind> {
        let is_whose = |order: &Order| order.generation == generation && order.client == client;
        let place = self.orders.iter().position(|order| is_whose(order) && fits(order.job, report));
        let Some(place) = place else {
            return Err(ReplayErrorKind::NotOrdered { client: client.0, generation });
        };
        self.orders.swap_remove(place);
        if let Report::Answered(Answer::Opened(connection)) = report
            && !self.opened.insert(connection)
        {
            return Err(ReplayErrorKind::OpenedTwice(connection.0));
        }
        Ok(())
    }
}

/// Whether a job can have this report, according to the documentation of the pool's [`Command`]s.
fn fits(job: Job, report: Report) -> bool {
    use Answer::{AllGone, Done, Failed, Gone, Interrupted, Opened};
    match (job, report) {
        (Job::Work(..) | Job::Rollback(_), report) => {
            matches!(report, Report::Worked | Report::Failed | Report::Lost(_))
        }
        (Job::Execute(..), Report::Failed | Report::Lost(_)) => true,
        (Job::Execute(_, statement, _), Report::Executed(reply)) => match statement {
            Statement::Insert(..) => matches!(reply, Reply::Inserted(_) | Reply::Conflict),
            Statement::SelectAll(_) | Statement::SelectOne(..) | Statement::SelectNumber => {
                matches!(reply, Reply::Found(_))
            }
            Statement::Commit => matches!(reply, Reply::Done | Reply::Conflict),
            Statement::Rollback => reply == Reply::Done,
        },
        (Job::Pool(command), Report::Answered(answer)) => match command {
            Command::Open(_) => matches!(answer, Opened(_) | Failed | Interrupted),
            Command::Ping(_) | Command::Reset(..) => matches!(answer, Done | Gone | Failed | Interrupted),
            Command::Close(_) | Command::Terminate(_) => matches!(answer, Done | Failed | Interrupted),
            Command::Ask(_) => matches!(answer, Done | Gone | AllGone | Failed | Interrupted),
            Command::Wake => false, // The world does that itself, so nobody reports it.
        },
        (Job::Execute(..) | Job::Pool(_), _) => false,
    }
}
