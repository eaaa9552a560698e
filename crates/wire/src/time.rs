//! Timestamps in AWS's formats. All are milliseconds since 1970, UTC.

const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    days: i64,
}

/// The civil date of a timestamp (Hinnant's algorithm).
fn civil(ms: i64) -> Civil {
    let seconds = ms.div_euclid(1000);
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    Civil {
        year: yoe + era * 400 + i64::from(month <= 2),
        month,
        day: doy - (153 * mp + 2) / 5 + 1,
        hour: rest / 3600,
        minute: rest % 3600 / 60,
        second: rest % 60,
        days,
    }
}

/// Days since 1970 of a Gregorian date, the inverse of `civil`.
pub fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let doy = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

fn name<'a>(names: &[&'a str], index: i64) -> &'a str {
    usize::try_from(index).ok().and_then(|i| names.get(i)).copied().unwrap_or_default()
}

/// `20261123T073608Z`, as in `X-Amz-Date`.
pub fn amz(ms: i64) -> String {
    let c = civil(ms);
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second)
}

/// `2026-11-23T07:36:08Z`.
pub fn iso(ms: i64) -> String {
    let c = civil(ms);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        c.year, c.month, c.day, c.hour, c.minute, c.second
    )
}

/// `2026-11-23T07:36:08.000Z`, as in S3's listings.
pub fn iso_millis(ms: i64) -> String {
    let whole = iso(ms);
    format!("{}.{:03}Z", whole.trim_end_matches('Z'), ms.rem_euclid(1000))
}

/// `2026-11-23T07:36:08Z`, with milliseconds unless they are zero.
pub fn iso_exact(ms: i64) -> String {
    if ms.rem_euclid(1000) == 0 { iso(ms) } else { iso_millis(ms) }
}

/// `Mon, 23 Nov 2026 07:36:08 GMT`, as in HTTP headers.
pub fn http(ms: i64) -> String {
    let c = civil(ms);
    format!(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        name(&WEEKDAYS, c.days.rem_euclid(7)),
        c.day,
        name(&MONTHS, c.month - 1),
        c.year,
        c.hour,
        c.minute,
        c.second
    )
}

/// Parses `20261123T073608Z`.
pub fn parse_amz(text: &str) -> Option<i64> {
    let digits = text.strip_suffix('Z')?;
    let (date, clock) = digits.split_once('T')?;
    if date.len() != 8 || clock.len() != 6 || !text.is_ascii() {
        return None;
    }
    let part = |s: &str, from: usize, to: usize| s.get(from..to)?.parse::<i64>().ok();
    timestamp(
        part(date, 0, 4)?,
        part(date, 4, 6)?,
        part(date, 6, 8)?,
        part(clock, 0, 2)?,
        part(clock, 2, 4)?,
        part(clock, 4, 6)?,
    )
}

/// Parses `2026-11-23T07:36:08Z` with or without a fraction.
pub fn parse_iso(text: &str) -> Option<i64> {
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    let mut date = date.splitn(3, '-').map(|p| p.parse::<i64>().ok());
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut clock = clock.splitn(3, ':').map(|p| p.parse::<i64>().ok());
    let whole = timestamp(
        date.next()??,
        date.next()??,
        date.next()??,
        clock.next()??,
        clock.next()??,
        clock.next()??,
    )?;
    let millis = format!("{fraction:0<3}");
    Some(whole + millis.get(..3)?.parse::<i64>().ok()?)
}

/// Parses `Mon, 23 Nov 2026 07:36:08 GMT`.
pub fn parse_http(text: &str) -> Option<i64> {
    let mut parts = text.split_once(", ")?.1.split(' ');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|m| *m == month)?;
    let year = parts.next()?.parse().ok()?;
    let mut clock = parts.next()?.splitn(3, ':').map(|p| p.parse::<i64>().ok());
    timestamp(
        year,
        i64::try_from(month).ok()? + 1,
        day,
        clock.next()??,
        clock.next()??,
        clock.next()??,
    )
}

fn timestamp(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> Option<i64> {
    let valid = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    valid.then(|| {
        let days = days_since_epoch(year, month, day);
        ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_goes_out_and_comes_back() {
        let ms = 1_795_419_368_000;
        assert_eq!(iso(ms), "2026-11-23T07:36:08Z");
        assert_eq!(amz(ms), "20261123T073608Z");
        assert_eq!(http(ms), "Mon, 23 Nov 2026 07:36:08 GMT");
        assert_eq!(iso_millis(ms + 7), "2026-11-23T07:36:08.007Z");
        assert_eq!(parse_iso(&iso(ms)), Some(ms));
        assert_eq!(parse_iso(&iso_millis(ms + 7)), Some(ms + 7));
        assert_eq!(parse_amz(&amz(ms)), Some(ms));
        assert_eq!(parse_http(&http(ms)), Some(ms));
        assert_eq!(http(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(iso_exact(ms), iso(ms));
        assert_eq!(iso_exact(ms + 7), iso_millis(ms + 7));
        assert_eq!(parse_amz("20261123"), None);
        assert_eq!(parse_iso("9223372036854775807-01-01T00:00:00Z"), None);
    }
}
