//! Why a day has no outage.

use super::certificate::CertificateError;
use super::date::Date;

/// No world that was drawn for a day is a fair one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("No fair outage was found for {date}. The last one drawn: {}.", .last.as_ref().map_or("none".into(), ToString::to_string))]
pub struct DailyError {
    /// The day.
    pub date: Date,
    /// What was wrong with the last one drawn.
    pub last: Option<CertificateError>,
}
