//! Erlang's two formulas of 1917.

/// The share of customers who find all `c` servers busy and are lost, if nobody can wait (M/M/c/c).
///
/// `a` is the offered load, arrivals per second times seconds of service: how many servers would be busy if there were enough.
/// NaN and negative loads count as 0. Without servers everybody is lost: 1. Below 2e-308 the result is 0.
///
/// ```
/// use valet::theory::erlang_b;
/// assert!((erlang_b(5, 4.5) - 0.243021001814972).abs() < 1e-15);
/// assert!((erlang_b(15, 13.5) - 0.131683788463389).abs() < 1e-15);
/// assert_eq!(erlang_b(0, 4.5), 1.0);
/// ```
///
/// The time it takes grows with √c only, so that a pool of a billion does not stop the page.
pub fn erlang_b(c: u32, a: f64) -> f64 {
    // Above 1e30 the result is 1 for every c.
    let a = if a > 0.0 { a.min(1e30) } else { 0.0 };
    // 1/B(k) = 1 + (k/a) / B(k-1): an error at k0 < a shrinks by k/a at each step, up to m = min(a, c) by more than
    // exp(-(m - k0)² / 2m). So 1 is good enough at k0 = m - 10√m - 10, far below the last digit.
    let m = a.min(f64::from(c));
    let first = (m - 10.0 * m.sqrt() - 10.0).max(0.0) as u32;
    let mut b = 1.0;
    for k in first + 1..=c {
        b = a * b / (f64::from(k) + a * b);
        // Subnormal numbers round back to themselves and would never reach 0.
        if b < f64::MIN_POSITIVE {
            return 0.0;
        }
    }
    b
}

/// The share of customers who find all `c` servers busy and wait, if everybody waits as long as it takes (M/M/c).
///
/// `None` where the servers cannot keep up (`a >= c`) and the line grows for ever. `a` as for [`erlang_b`].
///
/// ```
/// use valet::theory::erlang_c;
/// assert!((erlang_c(5, 4.5).unwrap() - 0.762493220732936).abs() < 1e-15);
/// assert!((erlang_c(1, 0.5).unwrap() - 0.5).abs() < 1e-15); // with one server: how much of the time it is busy
/// assert_eq!(erlang_c(15, 15.0), None);
/// ```
pub fn erlang_c(c: u32, a: f64) -> Option<f64> {
    let (a, servers) = (a.max(0.0), f64::from(c));
    (a < servers).then(|| {
        let b = erlang_b(c, a);
        (servers * b / (servers - a * (1.0 - b))).min(1.0)
    })
}
