//! Items: conditions, queries, scans, updates and batches.

use serde_json::json;

use super::{SERVICE, VALIDATION, music, refused, song, years};

#[test]
fn queries_follow_the_numbers() {
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
fn queries_are_refused_in_the_words_of_aws() {
    let mut host = music();
    for (condition, wanted) in [
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
        if !wanted.contains("unused") {
            values.as_object_mut().unwrap().retain(|name, _| condition.contains(name.as_str()));
        }
        let mut input = json!({"TableName": "music", "KeyConditionExpression": condition});
        if !values.as_object().unwrap().is_empty() {
            input["ExpressionAttributeValues"] = values;
        }
        assert_eq!(refused(&mut host, "dynamodb.Query", input), format!("{VALIDATION}{wanted}"));
    }
}

#[test]
fn writes_hold_their_conditions_and_return_what_is_asked() {
    let mut host = music();
    let key = json!({"artist": {"S": "Ana"}, "released": {"N": "2001.0"}});
    let exists = json!({
        "TableName": "music", "Item": song("Ana", "2001", "jazz"),
        "ConditionExpression": "attribute_not_exists(artist)"
    });
    assert_eq!(
        refused(&mut host, "dynamodb.PutItem", exists),
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
    let got = host.admin(
        "dynamodb.GetItem",
        json!({
            "TableName": "music", "Key": key, "ProjectionExpression": "plays, genre"
        }),
    );
    assert_eq!(got, json!({"Item": {"plays": {"N": "1"}}}));
    assert_eq!(
        refused(
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
fn sums_are_stored_exactly_or_overflow() {
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
                refused(&mut host, "dynamodb.UpdateItem", input),
                format!("{VALIDATION}{message}"),
                "{a} {b}"
            ),
        }
    }
}

#[test]
fn items_and_keys_must_fit_the_table() {
    let mut host = music();
    let long = "One or more parameter values were invalid: ";
    for (item, wanted) in [
        (json!({"artist": {"S": "a"}}), format!("{long}Missing the key released in the item")),
        (json!({"artist": {"N": "1"}, "released": {"N": "1"}}), format!("{long}Type mismatch for key artist expected: S actual: N")),
        (json!({"artist": {"S": ""}, "released": {"N": "1"}}), "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: artist".to_owned()),
        (json!({"artist": {"S": "a"}, "released": {"N": "x"}}), "The parameter cannot be converted to a numeric value: x".to_owned()),
        (json!({"artist": {}}), "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes".to_owned()),
    ] {
        let put = json!({"TableName": "music", "Item": item});
        assert_eq!(refused(&mut host, "dynamodb.PutItem", put), format!("{VALIDATION}{wanted}"));
    }
    let number = json!({"TableName": "music", "Item": {"artist": {"S": 1}}});
    assert_eq!(
        refused(&mut host, "dynamodb.PutItem", number),
        "com.amazon.coral.service#SerializationException: NUMBER_VALUE cannot be converted to String"
    );
    let mut old = json!({"TableName": "music", "Item": song("Ana", "1", "pop")});
    old["Expected"] = json!({"artist": {"Exists": false}});
    assert!(refused(&mut host, "dynamodb.PutItem", old).contains("Expected"));
    let half = json!({"TableName": "music", "Key": {"artist": {"S": "Ana"}}});
    assert_eq!(
        refused(&mut host, "dynamodb.GetItem", half),
        format!("{VALIDATION}The provided key element does not match the schema")
    );
    let none = json!({"TableName": "none", "Key": {"a": {"S": "b"}}});
    assert_eq!(
        refused(&mut host, "dynamodb.GetItem", none),
        format!("{SERVICE}ResourceNotFoundException: Requested resource not found")
    );
}

#[test]
fn scans_cover_a_table_in_pages_and_segments() {
    let mut host = music();
    let mut seen = 0;
    let mut scan = json!({"TableName": "music", "Limit": 2});
    loop {
        let page = host.admin("dynamodb.Scan", scan.clone());
        seen += page["Count"].as_i64().unwrap();
        if page.get("LastEvaluatedKey").is_none() {
            break;
        }
        scan["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
    }
    assert_eq!(seen, 5);
    let mut parts = 0;
    for segment in 0..3 {
        let page = host.admin(
            "dynamodb.Scan",
            json!({"TableName": "music", "Segment": segment, "TotalSegments": 3}),
        );
        parts += page["Count"].as_i64().unwrap();
    }
    assert_eq!(parts, 5);
    let described = host.admin("dynamodb.DescribeTable", json!({"TableName": "music"}));
    assert_eq!(described["Table"]["ItemCount"], 5);
    assert_eq!(described["Table"]["TableStatus"], "ACTIVE");
}

#[test]
fn batches_write_and_read_many() {
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
    let twice = json!([keys[0], keys[0]]);
    assert_eq!(
        refused(
            &mut host,
            "dynamodb.BatchGetItem",
            json!({"RequestItems": {"music": {"Keys": twice}}})
        ),
        format!("{VALIDATION}Provided list of item keys contains duplicates")
    );
}
