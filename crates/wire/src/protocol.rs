//! The protocols that AWS's services speak.

/// How a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// AWS JSON 1.0.
    Json10,
    /// AWS JSON 1.1.
    Json11,
    /// Form parameters in, XML out.
    Query,
    /// Paths and XML.
    RestXml,
    /// Paths and JSON.
    RestJson,
}
