//! A dataset of an identity, and who may touch it.

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::{Value, sigv4};

use super::error::Error;
use super::record::Record;
use crate::cognito_identity;
use crate::cx::Cx;
use crate::operation::Access;
use crate::world::{Row, World};

/// A dataset. It stays as a row when it is deleted: its count goes on from where it was.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(super) struct Dataset {
    pub(super) identity: String,
    pub(super) name: String,
    pub(super) exists: bool,
    pub(super) created: Timestamp,
    pub(super) modified: Timestamp,
    pub(super) modified_by: String,
    pub(super) sync_count: i64,
    /// The count at which it was last deleted; zero if it never was.
    pub(super) deleted_at: i64,
}

impl Row for Dataset {
    const TABLE: &'static str = "cognito-sync.dataset";
    fn key(&self) -> String {
        format!("{}/{}", self.identity, self.name)
    }
}

/// `Dataset` as AWS shows it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(super) struct DatasetDescription {
    identity_id: String,
    dataset_name: String,
    creation_date: Timestamp,
    last_modified_date: Timestamp,
    last_modified_by: String,
    data_storage: i64,
    num_records: i64,
}

impl Dataset {
    /// The row of this name, or one of a dataset that never was.
    pub(super) fn open(world: &World, identity: &str, name: &str) -> Dataset {
        world.get(&format!("{identity}/{name}")).unwrap_or_else(|| Dataset {
            identity: identity.to_owned(),
            name: name.to_owned(),
            ..Dataset::default()
        })
    }

    /// The dataset of this name.
    pub(super) fn find(world: &World, identity: &str, name: &str) -> Result<Dataset, Error> {
        let dataset = Dataset::open(world, identity, name);
        if dataset.exists { Ok(dataset) } else { Err(Error::NoDataset(name.to_owned())) }
    }

    /// Datasets of an identity, in the order of their names.
    pub(super) fn all(world: &World, identity: &str) -> impl Iterator<Item = Dataset> {
        world.scan::<Dataset>(&format!("{identity}/")).filter(|d| d.exists)
    }

    /// Characters of its keys and values, and how many records have a value.
    pub(super) fn storage(&self, world: &World) -> (i64, i64) {
        let records = Record::all(world, self).filter(|r| r.value.is_some());
        records.fold((0, 0), |(size, count), record| {
            (size + i64::try_from(record.size()).unwrap_or_default(), count + 1)
        })
    }

    /// Its description.
    pub(super) fn describe(&self, world: &World) -> DatasetDescription {
        let (storage, records) = self.storage(world);
        DatasetDescription {
            identity_id: self.identity.clone(),
            dataset_name: self.name.clone(),
            creation_date: self.created,
            last_modified_date: self.modified,
            last_modified_by: self.modified_by.clone(),
            data_storage: storage,
            num_records: records,
        }
    }

    /// What a client must show to write: it says for which dataset it was given out, and when.
    pub(super) fn session_token(&self) -> String {
        format!("{}.{}", self.seal(), self.sync_count)
    }

    /// Refuses a token that was given out for another dataset.
    pub(super) fn check_token(&self, token: &str) -> Result<(), Error> {
        let (seal, count) = token.split_once('.').ok_or(Error::SessionToken)?;
        let known = count.parse::<i64>().is_ok_and(|count| count <= self.sync_count);
        if seal == self.seal() && known { Ok(()) } else { Err(Error::SessionToken) }
    }

    fn seal(&self) -> String {
        sigv4::sha256_hex(self.key().as_bytes())
    }
}

/// Refuses a pool that is not the caller's and an identity that is not the pool's.
pub(super) fn check_identity(cx: &Cx<'_>, pool: &str, identity: &str) -> Result<(), Error> {
    if cognito_identity::pool_account(&cx.world, pool).as_deref() != Some(&cx.account) {
        return Err(Error::NoPool(pool.to_owned()));
    }
    if !cognito_identity::belongs(&cx.world, pool, identity) {
        return Err(Error::NoIdentity(identity.to_owned()));
    }
    Ok(())
}

/// Who writes: the identity itself, or whoever holds the account's own credentials.
pub(super) fn writer(cx: &Cx<'_>) -> String {
    let key = cx.caller.key();
    let identity = key.and_then(|k| k.context.get("cognito-identity.amazonaws.com:sub")?.first());
    identity.cloned().or_else(|| key.map(|k| k.arn.clone())).unwrap_or_default()
}

/// An action on a dataset, or on all those of an identity where none is named.
pub(super) fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let identity = input.text("IdentityId");
    let dataset = input.get("DatasetName").str().unwrap_or("*");
    let arn = format!("{}/identity/{identity}/dataset/{dataset}", pool_arn(cx, input));
    vec![Access::new(format!("cognito-sync:{action}"), arn)]
}

/// ARN of the pool that a request names.
pub(super) fn pool_arn(cx: &Cx<'_>, input: &Value) -> String {
    let pool = input.text("IdentityPoolId");
    format!("arn:aws:cognito-sync:{}:{}:identitypool/{pool}", cx.region, cx.account)
}
