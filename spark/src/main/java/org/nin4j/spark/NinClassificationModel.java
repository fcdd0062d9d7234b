package org.nin4j.spark;

/** stub */
final class NinClassificationModel {}
