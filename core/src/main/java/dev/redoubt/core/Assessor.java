package dev.redoubt.core;

/**
 * Looks at a component and says what is wrong with it; found by {@link java.util.ServiceLoader}.
 *
 * <p>An assessor knows nothing of databases, reports or the console. It must stop soon after {@link
 * AssessmentContext#cancelled()} turns true, and says in its {@link Coverage} what it did not get
 * to.
 */
public interface Assessor {

  /** Stable id, such as {@code attack.chat}. */
  String id();

  /** Says whether it can look at this component. */
  boolean supports(Component component);

  /**
   * Looks, before anything is called or changed, whether what the description says of a component
   * can be used; does nothing by default.
   *
   * @throws UsageException when it can't, with one line for each problem
   */
  default void check(AiSystem system, Component component, AssessmentContext context) {}

  /**
   * Assesses one component.
   *
   * @param system the whole system, for context
   * @param component the component, one that {@link #supports} accepts
   * @param context budget, seed, progress, cancellation, and where findings and facts go
   * @return what was and was not tested
   * @throws TargetUnreachableException when the component could not be reached or read at all
   */
  Coverage assess(AiSystem system, Component component, AssessmentContext context);
}
