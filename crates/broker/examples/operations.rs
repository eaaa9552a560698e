//! Prints the operations of every service as JSON; the coverage table is made from it.

use std::collections::BTreeMap;

fn main() -> Result<(), serde_json::Error> {
    let names: BTreeMap<&str, Vec<&str>> = cognitab_broker::services()
        .iter()
        .map(|service| (service.name, service.entries().map(|o| o.name).collect()))
        .collect();
    println!("{}", serde_json::to_string(&names)?);
    Ok(())
}
