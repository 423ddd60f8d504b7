//! Little's law.

/// How many are in a place on average: the rate at which they come (per second) times the time each stays (in seconds).
///
/// It holds for every place and every law of arrival and stay, as long as all who come leave again: for those who
/// wait, those who are served, and both together (Little 1961). Measured averages obey it too, up to who is inside at the
/// beginning and at the end.
///
/// ```
/// // 135 checkouts a second that each keep a connection for 100 ms occupy 13.5 connections.
/// assert_eq!(valet::theory::littles_law(135.0, 0.1), 13.5);
/// ```
///
/// It is the plain product, only that 0 times infinity is 0: nobody, for ever, is nobody.
pub fn littles_law(rate: f64, time: f64) -> f64 {
    if rate == 0.0 || time == 0.0 { 0.0 } else { rate * time }
}
