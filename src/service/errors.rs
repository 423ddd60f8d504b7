//! Errors of a request, in the wording of its database driver.

use super::borrow::Borrow;
use super::service::Service;
use crate::pool::{self, Client};
use crate::sql::{ConnectError, DriverError, Fault, Statement, StatementError, Vendor};

impl Service {
    /// Sets the vendor whose wording errors have from now on.
    pub(crate) fn speak(&mut self, vendor: Vendor) {
        self.vendor = vendor;
    }

    /// Notes why no connection could be opened for this client.
    pub(super) fn refused(&mut self, client: Client, fault: Fault) {
        if let Some(Some(request)) = self.requests.get_mut(client.0 as usize) {
            request.refusal = fault;
        }
    }

    /// The exception that the client gets when the pool raises this error instead of handing out a connection.
    pub(super) fn connect_error(&self, client: Client, error: pool::PoolError) -> ConnectError {
        let fault = self.request(client).map_or(Fault::Refused, |request| request.refusal);
        ConnectError { error, driver: self.driver_error(client, fault) }
    }

    /// The exception that the client gets at its current statement. The statements of a request without a view are not known, so
    /// one statement stands for all.
    pub(super) fn statement_error(&self, client: Client, fault: Fault) -> StatementError {
        let statement = self.statement(client).map_or(Statement::SelectNumber, |(_, statement)| statement);
        let rolls_back = self.request(client).is_some_and(|request| request.rolls_back);
        StatementError { error: self.driver_error(client, fault), statement: (!rolls_back).then_some(statement) }
    }

    /// Whether the request, which calls no view, borrows the driver's own connection.
    pub(super) fn borrows_raw(&self, client: Client) -> bool {
        self.borrow == Borrow::Raw && !self.is_call(client)
    }

    fn driver_error(&self, client: Client, fault: Fault) -> DriverError {
        DriverError { vendor: self.vendor, fault, raw: self.is_raw(client) || self.borrows_raw(client) }
    }
}
