package org.nin4j.server.http;

import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/**
 * What all requests of a server share.
 *
 * @param models the models
 * @param limits what is refused
 * @param admission counts the requests for models
 * @param listener is told of every request that has ended
 * @param log for what an operator must know
 */
public record ExchangeContext(
    ModelRepository models,
    ServerLimits limits,
    Admission admission,
    RequestListener listener,
    System.Logger log) {}
