//! JWTs that the services of a world issue. They carry a placeholder until the host has signed them.

use cognitab_jose::{Jwk, Token, base64url, signing_input};
use serde_json::Value as Json;

use crate::cx::Cx;
use crate::input::{PLACEHOLDER, Signing};

/// Issues a token. The host signs it with this key (PKCS #8 DER) and SHA-2 of 256 or 512 bits.
pub fn issue(cx: &mut Cx<'_>, key: &[u8], bits: u16, header: &Json, claims: &Json) -> String {
    let input = signing_input(header, claims);
    // As long as the signature of a 2048-bit key, so that lengths are right, and never equal to
    // anything else in a response.
    let place = format!("{PLACEHOLDER}{}", base64url(&cx.random.bytes(249)));
    let token = format!("{input}.{place}");
    cx.signing.push(Signing { key: key.to_vec(), bits, input, place });
    token
}

/// Issues a token that is signed at once, because another token carries its hash. `None` if the key
/// cannot be read.
pub fn sign(key: &[u8], bits: u16, header: &Json, claims: &Json) -> Option<String> {
    let input = signing_input(header, claims);
    let signature = cognitab_jose::sign(key, bits, &input)?;
    Some(format!("{input}.{signature}"))
}

/// Whether a token's signature is valid. A token that was issued within the same request still has
/// its placeholder; the host will sign it with the key that it was issued for.
pub fn verify(cx: &Cx<'_>, token: &Token, key: &Jwk) -> bool {
    let own = cx.signing.iter().find(|s| s.place == token.signature());
    match own {
        Some(signing) => {
            signing.input == token.signing_input()
                && cognitab_jose::public_jwk(&signing.key, &key.kid, &key.alg).as_ref() == Some(key)
        }
        None => token.verify(key),
    }
}
