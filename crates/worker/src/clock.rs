//! Real time.

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    js_sys::Date::now() as i64
}
