/**
 * What several formats of this module share: zip archives and protobuf messages, read without
 * trust, and zip archives written. Nothing here knows of tensors or models; not exported.
 */
package org.nin4j.interchange.internal;
