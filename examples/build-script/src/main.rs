//! Reads a recipe and prints it for more people. The build script `build.rs` generates the bindings.

#![allow(clippy::print_stdout, reason = "an example prints what it does")]

mod recipe {
    xsdgen_codec::include_bindings!("recipe");
}

use recipe::recipe::Recipe;
use xsdgen_codec::{Error, ReadOptions, Xml as _};

const RECIPE: &str = r#"<recipe xmlns="https://example.com/recipe" servings="2">
  <title>Pancakes</title>
  <ingredient amount="125" unit="g">flour</ingredient>
  <ingredient amount="250" unit="ml">milk</ingredient>
  <ingredient amount="1" unit="piece">egg</ingredient>
  <ingredient>salt</ingredient>
  <step>Mix everything.</step>
  <step>Fry thin cakes.</step>
</recipe>"#;

fn main() -> Result<(), Error> {
    let recipe = read(RECIPE)?;
    print!("{}", table(&recipe, 6));
    Ok(())
}

/// Reads a recipe. An attribute that is absent gets its default from the schema.
fn read(text: &str) -> Result<Recipe, Error> {
    Ok(Recipe::read_xml(text.as_bytes(), &ReadOptions::tolerant().fill_defaults(true))?.value)
}

/// Returns the ingredients for this number of people, a line for each.
fn table(recipe: &Recipe, people: u8) -> String {
    let factor = f64::from(people) / f64::from(recipe.servings.unwrap_or(people));
    let mut text = format!("{} for {people}\n", recipe.title);
    for ingredient in &recipe.ingredient {
        let amount = ingredient.amount.map(|amount| (amount * factor).to_string()).unwrap_or_default();
        let unit = ingredient.unit.as_ref().map(ToString::to_string).unwrap_or_default();
        text += &format!("{amount:>8} {unit:<6} {}\n", ingredient.value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amounts_are_scaled() -> Result<(), Error> {
        let recipe = read(RECIPE)?;
        let expected = "Pancakes for 6\n     375 g      flour\n     750 ml     milk\n       3 piece  egg\n                salt\n";
        assert_eq!(table(&recipe, 6), expected);
        Ok(())
    }

    #[test]
    fn a_recipe_without_servings_has_the_default_of_the_schema() -> Result<(), Error> {
        let recipe = read(&RECIPE.replace(" servings=\"2\"", ""))?;
        assert_eq!(recipe.servings, Some(4));
        Ok(())
    }
}
