//! Errors of a request, in the words of its database.

use super::service::Service;
use crate::pool::{self, Client};
use crate::sql::{ConnectError, DriverError, Fault, Statement, StatementError, Vendor};

impl Service {
    /// From now on, whose words errors have.
    pub(crate) fn speak(&mut self, vendor: Vendor) {
        self.vendor = vendor;
    }

    /// No connection could be opened for this client.
    pub(super) fn refused(&mut self, client: Client, fault: Fault) {
        if let Some(Some(request)) = self.requests.get_mut(client.0 as usize) {
            request.refusal = fault;
        }
    }

    /// What the client catches when the pool raises this instead of handing it a connection.
    pub(super) fn connect_error(&self, client: Client, error: pool::PoolError) -> ConnectError {
        let fault = self.request(client).map_or(Fault::Refused, |request| request.refusal);
        ConnectError { error, driver: self.driver_error(client, fault) }
    }

    /// What the client catches at the statement that it is at. The statements of a request without a view are not known; one
    /// stands for all.
    pub(super) fn statement_error(&self, client: Client, fault: Fault) -> StatementError {
        let statement = self.statement(client).map_or(Statement::SelectNumber, |(_, statement)| statement);
        StatementError { error: self.driver_error(client, fault), statement: Some(statement) }
    }

    fn driver_error(&self, client: Client, fault: Fault) -> DriverError {
        DriverError { vendor: self.vendor, fault, raw: self.is_raw(client) }
    }
}
