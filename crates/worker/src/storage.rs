//! The lab world in IndexedDB, through `store.js`. A commit names the generation that it builds on
//! and fails if another writer has committed since (compare and swap).

use cognitab_broker::{World, Write};
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

/// Separates table and key. No table name contains it.
const SEPARATOR: char = '\u{0}';

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = cognitabStore, js_name = news, catch)]
    async fn stored_news(generation: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = cognitabStore, catch)]
    async fn commit(generation: f64, keys: Array, texts: Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = cognitabStore, js_name = dump, catch)]
    async fn stored_dump() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = cognitabStore, js_name = discard, catch)]
    async fn stored_discard() -> Result<JsValue, JsValue>;
}

/// A stored world and its generation; 0 if nothing is stored.
#[derive(Default)]
pub(crate) struct Stored {
    pub(crate) world: World,
    pub(crate) generation: f64,
}

/// What other writers have committed.
pub(crate) struct News(JsValue);

impl Stored {
    /// This world with what other writers have committed.
    pub(crate) fn after(mut self, news: &News) -> Result<Stored, JsValue> {
        let get = |name: &str| Reflect::get(&news.0, &name.into());
        if get("whole")?.is_truthy() {
            self.world = World::default();
        }
        let (keys, texts) = (Array::from(&get("keys")?), Array::from(&get("texts")?));
        let mut rows = Vec::with_capacity(keys.length() as usize);
        for (key, text) in keys.iter().zip(texts.iter()) {
            rows.push(row(&key, &text).ok_or_else(|| corrupt_row(&key))?);
        }
        self.world.apply(rows);
        self.generation = get("generation")?.as_f64().unwrap_or_default();
        Ok(self)
    }
}

fn row(key: &JsValue, text: &JsValue) -> Option<(String, String, Option<String>)> {
    let key = key.as_string()?;
    let (table, key) = key.split_once(SEPARATOR)?;
    let text = if text.is_null() { None } else { Some(text.as_string()?) };
    Some((table.to_owned(), key.to_owned(), text))
}

/// The error for a row that cannot be read. Leaving it out would lose it with the next commit.
fn corrupt_row(key: &JsValue) -> JsValue {
    JsValue::from_str(&format!("the stored lab contains an invalid row: {key:?}"))
}

/// What has been committed since a generation, if anything.
pub(crate) async fn news(generation: f64) -> Result<Option<News>, JsValue> {
    Ok(some(stored_news(generation).await?))
}

/// Commits on top of a generation, or returns what has been committed since.
pub(crate) async fn write(generation: f64, writes: &[Write]) -> Result<Option<News>, JsValue> {
    let keys = Array::new();
    let texts = Array::new();
    for write in writes {
        keys.push(&format!("{}{SEPARATOR}{}", write.table, write.key).into());
        texts.push(&write.text.as_ref().map_or(JsValue::NULL, |text| JsValue::from_str(text)));
    }
    Ok(some(commit(generation, keys, texts).await?))
}

fn some(news: JsValue) -> Option<News> {
    (!news.is_undefined()).then_some(News(news))
}

/// Everything that is stored, readable or not, as JSON.
pub(crate) async fn dump() -> Result<String, JsValue> {
    Ok(stored_dump().await?.as_string().unwrap_or_default())
}

/// Deletes everything that is stored.
pub(crate) async fn discard() -> Result<(), JsValue> {
    stored_discard().await.map(|_| ())
}
