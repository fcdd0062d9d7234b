package org.nin4j.server.page;

/** How far texts stand out from what is behind them. */
final class Contrast {
  /**
   * A script that returns the texts whose contrast is below 4.5, that of level AA (WCAG 2.2,
   * success criterion 1.4.3).
   */
  static final String LOW =
      """
      const numbers = text => text.match(/[0-9.]+/g).map(Number);
      const linear = value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      const luminance = ([r, g, b]) =>
        0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
      const behind = node => {
        const colour = numbers(getComputedStyle(node).backgroundColor);
        return colour[3] === 0 ? behind(node.parentElement) : colour;
      };
      const contrast = node => {
        const colours = [numbers(getComputedStyle(node).color), behind(node)];
        const [dark, light] = colours.map(luminance).sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
      };
      return [...document.querySelectorAll("body, body *")]
        .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim() !== ""))
        .filter(node => contrast(node) < 4.5)
        .map(node => node.outerHTML + " has " + contrast(node));
      """;

  private Contrast() {}
}
