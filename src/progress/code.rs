//! Progress as a code: `VALET-`, then groups of four characters.
//!
//! After the version each character stands for five numbers, one a bit; two check characters come last. A base 32 crate groups
//! the bits of whole bytes, so it cannot write a code of any number of characters, and codes that readers have noted must
//! stay readable, letter for letter.

use super::checksum::{checks, sums};
use super::{LAST, Progress};

/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BEGIN: &str = "VALET";
/// The version of the code, in its first character: it says what the others mean.
const VERSION: u8 = 1;
/// The highest number of characters that a code can have, the version and the checks included.
const LONGEST: usize = 1 + LAST as usize / 5 + 1 + 2;

/// Why a typed code cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It does not begin with the prefix.
    #[error("A code begins with VALET-.")]
    Beginning,
    /// It has a character that no code has.
    #[error("A code has only digits and letters in it, and {0:?} is neither, or is U, which no code has.")]
    Character(char),
    /// It is too short or too long.
    #[error("This is not all of a code, or more than one.")]
    Length,
    /// The check characters do not fit: a character is wrong, or two have changed places.
    #[error("This code has a slip of the pen in it: it does not add up.")]
    Sum,
    /// A later page made it, in a version that this page does not know.
    #[error("This code was made by a newer page than this one.")]
    Newer,
}

impl Progress {
    /// The progress as a code.
    pub fn code(&self) -> String {
        let mut symbols = vec![VERSION];
        for number in self.numbers() {
            let place = 1 + usize::from(number / 5);
            symbols.resize(symbols.len().max(place + 1), 0);
            symbols[place] |= 1 << (number % 5);
        }
        let checks = checks(&symbols);
        symbols.extend(checks);
        let mut code = BEGIN.to_string();
        for (place, &symbol) in symbols.iter().enumerate() {
            if place % 4 == 0 {
                code.push('-');
            }
            code.push(char::from(ALPHABET[usize::from(symbol)]));
        }
        code
    }

    /// The progress that a code stands for. Case, spaces and dashes do not matter; O is read as 0, and I and L as 1.
    ///
    /// # Errors
    /// Why the code cannot be read.
    pub fn of_code(text: &str) -> Result<Progress, CodeError> {
        let typed = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'));
        let typed: String = typed.map(|c| c.to_ascii_uppercase()).collect();
        let rest = typed.strip_prefix(BEGIN).ok_or(CodeError::Beginning)?;
        let symbols: Vec<u8> = rest.chars().map(symbol).collect::<Result<_, _>>()?;
        if !(3..=LONGEST).contains(&symbols.len()) {
            return Err(CodeError::Length);
        }
        if sums(&symbols) != [0, 0] {
            return Err(CodeError::Sum);
        }
        if symbols[0] != VERSION {
            return Err(CodeError::Newer);
        }
        let mut progress = Progress::default();
        for (place, symbol) in symbols[1..symbols.len() - 2].iter().enumerate() {
            for bit in (0..5).filter(|bit| symbol >> bit & 1 == 1) {
                progress.add_number((place * 5 + bit) as u16);
            }
        }
        Ok(progress)
    }
}

fn symbol(c: char) -> Result<u8, CodeError> {
    let c = match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&known| char::from(known) == c);
    place.map(|place| place as u8).ok_or(CodeError::Character(c))
}
