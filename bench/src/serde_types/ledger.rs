//! Structs for the document of dates, amounts and codes, all of which are represented as texts. Facets are not checked, because serde has
//! no equivalent.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "led:ledger")]
pub struct Ledger {
    #[serde(rename = "@xmlns:led", default)]
    pub xmlns: String,
    #[serde(rename(serialize = "led:entry", deserialize = "entry"), default)]
    pub entry: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Entry {
    #[serde(rename = "@number")]
    pub number: i64,
    #[serde(rename(serialize = "led:status", deserialize = "status"))]
    pub status: String,
    #[serde(rename(serialize = "led:booked", deserialize = "booked"))]
    pub booked: String,
    #[serde(rename(serialize = "led:settled", deserialize = "settled"))]
    pub settled: String,
    #[serde(rename(serialize = "led:amount", deserialize = "amount"))]
    pub amount: Amount,
    #[serde(rename(serialize = "led:charges", deserialize = "charges"), default, skip_serializing_if = "Option::is_none")]
    pub charges: Option<Amount>,
    #[serde(rename(serialize = "led:rate", deserialize = "rate"))]
    pub rate: f64,
    #[serde(rename(serialize = "led:debtor", deserialize = "debtor"))]
    pub debtor: String,
    #[serde(rename(serialize = "led:debtorAccount", deserialize = "debtorAccount"))]
    pub debtor_account: String,
    #[serde(rename(serialize = "led:creditor", deserialize = "creditor"))]
    pub creditor: String,
    #[serde(rename(serialize = "led:creditorAccount", deserialize = "creditorAccount"))]
    pub creditor_account: String,
    #[serde(rename(serialize = "led:lines", deserialize = "lines"))]
    pub lines: i32,
    #[serde(rename(serialize = "led:digest", deserialize = "digest"))]
    pub digest: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Amount {
    #[serde(rename = "@currency")]
    pub currency: String,
    #[serde(rename = "$text")]
    pub value: String,
}
