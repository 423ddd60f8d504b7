//! Two integrals of the exponential, without cancellation.

/// ∫₀¹ e^(−zu) du, for z ≥ 0.
pub(super) fn phi1(z: f64) -> f64 {
    if z == 0.0 { 1.0 } else { -libm::expm1(-z) / z }
}

/// ∫₀¹ u·e^(−zu) du, for z < 0 times e^z so that it cannot overflow.
pub(super) fn phi2(z: f64) -> f64 {
    if z >= 1.0 {
        (-libm::expm1(-z) - z * libm::exp(-z)) / (z * z)
    } else if z <= -1.0 {
        (libm::expm1(z) - z) / (z * z)
    } else {
        // Σ (−z)^k / (k!·(k+2)): 20 terms reach 1e-19 at |z| = 1.
        let (mut power, mut sum) = (1.0, 0.5);
        for k in 1..20 {
            power *= -z / f64::from(k);
            sum += power / f64::from(k + 2);
        }
        if z < 0.0 { libm::exp(z) * sum } else { sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The midpoint rule, good to about 1e-9 here.
    fn numerically(z: f64, f: impl Fn(f64) -> f64) -> f64 {
        let scale = if z < 0.0 { z } else { 0.0 };
        (0..20_000).map(|i| (f64::from(i) + 0.5) / 20_000.0).map(|u| f(u) * (scale - z * u).exp()).sum::<f64>()
            / 20_000.0
    }

    #[test]
    fn they_are_the_integrals() {
        for z in [-20.0, -1.5, -1.0, -0.999_999, -1e-9, 0.0, 1e-300, 1e-9, 0.5, 0.999_999, 1.0, 1.5, 20.0] {
            let (got, wanted) = (phi2(z), numerically(z, |u| u));
            assert!((got - wanted).abs() < 1e-7 * wanted, "phi2({z}): {got}, not {wanted}");
            if z >= 0.0 {
                let (got, wanted) = (phi1(z), numerically(z, |_| 1.0));
                assert!((got - wanted).abs() < 1e-7 * wanted, "phi1({z}): {got}, not {wanted}");
            }
        }
    }

    #[test]
    fn the_branches_meet() {
        for z in [-1.0_f64, 1.0] {
            let (series, closed) = (phi2(z * (1.0 - 1e-15)), phi2(z));
            assert!((series - closed).abs() < 3e-15 * closed, "at {z}: {series} and {closed}");
        }
    }
}
