//! LaTeX formulas to MathML at build time.

use pulldown_latex::config::DisplayMode;
use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};

/// A formula as a `<math>` element, or what is wrong with it. The LaTeX source goes along as an
/// annotation, for those who copy the formula.
pub fn to_mathml(latex: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    if let Some(error) = Parser::new(latex, &storage).find_map(Result::err) {
        let text = error.to_string();
        return Err(text.lines().next().unwrap_or_default().trim().to_owned());
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, annotation: Some(latex), ..RenderConfig::default() };
    let storage = Storage::new();
    let mut out = String::new();
    push_mathml(&mut out, Parser::new(latex, &storage), config).map_err(|e| e.to_string())?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::to_mathml;

    #[test]
    fn formulas_become_mathml() {
        let html = to_mathml("x^2", false).unwrap();
        assert!(html.starts_with("<math") && html.contains("<msup>"), "{html}");
        assert!(to_mathml("\\frac{1", false).is_err());
    }
}
