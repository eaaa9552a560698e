//! `CreateBucket`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;
use cognitab_wire::{Value, pattern};

use crate::bucket::{Bucket, BucketName};
use crate::error::Error;

const US_EAST_1: &str = "us-east-1";

/// `CreateBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateBucketRequest {
    #[shape(uri)]
    bucket: BucketName,
    #[shape(payload)]
    create_bucket_configuration: Option<CreateBucketConfiguration>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateBucketConfiguration {
    location_constraint: Option<String>,
}

/// `CreateBucketOutput`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateBucketOutput {
    #[shape(header = "location")]
    location: String,
}

fn bucket_arn(cx: &Cx<'_>, input: &Value) -> String {
    Arn::s3(&cx.call.region, input.text("Bucket")).to_string()
}

/// Creates a bucket, unless its name is taken by any account.
#[operation(signed, http = "PUT /{Bucket}", resource = bucket_arn)]
pub(crate) fn create_bucket(
    cx: &mut Cx<'_>,
    input: CreateBucketRequest,
) -> Result<CreateBucketOutput, Stop> {
    input.bucket.check()?;
    let constraint = input.create_bucket_configuration.and_then(|c| c.location_constraint);
    let region = region(&cx.call.region, constraint)?;
    let location = format!("/{}", input.bucket);
    if let Some(existing) = cx.world.get::<Bucket>(&input.bucket) {
        if existing.owner != cx.call.account {
            return Err(Error::BucketAlreadyExists(input.bucket).into());
        }
        // In us-east-1 alone, to create one's own bucket again succeeds.
        if existing.region != US_EAST_1 || region != US_EAST_1 {
            return Err(Error::BucketAlreadyOwnedByYou(input.bucket).into());
        }
        return Ok(CreateBucketOutput { location });
    }
    cx.world.put(&Bucket {
        name: input.bucket,
        owner: cx.call.account.clone(),
        region,
        created: Timestamp(cx.now),
        policy: None,
    });
    Ok(CreateBucketOutput { location })
}

/// The region of a new bucket, by the region of the endpoint and the location constraint. The
/// endpoint of us-east-1 creates buckets in every region, any other in its own alone.
fn region(endpoint: &str, constraint: Option<String>) -> Result<String, Error> {
    let constraint = constraint.map(|c| if c == "EU" { "eu-west-1".to_owned() } else { c });
    match constraint {
        Some(region)
            if region == US_EAST_1 || !pattern::matches(r"[a-z]{2,3}(-[a-z]+)+-\d", &region) =>
        {
            Err(Error::InvalidLocationConstraint(region))
        }
        Some(region) if endpoint == US_EAST_1 || endpoint == region => Ok(region),
        None if endpoint == US_EAST_1 => Ok(US_EAST_1.to_owned()),
        constraint => {
            let constraint = constraint.unwrap_or_else(|| "unspecified".to_owned());
            Err(Error::IllegalLocationConstraint(constraint))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_endpoint_and_body_must_agree() {
        let at = |endpoint: &str, constraint: &str| region(endpoint, Some(constraint.to_owned()));
        assert_eq!(region(US_EAST_1, None).unwrap(), US_EAST_1);
        assert_eq!(at(US_EAST_1, "eu-west-1").unwrap(), "eu-west-1");
        assert_eq!(at("eu-west-1", "EU").unwrap(), "eu-west-1");
        assert!(matches!(at(US_EAST_1, US_EAST_1), Err(Error::InvalidLocationConstraint(_))));
        assert!(matches!(at(US_EAST_1, "moon"), Err(Error::InvalidLocationConstraint(_))));
        assert!(matches!(region("eu-west-1", None), Err(Error::IllegalLocationConstraint(_))));
    }
}
