//! Folding.
/// Squeezes.
pub fn squeeze(text: &str) -> String {
    text.to_lowercase()
}
