//! Identities: the same person or guest, whatever they sign in with.

use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::login::Login;
use crate::pool::Pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_kernel::World;

/// An identity of a pool.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Identity {
    /// `{region}:{uuid}`.
    pub(crate) id: String,
    pub(crate) pool: String,
    /// Provider to the subject that signed in with it.
    pub(crate) logins: BTreeMap<String, String>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    /// Whether it was merged into another.
    pub(crate) disabled: bool,
}

impl Row for Identity {
    const TABLE: &'static str = "cognito-identity.identity";
    fn key(&self) -> String {
        self.id.clone()
    }
}

/// Which identity a login belongs to.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Link {
    pub(crate) pool: String,
    pub(crate) provider: String,
    pub(crate) subject: String,
    pub(crate) identity: String,
}

impl Row for Link {
    const TABLE: &'static str = "cognito-identity.link";
    fn key(&self) -> String {
        link_key(&self.pool, &self.provider, &self.subject)
    }
}

pub(crate) fn link_key(pool: &str, provider: &str, subject: &str) -> String {
    format!("{pool}/{provider}/{subject}")
}

/// Whether a pool has an identity of this id.
pub fn belongs(world: &World, pool: &str, id: &str) -> bool {
    world.get::<Identity>(id).is_some_and(|identity| identity.pool == pool)
}

/// An identity as AWS shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct IdentityDescription {
    identity_id: String,
    logins: Vec<String>,
    creation_date: Timestamp,
    last_modified_date: Timestamp,
}

impl IdentityDescription {
    /// The identity of this row.
    pub(crate) fn of(identity: &Identity) -> IdentityDescription {
        IdentityDescription {
            identity_id: identity.id.clone(),
            logins: identity.logins.keys().cloned().collect(),
            creation_date: identity.created,
            last_modified_date: identity.modified,
        }
    }
}

/// A new identity without logins: a guest.
pub(crate) fn create(cx: &mut Cx<'_>, pool: &Pool) -> Identity {
    let identity = Identity {
        id: format!("{}:{}", pool.region, cx.random.uuid()),
        pool: pool.key(),
        logins: BTreeMap::new(),
        created: Timestamp(cx.now),
        modified: Timestamp(cx.now),
        disabled: false,
    };
    cx.world.put(&identity);
    identity
}

/// The identity of this id, if it still counts.
pub(crate) fn find(cx: &Cx<'_>, id: &str) -> Result<Identity, Stop> {
    let found: Option<Identity> = cx.world.get(id);
    let found = found.filter(|identity| !identity.disabled);
    found.ok_or_else(|| Error::NoIdentity(id.to_owned()).into())
}

/// The identity to which a login belongs.
pub(crate) fn of_login(cx: &Cx<'_>, pool: &str, login: &Login) -> Option<Identity> {
    let link: Link = cx.world.get(&link_key(pool, &login.provider, &login.subject))?;
    cx.world.get(&link.identity)
}

/// Links logins to an identity; identities that held them are merged into it.
pub(crate) fn link(cx: &mut Cx<'_>, identity: &mut Identity, logins: &[Login]) -> Result<(), Stop> {
    for login in logins {
        match identity.logins.get(&login.provider) {
            Some(subject) if *subject == login.subject => continue,
            Some(_) => return Err(Error::AlreadyLinked.into()),
            None => {}
        }
        if let Some(other) = of_login(cx, &identity.pool, login).filter(|o| o.id != identity.id) {
            merge(cx, identity, other)?;
        } else {
            attach(cx, identity, &login.provider, &login.subject);
        }
    }
    cx.world.put(identity);
    Ok(())
}

fn attach(cx: &mut Cx<'_>, identity: &mut Identity, provider: &str, subject: &str) {
    identity.logins.insert(provider.to_owned(), subject.to_owned());
    identity.modified = Timestamp(cx.now);
    cx.world.put(&Link {
        pool: identity.pool.clone(),
        provider: provider.to_owned(),
        subject: subject.to_owned(),
        identity: identity.id.clone(),
    });
}

/// Takes over everything that another identity holds and disables it.
pub(crate) fn merge(cx: &mut Cx<'_>, into: &mut Identity, mut other: Identity) -> Result<(), Stop> {
    for (provider, subject) in std::mem::take(&mut other.logins) {
        if into.logins.get(&provider).is_some_and(|s| *s != subject) {
            return Err(Error::AlreadyLinked.into());
        }
        attach(cx, into, &provider, &subject);
    }
    other.disabled = true;
    other.modified = Timestamp(cx.now);
    cx.world.put(&other);
    cx.world.put(into);
    Ok(())
}

/// Finds the identity for which these logins speak, as GetOpenIdToken and
/// GetCredentialsForIdentity do it: links, upgrades guests, merges.
pub(crate) fn resolve(
    cx: &mut Cx<'_>,
    pool: &Pool,
    mut identity: Identity,
    logins: &[Login],
) -> Result<Identity, Stop> {
    if logins.is_empty() {
        if !identity.logins.is_empty() {
            return Err(Error::Forbidden(identity.id).into());
        }
        if !pool.view.allow_unauthenticated_identities {
            return Err(Error::NoGuests.into());
        }
        return Ok(identity);
    }
    let owner = logins.iter().find_map(|login| of_login(cx, &identity.pool, login));
    let guest = identity.logins.is_empty();
    match owner {
        // A guest who signs in as somebody known becomes that one.
        Some(mut owner) if guest && owner.id != identity.id => {
            merge(cx, &mut owner, identity)?;
            link(cx, &mut owner, logins)?;
            Ok(owner)
        }
        _ => {
            let own = |l: &Login| identity.logins.get(&l.provider) == Some(&l.subject);
            if !guest && !logins.iter().any(own) {
                return Err(Error::LoginsDoNotMatch.into());
            }
            link(cx, &mut identity, logins)?;
            Ok(identity)
        }
    }
}

/// Removes an identity and its links.
pub(crate) fn remove(cx: &mut Cx<'_>, identity: &Identity) {
    for (provider, subject) in &identity.logins {
        cx.world.remove::<Link>(&link_key(&identity.pool, provider, subject));
    }
    cx.world.remove::<Identity>(&identity.id);
}
