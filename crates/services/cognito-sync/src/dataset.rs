//! Datasets of an identity.

use cognitab_macros::Shape;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::{Value, sigv4};

use crate::error::Error;
use crate::record::Record;

use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::World;

/// A dataset. Its row outlives its deletion, because its sync count continues.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct Dataset {
    pub(crate) identity: String,
    pub(crate) name: String,
    pub(crate) exists: bool,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) modified_by: String,
    pub(crate) sync_count: i64,
    /// The sync count of its last deletion; 0 without one.
    pub(crate) deleted_at: i64,
}

impl Row for Dataset {
    const TABLE: &'static str = "cognito-sync.dataset";
    fn key(&self) -> String {
        format!("{}/{}", self.identity, self.name)
    }
}

/// A dataset as AWS returns it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct DatasetDescription {
    identity_id: String,
    dataset_name: String,
    creation_date: Timestamp,
    last_modified_date: Timestamp,
    last_modified_by: String,
    data_storage: i64,
    num_records: i64,
}

impl Dataset {
    /// The dataset of this name, or a new one that does not exist yet.
    pub(crate) fn load(world: &World, identity: &str, name: &str) -> Dataset {
        world.get(&format!("{identity}/{name}")).unwrap_or_else(|| Dataset {
            identity: identity.to_owned(),
            name: name.to_owned(),
            ..Dataset::default()
        })
    }

    /// The dataset of this name, if it exists.
    pub(crate) fn find(world: &World, identity: &str, name: &str) -> Result<Dataset, Error> {
        let dataset = Dataset::load(world, identity, name);
        if dataset.exists { Ok(dataset) } else { Err(Error::NoDataset(name.to_owned())) }
    }

    /// The datasets of an identity, ordered by name.
    pub(crate) fn all(world: &World, identity: &str) -> impl Iterator<Item = Dataset> {
        world.scan::<Dataset>(&format!("{identity}/")).filter(|d| d.exists)
    }

    /// The number of characters of its keys and values, and of records that have a value.
    pub(crate) fn storage(&self, world: &World) -> (i64, i64) {
        let records = Record::all(world, self).filter(|r| r.value.is_some());
        records.fold((0, 0), |(size, count), record| {
            (size + i64::try_from(record.size()).unwrap_or_default(), count + 1)
        })
    }

    pub(crate) fn describe(&self, world: &World) -> DatasetDescription {
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

    /// The sync session token, which a write must carry: a digest of the dataset's key, and its sync count.
    pub(crate) fn session_token(&self) -> String {
        format!("{}.{}", self.digest(), self.sync_count)
    }

    /// Checks that a token was issued for this dataset.
    pub(crate) fn check_token(&self, token: &str) -> Result<(), Error> {
        let (digest, count) = token.split_once('.').ok_or(Error::InvalidSessionToken)?;
        let issued = count.parse::<i64>().is_ok_and(|count| count <= self.sync_count);
        if digest == self.digest() && issued { Ok(()) } else { Err(Error::InvalidSessionToken) }
    }

    fn digest(&self) -> String {
        sigv4::sha256_hex(self.key().as_bytes())
    }
}

/// Checks that the identity pool is the caller's and the identity the pool's.
pub(crate) fn check_identity(cx: &Cx<'_>, pool: &str, identity: &str) -> Result<(), Error> {
    if cognitab_cognito_identity::pool_account(&cx.world, pool).as_deref() != Some(&cx.call.account)
    {
        return Err(Error::NoPool(pool.to_owned()));
    }
    if !cognitab_cognito_identity::belongs(&cx.world, pool, identity) {
        return Err(Error::NoIdentity(identity.to_owned()));
    }
    Ok(())
}

/// `LastModifiedBy`: the caller's identity, or the caller's ARN without one.
pub(crate) fn modified_by(cx: &Cx<'_>) -> String {
    let key = cx.call.caller.key();
    let identity = key.and_then(|k| k.context.get("cognito-identity.amazonaws.com:sub")?.first());
    identity.cloned().or_else(|| key.map(|k| k.arn.clone())).unwrap_or_default()
}

/// ARN of the dataset that a request names, or of all datasets of the identity.
pub(crate) fn arn(cx: &Cx<'_>, input: &Value) -> String {
    let identity = input.text("IdentityId");
    let dataset = input.get("DatasetName").str().unwrap_or("*");
    arn_in_pool(cx, input, &format!("/identity/{identity}/dataset/{dataset}"))
}

/// ARN of the identity that a request names.
pub(crate) fn identity_arn(cx: &Cx<'_>, input: &Value) -> String {
    arn_in_pool(cx, input, &format!("/identity/{}", input.text("IdentityId")))
}

fn arn_in_pool(cx: &Cx<'_>, input: &Value, path: &str) -> String {
    let resource = format!("identitypool/{}{path}", input.text("IdentityPoolId"));
    Arn::new(&cx.call.region, "cognito-sync", &cx.call.account, &resource).to_string()
}
