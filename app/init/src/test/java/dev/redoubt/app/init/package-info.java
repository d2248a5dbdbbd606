@org.jspecify.annotations.NullMarked
package dev.redoubt.app.init;
