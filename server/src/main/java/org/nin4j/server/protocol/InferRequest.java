package org.nin4j.server.protocol;

import java.util.List;
import java.util.Optional;

/**
 * A request for inference, checked against its model.
 *
 * @param id what the client calls it, to be repeated in the response
 * @param timeoutMicros how long it may wait for a thread, in microseconds; 0 for as long as the
 *     server lets it
 * @param input the images
 * @param outputs what to respond, at least one
 */
record InferRequest(
    Optional<String> id, long timeoutMicros, InferenceInput input, List<RequestedOutput> outputs) {}
