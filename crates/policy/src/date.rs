//! Dates of the policy language: ISO 8601 or seconds since 1970.

use cognitab_wire::time::days_since_epoch;

/// Parses a date as milliseconds since 1970.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > 4 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().ok()?.checked_mul(1000);
    }
    let (day, time) = match text.split_once(['T', 't', ' ']) {
        Some((day, time)) => (day, Some(time)),
        None => (text, None),
    };
    let mut parts = day.splitn(3, '-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
    let date = parts.next().map_or(Some(1), |date| number(date, 2))?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&date) {
        return None;
    }
    let clock = time.map_or(Some(0), clock)?;
    Some(days_since_epoch(year, month, date) * 86_400_000 + clock)
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`, with `Z`, an offset or nothing.
fn clock(text: &str) -> Option<i64> {
    let (time, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => (text.get(..at)?, offset(text.get(at..)?)?),
        None => (text, 0),
    };
    let mut parts = time.splitn(3, ':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let rest = parts.next().unwrap_or("00");
    let (second, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    let second = number(second, 2)?;
    if hour > 23 || minute > 59 || second > 59 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths = fraction.bytes().chain(*b"000").take(3);
    let milliseconds = thousandths.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    Some(((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offset)
}

fn offset(text: &str) -> Option<i64> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("Z" | "z", "") => return Some(0),
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None => (rest.get(..2)?, rest.get(2..)?),
    };
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 2)? };
    Some(sign * (number(hours, 2)? * 60 + minutes) * 60_000)
}

fn number(text: &str, length: usize) -> Option<i64> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn dates() {
        for (text, wanted) in [
            ("1970-01-01", 0),
            ("2026-11-23T10:42:07Z", 1_795_430_527_000),
            ("2026-11-23T10:42:07.25Z", 1_795_430_527_250),
            ("2026-11-23T12:42:07+02:00", 1_795_430_527_000),
            ("2026-11-23T10:42Z", 1_795_430_520_000),
            ("1795430527", 1_795_430_527_000),
            ("2024-02-29", 1_709_164_800_000),
            ("2024", 1_704_067_200_000),
            ("0001-01-01", -62_135_596_800_000),
            ("1600-02-29", -11_670_998_400_000),
            ("1900-02-28", -2_203_977_600_000),
            ("1900-03-01", -2_203_891_200_000),
            ("1969-12-31", -86_400_000),
            ("1999-12-31", 946_598_400_000),
            ("2000-01-01", 946_684_800_000),
            ("2000-02-29", 951_782_400_000),
            ("2000-03-01", 951_868_800_000),
            ("2024-12-31", 1_735_603_200_000),
            ("2026-07-15", 1_784_073_600_000),
            ("2100-02-28", 4_107_456_000_000),
            ("2100-03-01", 4_107_542_400_000),
            ("2400-02-29", 13_574_563_200_000),
            ("9999-12-31", 253_402_214_400_000),
            ("2026-11-23T10:42:07.2567Z", 1_795_430_527_256),
            ("2026-11-23T10:42:07.2", 1_795_430_527_200),
            ("2026-11-23t23:59:59z", 1_795_478_399_000),
            ("2026-11-23 00:00", 1_795_392_000_000),
            ("2026-11-23T10:42:07-02:30", 1_795_439_527_000),
            ("2026-11-23T10:42:07+0230", 1_795_421_527_000),
            ("2026-11-23T10:42:07+02", 1_795_423_327_000),
            ("2026-11", 1_793_491_200_000),
            ("12345", 12_345_000),
            ("-86400", -86_400_000),
            (" 2024 ", 1_704_067_200_000),
        ] {
            assert_eq!(parse(text), Some(wanted), "{text}");
        }
        for wrong in [
            "",
            "x",
            "2026-13-01",
            "2026-00-01",
            "2026-11-00",
            "2026-11-32",
            "2026-1-1",
            "-2026",
            "9223372036854776",
            "2026-11-23T24:00Z",
            "2026-11-23T10:60Z",
            "2026-11-23T10:00:60Z",
            "2026-11-23T10:00:7Z",
            "2026-11-23T10:00:07.xZ",
            "2026-11-23T10:00+2",
            "2026-11-23T10:00+02:0",
            "2026-11-23T10:00Z1",
            "2026-11-23T",
            "2026-11-23T10",
            "2026-11-23T10:61Z",
            "2026-11-23T10:00Q",
            "99999999999999999999",
            "é-é",
            "2026-11-23T10:00:00+é",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
