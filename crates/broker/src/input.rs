//! What goes into the core and what comes out, all plain data: a list of inputs replays to the
//! same bytes.

use cognitab_wire::http::{Request, Response};

use crate::world::World;

/// A request with everything that the core may know of the outside.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Real time in milliseconds since 1970; the world adds its own offset.
    pub now: i64,
    /// Fresh randomness.
    pub entropy: [u8; 32],
    /// The request.
    pub request: Request,
    /// The simulated browser that sent it; its cookies are kept in the world. Without one the
    /// client keeps its own.
    pub browser: Option<String>,
    /// Whether any credentials count as Studio's administrator.
    pub open: bool,
    /// Answers to the questions asked so far about this request, in their order.
    pub answers: Vec<Answer>,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is done.
    Done(Box<Done>),
    /// The core must know this first: put the answer behind the others and hand the same input in
    /// again. Nothing has happened yet.
    Ask(Question),
}

/// Something that the core cannot do itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// A fresh RSA key of 2048 bits.
    RsaKey,
}

/// What the outside says to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A private key as PKCS #8 in DER.
    RsaKey(Vec<u8>),
}

/// A request's result. Signatures are still missing: [`Done::sign_with`] puts them in.
#[derive(Clone, Debug)]
pub struct Done {
    /// The world after it.
    pub world: World,
    /// The answer.
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
    /// The text that stands where the signature belongs.
    pub(crate) place: String,
}

impl Done {
    /// The JSON text of one of its events.
    pub fn event(&self, number: u64) -> Option<&str> {
        crate::journal::text(&self.world, number)
    }

    /// Puts base64url signatures, in the order of `signing`, where they belong: into the answer
    /// and into the log.
    pub fn sign_with(mut self, signatures: &[String]) -> Done {
        for (signing, signature) in self.signing.drain(..).zip(signatures) {
            let replace = |text: &str| {
                text.contains(&signing.place).then(|| text.replace(&signing.place, signature))
            };
            for (_, value) in &mut self.response.headers {
                if let Some(signed) = replace(value) {
                    *value = signed;
                }
            }
            if let Ok(body) = std::str::from_utf8(&self.response.body)
                && let Some(signed) = replace(body)
            {
                self.response.body = signed.into_bytes();
            }
            for number in &self.events {
                crate::journal::rewrite(&mut self.world, *number, replace);
            }
        }
        self
    }
}
