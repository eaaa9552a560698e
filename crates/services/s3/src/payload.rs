//! The payload of a request: `aws-chunked` content decoded, checksums and chunk signatures checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognitab_kernel::Cx;
use cognitab_wire::http::Request;
use cognitab_wire::sigv4::{self, ChunkSignatures};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::error::Error;

const CRC32: &str = "x-amz-checksum-crc32";
const SHA256: &str = "x-amz-checksum-sha256";
const TRAILER_SIGNATURE: &str = "x-amz-trailer-signature";

/// The payload of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Payload {
    /// The content without its transfer encoding.
    pub(crate) content: Vec<u8>,
    /// Base64 of its CRC32, if the client sent one.
    pub(crate) crc32: Option<String>,
    /// Whether the client sent `Content-MD5` or any checksum.
    pub(crate) has_digest: bool,
}

/// The trailing headers of chunked content, their names in lower case.
type Trailer = Vec<(String, String)>;

impl Payload {
    /// Decodes the body of a request. Fails if it is not complete, or if a checksum, a digest or a
    /// chunk signature in its headers or its trailer does not match.
    pub(crate) fn receive(cx: &Cx<'_>, body: Vec<u8>) -> Result<Payload, Error> {
        Payload::decode(cx.request(), signature_chain(cx), body)
    }

    fn decode(
        request: &Request,
        chain: Option<ChunkSignatures>,
        body: Vec<u8>,
    ) -> Result<Payload, Error> {
        let hash = request.header("x-amz-content-sha256").unwrap_or_default();
        let encoding = request.header("content-encoding").unwrap_or_default();
        let is_chunked = hash.starts_with("STREAMING-") || encoding.contains("aws-chunked");
        let (content, trailer) = if is_chunked {
            decode_chunks(&body, chain, hash.ends_with("-TRAILER"))?
        } else {
            (body, Trailer::new())
        };
        let length = request.header("x-amz-decoded-content-length");
        if length.is_some_and(|l| l.trim().parse() != Ok(content.len())) {
            return Err(Error::IncompleteBody);
        }
        let header = |name: &str| {
            let trailing = trailer.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
            request.header(name).or(trailing).map(|value| value.trim().to_owned())
        };
        let crc32 = header(CRC32);
        if let Some(text) = &crc32 {
            check_checksum(text, &crc32fast::hash(&content).to_be_bytes(), CRC32, "CRC32")?;
        }
        if let Some(text) = header(SHA256) {
            check_checksum(&text, &Sha256::digest(&content), SHA256, "SHA256")?;
        }
        let md5 = header("content-md5");
        if let Some(text) = &md5 {
            let digest = STANDARD.decode(text).ok().filter(|digest| digest.len() == 16);
            if *digest.ok_or(Error::InvalidDigest)? != *Md5::digest(&content) {
                return Err(Error::BadDigest);
            }
        }
        let is_checksum = |name: &str| name.to_ascii_lowercase().starts_with("x-amz-checksum-");
        let has_digest = crc32.is_some()
            || md5.is_some()
            || request.headers.iter().any(|(name, _)| is_checksum(name));
        Ok(Payload { content, crc32, has_digest })
    }
}

/// The chain of chunk signatures, if the request says that its chunks are signed.
fn signature_chain(cx: &Cx<'_>) -> Option<ChunkSignatures> {
    let hash = cx.request().header("x-amz-content-sha256")?;
    if cx.open() || !hash.starts_with("STREAMING-AWS4-HMAC-SHA256-PAYLOAD") {
        return None;
    }
    let signature = sigv4::parse(cx.request()).ok()??;
    cx.call.caller.key().map(|key| ChunkSignatures::new(&key.secret_access_key, &signature))
}

/// The ETag of an object that was uploaded in one piece: its MD5 in double quotes.
pub(crate) fn etag(content: &[u8]) -> String {
    let hex: String = Md5::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn check_checksum(
    text: &str,
    calculated: &[u8],
    header: &'static str,
    algorithm: &'static str,
) -> Result<(), Error> {
    let provided = STANDARD.decode(text).ok().filter(|sum| sum.len() == calculated.len());
    let provided = provided.ok_or(Error::InvalidChecksum(header))?;
    if provided == calculated { Ok(()) } else { Err(Error::ChecksumMismatch(algorithm)) }
}

/// Decodes `aws-chunked` content. With a chain of signatures, every chunk and the trailer must have
/// the next one, and a trailer that `x-amz-content-sha256` announces cannot be left out.
fn decode_chunks(
    body: &[u8],
    mut chain: Option<ChunkSignatures>,
    expects_trailer: bool,
) -> Result<(Vec<u8>, Trailer), Error> {
    let mut content = Vec::new();
    let mut rest = body;
    loop {
        let (header, tail) = split_line(rest).ok_or(Error::IncompleteBody)?;
        let (size, extension) = header.split_once(';').unwrap_or((header, ""));
        let size = usize::from_str_radix(size.trim(), 16).map_err(|_| Error::IncompleteBody)?;
        let chunk = tail.get(..size).ok_or(Error::IncompleteBody)?;
        if let Some(chain) = &mut chain {
            let provided = extension.trim().strip_prefix("chunk-signature=").unwrap_or_default();
            check_signature(chain.chunk(chunk), provided)?;
        }
        if size == 0 {
            let trailer = parse_trailer(tail);
            if let Some(chain) = chain.filter(|_| expects_trailer || !trailer.is_empty()) {
                check_trailer_signature(chain, &trailer)?;
            }
            return Ok((content, trailer));
        }
        content.extend_from_slice(chunk);
        let next = tail.get(size..).and_then(|tail| tail.strip_prefix(b"\r\n"));
        rest = next.ok_or(Error::IncompleteBody)?;
    }
}

fn check_signature(calculated: &str, provided: &str) -> Result<(), Error> {
    let matches = sigv4::constant_time_eq(calculated, provided);
    if matches { Ok(()) } else { Err(Error::ChunkSignatureMismatch) }
}

fn check_trailer_signature(mut chain: ChunkSignatures, trailer: &Trailer) -> Result<(), Error> {
    let lines: String = trailer
        .iter()
        .filter(|(name, _)| name != TRAILER_SIGNATURE)
        .map(|(name, value)| format!("{name}:{value}\n"))
        .collect();
    let provided = trailer.iter().find(|(name, _)| name == TRAILER_SIGNATURE);
    let provided = provided.map(|(_, value)| value.as_str()).unwrap_or_default();
    check_signature(chain.trailer(&lines), provided)
}

fn parse_trailer(mut rest: &[u8]) -> Trailer {
    let mut trailer = Trailer::new();
    while let Some((line, tail)) = split_line(rest) {
        if let Some((name, value)) = line.split_once(':') {
            trailer.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        rest = tail;
    }
    trailer
}

/// The text before the first CRLF, and the bytes after it.
fn split_line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.windows(2).position(|pair| pair == b"\r\n")?;
    Some((std::str::from_utf8(bytes.get(..end)?).ok()?, bytes.get(end + 2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        Request { headers, ..Request::default() }
    }

    fn decode(request: &Request, body: &[u8]) -> Result<Payload, Error> {
        Payload::decode(request, None, body.to_vec())
    }

    #[test]
    fn chunks_become_one_content() {
        let streaming = request(&[
            ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
            ("x-amz-decoded-content-length", "11"),
        ]);
        let crc32 = STANDARD.encode(crc32fast::hash(b"hello world").to_be_bytes());
        let body =
            format!("6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:{crc32}\r\n\r\n");
        let payload = decode(&streaming, body.as_bytes()).unwrap();
        assert_eq!(payload.content, b"hello world");
        assert_eq!(payload.crc32, Some(crc32));
        let wrong = b"3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n";
        let plain = request(&[("content-encoding", "aws-chunked")]);
        assert_eq!(decode(&plain, wrong), Err(Error::ChecksumMismatch("CRC32")));
        for incomplete in
            ["", "5\r\nab", "zz\r\n", "2\r\nabc\r\n0\r\n\r\n", "ffffffffffffffff\r\na"]
        {
            let result = decode(&plain, incomplete.as_bytes());
            assert_eq!(result, Err(Error::IncompleteBody), "{incomplete}");
        }
    }

    #[test]
    fn digests_must_be_those_of_the_content() {
        let md5 = request(&[("content-md5", "kAFQmDzST7DWlj99KOF/cg==")]);
        assert!(decode(&md5, b"abc").unwrap().has_digest);
        assert_eq!(decode(&md5, b"abd"), Err(Error::BadDigest));
        let invalid = request(&[("content-md5", "x")]);
        assert_eq!(decode(&invalid, b""), Err(Error::InvalidDigest));
        let invalid = request(&[("x-amz-checksum-crc32", "x")]);
        assert_eq!(decode(&invalid, b""), Err(Error::InvalidChecksum(CRC32)));
        assert_eq!(etag(b"abc"), "\"900150983cd24fb0d6963f7d28e17f72\"");
    }
}
