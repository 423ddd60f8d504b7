//! A user as the browser keeps it: `{id, name}` or `{id, username}`.

use super::super::uncommitted::UncommittedRow;
use crate::sql::Column;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// A new row.
pub(super) fn of(row: &UncommittedRow) -> JsValue {
    numbered(row.key, row.column, row.value)
}

/// A new row with this key.
pub(super) fn numbered(key: u32, column: Column, value: &str) -> JsValue {
    let record = unnumbered(column, value);
    put(&record, "id", &key.into());
    record
}

/// A new row whose key the browser generates.
pub(super) fn unnumbered(column: Column, value: &str) -> JsValue {
    let row = Object::new().into();
    put(&row, column.name(), &value.into());
    row
}

/// Sets a field. On a plain object that cannot fail.
pub(super) fn put(object: &JsValue, field: &str, value: &JsValue) {
    let _ = Reflect::set(object, &field.into(), value);
}

/// A field; undefined if there is none.
pub(super) fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A number from the browser: a count, or a key that it has generated.
pub(super) fn number(value: &JsValue) -> u32 {
    value.as_f64().unwrap_or_default() as u32
}

/// A key, if the page could have made it.
pub(super) fn key(id: &JsValue) -> Option<u32> {
    let id = id.as_f64()?;
    (id >= 1.0 && id <= u32::MAX.into() && id.fract() == 0.0).then_some(id as u32)
}

/// The key and the value of this column, if the row has it.
///
/// # Errors
/// What is wrong with the row, if the page cannot have written it.
pub(super) fn read(row: &JsValue, column: Column) -> Result<(u32, Option<String>), String> {
    let id = key(&field(row, "id")).ok_or_else(|| format!("its id is no whole number from 1 to {}", u32::MAX))?;
    let (name, username) = (text(row, Column::Name)?, text(row, Column::Username)?);
    if name.is_none() && username.is_none() {
        return Err("it has neither a name nor a username".into());
    }
    Ok((id, if column == Column::Name { name } else { username }))
}

fn text(row: &JsValue, column: Column) -> Result<Option<String>, String> {
    let value = field(row, column.name());
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    let kind = || value.js_typeof().as_string().unwrap_or_default();
    value.as_string().map(Some).ok_or_else(|| format!("its {} is of type {}, not a string", column.name(), kind()))
}
