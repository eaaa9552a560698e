//! The simulated inbox: emails and text messages that services have sent.

use cognitab_macros::Shape;

use crate::cx::Cx;
use crate::world::{Row, World};

/// A message that has been delivered.
#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(lower_camel)]
pub struct Mail {
    /// Position in the inbox, from 1.
    pub number: i64,
    /// Simulated time of delivery in milliseconds since 1970, as in events.
    pub at: i64,
    /// The delivery medium.
    pub medium: Medium,
    /// Address or phone number.
    pub to: String,
    /// Subject of an email; empty for an SMS.
    pub subject: String,
    /// Text of the message.
    pub body: String,
    /// The verification code in it.
    pub code: String,
    /// The user pool that sent it.
    pub pool: String,
    /// The user it is for.
    pub username: String,
}

/// A delivery medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(upper)]
pub enum Medium {
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
pub fn messages(world: &World) -> Vec<Mail> {
    let mut all: Vec<Mail> = world.scan("").collect();
    all.reverse();
    all
}

/// Delivers a message. Its number and time are set here.
pub fn deliver(cx: &mut Cx<'_>, mail: Mail) {
    let last = cx.world.texts(Mail::TABLE, "").next_back();
    let last = last.and_then(|(key, _)| key.parse::<i64>().ok()).unwrap_or_default();
    let mail = Mail { number: last + 1, at: cx.now, ..mail };
    cx.world.put(&mail);
}
