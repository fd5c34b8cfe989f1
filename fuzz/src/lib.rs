//! What must hold for any input at all, a function for each part of the program: the fuzzer makes the
//! input, these panic where something does not hold. docs/reliability.md has the list.

mod align;
mod emphasis;
mod front_matter;
mod glossary;
mod markdown;
mod problems;
mod serve;
mod tbx;
mod visible;

pub use align::align;
pub use emphasis::emphasis;
pub use front_matter::front_matter;
pub use glossary::glossary;
pub use markdown::markdown;
pub use serve::serve;
pub use tbx::tbx;

/// What the files are called.
const PATH: &str = "content/a.md";

/// Loads the dictionaries, which the first input would otherwise wait for.
pub fn warm_up() {
    glossary("猫税\n\n猫税");
    align("猫税。\n=====\nThe cat tax.");
}
