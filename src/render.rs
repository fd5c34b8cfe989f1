//! RENDER: the site into its files: what is to be made, and making it.

pub mod context;
pub mod machine;
