//! The names of the simulated internet. The build reads this file too: it writes them into the pages'
//! security policy and into the service worker's `build.js`.

/// Simulated hosts outside AWS: the sample app and its identity providers.
pub const HOSTS: [&str; 6] = [
    "signin.aws.amazon.com",
    "cognitab.invalid",
    "photos.example",
    "accounts.google.com",
    "www.googleapis.com",
    "appleid.apple.com",
];

/// Domains below which every host is AWS's, in every partition that the SDKs know.
pub const DOMAINS: [&str; 17] = [
    "amazonaws.com",
    "amazonaws.com.cn",
    "amazonaws.eu",
    "api.aws",
    "on.aws",
    "api.amazonwebservices.com.cn",
    "api.amazonwebservices.eu",
    "c2s.ic.gov",
    "api.aws.ic.gov",
    "sc2s.sgov.gov",
    "api.aws.scloud",
    "cloud.adc-e.uk",
    "api.cloud-aws.adc-e.uk",
    "csp.hci.ic.gov",
    "api.aws.hci.ic.gov",
    "amazoncognito.com",
    "signin.aws.amazon.com",
];
