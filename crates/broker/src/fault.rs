//! A refusal on its way out. Each service has one enum of errors; this is what they all become.

use std::borrow::Cow;

use crate::event::Station;
use crate::input::Question;

/// Why an operation did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fault {
    /// AWS's code, as the wire carries it.
    pub(crate) code: Cow<'static, str>,
    /// HTTP status.
    pub(crate) status: u16,
    /// AWS's words.
    pub(crate) message: String,
    /// The station that said no, where it is not the one that was asked.
    pub(crate) station: Option<Station>,
    /// The inner event whose refusal this one passes on.
    pub(crate) cause: Option<u64>,
    /// Further members of the error, such as S3's `Key` or Cognito's `reasonCode`.
    pub(crate) members: Vec<(&'static str, String)>,
    /// Not a refusal at all: the core must know something first.
    pub(crate) question: Option<Question>,
}

impl Fault {
    /// A refusal with AWS's status, code and words.
    pub(crate) fn new(
        status: u16,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Fault {
        Fault {
            code: code.into(),
            status,
            message: message.into(),
            station: None,
            cause: None,
            members: Vec::new(),
            question: None,
        }
    }

    /// The question instead of a refusal.
    pub(crate) fn ask(question: Question) -> Fault {
        Fault { question: Some(question), ..Fault::new(500, "InternalFailure", "") }
    }

    /// The same refusal with one more member.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Fault {
        self.members.push((name, value.into()));
        self
    }

    /// The same refusal, said by another station.
    pub(crate) fn at(mut self, station: Station) -> Fault {
        self.station = Some(station);
        self
    }
}
