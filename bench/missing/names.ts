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
  /** Calls into the layer that changes things: a check that is moved behind none of them refuses as early as before. */
  readonly changes: RegExp
}

const VERBS = '(?:create|update|delete|add|remove|set|reset|attach|detach|start|stop|resize|force|archive|save|patch|put|insert|revoke|disable|enable)'

export const PROGRAMS: readonly ProgramNames[] = [
  // Policy in Nova: doc/source/contributor/policies.rst; instance actions: doc/source/contributor/code-review.rst.
  {
    program: 'nova', checks: ['context.can('],
    records: ['self._record_action_start(', 'compute_utils.notify_about_instance_action(', 'compute_utils.notify_about_instance_usage('],
    changes: new RegExp(String.raw`self\.\w*api\.\w*${VERBS}|\.(?:create|save|destroy)\(`),
  },
  // Enforcement and notifications in Keystone: doc/source/contributor/api_change_tutorial.rst, audit-notifications.
  {
    program: 'keystone', checks: ['ENFORCER.enforce_call('],
    records: ['notifications.Audit.created(', 'notifications.Audit.updated(', 'notifications.Audit.deleted(', 'notifications.Audit.added_to(', 'notifications.Audit.removed_from('],
    changes: new RegExp(String.raw`PROVIDERS\.\w+\.${VERBS}_`),
  },
  // Policy in Cinder: doc/source/contributor/api_microversion_dev.rst.
  {
    program: 'cinder', checks: ['context.authorize('], records: ['volume_utils.notify_about_', 'self._notify_about_'],
    changes: new RegExp(String.raw`(?:self\.\w*api|db|volume_types|group_types|objects)\.\w*${VERBS}|\.(?:create|save|destroy)\(`),
  },
  // The layers of Glance, policy and notifications among them: doc/source/contributor/domain_implementation.rst, doc/source/admin/notifications.rst.
  {
    program: 'glance', checks: ['self.policy.enforce(', 'api_policy.', 'api_pol.'], records: ['self.notifier.info('],
    changes: new RegExp(String.raw`repo\.(?:add|remove|save)\(|\.delete\(`),
  },
  // Access control in Barbican: doc/source/admin/access_control.rst.
  { program: 'barbican', checks: ['@controllers.enforce_rbac('], records: [], changes: new RegExp(String.raw`repo\w*\.\w*${VERBS}`) },
  // Events in Mealie: docs/docs/documentation/getting-started/usage.
  {
    program: 'mealie', checks: ['self.checks.', 'self._check_'], records: ['self.publish_event('],
    changes: new RegExp(String.raw`self\.(?:\w+\.)+${VERBS}\w*\(`),
  },
  // Permissions in Redash: redash/permissions.py, documented for contributors.
  {
    program: 'redash', checks: ['@require_permission(', '@require_admin', '@login_required', 'require_access(', 'require_admin_or_owner('],
    records: ['self.record_event('], changes: /models\.db\.session\.\w+\(|self\.update_model\(|models\.\w+\(/,
  },
  // Scopes in JupyterHub: docs/source/rbac/tech-implementation.md; logins: Tornado's documentation.
  { program: 'jupyterhub', checks: ['@needs_scope(', '@web.authenticated'], records: [], changes: /self\.db\.\w+\(/ },
  // The log of actions in Lemur: the module lemur.logs.service, by its own docstring.
  { program: 'lemur', checks: [], records: ['log_service.create('], changes: /service\.\w+\(/ },
  // Logins in Healthchecks: Django's documentation of login_required.
  { program: 'healthchecks', checks: ['@login_required', '@authorize'], records: [], changes: /\.(?:save|delete|create)\(/ },
]

/** Calls of the standard library that create something with a mode, with the text before the mode. */
export const MODES: readonly RegExp[] = [
  /(os\.(?:f|l)?chmod\([^,()]+,\s*)(0o[0-7]+|stat\.[A-Z_ |.a-z]+)(?=\))/,
  /(os\.(?:mkdir|makedirs)\([^,()]+,\s*(?:mode=)?)(0o[0-7]+)/,
  /(os\.open\([^()]+,\s*)(0o[0-7]+)(?=\))/,
  /(os\.umask\()(0o?[0-7]+)(?=\))/,
]

/** Lines that refuse the caller: what a guard over them decides. */
export const REFUSALS: RegExp = /^\s*(?:raise .*(?:Forbidden|Unauthorized|PermissionDenied|HTTP_40[13]|NotAuthorized)|abort\(40[13]|return .*(?:Forbidden|status=40[13]|, 40[13]$))/
