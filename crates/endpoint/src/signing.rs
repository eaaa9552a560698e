//! RSA signatures by AWS-LC, many times faster than those of the core.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognitab_broker::Signing;

/// How many parsed keys are cached.
const KEPT: usize = 64;

type Job = (Arc<RsaKeyPair>, Signing);

/// A signer with cached keys. A second thread makes the second signature of a request while this one
/// makes the first.
pub(crate) struct Signer {
    keys: BTreeMap<Vec<u8>, Arc<RsaKeyPair>>,
    jobs: Sender<Job>,
    made: Receiver<Result<String, String>>,
}

impl Signer {
    /// A signer with its thread.
    pub(crate) fn start() -> Signer {
        let (jobs, to_do) = channel::<Job>();
        let (done, made) = channel();
        thread::spawn(move || {
            for (key, signing) in to_do {
                if done.send(sign(&key, &signing)).is_err() {
                    return;
                }
            }
        });
        Signer { keys: BTreeMap::new(), jobs, made }
    }

    /// Signatures in base64url, in the order of the input.
    pub(crate) fn sign(&mut self, wanted: &[Signing]) -> Result<Vec<String>, String> {
        // All keys first: if one cannot be read, no job may be left for the next request.
        let mut jobs = Vec::with_capacity(wanted.len());
        for signing in wanted {
            jobs.push((self.key(&signing.key)?, signing));
        }
        let Some(((key, first), rest)) = jobs.split_first() else { return Ok(Vec::new()) };
        for (key, signing) in rest {
            self.jobs.send((key.clone(), (*signing).clone())).map_err(|e| e.to_string())?;
        }
        let mut signatures = vec![sign(key, first)];
        for _ in rest {
            signatures.push(self.made.recv().map_err(|e| e.to_string())?);
        }
        signatures.into_iter().collect()
    }

    fn key(&mut self, der: &[u8]) -> Result<Arc<RsaKeyPair>, String> {
        if let Some(key) = self.keys.get(der) {
            return Ok(key.clone());
        }
        let key = RsaKeyPair::from_pkcs8(der).map_err(|e| format!("invalid private key: {e}"))?;
        if self.keys.len() >= KEPT {
            self.keys.clear();
        }
        let key = Arc::new(key);
        self.keys.insert(der.to_vec(), key.clone());
        Ok(key)
    }
}

fn sign(key: &RsaKeyPair, signing: &Signing) -> Result<String, String> {
    let padding = if signing.bits == 512 { &RSA_PKCS1_SHA512 } else { &RSA_PKCS1_SHA256 };
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(padding, &SystemRandom::new(), signing.input.as_bytes(), &mut signature)
        .map_err(|_| "signing with the private key failed".to_owned())?;
    Ok(URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_signatures_as_the_core_makes() {
        let key = cognitab_jose::published_key(0);
        let native = RsaKeyPair::from_pkcs8(key).unwrap();
        let mut signature = vec![0; native.public_modulus_len()];
        native.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), b"a.b", &mut signature).unwrap();
        assert_eq!(Some(URL_SAFE_NO_PAD.encode(signature)), cognitab_jose::sign(key, 256, "a.b"));
    }
}
