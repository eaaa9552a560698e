//! The shapes of AWS's model that put constraints on a text.

use cognitab_macros::Shape;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[a-zA-Z0-9_.:-]+")]
pub(crate) struct DatasetName(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256)]
pub(crate) struct DeviceId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
pub(crate) struct IdentityId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
pub(crate) struct IdentityPoolId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=1024)]
pub(crate) struct RecordKey(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=1_048_575)]
pub(crate) struct RecordValue(String);
