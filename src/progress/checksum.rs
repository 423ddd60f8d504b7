//! The two check characters of a code, which reveal that it was mistyped: those of a Reed-Solomon code over the field of 32
//! elements. A checksum crate would give other characters, and the codes that readers have noted must stay valid.

/// The product with x in the field of 32 elements that x⁵ + x² + 1 makes.
fn twice(value: u8) -> u8 {
    (value << 1) ^ if value & 16 == 0 { 0 } else { 0b10_0101 }
}

fn four_times(value: u8) -> u8 {
    twice(twice(value))
}

/// The two sums, which are zero for a correct code. They are not zero if one character is wrong, or two characters at most 30
/// places apart, which includes two that changed places.
pub fn sums(symbols: &[u8]) -> [u8; 2] {
    symbols.iter().fold([0, 0], |[one, two], symbol| [twice(one) ^ symbol, four_times(two) ^ symbol])
}

/// The two characters that make both sums zero when they follow `symbols`.
pub fn checks(symbols: &[u8]) -> [u8; 2] {
    let tried = (0..32u8).flat_map(|first| (0..32u8).map(move |second| [first, second]));
    let whole = |pair: &[u8; 2]| sums(&[symbols, pair].concat()) == [0, 0];
    tried.into_iter().find(whole).unwrap_or_default()
}
