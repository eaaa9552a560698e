//! What a broker must refuse: one row an attack, with AWS's answer. Each row has a world of its
//! own, and its refusal stands in the log with the rung that stopped it.
mod gate;
mod pages;
mod roles;
mod tokens;

use crate::common::Host;
use crate::common::photos::{Ids, logins, photo_app, sign_in};
use serde_json::Value as Json;

/// An attack: what it is, how it goes, how the answer begins.
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
    let attacks =
        [gate::ATTACKS, gate::s3::ATTACKS, tokens::ATTACKS, pages::ATTACKS, roles::ATTACKS];
    let lab = Lab::open();
    for (name, attack, answer) in attacks.concat() {
        let mut lab = lab.clone();
        let heard = attack(&mut lab);
        assert!(heard.starts_with(answer), "{name}: {heard}");
        let event = lab.host.events().pop().unwrap();
        assert!(event["refusal"].is_object(), "{name}: {event}");
        let rungs = event["ladder"].as_array().unwrap();
        assert!(rungs.iter().any(|r| r["state"] == "refused"), "{name}: {rungs:?}");
    }
}
