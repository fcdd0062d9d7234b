package org.nin4j.interchange.caffe;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.Function;

/**
 * A message of {@link CaffeSchema}, read by the names of its fields.
 *
 * @param message the message
 */
record CaffeMessage(Message message) {
  /** Whether there is such a field, and it is set. */
  boolean has(String name) {
    FieldDescriptor field = field(name);
    return field != null && !field.isRepeated() && message.hasField(field);
  }

  /** A text; empty where it is not set. */
  String text(String name) {
    return has(name) ? (String) value(name) : "";
  }

  /** A whole number, or another one where it is not set. */
  long number(String name, long otherwise) {
    return has(name) ? whole(field(name), value(name)) : otherwise;
  }

  float real(String name, float otherwise) {
    return has(name) ? (Float) value(name) : otherwise;
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? (Boolean) value(name) : otherwise;
  }

  /** The name of an enumeration's value, or another one where it is not set. */
  String choice(String name, String otherwise) {
    return has(name) ? ((EnumValueDescriptor) value(name)).getName() : otherwise;
  }

  /** A message; an empty one where it is not set. */
  CaffeMessage message(String name) {
    return new CaffeMessage((Message) value(name));
  }

  List<String> texts(String name) {
    return list(name, String.class::cast);
  }

  List<Long> numbers(String name) {
    FieldDescriptor field = field(name);
    return list(name, value -> whole(field, value));
  }

  /** The whole numbers of a field that may or may not be repeated. */
  List<Long> numbersOf(String name) {
    if (field(name).isRepeated()) {
      return numbers(name);
    }
    return has(name) ? List.of(number(name, 0)) : List.of();
  }

  List<Float> reals(String name) {
    return list(name, Float.class::cast);
  }

  List<CaffeMessage> messages(String name) {
    return list(name, element -> new CaffeMessage((Message) element));
  }

  /** Numbers as they are kept. */
  List<? extends Number> list(String name) {
    return list(name, Number.class::cast);
  }

  private Object value(String name) {
    return message.getField(field(name));
  }

  private FieldDescriptor field(String name) {
    return message.getDescriptorForType().findFieldByName(name);
  }

  private <T> List<T> list(String name, Function<Object, T> reader) {
    return ((List<?>) value(name)).stream().<T>map(reader::apply).toList();
  }

  /** Protobuf keeps unsigned numbers of 32 bits in ints. */
  private static long whole(FieldDescriptor field, Object value) {
    return field.getType() == FieldDescriptor.Type.UINT32
        ? Integer.toUnsignedLong((Integer) value)
        : ((Number) value).longValue();
  }
}
