//! Compresses text for URLs with the browser's compression streams.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join3;
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, Response, WritableStream, WritableStreamDefaultWriter};

/// Maximum length of compressed text. Deflate expands it by at most 1,032 times.
const MAX_COMPRESSED_LENGTH: usize = 40_000;

/// Compresses text to URL-safe Base64; `None` if the browser cannot.
pub async fn compress(text: &str) -> Option<String> {
    let compressed = stream_through("CompressionStream", text.as_bytes()).await.ok()?;
    Some(URL_SAFE_NO_PAD.encode(compressed))
}

/// Decompresses text from [`compress`]; `None` for invalid input.
pub async fn decompress(letters: &str) -> Option<String> {
    let letters = Some(letters).filter(|letters| letters.len() <= MAX_COMPRESSED_LENGTH)?;
    let compressed = URL_SAFE_NO_PAD.decode(letters).ok()?;
    let text = stream_through("DecompressionStream", &compressed).await.ok()?;
    String::from_utf8(text).ok()
}

/// Sends bytes through a transform stream of this class. Every promise is awaited, so that a
/// failing stream leaves no unhandled rejection.
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
