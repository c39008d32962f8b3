/*
 * Where programs are mutated: names of functions that their own documentation
 * gives for the check of a caller, for the record of an action and for what is
 * created with a mode. Written by hand, and shared with no part of the analysis.
 */

export interface ProgramNames {
  /** Folder name of the program. */
  readonly program: string
  /** Beginnings of statements or decorators that check the caller. */
  readonly checks: readonly string[]
  /** Beginnings of statements that record an action. */
  readonly records: readonly string[]
}

export const PROGRAMS: readonly ProgramNames[] = [
  // Policy in Nova: doc/source/contributor/policies.rst; instance actions: doc/source/contributor/code-review.rst.
  {
    program: 'nova', checks: ['context.can('],
    records: ['self._record_action_start(', 'compute_utils.notify_about_instance_action(', 'compute_utils.notify_about_instance_usage('],
  },
  // Enforcement and notifications in Keystone: doc/source/contributor/api_change_tutorial.rst, audit-notifications.
  { program: 'keystone', checks: ['ENFORCER.enforce_call('], records: ['notifications.Audit.'] },
  // Policy in Cinder: doc/source/contributor/api_microversion_dev.rst.
  { program: 'cinder', checks: ['context.authorize('], records: ['volume_utils.notify_about_', 'self._notify_about_'] },
  // Events in Mealie: docs/docs/documentation/getting-started/usage.
  { program: 'mealie', checks: ['self.checks.', 'self._check_', 'self.verify_'], records: ['self.publish_event('] },
  // Permissions in Redash: redash/permissions.py, documented for contributors.
  { program: 'redash', checks: ['@require_permission(', '@require_admin', '@login_required', 'require_access(', 'require_admin_or_owner('], records: ['self.record_event('] },
  // Logins in Healthchecks: Django's documentation of login_required.
  { program: 'healthchecks', checks: ['@login_required', '@authorize'], records: [] },
]

/** Calls of the standard library that create something with a mode, with the text before the mode. */
export const MODES: readonly RegExp[] = [
  /(os\.(?:f|l)?chmod\([^,()]+,\s*)(0o[0-7]+|stat\.[A-Z_ |.a-z]+)(?=\))/,
  /(os\.(?:mkdir|makedirs)\([^,()]+,\s*(?:mode=)?)(0o[0-7]+)/,
  /(os\.open\([^()]+,\s*)(0o[0-7]+)(?=\))/,
  /(os\.umask\()(0o?[0-7]+)(?=\))/,
]

/** Lines that refuse the caller: what a guard over them decides. */
export const REFUSALS: RegExp = /^\s*(?:raise .*(?:Forbidden|Unauthorized|PermissionDenied|HTTP_40[13]|NotAuthorized)|abort\(40[13]|return .*(?:Forbidden|status=40[13]))/
