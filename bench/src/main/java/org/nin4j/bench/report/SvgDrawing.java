package org.nin4j.bench.report;

import java.awt.Graphics2D;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A drawing on a light card, which is readable on a light page and on a dark one. */
final class SvgDrawing {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private final int width;
  private final int height;
  private final String title;
  private final String description;
  private final Document document;
  private final SVGGraphics2D graphics;

  /**
   * @param width in pixels
   * @param height in pixels
   * @param description of what is to be seen, for those who cannot see it
   */
  SvgDrawing(int width, int height, String title, String description) {
    this.width = width;
    this.height = height;
    this.title = title;
    this.description = description;
    try {
      this.document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java has no XML parser", e);
    }
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment("");
    context.setPrecision(1);
    // Text becomes outlines: it is as wide in every browser as it was when it was placed.
    this.graphics = new SVGGraphics2D(context, true);
  }

  Graphics2D graphics() {
    return graphics;
  }

  String text() {
    Element root = graphics.getRoot();
    root.setAttribute("width", Integer.toString(width));
    root.setAttribute("height", Integer.toString(height));
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("role", "img");
    Element card = element("rect", "");
    card.setAttribute("width", Integer.toString(width));
    card.setAttribute("height", Integer.toString(height));
    card.setAttribute("rx", "8");
    card.setAttribute("fill", "#fbfaf7");
    card.setAttribute("stroke", "#d8d4ca");
    root.insertBefore(card, root.getFirstChild());
    root.insertBefore(element("desc", description), card);
    root.insertBefore(element("title", title), root.getFirstChild());
    return serialized(root);
  }

  private Element element(String name, String text) {
    Element element = document.createElementNS(SVG, name);
    element.setTextContent(text);
    return element;
  }

  private static String serialized(Element root) {
    try {
      StringWriter text = new StringWriter();
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.setOutputProperty(OutputKeys.INDENT, "yes");
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("the chart cannot be written as XML", e);
    }
  }
}
