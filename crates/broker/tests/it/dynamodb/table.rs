//! Tables: creation, lookup by name and ARN, deletion.

use crate::common::ARCHIVE;
use serde_json::json;

use super::{SERVICE, VALIDATION, error, music, music_in};

#[test]
fn tables_belong_to_one_account() {
    let mut host = music();
    let names = host.json(Some(ARCHIVE), "dynamodb.ListTables", &json!({})).unwrap();
    assert_eq!(names, json!({"TableNames": []}));
    assert_eq!(host.admin("dynamodb.ListTables", json!({})), json!({"TableNames": ["music"]}));
    let deleted = host.admin("dynamodb.DeleteTable", json!({"TableName": "music"}));
    assert_eq!(deleted["TableDescription"]["TableStatus"], "DELETING");
    assert_eq!(
        error(&mut host, "dynamodb.DescribeTable", json!({"TableName": "music"})),
        format!(
            "{SERVICE}ResourceNotFoundException: Requested resource not found: Table: music not found"
        )
    );
    let invalid = error(&mut host, "dynamodb.DescribeTable", json!({}));
    assert_eq!(
        invalid,
        format!(
            "{VALIDATION}1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null"
        )
    );
}

/// `TableName` accepts the table's ARN, with the partition of its Region and its own account.
#[test]
fn table_arns_have_the_partition_of_the_region() {
    for (region, partition) in
        [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
    {
        let mut host = music_in(region);
        let arn = format!("arn:{partition}:dynamodb:{region}:111122223333:table/music");
        let description = host.admin("dynamodb.DescribeTable", json!({"TableName": arn}));
        assert_eq!(description["Table"]["TableArn"], arn);
        let index = &description["Table"]["GlobalSecondaryIndexes"][0];
        assert_eq!(index["IndexArn"], format!("{arn}/index/by-genre"));
        let key = json!({"artist": {"S": "Ana"}, "released": {"N": "999"}});
        for name in ["music", &arn] {
            let output = host.admin("dynamodb.GetItem", json!({"TableName": name, "Key": key}));
            assert_eq!(output["Item"]["genre"]["S"], "folk", "{name}");
            assert_eq!(host.events().pop().unwrap()["case"]["resource"], arn, "{name}");
        }
        for other in [
            arn.replace(&format!("arn:{partition}:"), "arn:aws-eusc:"),
            arn.replace(region, "eu-west-2"),
            arn.replace("111122223333", "444455556666"),
            arn.replace(":table/", ":backup/"),
        ] {
            assert_eq!(
                error(&mut host, "dynamodb.GetItem", json!({"TableName": other, "Key": key})),
                format!("{SERVICE}ResourceNotFoundException: Requested resource not found"),
                "{other}"
            );
        }
    }
}
