"""Which feature gates are on where nobody set them: what decides whether a field counts at all.

An API server drops a field whose gate is off before it validates, so nothing is said of what
stands in it. Only gates that change a verdict are here, with the version that turned each on.
Source: https://github.com/kubernetes/kubernetes/blob/master/pkg/features/kube_features.go
"""

from __future__ import annotations

import functools

from dslint.target import Target

_NEVER = ""

_ON_SINCE = {
    "ClusterTrustBundleProjection": _NEVER,
    "ContainerRestartRules": "1.35",
    "ContainerStopSignals": _NEVER,
    "DynamicResourceAllocation": "1.34",
    "EnvFiles": "1.35",
    "ExpandedDNSConfig": "1.26",
    "GenericWorkload": _NEVER,
    "HostnameOverride": "1.35",
    "ImageVolume": "1.35",
    "InPlacePodVerticalScaling": "1.33",
    "JobBackoffLimitPerIndex": "1.29",
    "JobManagedBy": "1.32",
    "JobPodFailurePolicy": "1.26",
    "JobPodReplacementPolicy": "1.29",
    "JobSuccessPolicy": "1.31",
    "MatchLabelKeysInPodAffinity": "1.31",
    "MatchLabelKeysInPodTopologySpread": "1.27",
    "MatchLabelKeysInPodTopologySpreadSelectorMerge": "1.34",
    "MaxUnavailableStatefulSet": "1.35",
    "MinDomainsInPodTopologySpread": "1.27",
    "NodeInclusionPolicyInPodTopologySpread": "1.26",
    "PodCertificateRequest": "1.37",
    "PodDeletionCost": "1.22",
    "PodLevelResources": "1.34",
    "PodLifecycleSleepAction": "1.30",
    "PodLifecycleSleepActionAllowZero": "1.33",
    "PodSchedulingReadiness": "1.27",
    "ProcMountType": "1.33",
    "ReadWriteOncePod": "1.27",
    "RecursiveReadOnlyMounts": "1.31",
    "RelaxedDNSSearchValidation": "1.33",
    "RelaxedEnvironmentVariableValidation": "1.32",
    "RestartAllContainersOnContainerExits": "1.36",
    "SELinuxChangePolicy": "1.33",
    "SELinuxMount": _NEVER,
    "SidecarContainers": "1.29",
    "StatefulSetAutoDeletePVC": "1.27",
    "StatefulSetStartOrdinal": "1.27",
    "StrictIPCIDRValidation": "1.36",
    "SupplementalGroupsPolicy": "1.33",
    "TaintTolerationComparisonOperators": _NEVER,
    "UserNamespacesHostNetworkSupport": _NEVER,
    "UserNamespacesSupport": "1.33",
    "VolumeAttributesClass": "1.34",
}


def names() -> tuple[str, ...]:
    """The gates that an answer here depends on, sorted."""
    return tuple(sorted(_ON_SINCE))


def enabled(target: Target, name: str) -> bool:
    """Whether the gate is on: as the target sets it, else by its version's default.

    Raises KeyError for a gate that is not known here: a misspelling of ours.
    """
    return target.gate(name, _by_default(target.kubernetes, name))


@functools.lru_cache(maxsize=1024)
def _by_default(kubernetes: str, name: str) -> bool:
    since = _ON_SINCE[name]
    return since != _NEVER and Target(kubernetes).at_least(since)
