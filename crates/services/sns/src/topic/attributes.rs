//! The attributes of a topic that can be set.

use cognitab_kernel::World;

use crate::attribute::{self, Invalid, Stored};
use crate::delivery_policy;
use crate::topic::{Topic, policy};

/// Most characters of a display name.
const MAX_DISPLAY_NAME: usize = 100;

/// The kinds of endpoint whose delivery status a topic can log.
const LOGGED: [&str; 5] = ["HTTP", "Firehose", "Lambda", "Application", "SQS"];

impl Topic {
    /// Sets an attribute, or resets it.
    pub(crate) fn set(&mut self, world: &World, name: &str, value: &str) -> Result<(), Invalid> {
        match stored(world, self.is_fifo(), name, value)? {
            Some(value) => self.attributes.insert(name.to_owned(), value),
            None => self.attributes.remove(name),
        };
        Ok(())
    }
}

fn stored(world: &World, fifo: bool, name: &str, value: &str) -> Stored {
    let one_of = |values, advice| attribute::one_of(name, value, values, advice);
    match name {
        "DisplayName" if value.chars().count() > MAX_DISPLAY_NAME => {
            Err(Invalid::value(name, "must be at most 100 characters long"))
        }
        "DisplayName" | "KmsMasterKeyId" => attribute::text(value),
        "DeliveryPolicy" => delivery_policy::topic(value),
        "MaximumMessageSize" => attribute::integer(name, value, 1024..=1_048_576),
        "Policy" => policy::check(world, value).map(|()| Some(value.to_owned())),
        "SignatureVersion" => one_of(&["1", "2"], "Must be 1 or 2."),
        "TracingConfig" => one_of(&["PassThrough", "Active"], "Must be PassThrough or Active."),
        "ContentBasedDeduplication" if fifo => {
            attribute::boolean(name, value).map(|on| Some(on.to_string()))
        }
        "FifoThroughputScope" if fifo => {
            one_of(&["Topic", "MessageGroup"], "Must be Topic or MessageGroup.")
        }
        "ArchivePolicy" if fifo => archive_policy(value),
        _ => delivery_status(name, value),
    }
}

/// The value of an attribute that has not been set.
pub(crate) fn default(name: &str) -> &'static str {
    match name {
        "ContentBasedDeduplication" | "FifoTopic" => "false",
        "FifoThroughputScope" => "Topic",
        "MaximumMessageSize" => "262144",
        "SignatureVersion" => "1",
        "TracingConfig" => "PassThrough",
        _ => "",
    }
}

/// `{"MessageRetentionPeriod": "30"}`, in days; `{}` ends the archive.
fn archive_policy(value: &str) -> Stored {
    let (name, period) = ("ArchivePolicy", "MessageRetentionPeriod");
    let policy = attribute::json(name, value)?;
    let Some(members) = policy.as_ref().and_then(|policy| policy.as_object()) else {
        return Ok(None);
    };
    if let Some(member) = members.keys().find(|member| *member != period) {
        return Err(Invalid::value(name, format!("Unexpected JSON member: {member}")));
    }
    let Some(days) = members.get(period) else { return Ok(None) };
    let days = days.as_str().map_or_else(|| days.to_string(), str::to_owned);
    attribute::integer(period, &days, 1..=365).map(|_| Some(value.to_owned()))
}

/// The attributes by which SNS logs the delivery status of messages.
fn delivery_status(name: &str, value: &str) -> Stored {
    match LOGGED.iter().find_map(|endpoint| name.strip_prefix(endpoint)) {
        Some("SuccessFeedbackSampleRate") => attribute::integer(name, value, 0..=100),
        Some("SuccessFeedbackRoleArn" | "FailureFeedbackRoleArn") => attribute::role(name, value),
        _ => Err(Invalid::Unknown(name.to_owned())),
    }
}
