//! What tells a mistyped code: two characters more, as of a Reed-Solomon code over the 32 characters.

/// Twice as much in the field of 32 elements made by x⁵ + x² + 1.
fn twice(value: u8) -> u8 {
    (value << 1) ^ if value & 16 == 0 { 0 } else { 0b10_0101 }
}

fn four_times(value: u8) -> u8 {
    twice(twice(value))
}

/// The two sums that are nothing for a whole code. Of any two wrong characters at most 30 apart they notice at least one,
/// which two that changed places are, too.
pub fn sums(symbols: &[u8]) -> [u8; 2] {
    symbols.iter().fold([0, 0], |[one, two], symbol| [twice(one) ^ symbol, four_times(two) ^ symbol])
}

/// The two characters that make a code whole.
pub fn checks(symbols: &[u8]) -> [u8; 2] {
    let tried = (0..32u8).flat_map(|first| (0..32u8).map(move |second| [first, second]));
    let whole = |pair: &[u8; 2]| sums(&[symbols, pair].concat()) == [0, 0];
    tried.into_iter().find(whole).unwrap_or_default()
}
