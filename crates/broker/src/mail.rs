//! What Cognito sends by email and SMS arrives in the world's inbox.

use cognitab_macros::Shape;

use crate::cx::Cx;
use crate::world::{Row, World};

/// A message that has been delivered.
#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(lower_camel)]
pub(crate) struct Mail {
    /// Position in the inbox, from 1.
    pub(crate) number: i64,
    /// Simulated time of delivery in milliseconds since 1970, as in events.
    pub(crate) at: i64,
    /// How it came.
    pub(crate) medium: Medium,
    /// Address or phone number.
    pub(crate) to: String,
    /// Subject of an email; empty for an SMS.
    pub(crate) subject: String,
    /// The text.
    pub(crate) body: String,
    /// The code in it.
    pub(crate) code: String,
    /// The user pool that sent it.
    pub(crate) pool: String,
    /// The user it is for.
    pub(crate) username: String,
}

/// How a message is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub(crate) enum Medium {
    /// By email.
    Email,
    /// By SMS.
    Sms,
}

impl Row for Mail {
    const TABLE: &'static str = "mail";
    fn key(&self) -> String {
        format!("{:010}", self.number)
    }
}

/// All messages, the newest first.
pub(crate) fn inbox(world: &World) -> Vec<Mail> {
    let mut all: Vec<Mail> = world.scan("").collect();
    all.reverse();
    all
}

/// Delivers a message; its number and time are set here.
pub(crate) fn deliver(cx: &mut Cx<'_>, mail: Mail) {
    let last = cx.world.texts(Mail::TABLE, "").next_back();
    let last = last.and_then(|(key, _)| key.parse::<i64>().ok()).unwrap_or_default();
    let mail = Mail { number: last + 1, at: cx.now, ..mail };
    cx.world.put(&mail);
}
