//! Numbers of up to 38 significant decimal digits and magnitudes from 1E-130 to 9.99…E+125, exact.

use std::cmp::Ordering;
use std::fmt;

use crate::error::Error;

/// Most significant digits of a number.
const MAX_DIGITS: u32 = 38;
/// Exponent of the largest number in scientific notation.
const MAX_MAGNITUDE: i64 = 125;
/// Exponent of the smallest positive number in scientific notation.
const MIN_MAGNITUDE: i64 = -130;

/// The decimal number `coefficient × 10^exponent`.
///
/// It is normalized: the coefficient has no more than 38 digits and does not end in zero, and zero
/// has the exponent zero. Equal numbers are equal member by member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    coefficient: i128,
    exponent: i64,
}

impl Number {
    /// Reads a number such as `-12.5e3`. Fails with AWS's `ValidationException` if the text is not
    /// a number or DynamoDB cannot store it.
    pub(crate) fn parse(text: &str) -> Result<Number, Error> {
        let not_numeric = || {
            Error::validation(format!(
                "The parameter cannot be converted to a numeric value: {text}"
            ))
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| not_numeric())?)
            }
            None => (text, 0),
        };
        let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
        let (integer, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let digits = [integer, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(not_numeric());
        }
        let exponent = i64::from(exponent) - length(fraction);
        let significant = digits.trim_start_matches('0').trim_end_matches('0');
        if significant.is_empty() {
            // DynamoDB holds the exponent of a zero against the range as well: it refuses `0e126`
            // and stores `0.0e126`.
            check_magnitude(exponent)?;
            return Ok(Number::default());
        }
        // Of 38 digits and fewer, every one fits.
        let coefficient: i128 = Some(significant)
            .filter(|digits| digits.len() <= MAX_DIGITS as usize)
            .and_then(|digits| digits.parse().ok())
            .ok_or_else(|| {
                Error::validation("Attempting to store more than 38 significant digits in a Number")
            })?;
        let trailing_zeros = length(&digits) - length(digits.trim_end_matches('0'));
        let number = Number {
            coefficient: if mantissa.starts_with('-') { -coefficient } else { coefficient },
            exponent: exponent + trailing_zeros,
        };
        check_magnitude(number.magnitude())?;
        Ok(number)
    }

    /// The exact sum. Fails if DynamoDB cannot store it; that it would have more than 38
    /// significant digits is an overflow in AWS's placeholders.
    pub(crate) fn add(self, other: Number) -> Result<Number, Error> {
        if other.coefficient == 0 {
            return Ok(self);
        }
        if self.coefficient == 0 {
            return Ok(other);
        }
        let (high, low) =
            if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // Aligned to the lower exponent, the sum ends in a digit that is not zero or has as many
        // digits as its terms: what does not fit here has more than 38 significant digits.
        let aligned = u32::try_from(high.exponent - low.exponent)
            .ok()
            .and_then(|places| 10_u128.checked_pow(places))
            .and_then(|power| high.coefficient.unsigned_abs().checked_mul(power))
            .ok_or_else(overflow)?;
        let other = low.coefficient.unsigned_abs();
        let (negative, sum) = if high.is_negative() == low.is_negative() {
            (high.is_negative(), aligned.checked_add(other).ok_or_else(overflow)?)
        } else {
            let larger = if aligned >= other { high } else { low };
            (larger.is_negative(), aligned.abs_diff(other))
        };
        Number::normalized(negative, sum, low.exponent)
    }

    /// The exact difference. Fails as [`Number::add`] does.
    pub(crate) fn subtract(self, other: Number) -> Result<Number, Error> {
        self.add(Number { coefficient: -other.coefficient, ..other })
    }

    fn normalized(negative: bool, mut digits: u128, mut exponent: i64) -> Result<Number, Error> {
        if digits == 0 {
            return Ok(Number::default());
        }
        while digits.is_multiple_of(10) {
            digits /= 10;
            exponent += 1;
        }
        let coefficient =
            i128::try_from(digits).ok().filter(|c| c.ilog10() < MAX_DIGITS).ok_or_else(overflow)?;
        let coefficient = if negative { -coefficient } else { coefficient };
        let number = Number { coefficient, exponent };
        check_magnitude(number.magnitude())?;
        Ok(number)
    }

    fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// How many digits the coefficient has.
    fn digits(self) -> u32 {
        self.coefficient.unsigned_abs().checked_ilog10().map_or(1, |log| log + 1)
    }

    /// Its exponent in scientific notation, with one digit before the point.
    fn magnitude(self) -> i64 {
        self.exponent + i64::from(self.digits()) - 1
    }

    /// Text whose order is that of the numbers.
    pub(crate) fn sortable(self) -> String {
        if self.coefficient == 0 {
            return "1".to_owned();
        }
        let text = format!("{:03}{}", self.magnitude() + 501, self.coefficient.unsigned_abs());
        if !self.is_negative() {
            return format!("2{text}");
        }
        // Below zero the order is reversed; `~` puts a shorter text behind a longer one.
        let complement = text.bytes().map(|digit| char::from(b'9' - (digit - b'0')));
        format!("0{}~", complement.collect::<String>())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        // With as many digits as a number may have, coefficients compare digit by digit.
        let widened = |n: &Number| n.coefficient * 10_i128.pow(MAX_DIGITS - n.digits());
        let sign = self.coefficient.signum();
        sign.cmp(&other.coefficient.signum()).then_with(|| {
            let magnitude = self.magnitude().cmp(&other.magnitude());
            let magnitude = if self.is_negative() { magnitude.reverse() } else { magnitude };
            magnitude.then_with(|| widened(self).cmp(&widened(other)))
        })
    }
}

impl fmt::Display for Number {
    /// Writes it without an exponent, as DynamoDB does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.coefficient.unsigned_abs().to_string();
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
        if self.exponent >= 0 {
            text.push_str(&zeros(self.exponent));
        } else if self.magnitude() < 0 {
            text = format!("0.{}{text}", zeros(-self.magnitude() - 1));
        } else {
            text.insert(usize::try_from(self.magnitude()).unwrap_or_default() + 1, '.');
        }
        f.write_str(if self.is_negative() { "-" } else { "" })?;
        f.write_str(&text)
    }
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}

fn check_magnitude(magnitude: i64) -> Result<(), Error> {
    if magnitude > MAX_MAGNITUDE {
        return Err(overflow());
    }
    if magnitude < MIN_MAGNITUDE {
        return Err(Error::validation(
            "Number underflow. Attempting to store a number with magnitude smaller than supported range",
        ));
    }
    Ok(())
}

fn overflow() -> Error {
    Error::validation(
        "Number overflow. Attempting to store a number with magnitude larger than supported range",
    )
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use bigdecimal::{BigDecimal, Zero};
    use proptest::prelude::*;

    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn message(result: Result<Number, Error>) -> String {
        match result {
            Err(Error::Validation(message)) => message,
            other => panic!("{other:?}"),
        }
    }

    /// The cases in which DynamoDB itself was observed.
    #[test]
    fn numbers_are_written_in_canonical_form() {
        for (from, to) in [
            ("1.50", "1.5"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("+0", "0"),
            ("00", "0"),
            ("0e5", "0"),
            ("0.0e126", "0"),
            ("1e2", "100"),
            ("1E+3", "1000"),
            ("0.00120", "0.0012"),
            ("+7", "7"),
            ("007", "7"),
            ("12e-3", "0.012"),
            ("123e-2", "1.23"),
            ("1.23e4", "12300"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("5.", "5"),
            ("100", "100"),
            ("100.000", "100"),
            ("-1.5E1", "-15"),
            ("-273.15", "-273.15"),
            ("1e-20", "0.00000000000000000001"),
        ] {
            assert_eq!(number(from).to_string(), to, "{from}");
        }
        assert_eq!(number("0.1e126").to_string(), format!("1{}", "0".repeat(125)));
        assert_eq!(number("-1e-130").to_string(), format!("-0.{}1", "0".repeat(129)));
    }

    #[test]
    fn what_dynamodb_cannot_store_is_refused_in_its_words() {
        const NOT_NUMERIC: &str = "The parameter cannot be converted to a numeric value: ";
        for text in [
            "",
            "a",
            "1.2.3",
            "--1",
            "+-1",
            "1e",
            "e5",
            ".",
            "-",
            "1e1e1",
            "NaN",
            "Infinity",
            "0x1",
            " 1",
            "1 ",
            "1e9999999999",
            "1_0",
            "١",
        ] {
            assert_eq!(message(Number::parse(text)), format!("{NOT_NUMERIC}{text}"));
        }
        for (text, start) in [
            ("1e126", "Number overflow. "),
            ("-11e125", "Number overflow. "),
            ("1.0e100000000", "Number overflow. "),
            ("0e126", "Number overflow. "),
            ("1e-131", "Number underflow. "),
            ("-0.9e-130", "Number underflow. "),
            ("0e-131", "Number underflow. "),
            ("3.14159265358979323846264338327950288419", "Attempting to store more than 38 "),
            ("314159265358979323846264338327950288419e30", "Attempting to store more than 38 "),
        ] {
            let message = message(Number::parse(text));
            assert!(message.starts_with(start), "{text}: {message}");
        }
        let nines = "9".repeat(38);
        assert_eq!(number(&nines).to_string(), nines);
        assert!(Number::parse(&format!("{}1{}", "0".repeat(99), "0".repeat(99))).is_ok());
    }

    #[test]
    fn sums_are_exact() {
        let nines = "9".repeat(38);
        for (a, b, sum) in [
            ("0.1", "0.2", "0.3"),
            ("99", "1", "100"),
            ("-5", "3", "-2"),
            ("5", "-5", "0"),
            ("1", "-0.001", "0.999"),
            ("-1", "-9", "-10"),
            ("3", "-5", "-2"),
            ("0", "1e125", number("1e125").to_string().as_str()),
            ("1e-130", "0", number("1e-130").to_string().as_str()),
            ("9e125", "9e124", number("9.9e125").to_string().as_str()),
            ("1", "10000000000000000000000", "10000000000000000000001"),
            // More than 38 digits on the way, and more than an `i128` holds.
            ("1e38", "-1", nines.as_str()),
            ("1.9e38", format!("-{nines}").as_str(), "90000000000000000000000000000000000001"),
            (&"95".repeat(19), &"95".repeat(19), &format!("19{}0", "19".repeat(18))),
        ] {
            assert_eq!(number(a).add(number(b)).unwrap().to_string(), sum, "{a} + {b}");
            assert_eq!(number(b).add(number(a)).unwrap().to_string(), sum, "{b} + {a}");
        }
        assert_eq!(number("10").subtract(number("2.5")).unwrap().to_string(), "7.5");
    }

    #[test]
    fn sums_that_cannot_be_stored_overflow() {
        let overflow = message(Err(overflow()));
        for (a, b) in [("9e125", "9e125"), ("1e50", "1"), ("1e125", "-1e-130"), ("2e38", "-1")] {
            assert_eq!(message(number(a).add(number(b))), overflow, "{a} + {b}");
        }
        assert_eq!(message(number("9e125").subtract(number("-9e125"))), overflow);
        assert_eq!(message(number("1e50").subtract(number("1"))), overflow);
        let small = message(number("1.1e-130").subtract(number("1e-130")));
        assert!(small.starts_with("Number underflow. "), "{small}");
    }

    fn oracle(text: &str) -> BigDecimal {
        BigDecimal::from_str(text).unwrap()
    }

    /// What DynamoDB says of a sum: the first placeholders of its refusal, or the sum.
    fn oracle_sum(sum: &BigDecimal) -> Result<BigDecimal, &'static str> {
        if sum.is_zero() {
            return Ok(sum.clone());
        }
        let (digits, scale) = sum.normalized().into_bigint_and_exponent();
        let precision = i64::try_from(digits.magnitude().to_string().len()).unwrap();
        let magnitude = precision - 1 - scale;
        if precision > 38 || magnitude > 125 {
            Err("Number overflow. ")
        } else if magnitude < -130 {
            Err("Number underflow. ")
        } else {
            Ok(sum.normalized())
        }
    }

    /// Numbers that DynamoDB stores, many of them close to its limits.
    fn stored() -> impl Strategy<Value = String> {
        let text = ("-?", "[0-9]{1,38}", prop_oneof![-167_i64..=125, -45_i64..=45, Just(0)]);
        text.prop_map(|(sign, digits, exponent)| format!("{sign}{digits}e{exponent}"))
            .prop_filter("outside of the range", |text| Number::parse(text).is_ok())
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_oracle(text in "[-+]?[0-9]{0,24}\\.?[0-9]{0,24}([eE][-+]?[0-9]{1,3})?") {
            let readable = text.bytes().take_while(|b| !b"eE".contains(b)).any(|b| b.is_ascii_digit());
            match Number::parse(&text) {
                Ok(number) => {
                    let expected = oracle(&text).normalized();
                    prop_assert_eq!(number.to_string(), expected.to_plain_string());
                    prop_assert_eq!(Number::parse(&number.to_string()).unwrap(), number);
                }
                Err(_) if !readable => {}
                Err(Error::Validation(message)) => {
                    let value = oracle(&text);
                    let digits = value.normalized().digits();
                    let refused = digits > 38 || oracle_sum(&value).is_err() || value.is_zero();
                    prop_assert!(refused, "{}", message);
                }
                Err(other) => prop_assert!(false, "{:?}", other),
            }
        }

        #[test]
        fn order_is_that_of_the_oracle(a in stored(), b in stored()) {
            let (x, y) = (number(&a), number(&b));
            let expected = oracle(&a).cmp(&oracle(&b));
            prop_assert_eq!(x.cmp(&y), expected);
            prop_assert_eq!(x == y, expected == Ordering::Equal);
            prop_assert_eq!(x.sortable().cmp(&y.sortable()), expected);
        }

        #[test]
        fn sums_are_those_of_the_oracle(a in stored(), b in stored()) {
            let (x, y) = (number(&a), number(&b));
            for (result, expected) in [
                (x.add(y), oracle(&a) + oracle(&b)),
                (x.subtract(y), oracle(&a) - oracle(&b)),
                (y.subtract(x), oracle(&b) - oracle(&a)),
            ] {
                match oracle_sum(&expected) {
                    Ok(sum) => prop_assert_eq!(
                        result.unwrap().to_string(),
                        sum.normalized().to_plain_string()
                    ),
                    Err(start) => prop_assert!(message(result).starts_with(start)),
                }
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[-+0-9.eE]{0,12}|.{0,12}") {
            if let Ok(number) = Number::parse(&text) {
                prop_assert_eq!(Number::parse(&number.to_string()).unwrap(), number);
            }
        }
    }
}
