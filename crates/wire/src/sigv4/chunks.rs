//! Chunk signatures of an `aws-chunked` upload: each depends on the one before, the first on that
//! of the request (<https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>).

use super::{Authorization, hex, hmac, sha256_hex, signing_key};

/// Computes the chunk signatures of an upload in order.
#[derive(Clone, Debug)]
pub struct ChunkSignatures {
    key: Vec<u8>,
    scope: String,
    previous: String,
}

impl ChunkSignatures {
    /// Starts with the signature of the request.
    pub fn new(secret: &str, request: &Authorization) -> ChunkSignatures {
        ChunkSignatures {
            key: signing_key(secret, request),
            scope: format!("{}\n{}", request.amz_date, request.scope()),
            previous: request.signature.clone(),
        }
    }

    /// The signature of the next chunk.
    pub fn chunk(&mut self, bytes: &[u8]) -> &str {
        let hashes = format!("{}\n{}", sha256_hex(b""), sha256_hex(bytes));
        self.next("PAYLOAD", &hashes)
    }

    /// The signature of the trailer, whose lines each end in a line feed.
    pub fn trailer(&mut self, lines: &str) -> &str {
        self.next("TRAILER", &sha256_hex(lines.as_bytes()))
    }

    fn next(&mut self, what: &str, hashes: &str) -> &str {
        let text = format!("AWS4-HMAC-SHA256-{what}\n{}\n{}\n{hashes}", self.scope, self.previous);
        self.previous = hex(&hmac(&self.key, &text));
        &self.previous
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    fn seed(signature: &str) -> Authorization {
        Authorization {
            access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
            date: "20130524".into(),
            region: "us-east-1".into(),
            service: "s3".into(),
            signed_headers: Vec::new(),
            signature: signature.into(),
            amz_date: "20130524T000000Z".into(),
            session_token: None,
            expires: None,
        }
    }

    /// The example in AWS's documentation.
    #[test]
    fn chunks_of_the_documented_example() {
        let seed = seed("4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        let mut chunks = ChunkSignatures::new(SECRET, &seed);
        for (size, signature) in [
            (65536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648"),
            (1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497"),
            (0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9"),
        ] {
            assert_eq!(chunks.chunk(&vec![b'a'; size]), signature, "{size}");
        }
    }

    /// The same upload with a trailing checksum.
    #[test]
    fn trailer_of_the_documented_example() {
        let seed = seed("106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
        let mut chunks = ChunkSignatures::new(SECRET, &seed);
        for (size, signature) in [
            (65536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2"),
            (1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7"),
            (0, "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992"),
        ] {
            assert_eq!(chunks.chunk(&vec![b'a'; size]), signature, "{size}");
        }
        assert_eq!(
            chunks.trailer("x-amz-checksum-crc32c:sOO8/Q==\n"),
            "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435"
        );
    }
}
