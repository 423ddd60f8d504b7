//! Whether a world keeps the pace that is set.

/// So long it is looked at before it is judged, in seconds.
const LOOK: f64 = 2.0;
/// It keeps its pace if it comes so much of the way.
const KEPT: f64 = 0.8;

/// What a world was to pass and what it passed, in seconds of its own time, and in how many real ones.
#[derive(Debug, Clone, Copy, Default)]
pub struct PaceKeeper {
    wanted: f64,
    passed: f64,
    real: f64,
    lags: bool,
}

impl PaceKeeper {
    /// A frame: so many real seconds at this pace, in which the world passed so many.
    pub fn note(&mut self, real: f64, pace: f64, passed: f64) {
        if pace == 0.0 {
            *self = PaceKeeper::default();
            return;
        }
        self.real += real;
        self.wanted += real * pace;
        self.passed += passed;
        if self.real >= LOOK {
            *self = PaceKeeper { lags: self.passed < self.wanted * KEPT, ..PaceKeeper::default() };
        }
    }

    /// Whether it does not keep its pace.
    pub fn lags(self) -> bool {
        self.lags
    }
}
