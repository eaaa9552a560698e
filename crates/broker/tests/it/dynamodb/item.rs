//! Items: conditions, queries, scans, updates and batches.

use serde_json::json;

use super::{SERVICE, VALIDATION, error, music, song, years};

#[test]
fn queries_sort_numbers_by_value() {
    let mut host = music();
    let mut query = json!({
        "TableName": "music",
        "KeyConditionExpression": "artist = :a AND released > :from",
        "ExpressionAttributeValues": {":a": {"S": "Ana"}, ":from": {"N": "-10"}}
    });
    assert_eq!(years(&host.admin("dynamodb.Query", query.clone())), ["-5", "10.5", "999", "2001"]);
    query["ScanIndexForward"] = json!(false);
    query["Limit"] = json!(2);
    let first = host.admin("dynamodb.Query", query.clone());
    assert_eq!(years(&first), ["2001", "999"]);
    assert_eq!(
        first["LastEvaluatedKey"],
        json!({"artist": {"S": "Ana"}, "released": {"N": "999"}})
    );
    query["ExclusiveStartKey"] = first["LastEvaluatedKey"].clone();
    assert_eq!(years(&host.admin("dynamodb.Query", query)), ["10.5", "-5"]);
    let genre = host.admin(
        "dynamodb.Query",
        json!({
            "TableName": "music", "IndexName": "by-genre",
            "KeyConditionExpression": "genre = :g",
            "ExpressionAttributeValues": {":g": {"S": "pop"}}
        }),
    );
    assert_eq!(years(&genre), ["-5", "1", "10.5", "2001"]);
    assert!(genre["Items"][0].get("plays").is_none());
    let count = host.admin("dynamodb.Query", json!({
        "TableName": "music", "Select": "COUNT",
        "KeyConditionExpression": "artist = :a AND released BETWEEN :l AND :h",
        "FilterExpression": "#g = :g", "ExpressionAttributeNames": {"#g": "genre"},
        "ExpressionAttributeValues": {":a": {"S": "Ana"}, ":l": {"N": "0"}, ":h": {"N": "1000"}, ":g": {"S": "folk"}}
    }));
    assert_eq!(count, json!({"Count": 1, "ScannedCount": 2}));
}

#[test]
fn query_errors_match_aws() {
    let mut host = music();
    for (condition, expected) in [
        ("released = :a", "Query condition missed key schema element: artist"),
        (
            "artist = :s AND released <> :a",
            "Invalid KeyConditionExpression: Invalid operator used in KeyConditionExpression: <>",
        ),
        ("artist = :s AND plays = :a", "Query condition missed key schema element: released"),
        (
            "artist = :s AND released = :s",
            "One or more parameter values were invalid: Condition parameter type does not match schema type",
        ),
        (
            "artist = :s",
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}",
        ),
        (
            "artist = :missing",
            "Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :missing",
        ),
        (
            "name = :s",
            "Invalid KeyConditionExpression: Attribute name is a reserved keyword; reserved keyword: name",
        ),
    ] {
        let mut values = json!({":a": {"N": "1"}, ":s": {"S": "Ana"}});
        if !expected.contains("unused") {
            values.as_object_mut().unwrap().retain(|name, _| condition.contains(name.as_str()));
        }
        let mut input = json!({"TableName": "music", "KeyConditionExpression": condition});
        if !values.as_object().unwrap().is_empty() {
            input["ExpressionAttributeValues"] = values;
        }
        assert_eq!(error(&mut host, "dynamodb.Query", input), format!("{VALIDATION}{expected}"));
    }
}

#[test]
fn writes_check_their_condition_and_return_the_requested_values() {
    let mut host = music();
    let key = json!({"artist": {"S": "Ana"}, "released": {"N": "2001.0"}});
    let existing = json!({
        "TableName": "music", "Item": song("Ana", "2001", "jazz"),
        "ConditionExpression": "attribute_not_exists(artist)"
    });
    assert_eq!(
        error(&mut host, "dynamodb.PutItem", existing),
        format!("{SERVICE}ConditionalCheckFailedException: The conditional request failed")
    );
    let updated = host.admin("dynamodb.UpdateItem", json!({
        "TableName": "music", "Key": key,
        "UpdateExpression": "SET plays = plays + :one, tags = if_not_exists(tags, :t) REMOVE genre",
        "ConditionExpression": "plays = :zero",
        "ExpressionAttributeValues": {":one": {"N": "1"}, ":zero": {"N": "0"}, ":t": {"SS": ["live"]}},
        "ReturnValues": "UPDATED_NEW"
    }));
    assert_eq!(updated, json!({"Attributes": {"plays": {"N": "1"}, "tags": {"SS": ["live"]}}}));
    let output = host.admin(
        "dynamodb.GetItem",
        json!({
            "TableName": "music", "Key": key, "ProjectionExpression": "plays, genre"
        }),
    );
    assert_eq!(output, json!({"Item": {"plays": {"N": "1"}}}));
    assert_eq!(
        error(
            &mut host,
            "dynamodb.UpdateItem",
            json!({
                "TableName": "music", "Key": key, "UpdateExpression": "SET artist = :a",
                "ExpressionAttributeValues": {":a": {"S": "x"}}
            })
        ),
        format!(
            "{VALIDATION}One or more parameter values were invalid: Cannot update attribute artist. This attribute is part of the key"
        )
    );
    let deleted = host.admin(
        "dynamodb.DeleteItem",
        json!({
            "TableName": "music", "Key": key, "ReturnValues": "ALL_OLD"
        }),
    );
    assert_eq!(deleted["Attributes"]["plays"]["N"], "1");
    assert_eq!(
        host.admin("dynamodb.GetItem", json!({"TableName": "music", "Key": key})),
        json!({})
    );
}

#[test]
fn sums_are_exact_or_an_overflow_error() {
    let mut host = music();
    let key = json!({"artist": {"S": "Ana"}, "released": {"N": "2001"}});
    let overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    for (update, a, b, expected) in [
        ("SET plays = :a + :b", "1", "1e37", Ok("10000000000000000000000000000000000001")),
        ("SET plays = :a - :b", "0.1", "0.3", Ok("-0.2")),
        ("SET plays = :a + :b", "9e125", "9e125", Err(overflow)),
        ("SET plays = :a - :b", "1e50", "1", Err(overflow)),
        ("SET title = :a ADD plays :b", "0", "1e125", Err(overflow)),
    ] {
        let input = json!({
            "TableName": "music", "Key": key, "UpdateExpression": update,
            "ExpressionAttributeValues": {":a": {"N": a}, ":b": {"N": b}},
            "ReturnValues": "UPDATED_NEW"
        });
        match expected {
            Ok(sum) => {
                let updated = host.admin("dynamodb.UpdateItem", input);
                assert_eq!(updated["Attributes"]["plays"]["N"], sum, "{a} {b}");
            }
            Err(message) => assert_eq!(
                error(&mut host, "dynamodb.UpdateItem", input),
                format!("{VALIDATION}{message}"),
                "{a} {b}"
            ),
        }
    }
}

#[test]
fn items_and_keys_must_match_the_key_schema() {
    let mut host = music();
    let invalid_values = "One or more parameter values were invalid: ";
    for (item, expected) in [
        (json!({"artist": {"S": "a"}}), format!("{invalid_values}Missing the key released in the item")),
        (json!({"artist": {"N": "1"}, "released": {"N": "1"}}), format!("{invalid_values}Type mismatch for key artist expected: S actual: N")),
        (json!({"artist": {"S": ""}, "released": {"N": "1"}}), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: artist".to_owned()),
        (json!({"artist": {"S": "a"}, "released": {"N": "x"}}), "The parameter cannot be converted to a numeric value: x".to_owned()),
        (json!({"artist": {}}), "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes".to_owned()),
    ] {
        let put = json!({"TableName": "music", "Item": item});
        assert_eq!(error(&mut host, "dynamodb.PutItem", put), format!("{VALIDATION}{expected}"));
    }
    let number = json!({"TableName": "music", "Item": {"artist": {"S": 1}}});
    assert_eq!(
        error(&mut host, "dynamodb.PutItem", number),
        "com.amazon.coral.service#SerializationException: NUMBER_VALUE cannot be converted to String"
    );
    let mut legacy = json!({"TableName": "music", "Item": song("Ana", "1", "pop")});
    legacy["Expected"] = json!({"artist": {"Exists": false}});
    assert!(error(&mut host, "dynamodb.PutItem", legacy).contains("Expected"));
    let partial_key = json!({"TableName": "music", "Key": {"artist": {"S": "Ana"}}});
    assert_eq!(
        error(&mut host, "dynamodb.GetItem", partial_key),
        format!("{VALIDATION}The provided key element does not match the schema")
    );
    let unknown_table = json!({"TableName": "none", "Key": {"a": {"S": "b"}}});
    assert_eq!(
        error(&mut host, "dynamodb.GetItem", unknown_table),
        format!("{SERVICE}ResourceNotFoundException: Requested resource not found")
    );
}

#[test]
fn scans_return_every_item_in_pages_and_segments() {
    let mut host = music();
    let mut count_of_pages = 0;
    let mut scan = json!({"TableName": "music", "Limit": 2});
    loop {
        let page = host.admin("dynamodb.Scan", scan.clone());
        count_of_pages += page["Count"].as_i64().unwrap();
        if page.get("LastEvaluatedKey").is_none() {
            break;
        }
        scan["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
    }
    assert_eq!(count_of_pages, 5);
    let mut count_of_segments = 0;
    for segment in 0..3 {
        let page = host.admin(
            "dynamodb.Scan",
            json!({"TableName": "music", "Segment": segment, "TotalSegments": 3}),
        );
        count_of_segments += page["Count"].as_i64().unwrap();
    }
    assert_eq!(count_of_segments, 5);
    let described = host.admin("dynamodb.DescribeTable", json!({"TableName": "music"}));
    assert_eq!(described["Table"]["ItemCount"], 5);
    assert_eq!(described["Table"]["TableStatus"], "ACTIVE");
}

#[test]
fn batches_write_and_read_several_items() {
    let mut host = music();
    let written = host.admin(
        "dynamodb.BatchWriteItem",
        json!({"RequestItems": {"music": [
        {"PutRequest": {"Item": song("Cy", "1", "pop")}},
        {"DeleteRequest": {"Key": {"artist": {"S": "Ana"}, "released": {"N": "999"}}}}]}}),
    );
    assert_eq!(written, json!({"UnprocessedItems": {}}));
    let keys = json!([
        {"artist": {"S": "Cy"}, "released": {"N": "1"}},
        {"artist": {"S": "Ana"}, "released": {"N": "999"}}]);
    let read =
        host.admin("dynamodb.BatchGetItem", json!({"RequestItems": {"music": {"Keys": keys}}}));
    assert_eq!(read["Responses"]["music"], json!([song("Cy", "1", "pop")]));
    let duplicate_keys = json!([keys[0], keys[0]]);
    assert_eq!(
        error(
            &mut host,
            "dynamodb.BatchGetItem",
            json!({"RequestItems": {"music": {"Keys": duplicate_keys}}})
        ),
        format!("{VALIDATION}Provided list of item keys contains duplicates")
    );
}
