//! Text made short for an address, by the browser's own compression, and back.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join3;
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, Response, WritableStream, WritableStreamDefaultWriter};

/// The most letters that are unpacked: far more than any question needs, and what they can grow to
/// (1032 times as much) is still no burden.
const LONGEST: usize = 40_000;

/// Packs a text into letters that an address may hold.
pub async fn compress(text: &str) -> Option<String> {
    let compressed = stream_through("CompressionStream", text.as_bytes()).await.ok()?;
    Some(URL_SAFE_NO_PAD.encode(compressed))
}

/// The text of such letters; none where they are none.
pub async fn decompress(letters: &str) -> Option<String> {
    let letters = Some(letters).filter(|letters| letters.len() <= LONGEST)?;
    let compressed = URL_SAFE_NO_PAD.decode(letters).ok()?;
    let text = stream_through("DecompressionStream", &compressed).await.ok()?;
    String::from_utf8(text).ok()
}

/// Writes bytes into one end of a stream and reads all that comes out of the other. Each promise is
/// awaited, so that a stream that breaks off is told here and nowhere else.
async fn stream_through(kind: &str, bytes: &[u8]) -> Result<Vec<u8>, JsValue> {
    let maker: Function = Reflect::get(&gloo::utils::window(), &kind.into())?.dyn_into()?;
    let stream = Reflect::construct(&maker, &Array::of1(&"deflate-raw".into()))?;
    let into: WritableStream = Reflect::get(&stream, &"writable".into())?.dyn_into()?;
    let out: ReadableStream = Reflect::get(&stream, &"readable".into())?.dyn_into()?;
    let writer: WritableStreamDefaultWriter = into.get_writer()?;
    let written = JsFuture::from(writer.write_with_chunk(&Uint8Array::from(bytes)));
    let closed = JsFuture::from(writer.close());
    let response = Response::new_with_opt_readable_stream(Some(&out))?;
    let read = JsFuture::from(response.array_buffer()?);
    let (_, _, read) = join3(written, closed, read).await;
    Ok(Uint8Array::new(&read?).to_vec())
}
