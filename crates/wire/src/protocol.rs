//! The protocols of AWS's services.

/// The protocol of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// AWS JSON 1.0.
    Json10,
    /// AWS JSON 1.1.
    Json11,
    /// AWS Query: form parameters in, XML out.
    Query,
    /// REST-XML.
    RestXml,
    /// REST-JSON.
    RestJson,
}
