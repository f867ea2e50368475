//! Structs for the document with attributes and mixed content. They cannot be written, because serde derive does not support text between
//! elements.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename = "qti:questestinterop")]
pub struct Questions {
    #[serde(rename = "@xmlns:qti", default)]
    pub xmlns: String,
    #[serde(rename(serialize = "qti:item", deserialize = "item"), default)]
    pub item: Vec<Item>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Item {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@title", default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(rename = "@maxattempts", default, skip_serializing_if = "Option::is_none")]
    pub maxattempts: Option<i32>,
    #[serde(rename(serialize = "qti:presentation", deserialize = "presentation"))]
    pub presentation: Presentation,
    #[serde(rename(serialize = "qti:setvar", deserialize = "setvar"), default)]
    pub setvar: Vec<Setvar>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Presentation {
    #[serde(rename = "@label", default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(rename(serialize = "qti:mattext", deserialize = "mattext"))]
    pub mattext: Mattext,
    #[serde(rename(serialize = "qti:response_lid", deserialize = "response_lid"))]
    pub response_lid: ResponseLid,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct ResponseLid {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@rcardinality", default, skip_serializing_if = "Option::is_none")]
    pub rcardinality: Option<String>,
    #[serde(rename = "@rtiming", default, skip_serializing_if = "Option::is_none")]
    pub rtiming: Option<bool>,
    #[serde(rename(serialize = "qti:response_label", deserialize = "response_label"), default)]
    pub response_label: Vec<Label>,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Label {
    #[serde(rename = "@ident")]
    pub ident: String,
    #[serde(rename = "@rshuffle", default, skip_serializing_if = "Option::is_none")]
    pub rshuffle: Option<bool>,
    #[serde(rename(serialize = "qti:mattext", deserialize = "mattext"))]
    pub mattext: Mattext,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Mattext {
    #[serde(rename = "@texttype", default, skip_serializing_if = "Option::is_none")]
    pub texttype: Option<String>,
    #[serde(rename = "@charset", default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    #[serde(rename = "$value", default)]
    pub content: Vec<Content>,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Content {
    #[serde(rename = "$text")]
    Text(String),
    #[serde(rename(serialize = "qti:em", deserialize = "em"))]
    Em(Emphasis),
    #[serde(rename(serialize = "qti:code", deserialize = "code"))]
    Code(String),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Emphasis {
    #[serde(rename = "@style", default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    #[serde(rename = "$text", default)]
    pub value: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Setvar {
    #[serde(rename = "@varname", default, skip_serializing_if = "Option::is_none")]
    pub varname: Option<String>,
    #[serde(rename = "@action", default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    #[serde(rename = "$text")]
    pub value: i32,
}
