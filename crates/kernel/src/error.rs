//! Why an operation stops before it has an answer: an error for the caller, or a question for the
//! host.

use std::borrow::Cow;

use cognitab_trace::event::Station;

use crate::input::Question;

/// Why an operation does not return an output.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// The request is refused.
    Error(ApiError),
    /// The host must answer first; the request then runs again from its beginning.
    Ask(Question),
}

/// An error as AWS returns it. Each service has one enum of errors that all become this.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    /// AWS's error code, as the wire carries it.
    pub code: Cow<'static, str>,
    /// HTTP status code.
    pub status: u16,
    /// AWS's message.
    pub message: String,
    /// The station that refused, where it is not the one that was called.
    pub station: Option<Station>,
    /// Number of the inner event whose refusal this one passes on.
    pub cause: Option<u64>,
    /// Further members of the error, such as `Key` or `reasonCode`.
    pub members: Vec<(&'static str, String)>,
}

impl ApiError {
    /// An error with AWS's status, code and message.
    pub fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> ApiError {
        ApiError {
            code: code.into(),
            status,
            message: message.into(),
            station: None,
            cause: None,
            members: Vec::new(),
        }
    }

    /// The same error with one more member.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> ApiError {
        self.members.push((name, value.into()));
        self
    }

    /// The same error, returned by another station.
    #[must_use]
    pub fn at(mut self, station: Station) -> ApiError {
        self.station = Some(station);
        self
    }
}

impl Stop {
    /// The error. A question is passed on to the host.
    pub fn error(self) -> Result<ApiError, Stop> {
        match self {
            Stop::Error(error) => Ok(error),
            ask @ Stop::Ask(_) => Err(ask),
        }
    }

    /// The same stop with its error, if it is one, changed.
    #[must_use]
    pub fn map_error(self, change: impl FnOnce(ApiError) -> ApiError) -> Stop {
        match self {
            Stop::Error(error) => Stop::Error(change(error)),
            ask @ Stop::Ask(_) => ask,
        }
    }
}

impl<E: Into<ApiError>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Error(error.into())
    }
}
