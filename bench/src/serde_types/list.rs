//! Structs for the list. The message around it is in the parent module.

use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct RecordingInfoType {
    #[serde(rename(serialize = "ep:recordingID", deserialize = "recordingID"))]
    pub recording_id: i32,
    #[serde(rename(serialize = "ep:hostWebExID", deserialize = "hostWebExID"))]
    pub host_web_ex_id: String,
    #[serde(rename(serialize = "ep:name", deserialize = "name"))]
    pub name: String,
    #[serde(rename(serialize = "ep:description", deserialize = "description"))]
    pub description: String,
    #[serde(rename(serialize = "ep:createTime", deserialize = "createTime"))]
    pub create_time: String,
    #[serde(rename(serialize = "ep:timeZoneID", deserialize = "timeZoneID"))]
    pub time_zone_id: i32,
    #[serde(rename(serialize = "ep:size", deserialize = "size"))]
    pub size: f64,
    #[serde(rename(serialize = "ep:streamURL", deserialize = "streamURL"))]
    pub stream_url: String,
    #[serde(rename(serialize = "ep:fileURL", deserialize = "fileURL"))]
    pub file_url: String,
    #[serde(rename(serialize = "ep:recordingType", deserialize = "recordingType"))]
    pub recording_type: i32,
    #[serde(rename(serialize = "ep:duration", deserialize = "duration"))]
    pub duration: i64,
    #[serde(rename(serialize = "ep:format", deserialize = "format"))]
    pub format: String,
    #[serde(rename(serialize = "ep:serviceType", deserialize = "serviceType"))]
    pub service_type: String,
    #[serde(rename(serialize = "ep:passwordReq", deserialize = "passwordReq"))]
    pub password_req: bool,
    #[serde(rename(serialize = "ep:registrationReq", deserialize = "registrationReq"))]
    pub registration_req: bool,
    #[serde(rename(serialize = "ep:confID", deserialize = "confID"))]
    pub conf_id: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct MatchingRecordsType {
    #[serde(rename(serialize = "ep:total", deserialize = "total"))]
    pub total: i64,
    #[serde(rename(serialize = "ep:returned", deserialize = "returned"))]
    pub returned: i64,
    #[serde(rename(serialize = "ep:startFrom", deserialize = "startFrom"))]
    pub start_from: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct LstRecordingResponse {
    #[serde(rename(serialize = "ep:recording", deserialize = "recording"), default)]
    pub recording: Vec<RecordingInfoType>,
    #[serde(rename(serialize = "ep:matchingRecords", deserialize = "matchingRecords"), default, skip_serializing_if = "Option::is_none")]
    pub matching_records: Option<MatchingRecordsType>,
}
