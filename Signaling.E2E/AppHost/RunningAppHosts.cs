namespace Signaling.E2E.AppHost;

/// <summary>The tests that only look at a running AppHost share one: its start is dear.</summary>
[CollectionDefinition("A running AppHost")]
public sealed class RunningAppHosts : ICollectionFixture<RunningAppHost>;
