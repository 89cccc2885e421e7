//! Rebuilds when a data file is added to `mappings/`, which is embedded as a whole.

fn main() {
    println!("cargo:rerun-if-changed=mappings");
}
