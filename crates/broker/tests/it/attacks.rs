//! Attacks that the broker must refuse, each with the error that AWS returns. Each attack has its own
//! world, and its event contains the error and the rung that refused the request.
mod pages;
mod roles;
mod signatures;
mod tokens;

use crate::common::Host;
use crate::common::photos::{Ids, logins, photo_app, sign_in};
use serde_json::Value as Json;

/// An attack: its name, the function that carries it out and returns the error, and the start of the
/// expected error.
type Attack = (&'static str, fn(&mut Lab) -> String, &'static str);

/// The photo app with Ana signed in.
#[derive(Clone)]
pub(crate) struct Lab {
    pub(crate) host: Host,
    pub(crate) ids: Ids,
    pub(crate) tokens: Json,
}

impl Lab {
    fn open() -> Lab {
        let (mut host, ids) = photo_app();
        let tokens = sign_in(&mut host, &ids);
        Lab { host, ids, tokens }
    }

    /// One of Ana's tokens.
    fn token(&self, name: &str) -> String {
        self.tokens[name].as_str().unwrap().to_owned()
    }

    /// Ana's logins for the identity pool.
    fn logins(&self) -> Json {
        logins(&self.ids, &self.token("IdToken"))
    }
}

#[test]
fn every_attack_is_refused() {
    let attacks = [
        signatures::ATTACKS,
        signatures::s3::ATTACKS,
        tokens::ATTACKS,
        pages::ATTACKS,
        roles::ATTACKS,
    ];
    let lab = Lab::open();
    for (name, attack, expected) in attacks.concat() {
        let mut lab = lab.clone();
        let error = attack(&mut lab);
        assert!(error.starts_with(expected), "{name}: {error}");
        let event = lab.host.events().pop().unwrap();
        assert!(event["refusal"].is_object(), "{name}: {event}");
        let rungs = event["ladder"].as_array().unwrap();
        assert!(rungs.iter().any(|r| r["state"] == "refused"), "{name}: {rungs:?}");
    }
}
