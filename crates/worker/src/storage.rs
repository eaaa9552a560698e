//! The lab world in IndexedDB, through `store.js`. A commit names the generation it builds on and
//! fails where somebody else has written since: nobody ever writes past another.

use cognitab_broker::{World, Write};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

/// Between table and key; no table's name holds it.
const SEPARATOR: char = '\u{0}';

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = cognitabStore, catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = cognitabStore, catch)]
    async fn commit(generation: f64, keys: Array, texts: Array) -> Result<JsValue, JsValue>;
}

/// A world as it was stored, and which generation that was; 0 where nothing has been stored.
pub(crate) struct Stored {
    pub(crate) world: World,
    pub(crate) generation: f64,
}

/// Reads the stored world.
pub(crate) async fn read() -> Result<Stored, JsValue> {
    let found = load().await?;
    let list = |name: &str| Reflect::get(&found, &name.into()).map(|list| Array::from(&list));
    let (keys, texts) = (list("keys")?, list("texts")?);
    let rows = keys.iter().zip(texts.iter()).filter_map(|(key, text)| {
        let key = key.as_string()?;
        let (table, key) = key.split_once(SEPARATOR)?;
        Some((table.to_owned(), key.to_owned(), text.as_string()?))
    });
    let world = World::load(rows.collect::<Vec<_>>());
    let generation = Reflect::get(&found, &"generation".into())?.as_f64().unwrap_or_default();
    Ok(Stored { world, generation })
}

/// Writes what changed since a generation; `false` where that is no longer the newest.
pub(crate) async fn write(generation: f64, writes: &[Write]) -> Result<bool, JsValue> {
    let keys = Array::new();
    let texts = Array::new();
    for write in writes {
        keys.push(&format!("{}{SEPARATOR}{}", write.table, write.key).into());
        texts.push(&write.text.as_ref().map_or(JsValue::NULL, |text| JsValue::from_str(text)));
    }
    Ok(commit(generation, keys, texts).await?.is_truthy())
}
