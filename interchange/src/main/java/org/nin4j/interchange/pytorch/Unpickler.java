package org.nin4j.interchange.pytorch;

import java.util.List;
import org.nin4j.interchange.pytorch.PickleValue.Callable;
import org.nin4j.interchange.pytorch.PickleValue.Dict;
import org.nin4j.interchange.pytorch.PickleValue.Entry;
import org.nin4j.interchange.pytorch.PickleValue.Int;
import org.nin4j.interchange.pytorch.PickleValue.Items;
import org.nin4j.interchange.pytorch.PickleValue.Other;
import org.nin4j.interchange.pytorch.PickleValue.Storage;
import org.nin4j.interchange.pytorch.PickleValue.StorageType;
import org.nin4j.interchange.pytorch.PickleValue.Text;

/**
 * Runs the opcodes of a pickle of protocol 2 to 5 (Python's {@code pickletools} documents them), as
 * far as they build plain values and tensors. Each opcode makes at most one value, and their number
 * is bounded, so that memory and time are too; nothing recurses.
 */
final class Unpickler {
  /** A tensor takes about 30. */
  static final int MOST_OPCODES = 1_000_000;

  private final PickleInput in;
  private final PickleStack stack = new PickleStack();

  /** Where the opcode begins that is run. */
  private int position;

  Unpickler(PickleInput in) {
    this.in = in;
  }

  /** Where the last opcode begins, and where reading has failed. */
  int position() {
    return position;
  }

  /** Returns the value that the pickle builds. */
  PickleValue read() throws PickleException {
    if (in.u8() != 0x80) {
      throw PickleException.damaged("does not begin as a pickle");
    }
    int protocol = in.u8();
    if (protocol < 2 || protocol > 5) {
      throw new PickleException(
          "is a pickle of protocol " + protocol + ", and 2 to 5 are read",
          "save the model without a pickle_protocol");
    }
    for (int i = 0; i < MOST_OPCODES; i++) {
      position = in.position();
      int opcode = in.u8();
      if (opcode == '.') {
        if (!in.atEnd()) {
          throw PickleException.damaged("goes on after its end");
        }
        return stack.result();
      }
      if (!constant(opcode) && !container(opcode) && !memo(opcode)) {
        object(opcode);
      }
    }
    throw new PickleException(
        "has more than " + MOST_OPCODES + " opcodes", "save only the state_dict");
  }

  private boolean constant(int opcode) throws PickleException {
    switch (opcode) {
      case 'N' -> stack.push(Other.NONE);
      case 0x88 -> stack.push(new Other("True"));
      case 0x89 -> stack.push(new Other("False"));
      case 'J' -> stack.push(new Int(in.i32()));
      case 'K' -> stack.push(new Int(in.u8()));
      case 'M' -> stack.push(new Int(in.u16()));
      case 0x8a -> integer(in.u8());
      case 0x8b -> integer(in.u32());
      case 'G' -> stack.push(new Other(Double.toString(in.f64())));
      case 'X' -> stack.push(new Text(in.text(in.u32())));
      case 0x8c -> stack.push(new Text(in.text(in.u8())));
      case 0x8d -> stack.push(new Text(in.text(in.i64())));
      case 'C' -> bytes(in.u8());
      case 'B' -> bytes(in.u32());
      case 0x8e, 0x96 -> bytes(in.i64());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void integer(long length) throws PickleException {
    Long value = in.integer(length);
    stack.push(value == null ? new Other("a number of " + length + " bytes") : new Int(value));
  }

  private void bytes(long length) throws PickleException {
    in.skip(length);
    stack.push(new Other(length + " bytes"));
  }

  private boolean container(int opcode) throws PickleException {
    switch (opcode) {
      case '(' -> stack.mark();
      case ')' -> stack.push(Items.tuple(List.of()));
      case 0x85, 0x86, 0x87 -> stack.push(Items.tuple(stack.pop(opcode - 0x84)));
      case 't' -> stack.push(Items.tuple(stack.popMarked()));
      case ']' -> stack.push(Items.list());
      case 'l' -> append(Items.list(), stack.popMarked(), true);
      case 'a' -> {
        List<PickleValue> item = stack.pop(1);
        append(stack.peek(), item, false);
      }
      case 'e', 0x90 -> {
        List<PickleValue> items = stack.popMarked();
        append(stack.peek(), items, false);
      }
      case 0x8f -> stack.push(Items.set());
      case 0x91 -> append(Items.set(), stack.popMarked(), true);
      case '}' -> stack.push(new Dict(false));
      case 'd' -> put(new Dict(false), stack.popMarked(), true);
      case 's' -> {
        List<PickleValue> entry = stack.pop(2);
        put(stack.peek(), entry, false);
      }
      case 'u' -> {
        List<PickleValue> entries = stack.popMarked();
        put(stack.peek(), entries, false);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void append(PickleValue target, List<PickleValue> more, boolean push)
      throws PickleException {
    if (!(target instanceof Items items) || items.isTuple()) {
      throw PickleException.damaged("appends to what is no list");
    }
    items.items().addAll(more);
    if (push) {
      stack.push(target);
    }
  }

  private void put(PickleValue target, List<PickleValue> keysAndValues, boolean push)
      throws PickleException {
    if (!(target instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
      throw PickleException.damaged("puts keys and values into what is no dict, or not in pairs");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      dict.entries().add(new Entry(keysAndValues.get(i), keysAndValues.get(i + 1)));
    }
    if (push) {
      stack.push(target);
    }
  }

  private boolean memo(int opcode) throws PickleException {
    switch (opcode) {
      case 'q' -> stack.remember(in.u8());
      case 'r' -> stack.remember(in.u32());
      case 0x94 -> stack.remember();
      case 'h' -> stack.recall(in.u8());
      case 'j' -> stack.recall(in.u32());
      case '2' -> stack.push(stack.peek());
      case '1' -> stack.popMarked();
      case '0' -> {
        if (stack.isAtMark()) {
          stack.popMarked();
        } else {
          stack.pop();
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void object(int opcode) throws PickleException {
    switch (opcode) {
      case 0x95 -> frame(in.i64());
      case 'c' -> {
        String module = in.line();
        stack.push(PickleGlobals.find(module, in.line()));
      }
      case 0x93 -> {
        List<PickleValue> names = stack.pop(2);
        if (!(names.get(0) instanceof Text module) || !(names.get(1) instanceof Text name)) {
          throw PickleException.damaged("names something by what is no text");
        }
        stack.push(PickleGlobals.find(module.value(), name.value()));
      }
      case 'R' -> {
        List<PickleValue> call = stack.pop(2);
        if (!(call.get(0) instanceof Callable callable)) {
          throw PickleException.damaged("calls " + call.get(0).summary());
        }
        if (!(call.get(1) instanceof Items arguments && arguments.isTuple())) {
          throw PickleException.damaged("calls " + callable.summary() + " without a tuple");
        }
        stack.push(callable.function().call(arguments.items()));
      }
      case 'b' -> {
        stack.pop(); // torch's state_dict carries its _metadata here, which no tensor needs
        if (!(stack.peek() instanceof Dict dict && dict.isOrdered())) {
          throw PickleException.damaged("sets attributes of " + stack.peek().summary());
        }
      }
      case 'Q' -> stack.push(storage(stack.pop()));
      default ->
          throw new PickleException(
              "uses the opcode 0x%02x, which is not supported".formatted(opcode),
              "save only the state_dict in Python: torch.save(model.state_dict(),"
                  + " \"weights.pt\")");
    }
  }

  /** A frame says how many bytes belong together; that is of use to streams alone. */
  private void frame(long length) throws PickleException {
    if (length < 0 || length > in.remaining()) {
      throw PickleException.damaged("has a frame that goes beyond its end");
    }
  }

  /** From {@code ('storage', type, key, location, number of elements)}. */
  private static Storage storage(PickleValue id) throws PickleException {
    if (id instanceof Items tuple
        && tuple.items().size() == 5
        && tuple.items().get(0) instanceof Text kind
        && kind.value().equals("storage")
        && tuple.items().get(1) instanceof StorageType type
        && tuple.items().get(2) instanceof Text key
        && tuple.items().get(4) instanceof Int elements) {
      if (elements.value() < 0) {
        throw PickleException.damaged("holds a storage of " + elements.value() + " elements");
      }
      return new Storage(type.dtype(), key.value(), elements.value());
    }
    throw PickleException.damaged("has a persistent id that is not of a storage");
  }
}
