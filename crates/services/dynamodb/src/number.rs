//! Numbers of up to 38 decimal digits, exact: read, compare, add, write.

use std::cmp::Ordering;

use crate::error::Error;

/// Most digits that count.
const DIGITS: usize = 38;
/// Largest magnitude is below 10 to this power, the smallest not below 10 to its negative.
const MOST: i32 = 126;
const LEAST: i32 = -129;

/// A decimal number: `0.d₁d₂d₃… × 10^exponent`, first and last digit not zero. Zero has no digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    negative: bool,
    exponent: i32,
    digits: Vec<u8>,
}

impl Number {
    /// Reads `-12.5e3`.
    pub(crate) fn parse(text: &str) -> Result<Number, Error> {
        let unreadable = || {
            Error::invalid(format!("The parameter cannot be converted to a numeric value: {text}"))
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => {
                let (mantissa, exponent) = text.split_at(at);
                let exponent = exponent.get(1..).unwrap_or_default();
                (mantissa, exponent.parse::<i32>().map_err(|_| unreadable())?)
            }
            None => (text, 0),
        };
        let negative = mantissa.starts_with('-');
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
            return Err(unreadable());
        }
        let digits = digits.iter().map(|d| d - b'0').collect();
        let places = i32::try_from(whole.len()).map_err(|_| unreadable())?;
        Number { negative, exponent: places.saturating_add(exponent), digits }.checked()
    }

    /// Trims zeros and refuses what DynamoDB cannot hold.
    fn checked(mut self) -> Result<Number, Error> {
        let leading = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..leading);
        self.exponent = self.exponent.saturating_sub(i32::try_from(leading).unwrap_or(i32::MAX));
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            return Ok(Number::default());
        }
        if self.digits.len() > DIGITS {
            return Err(Error::invalid(
                "Attempting to store more than 38 significant digits in a Number",
            ));
        }
        if self.exponent > MOST {
            return Err(Error::invalid(
                "Number overflow. Attempting to store a number with magnitude larger than supported range",
            ));
        }
        if self.exponent < LEAST {
            return Err(Error::invalid(
                "Number underflow. Attempting to store a number with magnitude smaller than supported range",
            ));
        }
        Ok(self)
    }

    /// The sum of two numbers.
    pub(crate) fn add(&self, other: &Number) -> Result<Number, Error> {
        if self.digits.is_empty() {
            return Ok(other.clone());
        }
        if other.digits.is_empty() {
            return Ok(self.clone());
        }
        let exponent = self.exponent.max(other.exponent);
        let last = |n: &Number| n.exponent - i32::try_from(n.digits.len()).unwrap_or_default();
        let lowest = last(self).min(last(other));
        let (mut a, mut b) = (self.aligned(exponent, lowest), other.aligned(exponent, lowest));
        let mut negative = self.negative;
        let digits = if self.negative == other.negative {
            sum(&a, &b)
        } else {
            if a < b {
                std::mem::swap(&mut a, &mut b);
                negative = other.negative;
            }
            difference(&a, &b)
        };
        // A carry adds a digit in front.
        let carried = i32::from(digits.len() > a.len());
        Number { negative, exponent: exponent + carried, digits }.checked()
    }

    /// The difference of two numbers.
    pub(crate) fn subtract(&self, other: &Number) -> Result<Number, Error> {
        self.add(&Number { negative: !other.negative, ..other.clone() })
    }

    /// Digits from one power of ten down to another.
    fn aligned(&self, highest: i32, lowest: i32) -> Vec<u8> {
        let count = |n: i32| usize::try_from(n).unwrap_or_default();
        let mut digits = vec![0; count(highest - self.exponent)];
        digits.extend(&self.digits);
        digits.resize(count(highest - lowest), 0);
        digits
    }

    /// Text whose order is that of the numbers.
    pub(crate) fn sortable(&self) -> String {
        if self.digits.is_empty() {
            return "1".to_owned();
        }
        let digits = self.digits.iter().map(|d| char::from(b'0' + d));
        let text: String = format!("{:03}", self.exponent + 500).chars().chain(digits).collect();
        if !self.negative {
            return format!("2{text}");
        }
        // Below zero everything runs backwards; `~` ends a shorter text behind a longer one.
        let turned = text.bytes().map(|d| char::from(b'9' - (d - b'0')));
        format!("0{}~", turned.collect::<String>())
    }
}

fn sum(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let mut out = Vec::with_capacity(a.len() + 1);
    for (x, y) in a.iter().zip(b).rev() {
        let digit = x + y + carry;
        out.push(digit % 10);
        carry = digit / 10;
    }
    if carry > 0 {
        out.push(carry);
    }
    out.reverse();
    out
}

/// `a - b` where `a` is not the smaller.
fn difference(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut out = Vec::with_capacity(a.len());
    for (x, y) in a.iter().zip(b).rev() {
        let digit = 10 + x - y - borrow;
        out.push(digit % 10);
        borrow = u8::from(digit < 10);
    }
    out.reverse();
    out
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        self.sortable().cmp(&other.sortable())
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.digits.is_empty() {
            return f.write_str("0");
        }
        let mut text: String = self.digits.iter().map(|d| char::from(b'0' + d)).collect();
        match usize::try_from(self.exponent) {
            Err(_) | Ok(0) => {
                let zeros = usize::try_from(-self.exponent).unwrap_or_default();
                text = format!("0.{}{text}", "0".repeat(zeros));
            }
            Ok(places) if places >= text.len() => {
                text.push_str(&"0".repeat(places - text.len()));
            }
            Ok(places) => text.insert(places, '.'),
        }
        if self.negative {
            f.write_str("-")?;
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_written_plainly() {
        for (from, to) in [
            ("1.50", "1.5"),
            ("-0", "0"),
            ("1e2", "100"),
            ("0.00120", "0.0012"),
            ("+7", "7"),
            ("12e-3", "0.012"),
            (".5", "0.5"),
            ("100", "100"),
            ("-1.5E1", "-15"),
        ] {
            assert_eq!(n(from).to_string(), to, "{from}");
        }
        for bad in ["", "a", "1.2.3", "--1", "1e", "e5", "1e1e1", "NaN", "0x1", " 1"] {
            assert!(Number::parse(bad).is_err(), "{bad}");
        }
        assert!(Number::parse("1e126").is_err());
        assert!(Number::parse("1e-131").is_err());
        assert!(Number::parse("1e9999999999").is_err());
        assert!(Number::parse(&"1".repeat(39)).is_err());
        assert!(Number::parse(&format!("{}e-200", "0".repeat(50))).is_ok());
    }

    #[test]
    fn sums_are_exact() {
        for (a, b, sum) in [
            ("0.1", "0.2", "0.3"),
            ("99", "1", "100"),
            ("-5", "3", "-2"),
            ("5", "-5", "0"),
            ("1", "-0.001", "0.999"),
            ("-1", "-9", "-10"),
            ("3", "-5", "-2"),
        ] {
            assert_eq!(n(a).add(&n(b)).unwrap().to_string(), sum, "{a} + {b}");
        }
        assert_eq!(n("10").subtract(&n("2.5")).unwrap().to_string(), "7.5");
        assert!(n("1e50").add(&n("1")).is_err());
    }

    proptest! {
        #[test]
        fn order_and_sums_agree_with_integers(a in -99_999_999i64..99_999_999, b in -99_999_999i64..99_999_999) {
            let (x, y) = (n(&a.to_string()), n(&b.to_string()));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.add(&y).unwrap().to_string(), (a + b).to_string());
            prop_assert_eq!(x.to_string(), a.to_string());
        }

        #[test]
        fn fractions_keep_their_order(a in -9_999i64..9_999, b in -9_999i64..9_999) {
            let (x, y) = (n(&format!("{a}e-2")), n(&format!("{b}e-2")));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9.eE]{0,12}|.{0,12}") {
            if let Ok(number) = Number::parse(&text) {
                prop_assert_eq!(n(&number.to_string()), number);
            }
        }
    }
}
