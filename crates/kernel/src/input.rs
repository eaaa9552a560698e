//! What the core takes and returns: plain data. A list of inputs replays to the same bytes.

use cognitab_wire::http::{Request, Response};

use crate::world::World;

/// A request with everything that the core may know of its host.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Real time in milliseconds since 1970. The world adds the offset of its simulated clock.
    pub now: i64,
    /// Fresh random bytes.
    pub entropy: [u8; 32],
    /// The request.
    pub request: Request,
    /// The simulated browser that sent it, whose cookies the world keeps. Other clients keep their
    /// own.
    pub browser: Option<String>,
    /// Whether any credentials are those of the administrator of [`crate::accounts::STUDIO`].
    pub open: bool,
    /// Answers to the questions asked so far about this request, in their order.
    pub answers: Vec<Answer>,
}

/// What came of handling a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// The request was answered.
    Done(Box<Done>),
    /// The host must answer first: append the answer to [`Input::answers`] and handle the same input
    /// again. Nothing has changed yet.
    Ask(Question),
}

/// Something that the core cannot know or do itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A new RSA key of 2048 bits.
    RsaKey,
    /// The result of a Lambda function.
    Invoke {
        /// ARN of the function.
        function: String,
        /// The event, as JSON text.
        payload: String,
    },
}

/// The host's answer to a [`Question`], of the same kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A private key as PKCS #8 in DER.
    RsaKey(Vec<u8>),
    /// What came of invoking a function.
    Invocation(Invocation),
}

/// What came of invoking a Lambda function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invocation {
    /// The JSON text that it returned.
    Returned(String),
    /// The message of the error that it threw.
    Threw(String),
    /// The host has no function of this ARN, or cannot run it.
    NotFound,
}

/// An answered request. Signatures are missing until [`Done::sign_with`].
#[derive(Clone, Debug)]
pub struct Done {
    /// The world after it.
    pub world: World,
    /// The response.
    pub response: Response,
    /// What is to be signed.
    pub signing: Vec<Signing>,
    /// Numbers of the events that it wrote.
    pub events: Vec<u64>,
}

/// Something to be signed with RSASSA-PKCS1-v1_5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// Private key as PKCS #8 in DER.
    pub key: Vec<u8>,
    /// Bits of SHA-2: 256 for RS256, 512 for RS512.
    pub bits: u16,
    /// JWS signing input.
    pub input: String,
    /// The placeholder of the signature.
    pub place: String,
}

impl Done {
    /// The JSON text of one of its events.
    pub fn event(&self, number: u64) -> Option<&str> {
        crate::event_log::text(&self.world, number)
    }

    /// Puts base64url signatures, in the order of `signing`, into the response and the event log.
    pub fn sign_with(mut self, signatures: &[String]) -> Done {
        let places: Vec<(String, &String)> =
            self.signing.drain(..).map(|signing| signing.place).zip(signatures).collect();
        if places.is_empty() {
            return self;
        }
        let sign = |text: &str| signed(text, &places);
        for (_, value) in &mut self.response.headers {
            if let Some(signed) = sign(value) {
                *value = signed;
            }
        }
        let body = std::str::from_utf8(&self.response.body).ok().and_then(sign);
        if let Some(signed) = body {
            self.response.body = signed.into_bytes();
        }
        for number in &self.events {
            crate::event_log::rewrite(&mut self.world, *number, sign);
        }
        self
    }
}

/// The beginning of every signature placeholder. Its first character is rare, which makes the search
/// fast.
pub const PLACEHOLDER: &str = "~unsigned~";

/// The text with each placeholder replaced by its signature; `None` if it has no placeholder.
fn signed(text: &str, places: &[(String, &String)]) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|text| text.find('~')).map(|at| from + at) {
        let here = rest.get(at..).unwrap_or_default();
        let found = here.starts_with(PLACEHOLDER).then(|| {
            places.iter().find_map(|(place, signature)| {
                Some((here.strip_prefix(place.as_str())?, *signature))
            })
        });
        match found.flatten() {
            Some((after, signature)) => {
                out.push_str(rest.get(..at).unwrap_or_default());
                out.push_str(signature);
                (rest, from) = (after, 0);
            }
            None => from = at + 1,
        }
    }
    (rest.len() < text.len()).then(|| out + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_placeholder_gets_its_signature_and_nothing_else_changes() {
        let (one, two) = ("ONE".to_owned(), "TWO".to_owned());
        let places = [(format!("{PLACEHOLDER}a"), &one), (format!("{PLACEHOLDER}b"), &two)];
        let text =
            format!("~ x.{PLACEHOLDER}b ~unsigned y.{PLACEHOLDER}a {PLACEHOLDER}c {PLACEHOLDER}b~");
        let expected = format!("~ x.TWO ~unsigned y.ONE {PLACEHOLDER}c TWO~");
        assert_eq!(signed(&text, &places), Some(expected));
        assert_eq!(signed("~ nothing ~unsigned~", &places), None);
    }
}
