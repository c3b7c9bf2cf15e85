namespace Signaling.AppHost.Embedded.Processes;

/// <summary>The system cannot be started as it is; the message tells a person why, and what to do.</summary>
internal sealed class StartException(string message) : Exception(message);
