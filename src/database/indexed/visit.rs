//! What a request of the live lot does, in one transaction.

use super::super::{DatabaseError, KEEP, PRUNE_AT, Visit};
use super::event::answer;
use super::handle::Handle;
use super::row;
use super::schema::USER;
use crate::sql::Column;
use web_sys::{IdbKeyRange, IdbObjectStore, IdbTransactionMode};

impl Handle {
    pub async fn visit(&self, name: &str) -> Result<Visit, DatabaseError> {
        let work = self.begin(&[USER], IdbTransactionMode::Readwrite)?;
        let visit = async { visit(&work.store(USER)?, name).await }.await;
        work.end(visit).await
    }
}

async fn visit(users: &IdbObjectStore, name: &str) -> Result<Visit, DatabaseError> {
    let id = row::number(&answer(users.add(&row::unnumbered(Column::Name, name))).await?);
    let mut count = row::number(&answer(users.count()).await?);
    if count > PRUNE_AT {
        // One step for the browser, whatever the number: a range, not a row at a time.
        let old =
            IdbKeyRange::upper_bound(&id.saturating_sub(KEEP).into()).map_err(|error| DatabaseError::told(&error))?;
        answer(users.delete(&old)).await?;
        count = row::number(&answer(users.count()).await?);
    }
    Ok(Visit { id, users: count })
}
