//! Operators on values that are known.

use crate::python::Argument;
use Argument::{Bool, Float, Int, Str};

/// A number as a float.
fn float(argument: &Argument) -> Option<f64> {
    match argument {
        Bool(yes) => Some(f64::from(u8::from(*yes))),
        Int(whole) => Some(*whole as f64),
        Float(float) => Some(*float),
        _ => None,
    }
}

pub(super) fn whole(argument: &Argument) -> Option<i128> {
    match argument {
        Bool(yes) => Some(i128::from(*yes)),
        Int(whole) => Some(*whole),
        _ => None,
    }
}

/// Arithmetic and comparisons; `None` where Python raises, and where it is not known here.
pub(super) fn binary(left: &Argument, operator: &str, right: &Argument) -> Option<Argument> {
    match operator {
        "==" | "is" => return equal(left, right).map(Bool),
        "!=" | "is not" => return equal(left, right).map(|equal| Bool(!equal)),
        _ => {}
    }
    if let (Str(left), Str(right)) = (left, right) {
        return match operator {
            "+" if left.len() + right.len() <= 10_000 => Some(Str(left.clone() + right)),
            "in" => Some(Bool(right.contains(left.as_str()))),
            "not in" => Some(Bool(!right.contains(left.as_str()))),
            "<" => Some(Bool(left < right)),
            ">" => Some(Bool(left > right)),
            "<=" => Some(Bool(left <= right)),
            ">=" => Some(Bool(left >= right)),
            _ => None,
        };
    }
    if let (Some(left), Some(right)) = (whole(left), whole(right))
        && let Some(result) = wholes(left, operator, right)
    {
        return Some(result);
    }
    let (left, right) = (float(left)?, float(right)?);
    let divisible = right != 0.0;
    Some(match operator {
        "+" => Float(left + right),
        "-" => Float(left - right),
        "*" => Float(left * right),
        "/" if divisible => Float(left / right),
        "//" if divisible => Float(floored(left, right)),
        "%" if divisible => {
            let rest = left % right;
            Float(if rest == 0.0 {
                0_f64.copysign(right)
            } else if (rest < 0.0) == (right < 0.0) {
                rest
            } else {
                rest + right
            })
        }
        "<" => Bool(left < right),
        ">" => Bool(left > right),
        "<=" => Bool(left <= right),
        ">=" => Bool(left >= right),
        _ => return None,
    })
}

/// `//` as Python works it out, which is not the same as rounding the quotient.
fn floored(left: f64, right: f64) -> f64 {
    let rest = left % right;
    let quotient = (left - rest) / right - f64::from(u8::from(rest != 0.0 && (right < 0.0) != (rest < 0.0)));
    if quotient == 0.0 {
        return 0_f64.copysign(left / right); // Python keeps the sign of a zero
    }
    let floor = quotient.floor();
    if quotient - floor > 0.5 { floor + 1.0 } else { floor }
}

/// Of whole numbers, where the result is one.
fn wholes(left: i128, operator: &str, right: i128) -> Option<Argument> {
    let result = match operator {
        "+" => left.checked_add(right),
        "-" => left.checked_sub(right),
        "*" => left.checked_mul(right),
        "//" if right != 0 => {
            let quotient = left.checked_div(right)?;
            Some(quotient - i128::from(left % right != 0 && (left < 0) != (right < 0)))
        }
        "%" if right != 0 => Some(left.checked_rem(right)?.checked_add(right)?.checked_rem(right)?),
        "**" => u32::try_from(right).ok().and_then(|power| left.checked_pow(power)),
        "<<" => u32::try_from(right).ok().filter(|by| *by < 127).and_then(|by| left.checked_mul(1 << by)),
        ">>" => u32::try_from(right).ok().map(|by| left >> by.min(127)),
        "&" => Some(left & right),
        "|" => Some(left | right),
        "^" => Some(left ^ right),
        "<" => return Some(Bool(left < right)),
        ">" => return Some(Bool(left > right)),
        "<=" => return Some(Bool(left <= right)),
        ">=" => return Some(Bool(left >= right)),
        _ => None,
    };
    result.map(Int)
}

/// `==`; two objects of which only the text is known are not compared.
pub(super) fn equal(left: &Argument, right: &Argument) -> Option<bool> {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => return Some(left == right),
        _ => {
            if let (Some(left), Some(right)) = (float(left), float(right)) {
                return Some(left == right);
            }
        }
    }
    match (left, right) {
        (Argument::Object { .. }, Argument::Object { .. }) => None,
        (Argument::Object { .. }, _) | (_, Argument::Object { .. }) => Some(false),
        _ => Some(left == right),
    }
}

/// `-a`, `+a`, `~a`, `not a`.
pub(super) fn unary(operator: &str, operand: &Argument) -> Option<Argument> {
    Some(match (operator, operand) {
        ("not", operand) => Bool(!operand.truthy()),
        ("-", Float(float)) => Float(-float),
        ("+", Float(float)) => Float(*float),
        ("-", operand) => Int(whole(operand)?.checked_neg()?),
        ("+", operand) => Int(whole(operand)?),
        ("~", operand) => Int(!whole(operand)?),
        ("await", operand) => operand.clone(),
        _ => return None,
    })
}

/// `int(a)`, `float(a)`, `str(a)`, `bool(a)`.
pub(super) fn converted(to: &str, from: &Argument) -> Option<Argument> {
    Some(match (to, from) {
        ("bool", from) => Bool(from.truthy()),
        ("str", Str(text)) => Str(text.clone()),
        ("str", from) => Str(from.to_string()),
        ("int", Float(float)) if float.is_finite() => Int(*float as i128),
        ("int", Str(text)) => Int(text.trim().replace('_', "").parse().ok()?),
        ("int", from) => Int(whole(from)?),
        ("float", Str(text)) => Float(text.trim().parse().ok()?),
        ("float", from) => Float(float(from)?),
        _ => return None,
    })
}
