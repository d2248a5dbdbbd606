/**
 * What tests of every module share: an endpoint that behaves well or badly on demand ({@link
 * dev.redoubt.testkit.StubEndpoint}) and a server that writes down who calls it ({@link
 * dev.redoubt.testkit.SinkServer}). Both listen on a free loopback port, speak HTTP/1.1 by hand
 * over sockets (so that they can also break its rules), and cost little at high concurrency.
 */
@NullMarked
package dev.redoubt.testkit;

import org.jspecify.annotations.NullMarked;
