//! Identities and the logins that are linked to them.

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
    /// Provider to `sub` of its tokens.
    pub(crate) logins: BTreeMap<String, String>,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    /// Whether it was merged into another identity.
    pub(crate) disabled: bool,
}

impl Row for Identity {
    const TABLE: &'static str = "cognito-identity.identity";
    fn key(&self) -> String {
        self.id.clone()
    }
}

/// The identity that a login is linked to.
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

/// Whether a pool has an identity of this ID.
pub fn belongs(world: &World, pool: &str, id: &str) -> bool {
    world.get::<Identity>(id).is_some_and(|identity| identity.pool == pool)
}

/// An identity as AWS returns it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct IdentityDescription {
    identity_id: String,
    logins: Vec<String>,
    creation_date: Timestamp,
    last_modified_date: Timestamp,
}

impl IdentityDescription {
    pub(crate) fn of(identity: &Identity) -> IdentityDescription {
        IdentityDescription {
            identity_id: identity.id.clone(),
            logins: identity.logins.keys().cloned().collect(),
            creation_date: identity.created,
            last_modified_date: identity.modified,
        }
    }
}

/// Creates a guest: an identity without logins.
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

/// The identity of this ID, unless it is disabled.
pub(crate) fn find(cx: &Cx<'_>, id: &str) -> Result<Identity, Stop> {
    let found: Option<Identity> = cx.world.get(id);
    let found = found.filter(|identity| !identity.disabled);
    found.ok_or_else(|| Error::NoIdentity(id.to_owned()).into())
}

/// The identity that a login is linked to.
pub(crate) fn of_login(cx: &Cx<'_>, pool: &str, login: &Login) -> Option<Identity> {
    let link: Link = cx.world.get(&link_key(pool, &login.provider, &login.subject))?;
    cx.world.get(&link.identity)
}

/// Links logins to an identity. Identities that they were linked to are merged into it.
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

/// Moves the logins of another identity to this one, and disables the other.
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

/// Links logins to an identity, or merges a guest into the identity that they are linked to. Returns
/// the identity that GetOpenIdToken and GetCredentialsForIdentity continue with.
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
            return Err(Error::GuestAccessDisabled.into());
        }
        return Ok(identity);
    }
    let owner = logins.iter().find_map(|login| of_login(cx, &identity.pool, login));
    let guest = identity.logins.is_empty();
    match owner {
        // A guest who signs in is merged into the identity of the login.
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

/// Deletes an identity and its links.
pub(crate) fn delete(cx: &mut Cx<'_>, identity: &Identity) {
    for (provider, subject) in &identity.logins {
        cx.world.remove::<Link>(&link_key(&identity.pool, provider, subject));
    }
    cx.world.remove::<Identity>(&identity.id);
}
