//! Content as it comes in: chunks put together, digests held against it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_kernel::Cx;
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, ChunkSignatures};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::error::Error;

/// Content that arrived whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent {
    /// The content.
    pub(crate) bytes: Vec<u8>,
    /// Base64 of its CRC32 where the client sent one.
    pub(crate) crc32: Option<String>,
    /// Whether any digest came with it.
    pub(crate) proven: bool,
}

const CRC32: &str = "x-amz-checksum-crc32";
const SHA256: &str = "x-amz-checksum-sha256";

/// Reads the body of a request and checks what its headers and its trailer say of it.
pub(crate) fn receive(cx: &Cx<'_>, body: Vec<u8>) -> Result<Sent, Error> {
    content(cx.request(), signatures(cx), body)
}

/// The chain of signatures that the chunks must have, where they are signed.
fn signatures(cx: &Cx<'_>) -> Option<ChunkSignatures> {
    let hash = cx.request().header("x-amz-content-sha256")?;
    if cx.open() || !hash.starts_with("STREAMING-AWS4-HMAC-SHA256-PAYLOAD") {
        return None;
    }
    let signature = sigv4::parse(cx.request()).ok()??;
    cx.call.caller.key().map(|key| ChunkSignatures::new(&key.secret_access_key, &signature))
}

fn content(
    request: &Request,
    signed: Option<ChunkSignatures>,
    body: Vec<u8>,
) -> Result<Sent, Error> {
    let hash = request.header("x-amz-content-sha256").unwrap_or_default();
    let encoding = request.header("content-encoding").unwrap_or_default();
    let (bytes, trailer) = if hash.starts_with("STREAMING-") || encoding.contains("aws-chunked") {
        chunks(&body, signed, hash.ends_with("-TRAILER"))?
    } else {
        (body, Vec::new())
    };
    let length = request.header("x-amz-decoded-content-length");
    if length.is_some_and(|l| l.trim().parse() != Ok(bytes.len())) {
        return Err(Error::IncompleteBody);
    }
    let named = |name: &str| {
        let in_trailer = trailer.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
        request.header(name).or(in_trailer).map(|v| v.trim().to_owned())
    };
    let crc32 = named(CRC32);
    let calculated = crc32fast::hash(&bytes).to_be_bytes();
    compare(crc32.as_deref(), &calculated, CRC32, "CRC32")?;
    let sha256 = named(SHA256);
    if sha256.is_some() {
        compare(sha256.as_deref(), &Sha256::digest(&bytes), SHA256, "SHA256")?;
    }
    let md5 = named("content-md5");
    if let Some(text) = &md5 {
        let digest = STANDARD.decode(text).ok().filter(|d| d.len() == 16);
        if *digest.ok_or(Error::InvalidDigest)? != *Md5::digest(&bytes) {
            return Err(Error::BadDigest);
        }
    }
    let proven = crc32.is_some()
        || md5.is_some()
        || request
            .headers
            .iter()
            .any(|(n, _)| n.to_ascii_lowercase().starts_with("x-amz-checksum-"));
    Ok(Sent { bytes, crc32, proven })
}

/// MD5 of content in quotes, as S3 tags objects that were sent in one piece.
pub(crate) fn etag(bytes: &[u8]) -> String {
    let hex: String = Md5::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    format!("\"{hex}\"")
}

fn compare(
    text: Option<&str>,
    calculated: &[u8],
    header: &'static str,
    algorithm: &'static str,
) -> Result<(), Error> {
    let Some(text) = text else { return Ok(()) };
    let said = STANDARD.decode(text).ok().filter(|d| d.len() == calculated.len());
    let said = said.ok_or(Error::InvalidChecksum(header))?;
    if said == calculated { Ok(()) } else { Err(Error::WrongChecksum(algorithm)) }
}

type Trailer = Vec<(String, String)>;

/// Puts `aws-chunked` content together, and holds each chunk and the trailer against its signature
/// where there is a chain of them. A trailer that was announced cannot be left out.
fn chunks(
    body: &[u8],
    mut signed: Option<ChunkSignatures>,
    announced: bool,
) -> Result<(Vec<u8>, Trailer), Error> {
    let mut bytes = Vec::new();
    let mut rest = body;
    loop {
        let (head, tail) = line(rest).ok_or(Error::IncompleteBody)?;
        let (size, extension) = head.split_once(';').unwrap_or((head, ""));
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| Error::IncompleteBody)?;
        let chunk = tail.get(..size).ok_or(Error::IncompleteBody)?;
        if let Some(chain) = &mut signed {
            let said = extension.trim().strip_prefix("chunk-signature=").unwrap_or_default();
            prove(chain.chunk(chunk), said)?;
        }
        if size == 0 {
            let trailer = trailer(tail);
            if let Some(chain) = signed.filter(|_| announced || !trailer.is_empty()) {
                prove_trailer(chain, &trailer)?;
            }
            return Ok((bytes, trailer));
        }
        bytes.extend_from_slice(chunk);
        let after = tail.get(size..).and_then(|tail| tail.strip_prefix(b"\r\n"));
        rest = after.ok_or(Error::IncompleteBody)?;
    }
}

fn prove(calculated: &str, said: &str) -> Result<(), Error> {
    if sigv4::constant_time_eq(calculated, said) { Ok(()) } else { Err(Error::ChunkSignature) }
}

fn prove_trailer(mut chain: ChunkSignatures, trailer: &Trailer) -> Result<(), Error> {
    const SIGNATURE: &str = "x-amz-trailer-signature";
    let lines: String = trailer
        .iter()
        .filter(|(name, _)| name != SIGNATURE)
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let said = trailer.iter().find(|(name, _)| name == SIGNATURE).map(|(_, value)| value.as_str());
    prove(chain.trailer(&lines), said.unwrap_or_default())
}

fn trailer(mut rest: &[u8]) -> Trailer {
    let mut found = Vec::new();
    while let Some((line, tail)) = line(rest) {
        if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        rest = tail;
    }
    found
}

fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(2).position(|w| w == b"\r\n")?;
    Some((std::str::from_utf8(bytes.get(..end)?).ok()?, bytes.get(end + 2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        Request { headers, ..Request::default() }
    }

    #[test]
    fn chunks_become_one_content() {
        let streaming = request(&[
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", "11"),
        ]);
        let crc = STANDARD.encode(crc32fast::hash(b"hello world").to_be_bytes());
        let body = format!("6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:{crc}\r\n\r\n");
        let sent = content(&streaming, None, body.into_bytes()).unwrap();
        assert_eq!(sent.bytes, b"hello world");
        assert_eq!(sent.crc32, Some(crc));
        let wrong = b"3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n".to_vec();
        let plain = request(&[("content-encoding", "aws-chunked")]);
        assert_eq!(content(&plain, None, wrong), Err(Error::WrongChecksum("CRC32")));
        for broken in ["", "5\r\nab", "zz\r\n", "2\r\nabc\r\n0\r\n\r\n", "ffffffffffffffff\r\na"] {
            assert_eq!(
                content(&plain, None, broken.into()),
                Err(Error::IncompleteBody),
                "{broken}"
            );
        }
    }

    #[test]
    fn digests_are_held_against_the_content() {
        let md5 = request(&[("content-md5", "kAFQmDzST7DWlj99KOF/cg==")]);
        assert!(content(&md5, None, b"abc".to_vec()).unwrap().proven);
        assert_eq!(content(&md5, None, b"abd".to_vec()), Err(Error::BadDigest));
        let bad = request(&[("content-md5", "x")]);
        assert_eq!(content(&bad, None, Vec::new()), Err(Error::InvalidDigest));
        let bad = request(&[("x-amz-checksum-crc32", "x")]);
        assert_eq!(content(&bad, None, Vec::new()), Err(Error::InvalidChecksum(CRC32)));
        assert_eq!(etag(b"abc"), "\"900150983cd24fb0d6963f7d28e17f72\"");
    }
}
