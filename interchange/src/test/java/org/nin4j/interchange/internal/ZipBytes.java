package org.nin4j.interchange.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Makes zip archives that need not tell the truth. */
public final class ZipBytes {
  private final List<Entry> entries = new ArrayList<>();

  /** One entry as it will be written, to be changed before. */
  public static final class Entry {
    final byte[] name;
    final byte[] data;
    public int flags;
    public int method;
    public int crc;
    public int localCrc;
    public int packed;
    public int size;
    public int localSize;
    public int header = -2;
    public byte[] localName;

    /** The extra field of the local header. */
    public byte[] extra = new byte[0];

    /** The extra field in the central directory. */
    public byte[] centralExtra = new byte[0];

    Entry(String name, byte[] data) {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.data = data;
      localName = this.name;
    }
  }

  /** Adds an entry that is stored. */
  public Entry stored(String name, byte[] data) {
    return add(name, data, data, 0);
  }

  /** Adds an entry that is stored. */
  public Entry stored(String name, String text) {
    return stored(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an entry that is compressed. */
  public Entry deflated(String name, byte[] data) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    deflater.end();
    return add(name, data, out.toByteArray(), 8);
  }

  private Entry add(String name, byte[] data, byte[] packed, int method) {
    CRC32 crc = new CRC32();
    crc.update(data);
    Entry entry = new Entry(name, packed);
    entry.method = method;
    entry.crc = (int) crc.getValue();
    entry.localCrc = entry.crc;
    entry.packed = packed.length;
    entry.size = data.length;
    entry.localSize = data.length;
    entries.add(entry);
    return entry;
  }

  /** The archive. */
  public byte[] bytes() {
    return bytes(entries.size(), 0);
  }

  /**
   * The archive.
   *
   * @param declaredEntries what the end record says
   * @param moreDirectory how many bytes more it says that the central directory has
   */
  public byte[] bytes(int declaredEntries, int moreDirectory) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      if (entry.header == -2) {
        entry.header = out.size();
      }
      byte[] localBytes = new byte[30];
      ByteBuffer local = buffer(localBytes).putInt(0x04034b50).putShort((short) 0);
      local.putShort((short) entry.flags).putShort((short) entry.method).putInt(0);
      local.putInt(entry.localCrc).putInt(entry.packed).putInt(entry.localSize);
      local.putShort((short) entry.localName.length).putShort((short) entry.extra.length);
      out.writeBytes(localBytes);
      out.writeBytes(entry.localName);
      out.writeBytes(entry.extra);
      out.writeBytes(entry.data);
    }
    int start = out.size();
    for (Entry entry : entries) {
      byte[] centralBytes = new byte[46];
      ByteBuffer central = buffer(centralBytes).putInt(0x02014b50).putInt(0);
      central.putShort((short) entry.flags).putShort((short) entry.method).putInt(0);
      central.putInt(entry.crc).putInt(entry.packed).putInt(entry.size);
      central.putShort((short) entry.name.length).putShort((short) entry.centralExtra.length);
      central.putInt(42, entry.header);
      out.writeBytes(centralBytes);
      out.writeBytes(entry.name);
      out.writeBytes(entry.centralExtra);
    }
    byte[] endBytes = new byte[22];
    ByteBuffer end = buffer(endBytes).putInt(0x06054b50).putInt(0);
    end.putShort((short) declaredEntries).putShort((short) declaredEntries);
    end.putInt(out.size() - start + moreDirectory).putInt(start);
    out.writeBytes(endBytes);
    return out.toByteArray();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
