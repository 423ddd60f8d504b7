//! Times in words.

use crate::time::Span;

/// A time in a panel: two or three digits and the unit that fits its size. It is cut off, not rounded, and its last zeros
/// stay, so that a figure that grows neither jumps ahead nor changes its width. A negative time is shown as none.
pub fn duration(time: Span) -> String {
    let micros = time.as_micros().max(0);
    match micros {
        10_000_000.. => decimal(micros / 100_000, 1) + " s",
        1_000_000.. => decimal(micros / 10_000, 2) + " s",
        10_000.. => decimal(micros / 1_000, 0) + " ms",
        _ => decimal(micros / 100, 1) + " ms",
    }
}

/// A time in prose: below a second in whole milliseconds, then in seconds to the tenth, each the nearest.
pub fn rounded(time: Span) -> String {
    let micros = time.as_micros();
    if micros < 999_500 {
        return decimal((micros + 500) / 1_000, 0) + " ms";
    }
    let tenths = (micros + 50_000) / 100_000;
    if tenths % 10 == 0 { decimal(tenths / 10, 0) + " s" } else { decimal(tenths, 1) + " s" }
}

/// A stretch of time of which only the size matters, cut off: whole seconds, from two minutes on minutes, from two hours on hours.
pub fn stretch(time: Span) -> String {
    let secs = (time.as_micros() / 1_000_000).max(0);
    match secs {
        7_200.. => format!("{} h {} min", secs / 3_600, secs / 60 % 60),
        120.. => format!("{} min", secs / 60),
        _ => format!("{secs} s"),
    }
}

/// `number` divided by ten to the power of `places`, with so many decimal places; for `places` up to 9.
fn decimal(number: i64, places: u32) -> String {
    let unit = 10i64.pow(places);
    match places {
        0 => number.to_string(),
        _ => format!("{}.{:0width$}", number / unit, (number % unit).abs(), width = places as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_cut_off_and_prose_rounds() {
        let said = |micros| {
            let time = Span::from_micros(micros);
            [duration(time), rounded(time)]
        };
        for (micros, panel, prose) in [
            (0, "0.0 ms", "0 ms"),
            (499, "0.4 ms", "0 ms"),
            (9_999, "9.9 ms", "10 ms"),
            (10_500, "10 ms", "11 ms"),
            (999_499, "999 ms", "999 ms"),
            (999_500, "999 ms", "1 s"),
            (1_004_999, "1.00 s", "1 s"),
            (1_259_999, "1.25 s", "1.3 s"),
            (29_960_000, "29.9 s", "30 s"),
            (30_000_000, "30.0 s", "30 s"),
            (61_250_000, "61.2 s", "61.3 s"),
        ] {
            assert_eq!(said(micros), [panel, prose], "{micros}");
        }
        assert_eq!(duration(Span::from_secs(-1)), "0.0 ms");
    }

    #[test]
    fn stretches_have_the_unit_of_their_size() {
        for (secs, said) in [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (28_377, "7 h 52 min")] {
            assert_eq!(stretch(Span::from_secs(secs)), said);
        }
    }
}
