package org.nin4j.data;

import java.util.Comparator;

/**
 * Orders strings by their bytes in UTF-8, which is the order of their code points and the same for
 * every system and language.
 */
enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Surrogates encode code points above those of all other characters.
        boolean pairX = Character.isSurrogate(x);
        boolean pairY = Character.isSurrogate(y);
        return pairX == pairY ? Character.compare(x, y) : Boolean.compare(pairX, pairY);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
