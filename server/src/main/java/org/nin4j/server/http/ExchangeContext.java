package org.nin4j.server.http;

import org.nin4j.server.connection.PeriodicScan;
import org.nin4j.server.event.RequestListener;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/**
 * What all requests of a server share.
 *
 * @param models the models
 * @param limits what is refused
 * @param access who may ask
 * @param admission counts the requests for models
 * @param memory for the bodies of all requests
 * @param scan looks at what may take too long
 * @param listener is told of every request that has ended
 * @param log for what an operator must know
 */
public record ExchangeContext(
    ModelRepository models,
    ServerLimits limits,
    RequestCheck access,
    Admission admission,
    MemoryBudget memory,
    PeriodicScan scan,
    RequestListener listener,
    System.Logger log) {}
