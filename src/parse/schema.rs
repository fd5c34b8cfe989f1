//! Holds a tree of data against the JSON Schema of a type, and reports every problem at its bytes.
//!
//! serde stops at the first mistake and knows no bytes; here the same schema that is published
//! for editors finds all of them, and what is right is still used.

mod check;
mod leaf;

use std::marker::PhantomData;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::data::Node;
use crate::diag::Diagnostic;
use crate::msg;

/// The JSON Schema of a type. Make it once: a `static` of `LazyLock`.
#[derive(Debug)]
pub struct Schema<T> {
    root: Value,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + JsonSchema> Default for Schema<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeOwned + JsonSchema> Schema<T> {
    /// Generates the schema of the type.
    pub fn new() -> Self {
        Schema { root: schemars::schema_for!(T).to_value(), of: PhantomData }
    }

    /// The schema itself.
    pub fn json(&self) -> &Value {
        &self.root
    }

    /// Validates data. The value holds what is right: wrong values and unknown keys are left
    /// out, and it is missing when too little is left.
    pub fn check(&self, path: &str, node: &Node) -> (Option<Value>, Vec<Diagnostic>) {
        let mut checker = check::Checker::new(&self.root, path);
        let value = checker.check(node, &self.root);
        (value, checker.out)
    }

    /// Makes the typed value of a checked one.
    pub fn build(&self, path: &str, node: &Node, value: Value) -> Result<T, Box<Diagnostic>> {
        serde_json::from_value(value).map_err(|error| {
            let span = node.span.clone();
            let message = msg!("this cannot be read: {error}", "无法读取：{error}");
            Box::new(Diagnostic::error("invalid-value", path, span, message))
        })
    }

    /// Validates data and makes the typed value of what is right.
    pub fn decode(&self, path: &str, node: &Node) -> (Option<T>, Vec<Diagnostic>) {
        let (value, mut diagnostics) = self.check(path, node);
        let built = value.map(|value| self.build(path, node, value));
        match built {
            Some(Ok(built)) => (Some(built), diagnostics),
            Some(Err(problem)) => {
                diagnostics.push(*problem);
                (None, diagnostics)
            }
            None => (None, diagnostics),
        }
    }
}

#[cfg(test)]
mod tests;
