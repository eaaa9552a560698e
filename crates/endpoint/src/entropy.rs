//! Random bytes, and RSA keys generated ahead of need.

use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};

/// How many keys are queued. The thread holds one more: together as many as a user pool needs. More
/// would slow down other work.
const AHEAD: usize = 1;

/// 32 random bytes from the system.
pub(crate) fn fresh() -> Result<[u8; 32], String> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes)
        .map_err(|_| "the system's random number generator failed".to_owned())?;
    Ok(bytes)
}

/// RSA keys of 2048 bits. Generating one takes a tenth of a second, so a thread does it ahead.
pub(crate) struct Keys(Receiver<Vec<u8>>);

impl Keys {
    /// Starts the thread.
    pub(crate) fn start() -> Keys {
        let (sender, receiver) = sync_channel(AHEAD);
        thread::spawn(move || {
            loop {
                let der = KeyPair::generate(KeySize::Rsa2048).and_then(|key| key.as_der());
                // The receiver is gone when the endpoint ends.
                if !der.is_ok_and(|der| sender.send(der.as_ref().to_vec()).is_ok()) {
                    return;
                }
            }
        });
        Keys(receiver)
    }

    /// The next key as PKCS #8 in DER. Waits until one is ready.
    pub(crate) fn next(&self) -> Result<Vec<u8>, String> {
        self.0.recv().map_err(|_| "generating an RSA key failed".to_owned())
    }
}
