namespace Signaling.E2E.Evidence;

/// <summary>The relay's own counters: messages that it got, and messages that it handed to a receiver.</summary>
public sealed record RelayCount(long Received, long Delivered);
