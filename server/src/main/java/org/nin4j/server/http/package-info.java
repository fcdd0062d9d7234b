/**
 * What every route needs: {@link org.nin4j.server.http.Router} finds the {@link
 * org.nin4j.server.http.Endpoint} of a request, {@link org.nin4j.server.http.Exchange} reads its
 * body, lets its work wait for a model and answers once, and {@link
 * org.nin4j.server.http.HttpError} is what a client did wrong or has to wait for. What happened
 * goes to a {@link org.nin4j.server.event.RequestListener}.
 */
package org.nin4j.server.http;
