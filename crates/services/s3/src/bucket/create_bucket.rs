//! `CreateBucket`.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::Value;
use cognitab_wire::arn::Arn;
use cognitab_wire::pattern;
use cognitab_wire::shape::Timestamp;

use crate::bucket::{Bucket, check_name};
use crate::error::Error;

const HOME: &str = "us-east-1";

/// `CreateBucketRequest`.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateBucketRequest {
    #[shape(uri)]
    bucket: String,
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

/// Makes a bucket under a name that nobody has taken.
#[operation(signed, http = "PUT /{Bucket}", resource = bucket_arn)]
pub(crate) fn create_bucket(
    cx: &mut Cx<'_>,
    input: CreateBucketRequest,
) -> Result<CreateBucketOutput, Stop> {
    check_name(&input.bucket)?;
    let wanted = input.create_bucket_configuration.and_then(|c| c.location_constraint);
    let region = region(&cx.call.region, wanted)?;
    let location = format!("/{}", input.bucket);
    if let Some(taken) = cx.world.get::<Bucket>(&input.bucket) {
        if taken.owner != cx.call.account {
            return Err(Error::BucketAlreadyExists(input.bucket).into());
        }
        // The oldest region forgives its owners.
        if taken.region != HOME || region != HOME {
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

/// The region that a bucket asked for here comes to lie in.
fn region(here: &str, wanted: Option<String>) -> Result<String, Error> {
    let wanted = wanted.map(|w| if w == "EU" { "eu-west-1".to_owned() } else { w });
    match wanted {
        Some(wanted)
            if wanted == HOME || !pattern::matches(r"[a-z]{2,3}(-[a-z]+)+-\d", &wanted) =>
        {
            Err(Error::InvalidLocationConstraint(wanted))
        }
        Some(wanted) if here == HOME || here == wanted => Ok(wanted),
        None if here == HOME => Ok(HOME.to_owned()),
        wanted => Err(Error::IllegalLocationConstraint(
            wanted.unwrap_or_else(|| "unspecified".to_owned()),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_endpoint_and_body_must_agree() {
        let wanted = |w: &str| Some(w.to_owned());
        assert_eq!(region(HOME, None).unwrap(), HOME);
        assert_eq!(region(HOME, wanted("eu-west-1")).unwrap(), "eu-west-1");
        assert_eq!(region("eu-west-1", wanted("EU")).unwrap(), "eu-west-1");
        assert!(matches!(region(HOME, wanted(HOME)), Err(Error::InvalidLocationConstraint(_))));
        assert!(matches!(region("eu-west-1", None), Err(Error::IllegalLocationConstraint(_))));
        assert!(matches!(region(HOME, wanted("moon")), Err(Error::InvalidLocationConstraint(_))));
    }
}
