package org.nin4j.cli;

import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes JSON as YAML for people to read: a line for each field, and innermost objects and lists on
 * one line. Numbers keep their digits, and texts have quotes only where they need them.
 */
final class YamlWriter {
  private static final LoadSettings JSON =
      LoadSettings.builder().setSchema(new CoreSchema()).build();
  private static final DumpSettings YAML =
      DumpSettings.builder().setSchema(new CoreSchema()).setSplitLines(false).build();

  /** What may break a line in YAML; the library escapes it in double quotes only. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private YamlWriter() {}

  /**
   * Returns YAML that {@link YamlFile} reads as the same JSON.
   *
   * @param comment one line that says what it is
   * @param json JSON text of an object
   */
  static String write(String comment, String json) {
    Composer composer = new Composer(JSON, new ParserImpl(JSON, new StreamReader(JSON, json)));
    CollectionNode<?> root = (CollectionNode<?>) styled(composer.getSingleNode().orElseThrow());
    root.setFlowStyle(FlowStyle.BLOCK);
    Text text = new Text(new StringBuilder("# " + comment + "\n"));
    new Dump(YAML).dumpNode(root, text);
    return text.yaml().toString();
  }

  /** Collects what the library writes. */
  private record Text(StringBuilder yaml) implements StreamDataWriter {
    @Override
    public void write(String part) {
      yaml.append(part);
    }

    @Override
    public void write(String part, int offset, int length) {
      yaml.append(part, offset, offset + length);
    }
  }

  private static Node styled(Node node) {
    if (node instanceof MappingNode mapping) {
      List<NodeTuple> fields =
          mapping.getValue().stream()
              .map(each -> new NodeTuple(styled(each.getKeyNode()), styled(each.getValueNode())))
              .toList();
      boolean innermost =
          fields.stream().map(NodeTuple::getValueNode).allMatch(YamlWriter::isShort);
      return new MappingNode(node.getTag(), fields, style(innermost));
    }
    if (node instanceof SequenceNode sequence) {
      List<Node> elements = sequence.getValue().stream().map(YamlWriter::styled).toList();
      boolean innermost = elements.stream().allMatch(each -> each instanceof ScalarNode);
      return new SequenceNode(node.getTag(), elements, style(innermost));
    }
    String text = ((ScalarNode) node).getValue();
    return new ScalarNode(
        node.getTag(),
        text,
        LINE_BREAK.matcher(text).find() ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
  }

  private static boolean isShort(Node styled) {
    return styled instanceof ScalarNode
        || (styled instanceof SequenceNode sequence && sequence.getFlowStyle() == FlowStyle.FLOW);
  }

  private static FlowStyle style(boolean innermost) {
    return innermost ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }
}
